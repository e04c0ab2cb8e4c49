"""Holds the Web API methods for windows: views.*."""

from datetime import timedelta
from time import monotonic

from tests.slack.platform.checks import check_view
from tests.slack.platform.state import TRIGGER_LIFE, Json, SlackError, Trigger, Window, broken
from tests.slack.platform.web_api import Ask, method
from tests.slack.platform.windows import described, opened, pushed, updated
from tests.slack.platform.workspace import Workspace


@method("views.open")
async def open_view(ask: Ask) -> Json:
    view = check_view(ask.data("view"), "modal")
    trigger = _trigger(ask)
    return {"view": described(_workspace(ask, trigger), opened(_workspace(ask, trigger), trigger, view))}


@method("views.push")
async def push(ask: Ask) -> Json:
    view = check_view(ask.data("view"), "modal")
    trigger = _trigger(ask)
    if trigger.window is None:
        raise broken("invalid_arguments", "views.push needs the trigger of an interaction inside a modal")
    workspace = _workspace(ask, trigger)
    return {"view": described(workspace, pushed(workspace, trigger.user, view, trigger.id))}


@method("views.update")
async def update(ask: Ask) -> Json:
    view = check_view(ask.data("view"), "modal")
    workspace, window = _window(ask)
    if ask.args.get("hash") not in {None, "", window.hash}:
        raise SlackError("hash_conflict")
    return {"view": described(workspace, updated(workspace, window, view))}


@method("views.publish")
async def publish(ask: Ask) -> Json:
    platform = ask.platform
    workspace, user = ask.user(ask.must("user_id"))
    view = check_view(ask.data("view"), "home")
    if not platform.manifest.get("features", {}).get("app_home", {}).get("home_tab_enabled"):
        raise SlackError("not_enabled")
    if user.is_deleted:
        raise SlackError("user_not_found")
    before = workspace.homes.get(user.id)
    if before and ask.args.get("hash") not in {None, "", before.hash}:
        raise SlackError("hash_conflict")
    own = before.id if before else platform.new_id("V")
    home = Window(own, platform.new_hash(), user.id, view, {}, own, order=platform.next_order())
    home.view = view | {"blocks": platform.named(view["blocks"])}
    workspace.homes[user.id] = home
    workspace.people[user.id].sees_window(home, "home", is_weak=True)
    return {"view": described(workspace, home)}


def _trigger(ask: Ask) -> Trigger:
    """Return the trigger and use it up; raise if it was used before or is older than 3 seconds."""
    trigger = ask.platform.triggers.get(ask.must("trigger_id"))
    if trigger is None or trigger.team not in {workspace.id for workspace in ask.workspaces()}:
        raise broken("invalid_trigger_id")
    if trigger.is_used:
        raise broken("exchanged_trigger_id")
    age = max(ask.platform.clock() - trigger.born, timedelta(seconds=monotonic() - trigger.started))
    if age > TRIGGER_LIFE:
        raise broken("expired_trigger_id", f"{age.total_seconds():.1f} s old")
    trigger.is_used = True
    return trigger


def _workspace(ask: Ask, trigger: Trigger) -> Workspace:
    return ask.platform.workspaces[trigger.team]


def _window(ask: Ask) -> tuple[Workspace, Window]:
    known, own = ask.args.get("view_id"), ask.args.get("external_id")
    if not known and not own:
        raise broken("invalid_arguments", "view_id or external_id is needed")
    for workspace in ask.workspaces():
        for window in (window for stack in workspace.modals.values() for window in stack):
            if window.id == known or (own and window.view.get("external_id") == own):
                return workspace, window
    raise SlackError("not_found")
