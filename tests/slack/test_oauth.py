"""Installs Askwell the way a browser does: to Slack and back with a code, and with everything that can go wrong."""

import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from http.cookies import Morsel
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from starlette.applications import Starlette
from yarl import URL

import adapters.web
from adapters.slack import paths
from adapters.slack.access import oauth_pages
from adapters.slack.access.clients import Clients
from adapters.slack.access.oauth import COOKIE, routes
from adapters.slack.access.tokens import PLATFORM, read
from adapters.slack.scopes import SCOPES
from storage.database import Database
from tests.hosting import listening
from tests.slack.token_office import CLIENT_ID, CLIENT_SECRET, Bot, Office, an_office
from tests.world import StoppedClock

PUBLIC = "https://askwell.example.org"


@dataclass(frozen=True, slots=True)
class Page:
    status: int
    headers: Any
    text: str
    cookie: Morsel[str] | None

    @property
    def asked(self) -> dict[str, str]:
        """What the address that the page sends on to asks for."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.headers["location"]).query).items()}


@dataclass
class Browser:
    """Opens Askwell's pages and keeps cookies. It follows no redirect: the tests play Slack's page."""

    url: str
    session: aiohttp.ClientSession

    async def open(self, path: str, **query: str) -> Page:
        async with self.session.get(self.url + path, params=query, allow_redirects=False) as answer:
            return Page(answer.status, answer.headers, await answer.text(), answer.cookies.get(COOKIE))

    async def begin(self) -> str:
        """Set out for Slack; returns the state to come back with."""
        return (await self.open(paths.START)).asked["state"]

    async def come_back(self, **query: str) -> Page:
        return await self.open(paths.REDIRECT, **query)


@dataclass
class House:
    """Askwell with its pages open, and the part of Slack that gives out tokens."""

    office: Office
    store: Database
    clock: StoppedClock
    stack: AsyncExitStack
    told: list[tuple[str, str]] = field(default_factory=list)
    clients: Clients = field(init=False)

    async def browser(
        self,
        *,
        url: str | None = None,
        secret: str = CLIENT_SECRET,
        done: Callable[[str, str], Awaitable[None]] | None = None,
    ) -> Browser:
        """Open the pages and return a browser that has not been there before."""
        keys = {"client_id": CLIENT_ID, "client_secret": secret}
        self.clients = Clients(self.office.url, clock=self.clock, installs=self.store.installs, **keys)
        await self.clients.open()
        self.stack.push_async_callback(self.clients.close)
        pages = routes(
            self.clients, self.store.installs, clock=self.clock, done=done or self._note, url=url, **keys
        )  # fmt: skip
        return await self.visitor(await self.stack.enter_async_context(listening(Starlette(routes=pages))))

    async def visitor(self, at: str) -> Browser:
        jar = aiohttp.CookieJar(unsafe=True)  # cookies of an address that is a number
        return Browser(at, await self.stack.enter_async_context(aiohttp.ClientSession(cookie_jar=jar)))

    async def _note(self, team: str, enterprise: str) -> None:
        self.told.append((team, enterprise))


@pytest.fixture
async def house(store: Database) -> AsyncIterator[House]:
    clock = StoppedClock()
    async with an_office(clock) as office, AsyncExitStack() as stack:
        yield House(office, store, clock, stack)


# There


async def test_the_first_page_says_what_askwell_may_do_and_leads_on(house: House) -> None:
    page = await (await house.browser()).open(paths.INSTALL)

    assert page.status == 200
    assert all(scope.reason.replace("'", "&#39;") in page.text for scope in SCOPES)
    assert f'href="{paths.START}">Add to Slack</a>' in page.text
    assert page.cookie is None


async def test_slack_is_asked_for_the_scopes_of_the_manifest(house: House) -> None:
    page = await (await house.browser(url=PUBLIC)).open(paths.START)
    state = page.asked["state"]

    assert page.status == 302
    assert page.headers["location"].startswith(house.office.url.replace("/api/", "/oauth/v2/authorize?"))
    assert page.asked == {
        "client_id": CLIENT_ID,
        "scope": "commands,chat:write,im:write,im:history,users:read,files:write",
        "redirect_uri": f"{PUBLIC}/slack/oauth_redirect",
        "state": state,
    }
    assert len(state) >= 32


@pytest.mark.parametrize(("url", "is_secure"), [(PUBLIC, True), (None, False)])
async def test_only_this_browser_can_come_back(house: House, url: str | None, is_secure: bool) -> None:
    cookie = (await (await house.browser(url=url)).open(paths.START)).cookie

    assert cookie is not None
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "lax", "600")
    assert bool(cookie["secure"]) is is_secure


async def test_the_way_to_slack_follows_the_api_s_address(house: House) -> None:
    for api, page in (
        ("https://slack.com/api/", "https://slack.com/oauth/v2/authorize"),
        ("https://slack-gov.com/api", "https://slack-gov.com/oauth/v2/authorize"),
    ):
        house.office.url = api
        answer = await (await house.browser()).open(paths.START)
        assert answer.headers["location"].partition("?")[0] == page


# And back


async def test_a_workspace_is_installed(house: House) -> None:
    browser = await house.browser(url=PUBLIC)
    browser.session.cookie_jar.update_cookies({COOKIE: (state := await browser.begin())}, URL(browser.url))
    code = house.office.code_for(Bot("T1"), f"{PUBLIC}/slack/oauth_redirect")
    page = await browser.come_back(code=code, state=state)

    assert (page.status, house.told) == (200, [("T1", "")])
    assert "Askwell is in Northside" in page.text
    assert "/career" in page.text
    assert "/app_redirect?app=A1&amp;team=T1" in page.text
    client = await house.clients.of("T1")
    assert (client.bot_user, client.bot_id) == ("UT1", "B1")
    assert (await client.web.auth_test())["ok"]


async def test_without_an_address_slack_uses_the_only_one_of_the_manifest(house: House) -> None:
    browser = await house.browser()
    page = await browser.open(paths.START)
    back = await browser.come_back(code=house.office.code_for(Bot("T1")), state=page.asked["state"])

    assert "redirect_uri" not in page.asked
    assert back.status == 200


async def test_an_organisation_is_installed_as_a_whole(house: House) -> None:
    browser = await house.browser()
    code = house.office.code_for(Bot("T0", "E1", is_whole=True))
    page = await browser.come_back(code=code, state=await browser.begin())

    assert (page.status, house.told) == (200, [("", "E1")])
    assert "choose the workspaces" in page.text
    assert (await house.clients.of("T7", "E1")).is_enterprise


async def test_a_workspace_of_an_organisation_is_found_by_itself(house: House) -> None:
    browser = await house.browser()
    await browser.come_back(code=house.office.code_for(Bot("T1", "E1")), state=await browser.begin())

    client = await house.clients.of("T1")
    assert (client.enterprise, client.is_enterprise) == ("E1", False)


async def test_installing_again_takes_the_new_token_at_once(house: House) -> None:
    browser = await house.browser()
    tokens = []
    for _ in range(2):
        await browser.come_back(code=house.office.code_for(Bot("T1")), state=await browser.begin())
        tokens.append((await house.clients.of("T1")).web.token)

    assert tokens[0] != tokens[1]
    assert len(await house.store.installs.all(PLATFORM)) == 1


@pytest.mark.parametrize("fault", [503, "internal_error"])
async def test_an_install_does_not_fail_because_slack_leaves_the_bot_s_id_out(house: House, fault: str | int) -> None:
    browser = await house.browser()
    house.office.faults["auth.test"] = [fault]
    page = await browser.come_back(code=house.office.code_for(Bot("T1")), state=await browser.begin())

    assert page.status == 200
    assert (await house.clients.of("T1")).bot_id == ""


# What can go wrong


async def _nothing_came_of_it(house: House) -> bool:
    return not await house.store.installs.all(PLATFORM) and not house.told


async def test_whoever_says_no_is_told_that_nothing_changed(house: House) -> None:
    browser = await house.browser()
    page = await browser.come_back(error="access_denied", state=await browser.begin())

    assert page.status == 200
    assert "Nothing was installed" in page.text
    assert await _nothing_came_of_it(house)


async def test_what_slack_calls_the_error_is_never_shown(house: House) -> None:
    browser = await house.browser()
    page = await browser.come_back(error="<b>evil</b>", state=await browser.begin())

    assert "evil" not in page.text
    assert "Start again" in page.text


async def test_a_state_works_once(house: House) -> None:
    browser = await house.browser()
    state = await browser.begin()
    await browser.come_back(code=house.office.code_for(Bot("T1")), state=state)
    browser.session.cookie_jar.update_cookies({COOKIE: state}, URL(browser.url))
    page = await browser.come_back(code=house.office.code_for(Bot("T2")), state=state)

    assert page.status == 400
    assert [install.workspace for install in await house.store.installs.all(PLATFORM)] == ["T1"]


async def test_a_state_works_for_ten_minutes(house: House) -> None:
    browser = await house.browser()
    state = await browser.begin()
    house.clock.forward(minutes=10)
    page = await browser.come_back(code=house.office.code_for(Bot("T1")), state=state)

    assert page.status == 400
    assert "within ten minutes" in page.text
    assert await _nothing_came_of_it(house)


async def test_a_state_works_in_the_browser_that_began_alone(house: House) -> None:
    browser = await house.browser()
    state = await browser.begin()
    other = await house.visitor(browser.url)
    page = await other.come_back(code=house.office.code_for(Bot("T1")), state=state)

    assert page.status == 400
    assert await _nothing_came_of_it(house)


@pytest.mark.parametrize("state", ["", "made-up", "\u00ff"])
async def test_a_state_that_is_not_ours_is_refused(house: House, state: str) -> None:
    browser = await house.browser()
    await browser.begin()
    page = await browser.come_back(code=house.office.code_for(Bot("T1")), state=state)

    assert page.status == 400
    assert house.office.calls == []


async def test_a_code_that_slack_knows_no_more_leads_to_a_new_start(house: House) -> None:
    browser = await house.browser()
    page = await browser.come_back(code="code-used", state=await browser.begin())

    assert page.status == 400
    assert "Start again" in page.text
    assert await _nothing_came_of_it(house)


@pytest.mark.parametrize("fault", [503, 429, "cut", "internal_error"])
async def test_while_slack_is_down_the_page_says_when_to_try_again(house: House, fault: str | int) -> None:
    browser = await house.browser()
    house.office.faults["oauth.v2.access"] = [fault]
    page = await browser.come_back(code=house.office.code_for(Bot("T1")), state=await browser.begin())

    assert page.status == 503
    assert "Wait a few minutes" in page.text
    assert await _nothing_came_of_it(house)


async def test_wrong_settings_are_named_in_the_log_and_not_on_the_page(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    browser = await house.browser(secret="another-secret")
    code = house.office.code_for(Bot("T1"))
    page = await browser.come_back(code=code, state=await browser.begin())

    assert page.status == 500
    assert "bad_client_secret" in caplog.text
    assert "bad_client_secret" not in page.text
    assert not [secret for secret in ("another-secret", code) if secret in caplog.text + page.text]


async def test_what_could_not_be_kept_is_our_fault(house: House, caplog: pytest.LogCaptureFixture) -> None:
    async def fail(team: str, enterprise: str) -> None:
        raise RuntimeError(f"no room for {team}")

    browser = await house.browser(done=fail)
    page = await browser.come_back(code=house.office.code_for(Bot("T1")), state=await browser.begin())

    assert page.status == 500
    assert "our fault" in page.text
    assert "RuntimeError" in caplog.text


async def test_no_secret_reaches_a_page_or_the_log(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    browser = await house.browser()
    state, code = await browser.begin(), house.office.code_for(Bot("T1"))
    page = await browser.come_back(code=code, state=state)
    (install,) = await house.store.installs.all(PLATFORM)
    tokens = read(install)

    told = page.text + str(page.headers) + caplog.text
    assert not [one for one in (tokens.bot_token, tokens.refresh_token, CLIENT_SECRET, code, state) if one in told]


# The pages themselves


async def test_a_page_loads_and_runs_nothing_and_can_be_framed_by_nobody(house: House) -> None:
    page = await (await house.browser()).open(paths.INSTALL)
    policy = page.headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert "<script" not in page.text


def test_the_name_of_a_workspace_is_text_and_never_markup() -> None:
    page = oauth_pages.drawn(oauth_pages.welcome("<b>North</b>", "https://slack.com/", is_whole=False))

    assert b"&lt;b&gt;North&lt;/b&gt;" in page.body


def test_the_pages_have_the_colours_of_the_playground() -> None:
    tokens = (Path(adapters.web.__file__).parent / "static/css/tokens.css").read_text("utf-8")
    day, night = (part.split("}")[0] for part in tokens.split(":root {")[1:3])
    pages = (part.split("}")[0] for part in oauth_pages.STYLE.split(":root {")[1:3])

    for theirs, ours in zip((day, night), pages, strict=True):
        colours = re.findall(r"--[a-z-]+: #[0-9a-f]{6};", ours)
        assert len(colours) == 7
        assert [colour for colour in colours if colour not in theirs] == []
