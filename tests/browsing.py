"""Gives tests the browser of this computer."""

import os
import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright, expect

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is slow, not wrong


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    found = os.environ.get("ASKWELL_TEST_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "The browser tests need Chromium or Chrome on the PATH"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        await browser.close()
