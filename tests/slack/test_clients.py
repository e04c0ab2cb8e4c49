"""Shows that each workspace gets its own token, that it is renewed in time, and once for all processes."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from datetime import timedelta

import pytest

from adapters.slack.access.clients import Clients
from adapters.slack.access.tokens import PLATFORM, installed, read
from adapters.slack.access.uninstall import uninstalled
from adapters.slack.errors import CannotStart, NotInstalled, OutOfReach
from bot.model.installs import Install
from storage.database import Database
from tests.slack.token_office import CLIENT_ID, CLIENT_SECRET, LASTS, Bot, Office, an_office
from tests.world import StoppedClock

OUT_OF_DATE = {"hours": 13}
DUE = {"hours": 10, "minutes": 1}


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
async def office(clock: StoppedClock) -> AsyncIterator[Office]:
    async with an_office(clock) as office:
        yield office


class Processes:
    """Starts processes that share a database, each with clients of its own."""

    def __init__(self, office: Office, store: Database, stack: AsyncExitStack) -> None:
        self.office, self.store, self._stack = office, store, stack

    async def start(self, client_secret: str = CLIENT_SECRET) -> Clients:
        return await self._opened(
            Clients(
                self.office.url, clock=self.office.clock, installs=self.store.installs, client_id=CLIENT_ID,
                client_secret=client_secret,
            )
        )  # fmt: skip

    async def single(self, token: str) -> Clients:
        return await self._opened(Clients(self.office.url, clock=self.office.clock, token=token))

    async def _opened(self, clients: Clients) -> Clients:
        await clients.open()
        self._stack.push_async_callback(clients.close)
        return clients

    async def install(self, bot: Bot) -> Install:
        """Put *bot* into its workspace, as its OAuth would."""
        granted = self.office._granted(bot)
        install = installed(granted, bot.bot_id or "", self.office.clock())
        await self.store.installs.keep(install)
        return install


@pytest.fixture
async def processes(office: Office, store: Database) -> AsyncIterator[Processes]:
    async with AsyncExitStack() as stack:
        yield Processes(office, store, stack)


# One token from the settings


async def test_a_single_token_serves_its_workspace_and_no_other(processes: Processes) -> None:
    clients = await processes.single(processes.office.give(Bot("T1")))

    client = await clients.of("T1")
    assert (client.team, client.enterprise, client.bot_user, client.bot_id) == ("T1", "", "UT1", "B1")
    assert not client.is_enterprise
    with pytest.raises(NotInstalled):
        await clients.of("T2")


async def test_a_workspace_of_an_organisation_is_served_by_its_own_token_alone(processes: Processes) -> None:
    clients = await processes.single(processes.office.give(Bot("T1", "E1")))

    assert (await clients.of("T1", "E1")).enterprise == "E1"
    with pytest.raises(NotInstalled):
        await clients.of("T2", "E1")


async def test_the_token_of_an_organisation_serves_all_its_workspaces(processes: Processes) -> None:
    clients = await processes.single(processes.office.give(Bot("T1", "E1", is_whole=True)))

    assert [(await clients.of(team, "E1")).team for team in ("T1", "T2")] == ["T1", "T2"]
    assert (await clients.of("T3")).is_enterprise
    with pytest.raises(NotInstalled):
        await clients.of("T1", "E2")


@pytest.mark.parametrize("error", ["invalid_auth", "account_inactive", "token_revoked", "not_authed", "token_expired"])
async def test_a_token_that_slack_refuses_keeps_askwell_from_starting(processes: Processes, error: str) -> None:
    token = processes.office.give(Bot("T1"))
    processes.office.faults["auth.test"] = [error]

    with pytest.raises(CannotStart, match="SLACK_BOT_TOKEN") as why:
        await processes.single(token)
    assert token not in str(why.value)


async def test_a_person_s_token_keeps_askwell_from_starting(processes: Processes) -> None:
    with pytest.raises(CannotStart, match="not a bot's"):
        await processes.single(processes.office.give(Bot("T1", bot_id=None)))


@pytest.mark.parametrize("fault", [503, "cut", "internal_error"])
async def test_askwell_starts_while_slack_is_down_and_asks_again_when_needed(
    processes: Processes, clock: StoppedClock, fault: str | int
) -> None:
    processes.office.faults["auth.test"] = [fault]
    clients = await processes.single(processes.office.give(Bot("T1")))

    with pytest.raises(OutOfReach):
        await clients.of("T1")
    assert processes.office.count("auth.test") == 1
    clock.forward(seconds=3)
    assert (await clients.of("T1")).bot_user == "UT1"


async def test_slack_is_left_alone_for_as_long_as_it_asks(processes: Processes, clock: StoppedClock) -> None:
    processes.office.faults["auth.test"] = [429]
    clients = await processes.single(processes.office.give(Bot("T1")))
    clock.forward(seconds=6)
    with suppress(OutOfReach):
        await clients.of("T1")
    early = processes.office.count("auth.test")
    clock.forward(seconds=1)
    await clients.of("T1")

    assert (early, processes.office.count("auth.test")) == (1, 2)


async def test_slack_is_asked_once_whose_token_it_is(processes: Processes) -> None:
    clients = await processes.single(processes.office.give(Bot("T1")))
    await asyncio.gather(*(clients.of("T1") for _ in range(50)))

    assert processes.office.count("auth.test") == 1


async def test_a_single_token_that_was_revoked_serves_nobody(processes: Processes) -> None:
    clients = await processes.single(token := processes.office.give(Bot("T1")))
    del processes.office.tokens[token]
    await clients.forget("T1")

    for _ in range(3):
        with pytest.raises(NotInstalled):
            await clients.of("T1")
    assert processes.office.count("auth.test") == 2


# Many workspaces


async def test_each_workspace_has_its_own_token(processes: Processes) -> None:
    await processes.install(Bot("T1"))
    await processes.install(Bot("T2"))
    clients = await processes.start()
    one, two = await clients.of("T1"), await clients.of("T2")

    assert (one.bot_user, two.bot_user) == ("UT1", "UT2")
    assert one.web.token != two.web.token
    assert (await one.web.auth_test())["user_id"] == "UT1"
    assert one.web.base_url == processes.office.url
    with pytest.raises(NotInstalled):
        await clients.of("T3")


async def test_a_workspace_is_found_by_itself_once_its_organisation_is_known(processes: Processes) -> None:
    await processes.install(Bot("T0", "E1", is_whole=True))
    clients = await processes.start()
    await clients.of("T1", "E1")
    client = await (await processes.start()).of("T1")

    assert (client.team, client.enterprise, client.is_enterprise) == ("T1", "E1", True)
    with pytest.raises(NotInstalled):
        await clients.of("T2")


async def test_a_known_workspace_costs_no_look(processes: Processes, clock: StoppedClock) -> None:
    install = await processes.install(Bot("T1"))
    clients = await processes.start()
    first = await clients.of("T1")
    await processes.store.installs.drop(PLATFORM, install.organisation, "T1")

    assert await clients.of("T1") is first
    clock.forward(seconds=31)
    with pytest.raises(NotInstalled):
        await clients.of("T1")


async def test_what_is_forgotten_is_looked_up_again(processes: Processes) -> None:
    await processes.install(Bot("T0", "E1", is_whole=True))
    clients = await processes.start()
    for team in ("T1", "T2"):
        await clients.of(team, "E1")
    await processes.store.installs.drop(PLATFORM, "E1", "")
    await clients.forget("", "E1")

    for team in ("T1", "T2"):
        with pytest.raises(NotInstalled):
            await clients.of(team, "E1")


async def test_a_token_is_renewed_two_hours_before_it_runs_out(processes: Processes, clock: StoppedClock) -> None:
    await processes.install(Bot("T1"))
    clients = await processes.start()
    old = await clients.of("T1")
    clock.forward(hours=9, minutes=59)
    before = await clients.of("T1")
    clock.forward(minutes=1)
    after = await clients.of("T1")

    assert before.web.token == old.web.token
    assert after.web.token != old.web.token
    clock.forward(hours=2)
    assert (await after.web.auth_test())["ok"]


async def test_a_token_is_renewed_again_and_again(processes: Processes, clock: StoppedClock) -> None:
    await processes.install(Bot("T1"))
    clients = await processes.start()
    for _ in range(5):
        clock.forward(**DUE)
        client = await clients.of("T1")
        assert (await client.web.auth_test())["ok"]

    assert processes.office.count("oauth.v2.access") == 5


async def test_a_token_that_lasts_is_never_exchanged(processes: Processes, clock: StoppedClock) -> None:
    processes.office.rotates = False
    await processes.install(Bot("T1"))
    clients = await processes.start()
    clock.forward(days=400)

    assert (await (await clients.of("T1")).web.auth_test())["ok"]
    assert processes.office.count("oauth.v2.access") == 0


@pytest.mark.parametrize("age", [DUE, OUT_OF_DATE], ids=["due", "out of date"])
async def test_however_many_ask_in_however_many_processes_a_token_is_exchanged_once(
    processes: Processes, clock: StoppedClock, age: dict[str, int]
) -> None:
    await processes.install(Bot("T1"))
    several = [await processes.start() for _ in range(4)]
    clock.forward(**age)
    asked = [clients.of("T1") for clients in several for _ in range(10)]
    found = await asyncio.gather(*asked)

    assert processes.office.count("oauth.v2.access") == 1
    assert all([(await client.web.auth_test())["ok"] for client in found])


async def test_nobody_waits_long_for_a_new_token_while_the_old_one_works(
    processes: Processes, clock: StoppedClock
) -> None:
    await processes.install(Bot("T1"))
    clients = await processes.start()
    clock.forward(**DUE)
    processes.office.gate.clear()
    waiting = await asyncio.wait_for(clients.of("T1"), 5)
    processes.office.gate.set()

    assert (await waiting.web.auth_test())["ok"]


async def test_whoever_gives_up_waiting_does_not_lose_the_new_token(processes: Processes, clock: StoppedClock) -> None:
    install = await processes.install(Bot("T1"))
    clients = await processes.start()
    clock.forward(**OUT_OF_DATE)
    processes.office.gate.clear()
    asking = asyncio.create_task(clients.of("T1"))
    await asyncio.wait_for(processes.office.is_asked.wait(), 5)
    asking.cancel()
    processes.office.gate.set()
    await clients.close()

    kept = await processes.store.installs.find(PLATFORM, "", "T1")
    assert kept is not None
    assert read(kept).bot_token != read(install).bot_token
    assert read(kept).refresh_token in processes.office.refreshes


@pytest.mark.parametrize("fault", [429, 503, "cut", "bad_client_secret"])
async def test_a_token_that_could_not_be_renewed_is_used_while_it_is_valid(
    processes: Processes, clock: StoppedClock, fault: str | int
) -> None:
    await processes.install(Bot("T1"))
    clients = await processes.start()
    old = await clients.of("T1")
    clock.forward(**DUE)
    processes.office.faults["oauth.v2.access"] = [fault]

    for _ in range(3):
        assert (await clients.of("T1")).web.token == old.web.token
    assert processes.office.count("oauth.v2.access") == 1


async def test_it_is_tried_again_after_a_while(processes: Processes, clock: StoppedClock) -> None:
    await processes.install(Bot("T1"))
    clients = await processes.start()
    old = await clients.of("T1")
    clock.forward(**DUE)
    processes.office.faults["oauth.v2.access"] = [503]
    await clients.of("T1")
    clock.forward(minutes=1)

    assert (await clients.of("T1")).web.token != old.web.token


async def test_without_a_working_token_slack_counts_as_out_of_reach(processes: Processes, clock: StoppedClock) -> None:
    await processes.install(Bot("T1"))
    clients = await processes.start()
    clock.forward(**OUT_OF_DATE)
    processes.office.faults["oauth.v2.access"] = [503]

    with pytest.raises(OutOfReach):
        await clients.of("T1")
    clock.forward(seconds=16)
    assert (await (await clients.of("T1")).web.auth_test())["ok"]


async def test_tokens_that_cannot_be_renewed_any_more_work_until_they_run_out_and_then_need_an_installation(
    processes: Processes, clock: StoppedClock, caplog: pytest.LogCaptureFixture
) -> None:
    install = await processes.install(Bot("T1"))
    clients = await processes.start()
    processes.office.refreshes.clear()
    clock.forward(**DUE)

    assert (await (await clients.of("T1")).web.auth_test())["ok"]
    clock.forward(hours=2)
    for _ in range(3):
        with pytest.raises(NotInstalled):
            await clients.of("T1")
        clock.forward(minutes=1)
    assert processes.office.count("oauth.v2.access") == 1
    assert "install again" in caplog.text
    assert read(install).bot_token not in caplog.text
    assert read(install).refresh_token not in caplog.text
    await processes.install(Bot("T1"))
    assert (await (await clients.of("T1")).web.auth_test())["ok"]


async def test_a_process_that_died_while_renewing_is_not_waited_for_for_ever(
    processes: Processes, clock: StoppedClock
) -> None:
    install = await processes.install(Bot("T1"))
    clients = await processes.start()
    clock.forward(**OUT_OF_DATE)
    now = clock()
    assert await processes.store.installs.claim_renewal(install, now, now + timedelta(seconds=15))
    asking = asyncio.create_task(clients.of("T1"))
    await asyncio.sleep(0)
    clock.forward(seconds=16)

    assert (await (await asking).web.auth_test())["ok"]


async def test_no_token_is_written_to_the_log(
    processes: Processes, clock: StoppedClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    install = await processes.install(Bot("T1"))
    clients = await processes.start()
    clock.forward(**OUT_OF_DATE)
    processes.office.faults["oauth.v2.access"] = [503]
    with pytest.raises(OutOfReach):
        await clients.of("T1")
    tokens = read(install)

    assert "T1" in caplog.text
    assert not [secret for secret in (tokens.bot_token, tokens.refresh_token, CLIENT_SECRET) if secret in caplog.text]
    assert not [secret for secret in (tokens.bot_token, tokens.refresh_token) if secret in repr(tokens)]


def test_what_slack_granted_is_read_as_it_was_written(clock: StoppedClock) -> None:
    granted = {"access_token": "xoxb-1", "refresh_token": "xoxe-1", "expires_in": 43200, **Bot("T1", "E1").place}
    tokens = read(install := installed(granted, "B1", clock()))

    assert (install.organisation, install.workspace, install.name) == ("E1", "T1", "Northside")
    assert (tokens.bot_token, tokens.refresh_token, tokens.expires_at) == ("xoxb-1", "xoxe-1", clock() + LASTS)
    assert install.renew_at == clock() + timedelta(hours=10)
    assert (tokens.scopes, tokens.app_id, tokens.installer) == (("commands", "chat:write"), "A1", "U9")


# Taken away


def _event(kind: str, clock: StoppedClock, *, bot: bool = True, **more: object) -> dict[str, object]:
    tokens = {"tokens": {"oauth": ["U9"], "bot": ["UT1"] if bot else []}} if kind == "tokens_revoked" else {}
    known = {"team_id": "T1", "event_time": int(clock().timestamp()), "event": {"type": kind, **tokens}}
    return known | more


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
async def test_a_workspace_that_takes_the_bot_away_is_gone_at_once(
    processes: Processes, clock: StoppedClock, kind: str
) -> None:
    await processes.install(Bot("T1"))
    await processes.install(Bot("T2"))
    clients = await processes.start()
    await clients.of("T1")
    gone = await uninstalled(processes.store.installs, clients, _event(kind, clock))

    assert gone == ("T1",)
    with pytest.raises(NotInstalled):
        await clients.of("T1")
    assert (await clients.of("T2")).bot_user == "UT2"


async def test_a_person_s_revoked_token_takes_nothing_away(processes: Processes, clock: StoppedClock) -> None:
    await processes.install(Bot("T1"))
    clients = await processes.start()
    gone = await uninstalled(processes.store.installs, clients, _event("tokens_revoked", clock, bot=False))

    assert gone == ()
    assert (await clients.of("T1")).bot_user == "UT1"


async def test_an_event_of_before_the_bot_was_installed_again_takes_nothing_away(
    processes: Processes, clock: StoppedClock
) -> None:
    late = _event("app_uninstalled", clock)
    clock.forward(hours=1)
    await processes.install(Bot("T1"))
    clients = await processes.start()
    gone = await uninstalled(processes.store.installs, clients, late)

    assert gone == ()
    assert (await clients.of("T1")).bot_user == "UT1"


async def test_an_organisation_that_takes_the_bot_away_takes_it_from_every_workspace(
    processes: Processes, clock: StoppedClock
) -> None:
    await processes.install(Bot("T0", "E1", is_whole=True))
    clients = await processes.start()
    for team in ("T1", "T2"):
        await clients.of(team, "E1")
    whole = {"enterprise_id": "E1", "team_id": None, "is_enterprise_install": True}
    event = _event("app_uninstalled", clock, team_id="E1", enterprise_id="E1", authorizations=[whole])
    gone = await uninstalled(processes.store.installs, clients, event)

    assert gone == ("T1", "T2")
    with pytest.raises(NotInstalled):
        await clients.of("T1", "E1")


@pytest.mark.parametrize("team", ["E1", None])
async def test_workspaces_that_are_taken_out_of_an_organisation_are_gone_and_the_others_keep_the_bot(
    processes: Processes, clock: StoppedClock, team: str | None
) -> None:
    await processes.install(Bot("T0", "E1", is_whole=True))
    await processes.install(Bot("T1", "E1"))
    clients = await processes.start()
    event = _taken_out(clock, "T1", "T2", team_id=team)
    gone = await uninstalled(processes.store.installs, clients, event)
    own = await processes.store.installs.find(PLATFORM, "E1", "T1")

    assert gone == ("T1", "T2")
    assert own is not None
    assert own.workspace == ""  # its own token is forgotten, the organisation's is not
    assert (await clients.of("T3", "E1")).is_enterprise


async def test_a_workspace_that_installed_the_bot_itself_after_it_was_taken_out_keeps_it(
    processes: Processes, clock: StoppedClock
) -> None:
    late = _taken_out(clock, "T1", "T2")
    clock.forward(hours=1)
    await processes.install(Bot("T1", "E1"))
    clients = await processes.start()
    gone = await uninstalled(processes.store.installs, clients, late)

    assert gone == ("T2",)
    assert (await clients.of("T1", "E1")).team == "T1"


def _taken_out(clock: StoppedClock, *teams: str, team_id: str | None = None) -> dict[str, object]:
    whole = {"enterprise_id": "E1", "team_id": None, "is_enterprise_install": True}
    told = {"type": "team_access_revoked", "team_ids": list(teams)}
    more = {"enterprise_id": "E1", "team_id": team_id, "authorizations": [whole], "event": told}
    return _event("team_access_revoked", clock) | more


async def test_a_workspace_that_still_has_the_bot_through_its_organisation_keeps_it(
    processes: Processes, clock: StoppedClock
) -> None:
    await processes.install(Bot("T0", "E1", is_whole=True))
    await processes.install(Bot("T1", "E1"))
    clients = await processes.start()
    gone = await uninstalled(processes.store.installs, clients, _event("app_uninstalled", clock, enterprise_id="E1"))

    assert gone == ()
    assert (await clients.of("T1", "E1")).is_enterprise
