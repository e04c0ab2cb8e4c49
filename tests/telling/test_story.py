"""Shows that every platform tells the same story: the core hears and says the same, word for word."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from shutil import copy

import pytest
from playwright.async_api import Browser

from storage.database import Database
from tests.telling.stages import in_core, in_discord, in_playground, in_slack
from tests.telling.story import Stage, tell
from tests.world import KEYS

Setting = Callable[[Database, Browser], AbstractAsyncContextManager[Stage]]


@pytest.mark.parametrize("platform", [in_playground, in_slack, in_discord])
async def test_every_platform_yields_the_core_s_own_transcript(
    platform: Setting, store: Database, browser: Browser, empty_database: Path, tmp_path: Path
) -> None:
    copy(empty_database, tmp_path / "core.db")
    async with await Database.open(f"sqlite:///{tmp_path / 'core.db'}", KEYS) as other, in_core(other, browser) as core:
        expected = await tell(core)

    async with platform(store, browser) as stage:
        told = await tell(stage)

    assert len(expected) > 20
    assert told == expected
