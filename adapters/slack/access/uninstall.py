"""Lets go of the tokens when a workspace takes the bot away."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.slack.access.clients import Clients
from adapters.slack.access.tokens import PLATFORM, read
from bot.model.installs import Install, Installs

SKEW = timedelta(minutes=1)
"""How far Slack's clock and ours may be apart."""


async def uninstalled(installs: Installs | None, clients: Clients, body: Mapping[str, Any]) -> tuple[str, ...]:
    """Drop the install that *body*, an event `app_uninstalled` or `tokens_revoked` as Slack sends it, is about.

    Returns the workspaces that have the bot no more. None when only people's tokens were revoked, and when the event
    comes late and the bot was installed again since: Slack repeats an event for up to a day. *installs* is `None` where
    one token from the settings serves.
    """
    if body["event"]["type"] == "tokens_revoked" and not body["event"].get("tokens", {}).get("bot"):
        return ()
    enterprise, team = whose(body)
    if installs is None:
        await clients.forget(team, enterprise)
        return (team,) if team else ()
    install = await installs.find(PLATFORM, enterprise, team)
    if install is not None and install.workspace == team:
        if _is_newer(install, body.get("event_time")):
            return ()
        enterprise = install.organisation
    without = await installs.drop(PLATFORM, enterprise, team)
    await clients.forget(team, enterprise)
    return without


def whose(body: Mapping[str, Any]) -> tuple[str, str]:
    """Return the organisation and the workspace of an event's installation, which has no workspace when it was made for
    the whole organisation."""
    authorization = next(iter(body.get("authorizations") or ()), body)
    enterprise = authorization.get("enterprise_id") or body.get("enterprise_id") or ""
    team = authorization.get("team_id") or body.get("team_id") or ""
    is_whole = bool(authorization.get("is_enterprise_install")) or team == enterprise
    return enterprise, "" if is_whole else team


def _is_newer(install: Install, event_time: float | None) -> bool:
    if event_time is None:
        return False
    return read(install).granted_at > datetime.fromtimestamp(event_time, UTC) + SKEW
