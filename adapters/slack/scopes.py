"""Holds what Askwell asks of Slack: each scope with its reason, and the events that it listens to."""

from bot.record import record
from bot.talk.words import N_


@record
class Scope:
    """One permission. *reason* goes on where "It may" left off; *calls* and *events* are what needs it in Slack."""

    name: str
    reason: str
    calls: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


SCOPES = (
    Scope("commands", N_("answer when somebody types /career or uses one of its shortcuts")),
    Scope(
        "chat:write",
        N_("write direct messages to members who use it, and post a card in a channel that it was invited to"),
        calls=("chat.postMessage", "chat.update"),
    ),
    Scope(
        "im:write",
        N_("open the direct conversation in which a member gets their nudges"),
        calls=("conversations.open",),
    ),
    Scope(
        "im:history",
        N_(
            "read its own direct conversations, and no others: to see whether a nudge arrived when its sending was cut "
            "off, and to answer a hello typed there"
        ),
        calls=("conversations.history",),
        events=("message.im",),
    ),
    Scope(
        "users:read",
        N_("know a member's name, time zone and language, and who looks after the workspace"),
        calls=("users.info",),
        events=("user_change",),
    ),
    Scope(
        "files:write",
        N_("hand members the file they asked for, such as the export of their own data"),
        calls=("files.getUploadURLExternal", "files.completeUploadExternal"),
    ),
)
"""Each call's scope: https://docs.slack.dev/reference/methods, each event's: https://docs.slack.dev/reference/events"""

FREE_CALLS = frozenset({
    "apps.connections.open", "auth.test", "oauth.v2.access", "views.open", "views.publish", "views.push",
    "views.update",
})  # fmt: skip
"""Calls that need no scope of the bot's."""

FREE_EVENTS = ("app_home_opened", "app_uninstalled", "tokens_revoked")
"""Events that need no scope."""

ORGANISATION_EVENTS = ("team_access_granted", "team_access_revoked")
"""The same, for an app that a whole organisation can install: it lets workspaces in and takes them out one by one."""

EVENTS = (*FREE_EVENTS, *(event for scope in SCOPES for event in scope.events))


def scope_table() -> str:
    """Return a Markdown table that says why each scope is needed."""
    rows = "".join(f"| `{scope.name}` | It may {scope.reason}. | {_uses(scope)} |\n" for scope in SCOPES)
    return f"| Scope | Why | In Slack's words |\n|---|---|---|\n{rows}"


def _uses(scope: Scope) -> str:
    return ", ".join(f"`{one}`" for one in (*scope.calls, *scope.events)) or "slash commands and shortcuts"
