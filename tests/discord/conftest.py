"""Gives tests a club in Discord."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.discord.club import Club, club
from tests.world import MONDAY


@pytest.fixture
async def the_club(store: Database) -> AsyncIterator[Club]:
    """Return one server with the bot, on Monday morning in Manila."""
    async with club(store, at=MONDAY) as found:
        yield found
        assert found.discord.violations == []
