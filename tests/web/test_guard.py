"""Shows that other web sites and other people stay outside."""

import pytest

from adapters.web.door import Door
from storage.database import Database
from tests.web import demo_commands
from tests.web.http import Answer, Client
from tests.web.serving import serving

ANA = "/at/northside/ana/careers"


async def test_a_foreign_name_for_this_computer_is_refused(client: Client) -> None:
    assert (await client.get("/", host="evil.example.org")).status == 421


async def test_whether_it_runs_may_be_asked_under_any_name(client: Client) -> None:
    answer = await client.get("/healthz", host="10.0.0.5:8080")

    assert (answer.status, answer.text) == (200, "ok")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example.org"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
        {"origin": "null"},
    ],
)
async def test_a_form_on_another_site_changes_nothing(client: Client, headers: dict[str, str]) -> None:
    answer = await client.post(f"{ANA}/say", {"text": "forged"}, **headers)

    assert answer.status == 403
    assert "forged" not in (await client.get(ANA)).text


async def test_a_post_that_names_no_origin_is_refused(client: Client) -> None:
    answer = await client.post("/reset", {}, origin="", sec_fetch_site="")

    assert answer.status == 403


async def test_pages_run_only_their_own_scripts(client: Client) -> None:
    policy = (await client.get(ANA)).headers["content-security-policy"]

    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


async def test_behind_a_password_it_opens_under_every_name(store: Database) -> None:
    async with serving(store, demo_commands, password="open sesame") as locked:
        page = await Client(locked.url).get("/login", host="askwell.example.org")

    assert page.status == 200


async def _log_in(client: Client, password: str) -> Answer:
    typed = f"password={password}".encode()
    return await client.post("/login", typed, content_type="application/x-www-form-urlencoded")


async def test_a_password_keeps_everything_shut(store: Database) -> None:
    async with serving(store, demo_commands, password="open sesame") as locked:
        client = Client(locked.url)
        page = await client.get(ANA, accept="text/html")
        act = await client.post(f"{ANA}/say", {"text": "hello"})
        stream = await client.get(f"{ANA}/events")

        assert (page.status, page.headers["location"]) == (303, "/login")
        assert (act.status, stream.status) == (401, 401)
        assert (await client.get("/healthz")).status == 200


async def test_the_password_opens(store: Database) -> None:
    async with serving(store, demo_commands, password="open sesame") as locked:
        client = Client(locked.url)
        answer = await _log_in(client, "open+sesame")
        client.headers["cookie"] = answer.headers["set-cookie"].partition(";")[0]

        assert (await client.get(ANA)).status == 200
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "SameSite=strict" in answer.headers["set-cookie"]


async def test_another_password_does_not(store: Database) -> None:
    async with serving(store, demo_commands, password="open sesame") as locked:
        answer = await _log_in(Client(locked.url), "guess")

        assert answer.status == 401
        assert "That is not the password" in answer.text
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("cookie", ["9999999999.forged", "9999999999.", "", "x.y", "\u00ff.\u00ff", "1.{old}"])
async def test_a_cookie_that_is_forged_or_old_does_not(store: Database, cookie: str) -> None:
    async with serving(store, demo_commands, password="open sesame") as locked:
        signature = Door(locked.app, "open sesame").sign("1")
        client = Client(locked.url, {"cookie": f"askwell={cookie.format(old=signature)}"})

        assert (await client.get("/preview")).status == 401
