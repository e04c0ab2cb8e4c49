"""Reads ASKWELL_DATABASE_URL."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.errors import BadAddress


def address(url: str) -> Path | URL:
    """Return the SQLite file that *url* names, or the PostgreSQL address for psycopg.

    Accepted are `sqlite:///path` (four slashes before an absolute path), `postgresql://` and `postgres://`.
    """
    found = _parsed(url)
    match found.drivername.partition("+")[0]:
        case "sqlite" if found.database and found.database != ":memory:":
            return Path(found.database)
        case "postgresql" | "postgres":
            return found.set(drivername="postgresql+psycopg")
        case _:
            raise BadAddress("ASKWELL_DATABASE_URL begins with sqlite:/// and a file, or with postgresql://.")


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):  # their messages would show the password
        raise BadAddress(
            "ASKWELL_DATABASE_URL is not an address: it looks like sqlite:///askwell.db or "
            "postgresql://user:password@host/name."
        ) from None
