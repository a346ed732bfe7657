"""Which doses may still be answered, and at which hours they can have been taken."""

from datetime import UTC, date, datetime

import pytest

from care.doses import DoseState, answerable_until, check_answerable, check_taken_at, unanswered
from care.refusals import BadAnswer, Refusal, Stale

ZONE = "America/New_York"
DAY = date(2026, 3, 7)
"""The day before the clocks go forward: the day after it has 23 hours."""


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        pytest.param("2026-03-07T05:00", DoseState.OPEN, id="the first minute of its day"),
        pytest.param("2026-03-08T04:59", DoseState.OPEN, id="the last minute of its day"),
        pytest.param("2026-03-09T03:59", DoseState.UNKNOWN, id="the last minute of the day after"),
        pytest.param("2026-03-08T12:00", DoseState.TAKEN, id="a correction"),
        pytest.param("2026-03-08T12:00", DoseState.MISSED_BY_US, id="one we never asked about"),
    ],
)
def test_today_and_yesterday_may_be_answered(now: str, state: DoseState) -> None:
    check_answerable(state, day_on=DAY, now=utc(now), zone=ZONE)


@pytest.mark.parametrize(
    ("now", "state", "key"),
    [
        pytest.param("2026-03-07T04:59", DoseState.OPEN, "refused-dose-ahead", id="the minute before its day"),
        pytest.param("2026-03-09T04:00", DoseState.OPEN, "refused-dose-too-old", id="once the day after is over"),
        pytest.param("2026-03-07T12:00", DoseState.HELD, "refused-dose-held", id="held by a clinician"),
    ],
)
def test_no_other_dose_may(now: str, state: DoseState, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_answerable(state, day_on=DAY, now=utc(now), zone=ZONE)
    assert refused.value.key == key
    assert isinstance(refused.value, Stale) is (state is not DoseState.HELD)


def test_an_answer_is_taken_until_the_day_after_is_over() -> None:
    assert answerable_until(DAY, ZONE) == utc("2026-03-09T04:00")


@pytest.mark.parametrize(
    "taken_at",
    [
        pytest.param("2026-03-07T05:00", id="the first minute"),
        pytest.param("2026-03-08T10:59", id="six hours into the night after"),
    ],
)
def test_a_dose_is_taken_on_its_day_or_the_night_after(taken_at: str) -> None:
    check_taken_at(utc(taken_at), day_on=DAY, now=utc("2026-03-08T12:00"), zone=ZONE)


@pytest.mark.parametrize(
    ("taken_at", "now", "key"),
    [
        pytest.param("2026-03-07T04:59", "2026-03-08T12:00", "refused-time-other-day", id="the evening before"),
        pytest.param("2026-03-08T11:00", "2026-03-08T12:00", "refused-time-other-day", id="the next morning"),
        pytest.param("2026-03-07T15:02", "2026-03-07T15:00", "refused-time-ahead", id="in two minutes"),
    ],
)
def test_no_other_hour_is_believed(taken_at: str, now: str, key: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        check_taken_at(utc(taken_at), day_on=DAY, now=utc(now), zone=ZONE)
    assert refused.value.key == key


def test_a_clock_one_minute_ahead_is_believed() -> None:
    check_taken_at(utc("2026-03-07T15:01"), day_on=DAY, now=utc("2026-03-07T15:00"), zone=ZONE)


@pytest.mark.parametrize(("prompts", "state"), [(0, DoseState.MISSED_BY_US), (1, DoseState.UNKNOWN)])
def test_nobody_is_blamed_for_what_we_never_asked(prompts: int, state: DoseState) -> None:
    assert unanswered(prompts) is state
