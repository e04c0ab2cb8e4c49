"""Says what becomes of a letter that Slack did not take: later, or never and why. One table for every error."""

from datetime import datetime, timedelta

from adapters.slack.calls import UNREACHED, Failed
from bot.model.outbox import Barrier, Later, Never, Unreachable
from bot.nudging.sender import Unsure

GONE = frozenset({
    "user_disabled", "user_not_found", "user_not_visible", "users_not_found", "invalid_user_combination",
    "cannot_dm_bot", "user_is_bot", "user_is_restricted",
})  # fmt: skip
"""https://docs.slack.dev/reference/methods/conversations.open: nobody is there to read it."""

CLOSED = frozenset({"messages_tab_disabled", "cannot_message_user", "restricted_action_non_threadable_channel"})

BARRIERS = {
    "not_in_channel": Barrier.NOT_INVITED,
    "channel_not_found": Barrier.NOT_INVITED,  # what a private channel answers to whoever is not in it
    "is_archived": Barrier.ARCHIVED,
    "restricted_action": Barrier.FORBIDDEN,
    "restricted_action_read_only_channel": Barrier.FORBIDDEN,
    "restricted_action_thread_only_channel": Barrier.FORBIDDEN,
    "restricted_action_thread_locked": Barrier.FORBIDDEN,
    "no_permission": Barrier.FORBIDDEN,
    "ekm_access_denied": Barrier.FORBIDDEN,
    "message_limit_exceeded": Barrier.FORBIDDEN,
}
"""https://docs.slack.dev/reference/methods/chat.postMessage#errors"""

REVOKED = frozenset({"account_inactive", "token_revoked", "app_uninstalled", "team_access_not_granted"})
"""The workspace, or its organisation, took the bot away: what was to be sent there is given up, unless the bot was
installed again by now. Nobody's own messages are closed by it."""

LOCKED = frozenset({
    "invalid_auth", "not_authed", "token_expired", "missing_scope", "not_allowed_token_type", "org_login_required",
    "access_denied", "two_factor_setup_required",
})  # fmt: skip
"""Whoever runs Askwell or the workspace can mend it: wait, and let nothing else run into the same wall meanwhile."""

STALE = REVOKED | {"invalid_auth", "token_expired"}
"""Another process may have a newer token by now."""

MEND = timedelta(minutes=10)
"""How long a workspace whose token does not work is left alone."""

PAUSE = timedelta(seconds=30)
"""How long everything for a workspace waits while Slack cannot be reached at all."""


def to_person(failed: Failed, now: datetime) -> Later | Never:
    """Return what becomes of a direct message after *failed*. Raises `Unsure`."""
    if failed.code in GONE:
        return Never(failed.code, Unreachable.GONE)
    if failed.code in CLOSED:
        return Never(failed.code, Unreachable.CLOSED)
    if failed.code in BARRIERS:
        return Never(failed.code, Unreachable.CLOSED)
    return _anywhere(failed, now)


def to_channel(failed: Failed, now: datetime) -> Later | Never:
    """Return what becomes of a post after *failed*. One that may stand there already is not tried again: without
    reading the channel, which Askwell never does, nobody can tell."""
    if failed.code in BARRIERS:
        return Never(failed.code, barrier=BARRIERS[failed.code])
    if failed.is_in_doubt:
        return Never(failed.code, barrier=Barrier.UNSURE)
    return _anywhere(failed, now)


def of_edit(failed: Failed, now: datetime) -> Later | Never:
    """Return what becomes of an edit after *failed*; doing it twice changes nothing. Raises `Unsure`."""
    if failed.code in GONE or failed.code in CLOSED or failed.code in BARRIERS:
        return Never(failed.code)
    return _anywhere(failed, now)


def _anywhere(failed: Failed, now: datetime) -> Later | Never:
    if failed.wait is not None:
        return Later(now + timedelta(seconds=failed.wait), failed.code, freezes=True)
    if failed.code in LOCKED:
        return Later(now + MEND, failed.code, freezes=True)
    if failed.code == UNREACHED:
        return Later(now + PAUSE, failed.code, freezes=True)
    if failed.is_in_doubt:
        raise Unsure(failed.code)
    return Never(failed.code)
