"""Gives every test a small world: the real bot on a real database, a clock that only moves when told, and a mailbox."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from adapters.web.stage import Example
from app.gallery import gallery
from storage.database import Database
from storage.migrate import migrate
from tests.world import KEYS, World, a_world

pytest_plugins = ("tests.browsing", "tests.databases")

# Shared machines are slow at odd moments; what is right does not depend on how long it took.
settings.register_profile("askwell", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("askwell")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "askwell.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def scenes() -> list[Example]:
    """Return every view and form that is met on a walk through all commands with long words."""
    return list(asyncio.run(gallery()))


@pytest.fixture
async def store(empty_database: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """Return an empty database of this test's own."""
    path = tmp_path / "askwell.db"
    shutil.copy(empty_database, path)
    database = await Database.open(f"sqlite:///{path}", KEYS)
    yield database
    await database.close()


@pytest.fixture
def world(store: Database) -> World:
    """Return a bot with an empty store on Monday 23 November 2026, 8:00 in Manila."""
    return a_world(store)
