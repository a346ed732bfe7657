"""Every local minute is one instant of its own day, in every zone, whatever its clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.calendar import (
    course_day,
    date_of,
    end_of,
    hours_of,
    instant_of,
    is_awake,
    local,
    local_date,
    offsets_of,
    plus_days,
    plus_months,
    start_of,
)

# Zone, the date of its clocks going forward, how far, the date of their going back.
CHANGES = [
    ("America/New_York", date(2026, 3, 8), 60, date(2026, 11, 1)),
    ("America/Santiago", date(2026, 9, 6), 60, date(2026, 4, 4)),
    ("America/Havana", date(2026, 3, 8), 60, date(2026, 11, 1)),
    ("America/St_Johns", date(2026, 3, 8), 60, date(2026, 11, 1)),
    ("Europe/London", date(2026, 3, 29), 60, date(2026, 10, 25)),
    ("Europe/Berlin", date(2026, 3, 29), 60, date(2026, 10, 25)),
    ("Africa/Cairo", date(2026, 4, 24), 60, date(2026, 10, 29)),
    ("Asia/Beirut", date(2026, 3, 29), 60, date(2026, 10, 24)),
    ("Africa/Casablanca", date(2026, 3, 22), 60, date(2026, 2, 15)),
    ("Asia/Jerusalem", date(2026, 3, 27), 60, date(2026, 10, 25)),
    ("Australia/Lord_Howe", date(2026, 10, 4), 30, date(2026, 4, 5)),
    ("Pacific/Chatham", date(2026, 9, 27), 60, date(2026, 4, 5)),
]
ZONES = [zone for zone, *_ in CHANGES]
DAYS = [
    pytest.param(zone, day, change, id=f"{zone}, {change:+} min")
    for zone, forward, length, back in CHANGES
    for day, change in ((forward, length), (back, -length))
]
MINUTES = [time(minute // 60, minute % 60) for minute in range(1440)]
zones = st.sampled_from(ZONES)
days = st.dates(date(2024, 1, 1), date(2035, 12, 31))
instants = st.datetimes(datetime(2024, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(("zone", "day", "change"), DAYS)
def test_the_day_is_as_long_as_its_clocks_say(zone: str, day: date, change: int) -> None:
    assert end_of(day, zone) - start_of(day, zone) == timedelta(minutes=1440 - change)


@pytest.mark.parametrize(("zone", "day", "change"), DAYS)
def test_every_minute_is_one_instant_of_its_day(zone: str, day: date, change: int) -> None:
    moved = 0
    for wall in MINUTES:
        instant = instant_of(day, wall, zone)
        shown = local(instant, zone)
        assert instant.tzinfo is UTC
        assert start_of(day, zone) <= instant < end_of(day, zone)
        assert shown.date() == day == local_date(instant, zone)
        if shown.time() != wall:
            gap = shown.replace(tzinfo=None) - datetime.combine(day, wall)
            assert gap == timedelta(minutes=change)
            moved += 1
    assert moved == max(0, change)


@pytest.mark.parametrize(("zone", "day", "change"), DAYS)
def test_of_two_equal_minutes_the_first_is_meant(zone: str, day: date, change: int) -> None:
    twice = 0
    for wall in MINUTES:
        instant = instant_of(day, wall, zone)
        earlier = instant - timedelta(minutes=abs(change))
        later = instant + timedelta(minutes=abs(change))
        assert local(earlier, zone).time() != wall or change > 0
        twice += local(later, zone).time() == wall
    assert twice == max(0, -change)


@pytest.mark.parametrize(
    ("zone", "day", "wall", "expected"),
    [
        pytest.param("Europe/Berlin", date(2026, 3, 29), time(2, 30), "2026-03-29T01:30", id="skipped: moved on"),
        pytest.param("Europe/Berlin", date(2026, 10, 25), time(2, 30), "2026-10-25T00:30", id="twice: the first"),
        pytest.param("America/Havana", date(2026, 3, 8), time(0, 0), "2026-03-08T05:00", id="midnight skipped"),
        pytest.param("America/Havana", date(2026, 11, 1), time(0, 30), "2026-11-01T04:30", id="midnight twice"),
        pytest.param("Africa/Cairo", date(2026, 4, 24), time(0, 0), "2026-04-23T22:00", id="Cairo's short night"),
        pytest.param("Asia/Kathmandu", date(2026, 1, 1), time(8, 0), "2026-01-01T02:15", id="a quarter of an hour"),
    ],
)
def test_an_hour_becomes_an_instant(zone: str, day: date, wall: time, expected: str) -> None:
    assert instant_of(day, wall, zone) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@given(zones, days)
def test_days_follow_each_other_without_a_gap(zone: str, day: date) -> None:
    assert end_of(day, zone) == start_of(plus_days(day, 1), zone)
    assert start_of(day, zone) < end_of(day, zone)


@given(zones, instants)
def test_an_instant_belongs_to_the_day_it_is_in(zone: str, now: datetime) -> None:
    day = local_date(now, zone)
    assert start_of(day, zone) <= now < end_of(day, zone)
    assert local(now, zone).astimezone(UTC) == now  # a wall hour that comes twice equals no instant elsewhere


@given(zones, days, st.times())
def test_what_the_clock_shows_can_be_asked_for_again(zone: str, day: date, wall: time) -> None:
    shown = local(instant_of(day, wall, zone), zone)
    assert instant_of(shown.date(), shown.time(), zone) == instant_of(day, wall, zone)


def test_an_unknown_zone_is_an_error() -> None:
    with pytest.raises(KeyError):
        instant_of(date(2026, 1, 1), time(8, 0), "Europe/Atlantis")


@given(days, st.integers(-200, 200))
def test_course_days_and_dates_undo_each_other(start: date, day: int) -> None:
    assert course_day(start, date_of(start, day)) == day


def test_the_first_day_is_day_one() -> None:
    assert course_day(date(2026, 3, 1), date(2026, 3, 1)) == 1
    assert course_day(date(2026, 3, 1), date(2026, 2, 28)) == 0
    assert date_of(date(2026, 3, 1), 84) == date(2026, 5, 23)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        pytest.param(date(2026, 1, 31), 1, date(2026, 2, 28), id="a shorter month"),
        pytest.param(date(2028, 1, 31), 1, date(2028, 2, 29), id="a leap year"),
        pytest.param(date(2026, 11, 30), 3, date(2027, 2, 28), id="over the year"),
        pytest.param(date(2026, 5, 23), 6, date(2026, 11, 23), id="the same day"),
    ],
)
def test_months_end_where_months_end(day: date, months: int, expected: date) -> None:
    assert plus_months(day, months) == expected


@pytest.mark.parametrize(
    ("wall", "wakes", "sleeps", "awake"),
    [
        pytest.param("06:59", time(7), time(22), False, id="a minute before"),
        pytest.param("07:00", time(7), time(22), True, id="from"),
        pytest.param("21:59", time(7), time(22), True, id="a minute to"),
        pytest.param("22:00", time(7), time(22), False, id="to"),
        pytest.param("23:00", time(20), time(6), True, id="a night worker in the evening"),
        pytest.param("05:59", time(20), time(6), True, id="a night worker in the morning"),
        pytest.param("12:00", time(20), time(6), False, id="a night worker at noon"),
        pytest.param("20:00", time(20), time(6), True, id="from, in the evening"),
        pytest.param("06:00", time(20), time(6), False, id="to, in the morning"),
        pytest.param("12:00", time(7), time(7), False, id="no hours at all"),
    ],
)
def test_waking_hours_are_the_patients(wall: str, wakes: time, sleeps: time, awake: bool) -> None:
    now = datetime.fromisoformat(f"2026-07-01T{wall}").replace(tzinfo=ZoneInfo("America/New_York"))
    assert is_awake(now.astimezone(UTC), "America/New_York", wakes, sleeps) is awake


def test_hours_are_those_of_the_patients_clock() -> None:
    instants = [datetime(2026, 3, 29, hour, 30, tzinfo=UTC) for hour in (0, 1, 23)]
    assert hours_of(instants, "Europe/Berlin") == [1, 3, 1]


@pytest.mark.parametrize(
    ("zone", "years", "digest"),
    [
        pytest.param("Etc/GMT-3", [2026], "9c6def48f90dcd67", id="no change at all"),
        pytest.param("Europe/Berlin", [2026], "aa411a481ef2bb86", id="two changes"),
        pytest.param("Europe/Paris", [2026], "aa411a481ef2bb86", id="the same two elsewhere"),
        pytest.param("Europe/Berlin", [2026, 2027], "2e28fb91114dee1e", id="two years"),
        pytest.param("Australia/Lord_Howe", [2026], "42f29e20698939e7", id="changes of half an hour"),
    ],
)
def test_the_digest_of_a_zones_rules_stays_as_it_was_kept(zone: str, years: list[int], digest: str) -> None:
    """Were it made otherwise, the rules of every zone would seem to have changed."""
    assert offsets_of(zone, years=years) == digest


def test_other_rules_have_another_digest() -> None:
    zones = ("Europe/Berlin", "Europe/London", "Europe/Athens", "Africa/Cairo", "Asia/Beirut", "Africa/Lagos")
    assert len({offsets_of(zone, years=[2026]) for zone in zones}) == len(zones)
