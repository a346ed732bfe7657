"""Adherence is a range; silence is not an answer, and our own failures are nobody's."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.adherence import Adherence, adherence, day_states, days_without, gap_days, missed_facts
from care.doses import DoseState
from care.regimens import Regimen
from care.triage import Fact

N, T, S, U, H, M = (  # N: not yet answered
    DoseState.OPEN,
    DoseState.TAKEN,
    DoseState.SKIPPED,
    DoseState.UNKNOWN,
    DoseState.HELD,
    DoseState.MISSED_BY_US,
)
states = st.lists(st.sampled_from(DoseState), max_size=90)


@pytest.mark.parametrize(
    ("given_states", "expected", "low", "high"),
    [
        pytest.param([], Adherence(0, 0, 0, 0), 100, 100, id="nothing expected yet"),
        pytest.param([T, T, S, U], Adherence(2, 1, 1, 4), 50, 75, id="a range"),
        pytest.param([T, M], Adherence(1, 1, 0, 2), 50, 100, id="missed by us is unknown"),
        pytest.param([T, H, N], Adherence(1, 0, 0, 1), 100, 100, id="held and open are not expected"),
        pytest.param([H, N], Adherence(0, 0, 0, 0), 100, 100, id="only held and open"),
        pytest.param([T, S, S], Adherence(1, 0, 2, 3), 33, 33, id="rounded down"),
        pytest.param([T, T, S], Adherence(2, 0, 1, 3), 67, 67, id="rounded up"),
        pytest.param([T, *[S] * 7], Adherence(1, 0, 7, 8), 13, 13, id="a half is rounded up"),
    ],
)
def test_the_range(given_states: list[DoseState], expected: Adherence, low: int, high: int) -> None:
    found = adherence(given_states)
    assert (found, found.low, found.high) == (expected, low, high)


@given(states)
def test_the_range_is_a_range(given_states: list[DoseState]) -> None:
    found = adherence(given_states)
    assert 0 <= found.low <= found.high <= 100
    assert found.expected == found.taken + found.unknown + found.skipped


@given(states)
def test_an_answer_never_widens_the_range(given_states: list[DoseState]) -> None:
    before = adherence(given_states)
    for answer in (T, S):
        answered = list(given_states)
        if U in answered:
            answered[answered.index(U)] = answer
        after = adherence(answered)
        assert before.low <= after.low <= after.high <= before.high


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param([T, T], T, id="both taken"),
        pytest.param([T, N], N, id="the second still open"),
        pytest.param([T, S], S, id="the second skipped"),
        pytest.param([T, U], U, id="the second unknown"),
        pytest.param([T, H], H, id="the second held"),
        pytest.param([S, U], S, id="skipped is surer than unknown"),
        pytest.param([T, M], M, id="the second missed by us"),
        pytest.param([U, M], U, id="unknown is theirs before it is ours"),
        pytest.param([M, H], M, id="missed by us, then held"),
        pytest.param([S, N], N, id="skipped, and the second still open"),
    ],
)
def test_a_day_counts_as_taken_only_when_every_part_was(parts: list[DoseState], expected: DoseState) -> None:
    assert day_states([(1, state) for state in parts]) == [(1, expected)]
    assert day_states([(1, state) for state in reversed(parts)]) == [(1, expected)]


def test_days_come_newest_first() -> None:
    assert day_states([(1, T), (3, S), (2, U)]) == [(3, S), (2, U), (1, T)]


@pytest.mark.parametrize(
    ("before", "days"),
    [
        pytest.param([], 0, id="the first day"),
        pytest.param([T, S], 0, id="taken yesterday"),
        pytest.param([S, T], 1, id="skipped yesterday"),
        pytest.param([U, M, H, S, T, S], 4, id="unknown, missed by us and held: none is a dose we know of"),
        pytest.param([N, S, T], 1, id="an open day is not over"),
        pytest.param([S, S], 2, id="never a dose"),
    ],
)
def test_a_gap_is_days_without_a_dose_we_know_of(before: list[DoseState], days: int) -> None:
    assert gap_days(before) == days


RUN, WEEK, SHARE = "missed-run", "missed-week", "low-share"


@pytest.mark.parametrize(
    ("before", "unknown_counts", "expected"),
    [
        pytest.param([S, T], False, [], id="one is no run"),
        pytest.param([S, S, T], False, [Fact(RUN, value=2)], id="two in a row"),
        pytest.param([S, S, S, T], False, [Fact(RUN, value=3), Fact(WEEK, value=3)], id="three in a row"),
        pytest.param([T, S, S, T], False, [], id="a run that is over"),
        pytest.param([S, M, H, S, T], False, [Fact(RUN, value=2)], id="ours and held days are passed over"),
        pytest.param([M, M, M, M], False, [], id="missed by us is never counted"),
        pytest.param([H, H, H, H], False, [], id="nor is held"),
        pytest.param([U, U, U, T], False, [], id="silence is not a missed dose"),
        pytest.param([U, U, U, T], True, [Fact(RUN, value=3), Fact(WEEK, value=3)], id="unless the regimen says so"),
        pytest.param([S, U, T], True, [Fact(RUN, value=2)], id="and skipped ones with them"),
        pytest.param([S, T, S, T, S, T, T], False, [Fact(WEEK, value=3)], id="three in seven days"),
        pytest.param([S, T, S, T, T, T, T, S], False, [], id="the third was eight days ago"),
        pytest.param([T, S, U, U, S, U, U, U, S], False, [], id="days without an answer are days too"),
        pytest.param([T, S, M, M, S, H, H, H, S], False, [], id="and so are ours and held ones"),
    ],
)
def test_what_missed_days_say(
    regimen: Regimen, before: list[DoseState], unknown_counts: bool, expected: list[Fact]
) -> None:
    policy = replace(regimen.missed, unknown_counts=unknown_counts)
    assert missed_facts(policy, before=before) == expected


@pytest.mark.parametrize(
    ("before", "share"),
    [
        pytest.param([T, S, T, T, T, T, U, T, T, U, T, T, T, T], 79, id="eleven of fourteen"),
        pytest.param([T, S, T, T, T, T, T, T, T, U, T, T, T, T], None, id="twelve of fourteen"),
        pytest.param([T, S, T, T, T, T, U, T, T, U, T, T, T], None, id="a window that is not full"),
        pytest.param([T, T, T, T, T, T, T, T, T, T, T, T, T, T, U, U, U, U], None, id="what is before it"),
        pytest.param([T, M, T, M, T, M, T, M, T, T, T, T, T, T], None, id="missed by us is not the patient's"),
        pytest.param([T, S, T, T, S, T, T, T, T, T, H, H, H, H], None, id="eight of ten, held days left out: the bar"),
        pytest.param([T, S, T, T, S, T, T, T, T, H, H, H, H, H], 78, id="seven of nine: below it"),
        pytest.param([H] * 14, None, id="all held"),
    ],
)
def test_a_low_share_of_the_last_fortnight(regimen: Regimen, before: list[DoseState], share: int | None) -> None:
    facts = [fact for fact in missed_facts(regimen.missed, before=before) if fact.kind == SHARE]
    assert facts == ([] if share is None else [Fact(SHARE, value=share)])


@given(st.lists(st.sampled_from([T, H, M]), max_size=40))
def test_nobody_is_missed_who_took_all_we_asked_about(regimens: list[Regimen], before: list[DoseState]) -> None:
    for one in regimens:
        assert missed_facts(one.missed, before=before) == []


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param([], 0, id="nothing yet"),
        pytest.param([T, T, N], 0, id="all known"),
        pytest.param([U, T, M], 2, id="no answer, and not asked"),
        pytest.param([S, H, T], 2, id="not taken, and on hold"),
    ],
)
def test_days_without_a_known_dose(days: list[DoseState], expected: int) -> None:
    assert days_without(days) == expected
