"""Does what the app's acknowledgement says: https://docs.slack.dev/interactivity/handling-user-interaction"""

from typing import TYPE_CHECKING, Any

from tests.slack.platform.checks import check_view
from tests.slack.platform.hooks import respond
from tests.slack.platform.sight import Ack, window_seen
from tests.slack.platform.state import Hook, Json, SlackError, Window, broken
from tests.slack.platform.windows import pushed, updated

if TYPE_CHECKING:
    from tests.slack.platform.workspace import Workspace


def take(
    workspace: "Workspace", kind: str, ack: Ack, *, hook: Hook | None = None, window: Window | None = None
) -> None:
    """Carry out an acknowledgement that came in time; note what Slack would not take."""
    try:
        if ack.is_late:
            raise broken("operation_timeout", f"{ack.seconds:.2f} s")
        if not ack.is_good:
            raise broken("dispatch_failed", f"http {ack.status}")
        if ack.body not in ("", None, {}):
            _carry_out(workspace, kind, ack.body, hook, window)
        elif kind == "view_submission" and window:
            _close(workspace, window)
    except SlackError as error:
        workspace.platform.note(error.code, f"ack of {kind}", *error.details)


def _carry_out(workspace: "Workspace", kind: str, body: Any, hook: Hook | None, window: Window | None) -> None:
    match kind:
        case "command":
            assert hook is not None
            respond(workspace.platform, hook, {"text": body} if isinstance(body, str) else body)
        case "view_submission":
            assert window is not None
            _submitted(workspace, window, body)
        case _:
            raise broken("invalid_ack", f"the acknowledgement of {kind} has no body")


def _submitted(workspace: "Workspace", window: Window, body: Any) -> None:
    match body:
        case {"response_action": "clear"} if body.keys() == {"response_action"}:
            workspace.modals[window.user] = []
        case {"response_action": "errors", "errors": dict(errors)} if errors:
            _mark(workspace, window, errors)
        case {"response_action": "update", "view": view}:
            updated(workspace, window, check_view(view, "modal"))
        case {"response_action": "push", "view": view}:
            pushed(workspace, window.user, check_view(view, "modal"), window.id)
        case _:
            raise broken("invalid_ack", "not a response_action that Slack knows")


def _close(workspace: "Workspace", window: Window) -> None:
    stack = workspace.modals.get(window.user, [])
    if window in stack:
        stack.remove(window)


def _mark(workspace: "Workspace", window: Window, errors: Json) -> None:
    """Show errors beside fields; each has to be the block id of an input."""
    labels = {b["block_id"]: b["label"]["text"] for b in window.view["blocks"] if b["type"] == "input"}
    for block_id, words in errors.items():
        if block_id not in labels or not isinstance(words, str) or not words:
            raise broken("invalid_ack", f"an error beside {block_id!r}, which is no input block, or without words")
    window.order = workspace.platform.next_order()
    seen = window_seen(window, {labels[block_id]: words for block_id, words in errors.items()})
    workspace.people[window.user].hears(seen, window.id)
