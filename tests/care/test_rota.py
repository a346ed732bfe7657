"""Who is on call, at every minute of a year, over midnight and over both clock changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.refusals import BadAnswer
from care.rota import (
    TIERS,
    Cover,
    Rota,
    Shift,
    gone_from,
    next_change,
    on_call,
    read_hours,
    read_weekdays,
    write_weekdays,
)

ANN, BEN, CAT, DAN = 1, 2, 3, 4
ZONE = "Europe/Berlin"
WORKDAYS, WEEKEND, DAILY = frozenset(range(5)), frozenset({5, 6}), frozenset(range(7))
ROTA = Rota(
    ZONE,
    shifts=(
        Shift(ANN, 1, WORKDAYS, time(8), time(18)),
        Shift(BEN, 1, DAILY, time(18), time(8)),
        Shift(CAT, 1, WEEKEND, time(8), time(18)),
        Shift(DAN, 2, DAILY, time(0), time(0)),
    ),
    holidays=frozenset({date(2027, 3, 8)}),
)


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "tier", "people"),
    [
        pytest.param("2027-03-01T07:00", 1, (ANN,), id="Monday, 8 o'clock sharp"),
        pytest.param("2027-03-01T06:59", 1, (BEN,), id="a minute before, still the night's"),
        pytest.param("2027-03-01T16:59", 1, (ANN,), id="the last minute of a day"),
        pytest.param("2027-03-01T17:00", 1, (BEN,), id="the hour it ends is the next one's"),
        pytest.param("2027-03-02T00:30", 1, (BEN,), id="over midnight"),
        pytest.param("2027-03-06T10:00", 1, (CAT,), id="Saturday"),
        pytest.param("2027-03-08T10:00", 1, (CAT,), id="a Monday that is a holiday is a Sunday"),
        pytest.param("2027-03-01T10:00", 2, (DAN,), id="the second tier, day and night"),
        pytest.param("2027-03-28T00:30", 1, (BEN,), id="the night in which the clock goes forward"),
        pytest.param("2027-03-28T05:59", 1, (BEN,), id="until 8 in summer time"),
        pytest.param("2027-03-28T06:00", 1, (CAT,), id="and from then on the day's"),
        pytest.param("2027-10-31T06:59", 1, (BEN,), id="the long night in autumn"),
        pytest.param("2027-10-31T07:00", 1, (CAT,), id="ends at 8 in winter time"),
    ],
)
def test_the_week_says_who_is_on_call(now: str, tier: int, people: tuple[int, ...]) -> None:
    assert on_call(ROTA, tier=tier, now=at(now)) == people


def test_a_cover_stands_before_the_week_and_ends() -> None:
    cover = Cover(DAN, 1, at("2027-03-01T09:00"), at("2027-03-01T11:00"))
    rota = Rota(ZONE, ROTA.shifts, (cover,))
    found = [on_call(rota, tier=1, now=at(f"2027-03-01T{hour}")) for hour in ("08:59", "09:00", "10:59", "11:00")]
    assert found == [(ANN,), (DAN,), (DAN,), (ANN,)]
    assert on_call(rota, tier=2, now=at("2027-03-01T09:30")) == (DAN,)
    of_tier_two = Rota(ZONE, ROTA.shifts, (Cover(CAT, 2, at("2027-03-01T09:00"), at("2027-03-01T11:00")),))
    assert on_call(of_tier_two, tier=1, now=at("2027-03-01T09:30")) == (ANN,)
    assert next_change(of_tier_two, tier=1, now=at("2027-03-01T08:30")) == (at("2027-03-01T17:00"), (BEN,))


def test_two_people_at_once_are_both_on_call() -> None:
    rota = Rota(ZONE, (*ROTA.shifts, Shift(DAN, 1, WORKDAYS, time(8), time(12))))
    assert on_call(rota, tier=1, now=at("2027-03-01T09:00")) == (ANN, DAN)


def test_an_empty_rota_names_nobody_and_never_changes() -> None:
    assert on_call(Rota(ZONE), tier=1, now=at("2027-03-01T09:00")) == ()
    assert next_change(Rota(ZONE), tier=1, now=at("2027-03-01T09:00")) is None


@pytest.mark.parametrize(
    ("now", "then", "people"),
    [
        pytest.param("2027-03-01T10:00", "2027-03-01T17:00", (BEN,), id="tonight"),
        pytest.param("2027-03-05T20:00", "2027-03-06T07:00", (CAT,), id="tomorrow morning"),
        pytest.param("2027-03-27T20:00", "2027-03-28T06:00", (CAT,), id="the night is an hour shorter"),
    ],
)
def test_who_is_next(now: str, then: str, people: tuple[int, ...]) -> None:
    assert next_change(ROTA, tier=1, now=at(now)) == (at(then), people)


@pytest.mark.parametrize(
    ("now", "then", "people"),
    [
        pytest.param("2027-03-01T06:00", "2027-03-01T07:00", (ANN,), id="a duty begins"),
        pytest.param("2027-03-01T07:00", "2027-03-01T17:00", (), id="it ends, and nobody follows"),
        pytest.param("2027-03-01T18:00", "2027-03-01T20:00", (CAT,), id="a cover begins"),
        pytest.param("2027-03-01T20:00", "2027-03-01T22:00", (), id="and ends"),
        pytest.param("2027-03-01T23:00", "2027-03-08T07:00", (ANN,), id="in a week"),
    ],
)
def test_every_beginning_and_every_end_is_a_change(now: str, then: str, people: tuple[int, ...]) -> None:
    cover = Cover(CAT, 1, at("2027-03-01T20:00"), at("2027-03-01T22:00"))
    rota = Rota(ZONE, (Shift(ANN, 1, frozenset({0}), time(8), time(18)),), (cover,))
    assert next_change(rota, tier=1, now=at(now)) == (at(then), people)


@pytest.mark.parametrize(
    ("until", "then"),
    [
        pytest.param("2027-03-08T06:00", "2027-03-08T17:00", id="on the eighth day, today among them"),
        pytest.param("2027-03-09T06:00", None, id="not on the ninth"),
    ],
)
def test_how_far_ahead_a_change_is_seen(until: str, then: str | None) -> None:
    """Ann covers everything until a morning on which the week would name her, too."""
    rota = Rota(
        ZONE,
        (Shift(ANN, 1, DAILY, time(6), time(18)), Shift(BEN, 1, DAILY, time(18), time(6))),
        (Cover(ANN, 1, at("2027-03-01T00:00"), at(until)),),
    )
    found = next_change(rota, tier=1, now=at("2027-03-01T10:00"))
    assert found == (None if then is None else (at(then), (BEN,)))


def test_there_are_two_tiers() -> None:
    assert TIERS == (1, 2)


def test_somebody_who_is_always_on_call_is_next_to_nobody() -> None:
    assert next_change(ROTA, tier=2, now=at("2027-03-01T10:00")) is None


@given(st.integers(0, 365 * 24 * 60))
def test_a_rota_without_gaps_has_none_in_any_minute_of_a_year(minute: int) -> None:
    now = at("2027-01-01T00:00") + timedelta(minutes=minute)
    assert len(on_call(ROTA, tier=1, now=now)) == 1
    change = next_change(ROTA, tier=1, now=now)
    assert change is not None
    before, after = on_call(ROTA, tier=1, now=change[0] - timedelta(seconds=1)), change[1]
    assert before == on_call(ROTA, tier=1, now=now) != after


def test_who_left_is_found_in_shifts_and_covers() -> None:
    rota = Rota(ZONE, ROTA.shifts, (Cover(9, 1, at("2027-03-01T09:00"), at("2027-03-01T11:00")),))
    assert gone_from(rota, [ANN, CAT, DAN]) == {BEN, 9}


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("mon", {0}), ("mon-fri", {0, 1, 2, 3, 4}), ("sat,sun", {5, 6}), ("fri-mon", {4, 5, 6, 0}),
        ("daily", set(range(7))), ("Mon,wed-THU", {0, 2, 3}),
    ],
)  # fmt: skip
def test_weekdays_are_read(written: str, days: set[int]) -> None:
    assert read_weekdays(written) == days
    assert read_weekdays(write_weekdays(days)) == days


@pytest.mark.parametrize(
    "written",
    [
        "",
        "mo",
        "monday",
        "mon-",
        "-fri",
        "mon fri",
        "mon,,tue",
        "1-5",
        "no weekday and much too long to say again in full",
    ],
)
def test_what_are_no_weekdays_is_refused(written: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        read_weekdays(written)
    assert (refused.value.key, refused.value.values) == ("refused-weekdays", {"said": written[:40]})


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("08:00-18:00", (time(8), time(18))),
        ("07:15-18:30", (time(7, 15), time(18, 30))),
        ("18:00-8:00", (time(18), time(8))),
        ("00:00-24:00", (time(0), time(0))),
    ],
)
def test_hours_are_read(written: str, hours: tuple[time, time]) -> None:
    assert read_hours(written) == hours


@pytest.mark.parametrize(
    "written",
    [
        "",
        "8-18",
        "08:00",
        "08:00-25:00",
        "08:60-09:00",
        "24:00-08:00",
        "08:00-24:30",
        "no hours and much too long to be said again",
    ],
)
def test_what_are_no_hours_is_refused(written: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        read_hours(written)
    assert (refused.value.key, refused.value.values) == ("refused-hours", {"said": written[:40]})
