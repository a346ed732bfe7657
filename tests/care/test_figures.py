"""The numbers behind the pictures say what the ledger says."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from care.adherence import Adherence
from care.doses import DoseState
from care.figures import course_figures
from care.reports import Said

AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


def test_a_course_at_a_glance() -> None:
    doses = [
        (1, DoseState.TAKEN),
        (1, DoseState.UNKNOWN),
        (2, DoseState.TAKEN),
        (4, DoseState.HELD),
        (5, DoseState.OPEN),
        (6, DoseState.OPEN),
    ]
    said = [Said("nausea", 2, AT), Said("nausea", 1, AT), Said("headache", 0, AT)]
    figures = course_figures(day=5, days=8, doses=doses, said=said)
    assert figures.cells == ("unknown", "taken", "rest", "held", "open", "ahead", "ahead", "ahead")
    assert figures.share == Adherence(taken=2, unknown=1, skipped=0, expected=3)
    assert (figures.reports, figures.worst) == (3, {"nausea": 2, "headache": 0})


def test_a_course_not_begun_is_all_ahead() -> None:
    figures = course_figures(day=-3, days=3, doses=[], said=[])
    assert (figures.day, figures.cells, figures.reports, figures.worst) == (0, ("ahead",) * 3, 0, {})


def test_a_course_that_is_over_counts_no_further() -> None:
    figures = course_figures(day=90, days=3, doses=[(3, DoseState.SKIPPED)], said=[])
    assert (figures.day, figures.cells) == (3, ("rest", "rest", "skipped"))


@given(st.integers(-5, 95), st.lists(st.tuples(st.integers(1, 84), st.sampled_from(DoseState)), max_size=100))
def test_every_day_has_one_cell(day: int, doses: list[tuple[int, DoseState]]) -> None:
    figures = course_figures(day=day, days=84, doses=doses, said=[])
    assert len(figures.cells) == 84
    assert set(figures.cells) <= {"ahead", "rest", *DoseState}
    assert 0 <= figures.day <= 84
    assert all(cell != "rest" for cell in figures.cells[max(0, day - 1) :])
