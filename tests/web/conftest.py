"""Gives the playground's tests a running playground, and a browser that looks at it."""

import os
import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from storage.database import Database
from tests.web import demo_commands
from tests.web.http import Client
from tests.web.serving import Playground, serving

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


expect.set_options(timeout=20_000)  # milliseconds: a busy machine is slow, not wrong


@pytest.fixture
async def demo(store: Database) -> AsyncIterator[Playground]:
    """Serve the demo commands."""
    async with serving(store, demo_commands) as playground:
        yield playground


@pytest.fixture
def client(demo: Playground) -> Client:
    return Client(demo.url)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    found = os.environ.get("ASKWELL_TEST_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "The browser tests need Chromium or Chrome on the PATH"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
async def page(browser: Browser, demo: Playground) -> Page:
    """Return a page that is Ana in #careers, the welcome closed."""
    page = await (await browser.new_context()).new_page()
    await page.goto(demo.url)
    await page.locator("#close-welcome").click()
    return page
