"""Knows the people of each workspace: name, zone, language, whether they look after it, whether they belong to it."""

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from cachetools import TTLCache

from adapters.slack.access.clients import Clients
from adapters.slack.access.tokens import PLATFORM
from adapters.slack.asked import Asked
from adapters.slack.calls import Failed, call
from adapters.slack.errors import NotInstalled
from bot.model.people import Account, Actor, Seat
from bot.record import record

log = logging.getLogger(__name__)

KEPT = 600
"""Seconds that what Slack said of somebody is believed. The event `user_change` tells one process sooner."""

STALE = 24 * 3600
"""Seconds for which it still serves while Slack cannot be asked."""

MOST = 50_000
"""People kept in memory, about 20 MB."""

NOBODY = frozenset({"user_not_found", "user_not_visible"})
"""What Slack says of somebody whom the workspace does not know. It says nothing against asking about others."""

Profile = Mapping[str, Any]
"""A user as `users.info` and the event `user_change` describe one: https://docs.slack.dev/reference/objects/user-object"""


@record
class Person:
    """Somebody as Slack knows them. *zone* is an IANA name; *is_stranger* for somebody of another company or workspace
    who only shares a channel."""

    name: str
    zone: str | None
    locale: str
    is_admin: bool
    is_stranger: bool
    is_bot: bool
    is_gone: bool


class People:
    """Asks Slack once for each person, and again after a while. *known* tells who sits where in the store: the way that
    is left while Slack cannot be asked."""

    def __init__(
        self, clients: Clients, known: Callable[[Account], Awaitable[Seat | None]],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._clients = clients
        self._seat = known
        self._known: TTLCache[tuple[str, str], tuple[Person, float]] = TTLCache(MOST, STALE, seconds)
        self._seconds = seconds
        self._not_before: dict[str, float] = {}

    async def actor(self, asked: Asked) -> Actor:
        """Return who did it. Where Slack cannot say more, as the store knows them, or by what the payload tells."""
        asked = asked if asked.place else replace(asked, place=await self._place(asked))
        if (person := await self.person(asked.team, asked.enterprise, asked.user)) is not None:
            return _actor(
                asked, name=person.name or asked.name, zone=person.zone, locale=person.locale,
                is_admin=person.is_admin, is_stranger=person.is_stranger,
            )  # fmt: skip
        is_stranger = asked.home not in {"", asked.team, asked.enterprise}
        if (seat := await self._seated(asked)) is not None:
            return _actor(asked, name=seat.member.name, locale=seat.member.locale, is_stranger=is_stranger)
        return _actor(asked, name=asked.name, is_stranger=is_stranger or await self._is_elsewhere(asked))

    async def _is_elsewhere(self, asked: Asked) -> bool:
        """Tell whether the bot is not in that workspace at all: somebody met it in a channel that is shared with one
        that has it, and Slack named theirs."""
        try:
            await self._clients.of(asked.team, asked.enterprise)
        except NotInstalled:
            return True
        except Exception:  # nobody knows: as if it were there
            return False
        return False

    async def _place(self, asked: Asked) -> str:
        """Return what the workspace is called; the payload of an event does not say. Empty when nobody does."""
        with suppress(Exception):  # also when the store is away: it only names a group that begins now
            return (await self._clients.of(asked.team, asked.enterprise)).place
        return ""

    async def person(self, team: str, enterprise: str, user: str) -> Person | None:
        """Return somebody of *team* as Slack says now, or said last; `None` when it has never said."""
        known, until = self._known.get((team, user), (None, 0.0))
        if self._seconds() < max(until, self._not_before.get(team, 0)):
            return known
        try:
            web = (await self._clients.of(team, enterprise)).web
        except Exception as error:  # also when the store is away: whoever asks gets an answer all the same
            log.warning("nobody in %s can be looked up: %s", team, type(error).__name__)
            return known
        answer = await call(web.users_info(user=user, include_locale=True))
        if isinstance(answer, Failed):
            log.warning("somebody in %s could not be looked up: %s", team, answer.code)
            if answer.code not in NOBODY:
                self._not_before[team] = self._seconds() + (answer.wait or 1)
            return known
        return self.learn(team, enterprise, answer["user"])

    async def _seated(self, asked: Asked) -> Seat | None:
        try:
            return await self._seat(account_of(asked))
        except Exception as error:  # the store is away: the bot says so to whoever asked, in its own words
            log.warning("the store does not tell who somebody is: %s", type(error).__name__)
            return None

    def learn(self, team: str, enterprise: str, profile: Profile) -> Person:
        """Remember somebody as *profile* describes them, and return them."""
        person = _person(team, enterprise, profile)
        self._known[team, profile["id"]] = (person, self._seconds() + KEPT)
        return person

    def forget(self, team: str, user: str) -> None:
        """Forget what is in memory."""
        self._known.pop((team, user), None)

    def remembered(self, team: str, user: str) -> Person | None:
        """Return what is in memory, without asking."""
        return self._known.get((team, user), (None, 0.0))[0]


def account_of(asked: Asked) -> Account:
    return Account(PLATFORM, asked.team, asked.user)


def _actor(asked: Asked, *, name: str, zone: str | None = None, locale: str = "en", is_admin: bool = False,
           is_stranger: bool = False) -> Actor:  # fmt: skip
    return Actor(
        platform=PLATFORM, workspace=asked.team, channel=asked.channel, user=asked.user, name=name, key=asked.key,
        is_admin=is_admin, zone=zone, locale=locale, workspace_name=asked.place, is_stranger=is_stranger,
    )  # fmt: skip


def _person(team: str, enterprise: str, profile: Profile) -> Person:
    words = profile.get("profile") or {}
    name = words.get("display_name") or words.get("real_name") or profile.get("real_name") or profile.get("name") or ""
    looks_after = ("is_admin", "is_owner", "is_primary_owner")
    return Person(
        name=name.strip(), zone=_zone(profile.get("tz")), locale=profile.get("locale") or "en",
        is_admin=any(profile.get(flag) for flag in looks_after), is_stranger=_is_stranger(team, enterprise, profile),
        is_bot=bool(profile.get("is_bot")), is_gone=bool(profile.get("deleted")),
    )  # fmt: skip


def _zone(name: str | None) -> str | None:
    """Return the zone *name* if this computer knows it too."""
    try:
        return ZoneInfo(name).key if name else None
    except (KeyError, ValueError, OSError):
        return None


def _is_stranger(team: str, enterprise: str, profile: Profile) -> bool:
    if profile.get("is_stranger"):
        return True
    organisation = profile.get("enterprise_user") or {}
    if enterprise and organisation.get("enterprise_id") == enterprise:
        return team not in organisation.get("teams", [team])
    return profile.get("team_id") not in {None, "", team}
