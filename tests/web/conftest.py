"""Gives the playground's tests a running playground, and a browser that looks at it."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page

from storage.database import Database
from tests.web import demo_commands
from tests.web.http import Client
from tests.web.serving import Playground, serving


@pytest.fixture
async def demo(store: Database) -> AsyncIterator[Playground]:
    """Serve the demo commands."""
    async with serving(store, demo_commands) as playground:
        yield playground


@pytest.fixture
def client(demo: Playground) -> Client:
    return Client(demo.url)


@pytest.fixture
async def page(browser: Browser, demo: Playground) -> Page:
    """Return a page that is Ana in #careers, the welcome closed."""
    page = await (await browser.new_context()).new_page()
    await page.goto(demo.url)
    await page.locator("#close-welcome").click()
    return page
