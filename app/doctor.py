"""Examines a set-up and says, line by line, what is well and what to do about the rest."""

from collections.abc import AsyncIterator

from app.settings import NotReady, Settings, keys
from bot.content.check import problems
from storage.database import Database
from storage.errors import Unusable

WELL, ILL = "ok     ", "TO DO  "


async def examine(settings: Settings) -> int:
    """Print what was found; returns how many things are to do. Says nothing secret: no key, no address."""
    found = [line async for line in _findings(settings)]
    for is_well, sentence in found:
        print((WELL if is_well else ILL) + sentence)
    return sum(not is_well for is_well, _sentence in found)


async def _findings(settings: Settings) -> AsyncIterator[tuple[bool, str]]:
    wrong = problems()
    yield not wrong, "The texts are in order." if not wrong else f"{len(wrong)} problems in the texts: askwell check"
    yield await _database(settings)
    if settings.is_local:
        yield True, f"The playground is for this machine only: http://{settings.host}:{settings.port}"
    elif settings.password is None:
        yield False, f"The playground would be open on {settings.host}: set ASKWELL_PASSWORD."
    else:
        yield True, f"The playground on {settings.host} asks for the password."


async def _database(settings: Settings) -> tuple[bool, str]:
    kind = "SQLite" if settings.is_sqlite else "PostgreSQL"
    try:
        async with await Database.open(settings.url, keys(settings)):
            return True, f"{kind} answers, its tables are of this version, and the key fits."
    except (Unusable, NotReady) as why:
        return False, f"{kind}: {why}"
