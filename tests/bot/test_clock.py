"""Clocks: aware, UTC, and never backwards."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.clock import Clock, MovableClock, SystemClock

START = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


def test_the_systems_clock_is_aware_and_in_utc() -> None:
    clock: Clock = SystemClock()
    assert clock.now().tzinfo is UTC


def test_a_movable_clock_stands_still_until_it_is_moved() -> None:
    clock = MovableClock(START)
    assert clock.now() == clock.now() == START
    clock.move_to(START + timedelta(hours=1))
    assert clock.now() == START + timedelta(hours=1)


def test_a_movable_clock_may_be_moved_to_where_it_is() -> None:
    clock = MovableClock(START)
    clock.move_to(START)
    assert clock.now() == START


def test_a_clock_never_goes_back() -> None:
    clock = MovableClock(START)
    with pytest.raises(ValueError, match="does not go back"):
        clock.move_to(START - timedelta(seconds=1))
    assert clock.now() == START


def test_a_clock_takes_no_naive_instant() -> None:
    with pytest.raises(ValueError, match="time zone"):
        MovableClock(datetime(2026, 11, 30))  # noqa: DTZ001  (that is the point)


def test_a_clock_turns_what_it_is_given_into_utc() -> None:
    clock = MovableClock(datetime(2026, 11, 30, 10, 0, tzinfo=timezone(timedelta(hours=2))))
    assert clock.now().isoformat() == "2026-11-30T08:00:00+00:00"
