"""Checks that moments and days come back as they went in."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from storage.types import Day, Instant

SQLITE = sqlite.dialect()
POSTGRES = postgresql.dialect()  # type: ignore[no-untyped-call]
ZONES = (UTC, timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(hours=-9, minutes=-30)))
SECONDS = st.integers(-2_000_000_000, 7_000_000_000)


def _moment(seconds: int, micros: int, zone: timezone) -> datetime:
    return datetime.fromtimestamp(seconds, zone).replace(microsecond=micros)


MOMENTS = st.builds(_moment, SECONDS, st.integers(0, 999_999), st.sampled_from(ZONES))


@given(MOMENTS)
def test_a_moment_survives_sqlite_to_the_microsecond(moment: datetime) -> None:
    kept = Instant().process_bind_param(moment, SQLITE)

    assert isinstance(kept, int)
    assert Instant().process_result_value(kept, SQLITE) == moment


@given(MOMENTS)
def test_moments_sort_as_the_numbers_they_are_kept_as(moment: datetime) -> None:
    later = moment + timedelta(microseconds=1)

    assert Instant().process_bind_param(later, SQLITE) > Instant().process_bind_param(moment, SQLITE)


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRES], ids=["sqlite", "postgresql"])
def test_a_moment_without_a_zone_is_refused(dialect: object) -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        Instant().process_bind_param(datetime(2026, 3, 9), dialect)  # type: ignore[arg-type]  # noqa: DTZ001


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRES], ids=["sqlite", "postgresql"])
def test_what_comes_out_is_utc(dialect: object) -> None:
    kept = Instant().process_bind_param(datetime(2026, 3, 9, tzinfo=timezone(timedelta(hours=8))), dialect)  # type: ignore[arg-type]

    found = Instant().process_result_value(kept, dialect)  # type: ignore[arg-type]

    assert found is not None
    assert found.tzinfo is UTC


@given(st.dates())
def test_a_day_survives(day: date) -> None:
    kept = Day().process_bind_param(day, SQLITE)

    assert Day().process_result_value(kept, SQLITE) == day
