"""Keeps the modals on people's screens: at most three over each other, and what is typed in them."""

from typing import TYPE_CHECKING

from tests.slack.platform.filling import first_values
from tests.slack.platform.state import Json, Trigger, Window, broken

if TYPE_CHECKING:
    from tests.slack.platform.workspace import Workspace

STACK = 3


def opened(workspace: "Workspace", trigger: Trigger, view: Json) -> Window:
    """Open a window over everything else; what was open before is gone."""
    workspace.modals[trigger.user] = []
    return pushed(workspace, trigger.user, view, trigger.id)


def pushed(workspace: "Workspace", user: str, view: Json, by: str) -> Window:
    """Lay a window over those that are open."""
    stack = workspace.modals.setdefault(user, [])
    if len(stack) >= STACK:
        raise broken("push_limit_reached")
    _own_name(workspace, view, None)
    platform = workspace.platform
    own = platform.new_id("V")
    view = view | {"blocks": platform.named(view["blocks"])}
    root, previous = (stack[0].id, stack[-1].id) if stack else (own, None)
    window = Window(own, platform.new_hash(), user, view, first_values(view["blocks"]), root, previous)
    window.order = platform.next_order()
    stack.append(window)
    workspace.people[user].sees_window(window, by)
    return window


def updated(workspace: "Workspace", window: Window, view: Json) -> Window:
    """Show *view* in a window. What was typed stays where block_id and action_id stay."""
    _own_name(workspace, view, window)
    platform = workspace.platform
    window.view = view | {"blocks": platform.named(view["blocks"])}
    fresh = first_values(window.view["blocks"])
    kept = {at: window.values[at] for at in fresh if _is_kept(window, at, fresh[at])}
    window.values = fresh | kept
    window.hash, window.order = platform.new_hash(), platform.next_order()
    workspace.people[window.user].sees_window(window, window.id)
    return window


def _is_kept(window: Window, at: tuple[str, str], fresh: Json) -> bool:
    return at in window.values and window.values[at]["type"] == fresh["type"]


def _own_name(workspace: "Workspace", view: Json, instead_of: Window | None) -> None:
    """Raise if another open window of the workspace has the same external_id."""
    open_now = (window for stack in workspace.modals.values() for window in stack if window is not instead_of)
    name = view.get("external_id")
    if name and any(window.view.get("external_id") == name for window in open_now):
        raise broken("duplicate_external_id")


def described(workspace: "Workspace", window: Window) -> Json:
    """Return a window as Slack's API gives it, with what stands in its fields."""
    values: Json = {}
    for (block, action), value in window.values.items():
        values.setdefault(block, {})[action] = value
    platform = workspace.platform
    shown: Json = {"id": window.id, "team_id": workspace.id, "hash": window.hash, "state": {"values": values}}
    shown |= {"root_view_id": window.root, "previous_view_id": window.previous, "app_id": platform.app_id}
    # For a whole organisation it is the organisation: https://github.com/slackapi/bolt-js/issues/1720
    installed = platform.installed_team(workspace) or workspace.enterprise
    shown |= {"app_installed_team_id": installed, "bot_id": platform.bot_id(workspace.id)}
    asked = {"private_metadata": "", "callback_id": "", "external_id": "", "submit": None, "close": None}
    return asked | {"clear_on_close": False, "notify_on_close": False} | window.view | shown
