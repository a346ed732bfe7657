"""What a report says next to the earlier ones, when we ask how it is, and what holds a step."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.regimens import Regimen, Step
from care.reports import Said, holds_step, is_check_in_due, report_facts
from care.triage import Fact

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def ago(hours: float, grade: int, symptom: str = "nausea") -> Said:
    return Said(symptom, grade, NOW - timedelta(hours=hours))


DAY = 24


@pytest.mark.parametrize(
    ("grade", "earlier", "expected"),
    [
        pytest.param(2, [], [], id="the first report"),
        pytest.param(3, [ago(DAY, 1)], [("rise", 2), ("lasting", 1)], id="two grades up since yesterday"),
        pytest.param(1, [ago(DAY, 3)], [("lasting", 1)], id="better, but still there"),
        pytest.param(2, [ago(DAY, 2)], [("lasting", 1), ("repeated", 2)], id="the same"),
        pytest.param(3, [ago(DAY, 0)], [("rise", 3)], id="back after it had gone"),
        pytest.param(0, [ago(DAY, 3)], [], id="gone"),
        pytest.param(3, [ago(7 * DAY, 1)], [("rise", 2), ("lasting", 7)], id="seven days ago to the minute"),
        pytest.param(3, [ago(7 * DAY + 0.01, 1)], [], id="a little more than seven days ago"),
        pytest.param(3, [ago(30, 1), ago(3, 2)], [("rise", 1), ("lasting", 1)], id="against the last one"),
        pytest.param(3, [ago(3, 2), ago(30, 1)], [("rise", 1), ("lasting", 1)], id="in whatever order they come"),
        pytest.param(
            2, [ago(20 * DAY, 1), ago(14 * DAY, 1), ago(7 * DAY, 2)], [("lasting", 20)], id="a row of a spell"
        ),
        pytest.param(
            2, [ago(20 * DAY, 1), ago(5 * DAY, 2)], [("lasting", 5), ("repeated", 2)], id="a row that was broken"
        ),
        pytest.param(
            2,
            [ago(6 * DAY, 2), ago(4 * DAY, 0), ago(2 * DAY, 1)],
            [("rise", 1), ("lasting", 2), ("repeated", 2)],
            id="since it came back",
        ),
        pytest.param(3, [ago(DAY, 1, "headache")], [], id="another symptom says nothing"),
        pytest.param(2, [ago(23, 2)], [("lasting", 0)], id="not yet a day"),
        pytest.param(
            2, [ago(day * DAY, 2) for day in range(1, 7)], [("lasting", 6), ("repeated", 7)], id="bad on all seven days"
        ),
        pytest.param(
            1, [ago(day * DAY, 3) for day in range(1, 7)], [("lasting", 6)], id="mild today, however bad it was"
        ),
        pytest.param(
            3, [ago(day * DAY, 1) for day in range(2, 7)], [("rise", 2), ("lasting", 6)], id="mild days do not count"
        ),
    ],
)
def test_a_report_next_to_the_earlier_ones(grade: int, earlier: list[Said], expected: list[tuple[str, int]]) -> None:
    facts = report_facts("nausea", grade, now=NOW, earlier=earlier)
    assert facts == [Fact("grade", "nausea", grade), *(Fact(kind, "nausea", value) for kind, value in expected)]


said = st.builds(ago, st.integers(0, 24 * 40), st.integers(0, 4), st.sampled_from(["nausea", "headache"]))


@given(st.integers(0, 4), st.lists(said, max_size=12))
def test_facts_do_not_depend_on_order(grade: int, earlier: list[Said]) -> None:
    by_time = sorted({one.at: one for one in earlier}.values(), key=lambda one: one.at)
    there = report_facts("nausea", grade, now=NOW, earlier=by_time)
    assert there == report_facts("nausea", grade, now=NOW, earlier=by_time[::-1])


@pytest.mark.parametrize(
    ("day", "last_asked", "worst", "due"),
    [
        pytest.param(1, None, 0, True, id="the first day"),
        pytest.param(1, 1, 4, False, id="never twice a day, not even then"),
        pytest.param(14, 13, 0, True, id="every day for two weeks"),
        pytest.param(15, 14, 0, False, id="then every other day"),
        pytest.param(16, 14, 0, True, id="every other day"),
        pytest.param(15, 14, 1, False, id="a mild symptom changes nothing"),
        pytest.param(15, 14, 2, True, id="a moderate one does"),
        pytest.param(29, 28, 0, False, id="then every week"),
        pytest.param(34, 28, 0, False, id="six days"),
        pytest.param(35, 28, 0, True, id="seven days"),
        pytest.param(40, 12, 0, True, id="long overdue"),
        pytest.param(40, None, 0, True, id="never asked"),
        pytest.param(85, 40, 0, False, id="after the course"),
    ],
)
def test_when_we_ask_how_it_is(regimen: Regimen, day: int, last_asked: int | None, worst: int, due: bool) -> None:
    found = is_check_in_due(regimen.check_ins, day=day, last_asked_day=last_asked, worst_lately=worst)
    assert found is due


STEP = Step(day=15, amount_mg=Decimal(3), hold_at_grade=2, look_back_days=7, most_unknown_days=3)


@pytest.mark.parametrize(
    ("earlier", "holds"),
    [
        pytest.param([], None, id="nothing reported"),
        pytest.param([ago(DAY, 1)], None, id="mild"),
        pytest.param([ago(DAY, 2)], 0, id="moderate"),
        pytest.param([ago(7 * DAY, 2)], 0, id="seven days ago to the second"),
        pytest.param([ago(7 * DAY + 0.001, 4)], None, id="longer ago"),
        pytest.param([ago(5, 2), ago(50, 4), ago(4, 3, "headache")], 1, id="the worst one is named"),
        pytest.param([ago(50, 3), ago(5, 3)], 1, id="of two as bad, the later"),
        pytest.param([ago(50, 2), ago(5, 0)], 0, id="gone since, but it was there"),
    ],
)
def test_what_holds_a_step(earlier: list[Said], holds: int | None) -> None:
    expected = None if holds is None else earlier[holds]
    assert holds_step(STEP, now=NOW, earlier=earlier) == expected
