"""Tells the whole story in a real browser: a contact is shared, found and asked for, a talk planned, a nudge read."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
from playwright.async_api import Browser, Locator, Page, expect

import bot.commands
from storage.database import Database
from tests.web.serving import Playground, serving
from tests.world import MONDAY


def since_monday() -> Callable[[], datetime]:
    """Return a clock that goes, from 8:00 on a Monday in Manila."""
    start = datetime.now(UTC)
    return lambda: MONDAY + (datetime.now(UTC) - start)


@pytest.fixture
async def club(store: Database) -> AsyncIterator[Playground]:
    """Serve the real commands to groups in which nothing has happened yet."""
    async with serving(store, bot.commands, real=since_monday()) as playground:
        yield playground


async def _as(browser: Browser, club: Playground, user: str, room: str = "careers") -> Page:
    page = await (await browser.new_context()).new_page()
    await page.goto(f"{club.url}/at/northside/{user}/{room}")
    await page.locator("#close-welcome").click()
    return page


async def _say(page: Page, words: str) -> None:
    await page.locator("#say").fill(words)
    await page.locator("#say").press("Enter")


def _last(page: Page) -> Locator:
    return page.locator(".from-askwell").last


async def _press(page: Page, label: str) -> None:
    await page.locator(".from-askwell").get_by_role("button", name=label, exact=True).last.click()


async def _fill(page: Page, submit: str, **typed: str) -> None:
    """Fill in the open form, by the names of its fields, and send it."""
    dialog = page.locator("#form")
    await expect(dialog.get_by_role("button", name=submit)).to_be_visible()
    for name, words in typed.items():
        await dialog.locator(f"[name={name}]").fill(words)
    await dialog.get_by_role("button", name=submit).click()


async def _start(page: Page) -> None:
    """Let a member tell Askwell their field and their hour, and say yes to nudges."""
    await _say(page, "/career start")
    await _press(page, "Let us begin")
    await _fill(page, "Go on", field="Nursing")
    for label in ("Yes", "That is fine", "Yes, nudge me"):
        await _press(page, label)
    await expect(_last(page)).not_to_contain_text("May I send you")


async def _share(page: Page) -> None:
    """Share Maria with the group and post her card."""
    await _say(page, "/career refer")
    await _fill(
        page, "Save and go on", name="Maria Santos", does="Nurse manager", field="Nursing",
        organisation="Example Hospital", place="Manila",
    )  # fmt: skip
    await _press(page, "E-mail and phone")
    await _fill(page, "Save", email="maria@example.org")
    await _press(page, "Share with the group")
    await page.get_by_label("They told me yes").check()
    await page.get_by_label("Whoever holds the ask may write to them").check()
    await _fill(page, "Preview")
    await _press(page, "Share and post it in this channel")
    await expect(_last(page)).to_contain_text("Shared by Ana Reyes")


async def _plan(page: Page) -> None:
    """Find Maria on the board, take the ask, and plan twenty minutes with her."""
    await _say(page, "/career board nursing")
    await _press(page, "Look")
    await expect(_last(page)).to_contain_text("If you ask")
    await _press(page, "I'd like to talk to them")
    await expect(_last(page)).to_contain_text("The ask is yours until Thursday 26 November")
    await _press(page, "Plan a talk")
    await _press(page, "20 min")
    await expect(_last(page)).to_contain_text("0:16 Close (4 min)")


async def _fits_a_phone(page: Page) -> None:
    """Look at everything so far on a phone: nothing is wider than its screen."""
    await page.set_viewport_size({"width": 390, "height": 844})
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await page.set_viewport_size({"width": 1280, "height": 720})


async def test_from_a_shared_contact_to_the_morning_nudge(browser: Browser, club: Playground) -> None:
    ana = await _as(browser, club, "ana")
    ben = await _as(browser, club, "ben")
    await _share(ana)
    card = ben.locator(".message").filter(has_text="Shared by Ana Reyes")
    await expect(card).to_be_visible()
    await expect(ben.locator("#messages")).not_to_contain_text("maria@example.org")

    await _start(ben)
    await _plan(ben)
    await _fits_a_phone(ben)

    await ben.get_by_role("button", name="Move the clock").click()
    await ben.get_by_role("button", name="Tomorrow 9:00").click()
    direct = ben.locator("a[data-room='northside/dm:ben']:not([data-person])")
    await expect(direct).to_contain_text("new")
    await direct.click()
    nudge = ben.locator(".from-askwell").first
    await expect(nudge).to_contain_text("Morning, Ben")
    step = await nudge.get_by_role("heading", level=4).first.inner_text()
    await nudge.get_by_role("button", name="Done", exact=True).click()
    await expect(nudge.get_by_role("button", name="Undo")).to_be_visible()

    await ben.get_by_role("button", name="Move the clock").click()
    await ben.get_by_role("button", name="Tomorrow 9:00").click()
    following = ben.locator(".from-askwell").nth(1)
    await expect(following).to_contain_text("Morning, Ben")

    await expect(following).not_to_contain_text(step)
    await expect(ben.locator(".from-askwell")).to_have_count(2)
