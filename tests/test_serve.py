"""How the pages are served."""

from app.play import Playground
from app.serve import config_of
from app.settings import Settings
from storage.database import Database

LONGEST_ROUTER = 90
"""Seconds that the router of a host may keep a connection to Askwell without a request."""


async def test_it_is_the_router_in_front_that_closes_a_connection_nobody_uses(store: Database) -> None:
    house = await Playground.open(store)
    config = config_of(house, Settings())
    await house.close()

    assert config.timeout_keep_alive > LONGEST_ROUTER
