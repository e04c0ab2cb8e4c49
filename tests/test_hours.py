"""A member's hour, wherever they live and whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.people import WEEKDAYS, Away
from bot.nudging.hours import (
    Quiet,
    business_days_after,
    instant,
    is_quiet,
    next_moment,
    out_of_quiet,
)

NEW_YORK = ZoneInfo("America/New_York")
LONDON = ZoneInfo("Europe/London")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
MANILA = ZoneInfo("Asia/Manila")
APIA = ZoneInfo("Pacific/Apia")
QUIET = Quiet()
NEVER_QUIET = Quiet(time(0), time(0))
EVERY_DAY = frozenset(range(7))
NINE = time(9)

FAR_AND_WIDE = (
    "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Manila", "Pacific/Apia", "UTC",
    "America/St_Johns", "Africa/Casablanca", "Pacific/Kiritimati", "America/Havana", "Africa/Cairo",
)  # fmt: skip
CHANGES = (  # days around which some of those clocks change, or a day goes missing
    date(1994, 12, 31), date(2011, 12, 30), date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5),
    date(2026, 10, 4), date(2026, 10, 25), date(2026, 11, 1), date(2026, 2, 15), date(2026, 3, 22),
)  # fmt: skip

zones = st.sampled_from(FAR_AND_WIDE).map(ZoneInfo)
times = st.times().map(lambda at: at.replace(microsecond=0)) | st.sampled_from(
    [time(0), time(0, 30), time(1, 30), time(2), time(2, 30), time(3), time(23, 30)]
)
quiets = st.builds(Quiet, times, times) | st.just(QUIET) | st.just(NEVER_QUIET)
moments = st.builds(
    lambda day, minutes: datetime.combine(day, time(), UTC) + timedelta(minutes=minutes),
    st.dates(date(1990, 1, 1), date(2050, 1, 1)) | st.sampled_from(CHANGES),
    st.integers(-3000, 3000),
)
some_days = st.frozensets(st.integers(0, 6), min_size=1)
holidays = st.lists(
    st.builds(
        lambda first, length: Away(first, first + timedelta(days=length)),
        st.dates(date(1990, 1, 1), date(2050, 1, 1)),
        st.integers(0, 400),
    ),
    max_size=4,
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "at", "zone", "moment"),
    [
        ("2026-01-15", "09:00", NEW_YORK, "2026-01-15 14:00"),
        ("2026-07-15", "09:00", NEW_YORK, "2026-07-15 13:00"),
        ("2026-03-08", "02:30", NEW_YORK, "2026-03-08 07:30"),  # skipped: 3:30 in summer time
        ("2026-11-01", "01:30", NEW_YORK, "2026-11-01 05:30"),  # doubled: still summer time
        ("2026-03-29", "01:30", LONDON, "2026-03-29 01:30"),
        ("2026-10-25", "01:30", LONDON, "2026-10-25 00:30"),
        ("2026-10-04", "02:15", LORD_HOWE, "2026-10-03 15:45"),  # half an hour is skipped there
        ("2026-04-05", "01:45", LORD_HOWE, "2026-04-04 14:45"),
        ("2026-03-08", "09:00", MANILA, "2026-03-08 01:00"),
        ("2011-12-30", "09:00", APIA, "2011-12-30 19:00"),  # a day that Apia never had
    ],
)
def test_a_wall_clock_time_is_one_moment(day: str, at: str, zone: ZoneInfo, moment: str) -> None:
    assert instant(date.fromisoformat(day), time.fromisoformat(at), zone) == utc(moment)


@given(moments, zones)
def test_a_moment_finds_its_way_back_unless_the_hour_comes_twice(moment: datetime, zone: ZoneInfo) -> None:
    local = moment.astimezone(zone)

    again = instant(local.date(), local.time(), zone)

    assert again == moment if local.fold == 0 else again < moment


@pytest.mark.parametrize(
    ("at", "is_covered"),
    [("19:59", False), ("20:00", True), ("23:59", True), ("00:00", True), ("07:59", True), ("08:00", False)],
)
def test_quiet_hours_run_through_midnight(at: str, is_covered: bool) -> None:
    assert QUIET.covers(time.fromisoformat(at)) is is_covered


def test_quiet_hours_can_lie_within_a_day_or_not_be() -> None:
    siesta = Quiet(time(13), time(15))

    assert [siesta.covers(time(hour)) for hour in (12, 13, 14, 15)] == [False, True, True, False]
    assert not NEVER_QUIET.covers(time(0))


def test_a_moment_in_the_night_waits_for_the_morning() -> None:
    late = utc("2026-12-01 03:00")  # 22:00 in New York, the evening before

    assert is_quiet(late, NEW_YORK, QUIET)
    assert out_of_quiet(late, NEW_YORK, QUIET) == utc("2026-12-01 13:00")


def test_quiet_hours_that_end_in_a_doubled_hour_end_after_the_moment() -> None:
    quiet = Quiet(time(20), time(1, 30))
    second_one_oclock = utc("2026-11-01 06:10")  # 1:10 for the second time

    assert out_of_quiet(second_one_oclock, NEW_YORK, quiet) == utc("2026-11-01 06:30")


@given(moments, zones, quiets)
def test_out_of_quiet_never_goes_back_and_never_stays_quiet(moment: datetime, zone: ZoneInfo, quiet: Quiet) -> None:
    result = out_of_quiet(moment, zone, quiet)

    assert result >= moment
    assert not is_quiet(result, zone, quiet)
    assert result == moment or is_quiet(moment, zone, quiet)


def test_the_next_morning_is_the_members_own() -> None:
    friday_noon = utc("2026-12-04 12:00")

    assert next_moment(friday_noon, NINE, WEEKDAYS, MANILA, QUIET) == utc("2026-12-07 01:00")
    assert next_moment(friday_noon, NINE, WEEKDAYS, NEW_YORK, QUIET) == utc("2026-12-04 14:00")


@pytest.mark.parametrize("hour", ["06:30", "21:00", "00:00"])
def test_an_hour_in_the_quiet_hours_becomes_their_end_on_the_same_day(hour: str) -> None:
    sunday = utc("2026-12-06 12:00")

    moment = next_moment(sunday, time.fromisoformat(hour), frozenset({0}), LONDON, QUIET)

    assert moment == utc("2026-12-07 08:00")


def test_days_away_are_left_out_at_both_ends() -> None:
    away = [Away(date(2026, 12, 7), date(2026, 12, 9)), Away(date(2026, 12, 9), date(2026, 12, 10))]

    moment = next_moment(utc("2026-12-06 12:00"), NINE, WEEKDAYS, LONDON, QUIET, away)

    assert moment == utc("2026-12-11 09:00")


def test_the_day_that_apia_skipped_has_no_nudge() -> None:
    before = instant(date(2011, 12, 29), NINE, APIA)

    moment = next_moment(before, NINE, EVERY_DAY, APIA, QUIET)

    assert moment is not None
    assert moment.astimezone(APIA).date() == date(2011, 12, 31)


def test_nobody_is_nudged_without_a_day_or_on_a_leave_without_end() -> None:
    now = utc("2026-12-06 12:00")
    forever = [Away(date(2026, 1, 1), date.max)]

    assert next_moment(now, NINE, frozenset(), LONDON, QUIET) is None
    assert next_moment(now, NINE, EVERY_DAY, LONDON, QUIET, forever) is None


@given(moments, times, some_days, zones, quiets, holidays)
def test_the_next_moment_is_later_allowed_awake_and_at_home(
    after: datetime, hour: time, days: frozenset[int], zone: ZoneInfo, quiet: Quiet, away: list[Away]
) -> None:
    moment = next_moment(after, hour, days, zone, quiet, away)

    assert moment is not None
    local = moment.astimezone(zone).date()
    assert moment > after
    assert moment.utcoffset() == timedelta(0)
    assert local.weekday() in days
    assert not is_quiet(moment, zone, quiet)
    assert not any(span.first <= local <= span.last for span in away)


@given(moments, times, some_days, zones, quiets)
def test_no_day_sees_two_nudges_even_when_the_clocks_fall_back(
    start: datetime, hour: time, days: frozenset[int], zone: ZoneInfo, quiet: Quiet
) -> None:
    moments = [start]
    for _ in range(6):
        following = next_moment(moments[-1], hour, days, zone, quiet)
        assert following is not None
        moments.append(following)

    seen = [moment.astimezone(zone).date() for moment in moments[1:]]

    assert all(earlier < later for earlier, later in pairwise(seen))


@pytest.mark.parametrize(
    ("start", "n", "day"),
    [
        ("2026-12-01 12:00", 3, "2026-12-04"),
        ("2026-12-04 12:00", 1, "2026-12-07"),
        ("2026-12-05 12:00", 1, "2026-12-07"),
        ("2026-12-04 12:00", 7, "2026-12-15"),
        ("2026-12-04 12:00", 0, "2026-12-04"),
        ("2026-12-04 20:00", 1, "2026-12-07"),  # already Saturday in Manila
    ],
)
def test_business_days_are_counted_from_the_local_day(start: str, n: int, day: str) -> None:
    assert business_days_after(utc(start), n, MANILA) == date.fromisoformat(day)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime.fromisoformat("2026-12-01 12:00")

    for ask in (
        lambda: is_quiet(naive, LONDON, QUIET),
        lambda: out_of_quiet(naive, LONDON, QUIET),
        lambda: next_moment(naive, NINE, WEEKDAYS, LONDON, QUIET),
        lambda: business_days_after(naive, 1, LONDON),
    ):
        with pytest.raises(ValueError, match="time zone"):
            ask()
