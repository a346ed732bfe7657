"""The week of a clinic in numbers."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from care.doses import DoseState
from care.triage import Level
from care.week import Call, Span, Taken, WeekFigures, days_within, per_hundred_weeks, wait_of, week_figures

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 8)
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
UNTIL = datetime(2026, 11, 9, 0, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

SPANS = {
    "the whole week": (Span(date(2026, 10, 1)), 7),
    "began on the last day": (Span(LAST), 1),
    "ended on the first day": (Span(date(2026, 10, 1), FIRST), 1),
    "in the middle": (Span(date(2026, 11, 3), date(2026, 11, 4)), 2),
    "before": (Span(date(2026, 10, 1), date(2026, 11, 1)), 0),
    "after": (Span(date(2026, 11, 9)), 0),
}


@pytest.mark.parametrize(("span", "days"), SPANS.values(), ids=list(SPANS))
def test_how_many_days_of_a_course_lie_in_the_week(span: Span, days: int) -> None:
    assert days_within(span, FIRST, LAST) == days


@pytest.mark.parametrize(("alerts", "days", "rate"), [(0, 0, None), (3, 0, None), (0, 7, "0.0"), (1, 7, "100.0"),
                                                      (5, 700, "5.0"), (2, 96, "14.6")])  # fmt: skip
def test_alerts_per_hundred_patient_weeks(alerts: int, days: int, rate: str | None) -> None:
    assert per_hundred_weeks(alerts, days) == (None if rate is None else Decimal(rate))


def call(level: Level = Level.URGENT, *, case: int = 1, after: int = 0) -> Call:
    return Call(case, level, MONDAY + after * MINUTE)


def taken(after: int, case: int = 1) -> Taken:
    return Taken(case, MONDAY + after * MINUTE)


def test_a_call_waits_until_somebody_takes_it_or_a_later_call_replaces_it() -> None:
    calls = [call(), call(after=30), call(case=2)]
    found = [wait_of(one, calls, [taken(40), taken(50), taken(5, case=3)]) for one in calls]
    assert found == [None, 10 * MINUTE, None]


def figures(calls: list[Call], acknowledged: list[Taken], until: datetime = UNTIL) -> WeekFigures:
    return week_figures(
        first=FIRST, last=LAST, until=until, spans=[Span(FIRST)], doses=[DoseState.TAKEN, DoseState.UNKNOWN], alerts=2,
        calls=calls, taken=acknowledged, closed=[30 * MINUTE, 90 * MINUTE],
    )  # fmt: skip


IN_TIME: dict[str, tuple[Level, int | None, int, int]] = {
    "an emergency in 15 minutes": (Level.EMERGENCY, 15, 1, 1),
    "an emergency in 16 minutes": (Level.EMERGENCY, 16, 0, 1),
    "an emergency nobody took": (Level.EMERGENCY, None, 0, 1),
    "urgent in two hours": (Level.URGENT, 120, 1, 1),
    "urgent in more": (Level.URGENT, 121, 0, 1),
    "routine waits for the digest": (Level.ROUTINE, 5000, 0, 0),
}


@pytest.mark.parametrize(("level", "after", "good", "measured"), IN_TIME.values(), ids=list(IN_TIME))
def test_what_counts_as_in_time(level: Level, after: int | None, good: int, measured: int) -> None:
    found = figures([call(level)], [] if after is None else [taken(after)])
    assert (found.in_time, found.measured) == (good, measured)


def test_a_call_that_still_has_time_is_not_judged() -> None:
    found = figures([call()], [], until=MONDAY + 90 * MINUTE)
    assert (found.calls, found.measured, found.waits) == (1, 0, None)


def test_medians_and_shares() -> None:
    calls = [call(case=1), call(case=2), call(case=3)]
    found = figures(calls, [taken(10, 1), taken(20, 2), taken(300, 3)])
    assert (found.waits, found.ends, found.closed) == (20 * MINUTE, 60 * MINUTE, 2)
    assert (found.in_time, found.measured) == (2, 3)
    assert (found.patients, found.patient_days, found.per_hundred) == (1, 7, Decimal("200.0"))
    assert (found.doses.low, found.doses.high) == (50, 100)


def test_an_empty_week_divides_by_nothing() -> None:
    found = week_figures(
        first=FIRST, last=LAST, until=UNTIL, spans=[], doses=[], alerts=0, calls=[], taken=[], closed=[]
    )
    assert (found.patients, found.per_hundred, found.waits, found.ends) == (0, None, None, None)
