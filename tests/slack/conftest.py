"""Gives tests a club in Slack, once by HTTP and once by Socket Mode."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.slack.club import Club, Way, club
from tests.world import MONDAY


@pytest.fixture(params=["http", "socket"])
def way(request: pytest.FixtureRequest) -> Way:
    """Return each way from Slack to Askwell."""
    found: Way = request.param
    return found


@pytest.fixture
async def the_club(store: Database, way: Way) -> AsyncIterator[Club]:
    """Return one workspace with the bot, on Monday morning in Manila."""
    async with club(store, way, at=MONDAY) as found:
        yield found
        assert found.slack.violations == []
