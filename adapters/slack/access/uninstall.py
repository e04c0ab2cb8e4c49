"""Lets go of the tokens when a workspace takes the bot away."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.slack.access.clients import Clients
from adapters.slack.access.tokens import PLATFORM, read
from bot.model.installs import Install, Installs

SKEW = timedelta(minutes=1)
"""How far Slack's clock and ours may be apart."""


async def uninstalled(installs: Installs, clients: Clients, body: Mapping[str, Any]) -> tuple[str, ...]:
    """Drop the install that *body*, an event `app_uninstalled`, `tokens_revoked` or `team_access_revoked` as Slack
    sends it, is about. By the last, an organisation takes workspaces out and keeps the bot for the others.

    Returns the workspaces that have the bot no more. None when only people's tokens were revoked, and when the event
    comes late and the bot was installed again since: Slack repeats an event for up to a day.
    """
    event, (enterprise, team) = body["event"], whose(body)
    if event["type"] == "tokens_revoked" and not event.get("tokens", {}).get("bot"):
        return ()
    moment = body.get("event_time")
    if event["type"] != "team_access_revoked":
        return await _let_go(installs, clients, enterprise, team, moment) or ()
    gone = {one: await _let_go(installs, clients, enterprise, one, moment) for one in event["team_ids"]}
    return tuple(one for one, without in gone.items() if without is not None)


async def _let_go(
    installs: Installs, clients: Clients, enterprise: str, team: str, moment: float | None
) -> tuple[str, ...] | None:
    """Drop the one install and return the workspaces that have none any more; `None` when it is newer than *moment*."""
    install = await installs.find(PLATFORM, enterprise, team)
    if install is not None and install.workspace == team:
        if _is_newer(install, moment):
            return None
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
