"""Reads and writes what Slack gives at an installation: the tokens, whose they are, and how long they last."""

import json
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.model.installs import Install
from bot.record import record
from bot.talk.limits import SLACK

PLATFORM = SLACK.platform

AHEAD = timedelta(hours=2)
"""How long before they run out tokens are exchanged: they last twelve hours,
https://docs.slack.dev/authentication/using-token-rotation"""


@record
class Tokens:
    """The secrets of an `Install`. *refresh_token* is empty and *expires_at* `None` for tokens that last.

    *granted_at* is when somebody installed the bot, whatever was exchanged since; *installer* is that person's id.
    """

    bot_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: datetime | None
    granted_at: datetime
    bot_id: str
    bot_user_id: str
    scopes: tuple[str, ...]
    app_id: str
    installer: str


def read(install: Install) -> Tokens:
    """Return the tokens of *install*."""
    known = json.loads(install.secrets)
    moments = {name: _moment(known[name]) for name in ("expires_at", "granted_at")}
    return Tokens(**{**known, **moments, "scopes": tuple(known["scopes"])})


def installed(answer: Mapping[str, Any], bot_id: str, now: datetime) -> Install:
    """Return the install that Slack's *answer* to a code describes; *now* is when the code was sent.

    For a whole organisation *answer* names no team. A KeyError when there is no bot token in it.
    """
    team, enterprise = answer.get("team") or {}, answer.get("enterprise") or {}
    whole = bool(answer.get("is_enterprise_install"))
    tokens = Tokens(
        bot_token=answer["access_token"],
        refresh_token=answer.get("refresh_token") or "",
        expires_at=_end(answer, now),
        granted_at=now,
        bot_id=bot_id,
        bot_user_id=answer["bot_user_id"],
        scopes=tuple(str(answer.get("scope") or "").split(",")),
        app_id=answer.get("app_id") or "",
        installer=(answer.get("authed_user") or {}).get("id") or "",
    )
    name = (enterprise if whole else team).get("name") or ""
    workspace = "" if whole else team["id"]
    return _with(Install(PLATFORM, enterprise.get("id") or "", workspace, name, ""), tokens)


def renewed(install: Install, answer: Mapping[str, Any], now: datetime) -> Install:
    """Return *install* with the tokens of Slack's *answer* to its refresh token, which was sent at *now*."""
    old = read(install)
    fresh = replace(
        old,
        bot_token=answer["access_token"],
        refresh_token=answer.get("refresh_token") or old.refresh_token,
        expires_at=_end(answer, now),
    )
    return _with(install, fresh)


def is_valid(install: Install, now: datetime) -> bool:
    """Tell whether the bot token can still be used."""
    expires_at = read(install).expires_at
    return expires_at is None or now < expires_at


def _with(install: Install, tokens: Tokens) -> Install:
    renew_at = tokens.expires_at - AHEAD if tokens.expires_at else None
    return replace(install, secrets=_written(tokens), renew_at=renew_at)


def _written(tokens: Tokens) -> str:
    names = Tokens.__dataclass_fields__
    return json.dumps({name: _plain(getattr(tokens, name)) for name in names}, sort_keys=True)


def _plain(value: Any) -> Any:
    return value.timestamp() if isinstance(value, datetime) else value


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _end(answer: Mapping[str, Any], now: datetime) -> datetime | None:
    lasts = answer.get("expires_in")
    return None if lasts is None else now + timedelta(seconds=int(lasts))
