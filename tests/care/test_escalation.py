"""A case speaks again until a person has dealt with it."""

from datetime import UTC, datetime

import pytest

from care.escalation import CLOSES, PACES, Outcome, breaks_grouping, comes_back, next_repeat, tries_again
from care.triage import Level

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


def minutes_until(at: datetime | None) -> float | None:
    return None if at is None else (at - NOW).total_seconds() / 60


@pytest.mark.parametrize(
    ("level", "waits"),
    [
        pytest.param(Level.EMERGENCY, [10, 10, 10, 30, 30, 30], id="emergency: ten minutes, then half hours for ever"),
        pytest.param(Level.URGENT, [120, 240, 240, 240, 240, 240], id="urgent: two hours, then four"),
        pytest.param(Level.ROUTINE, [1440] * 6, id="routine: every day"),
        pytest.param(Level.SELF_CARE, [None] * 6, id="self-care: nobody is told"),
    ],
)
def test_an_unanswered_case_speaks_again(level: Level, waits: list[float | None]) -> None:
    found = [minutes_until(next_repeat(level, now=NOW, step=step)) for step in (0, 1, 2, 3, 4, 99)]
    assert found == waits


@pytest.mark.parametrize(
    ("level", "back", "again"),
    [
        pytest.param(Level.EMERGENCY, 60, 30, id="emergency"),
        pytest.param(Level.URGENT, 24 * 60, 4 * 60, id="urgent"),
        pytest.param(Level.ROUTINE, 72 * 60, 24 * 60, id="routine"),
        pytest.param(Level.SELF_CARE, None, None, id="self-care"),
    ],
)
def test_an_owned_case_comes_back_without_an_outcome(level: Level, back: float | None, again: float | None) -> None:
    assert minutes_until(comes_back(level, now=NOW)) == back
    assert minutes_until(tries_again(level, now=NOW)) == again


def test_the_graver_level_never_waits_longer() -> None:
    for graver, milder in ((Level.EMERGENCY, Level.URGENT), (Level.URGENT, Level.ROUTINE)):
        assert max(PACES[graver].repeats) < min(PACES[milder].repeats) or graver is Level.URGENT
        assert PACES[graver].repeats[0] < PACES[milder].repeats[0]
        assert PACES[graver].reopens_after < PACES[milder].reopens_after
        assert PACES[graver].retry_after < PACES[milder].retry_after


def test_not_reaching_somebody_closes_nothing() -> None:
    assert set(Outcome) - CLOSES == {Outcome.COULD_NOT_REACH}


@pytest.mark.parametrize(
    ("new", "flag", "worse", "anew"),
    [
        pytest.param(Level.URGENT, False, False, False, id="more of the same is edited in"),
        pytest.param(Level.ROUTINE, False, False, False, id="something milder is edited in"),
        pytest.param(Level.EMERGENCY, False, False, True, id="something graver speaks"),
        pytest.param(Level.URGENT, True, False, True, id="a new red flag speaks"),
        pytest.param(Level.URGENT, False, True, True, id="'it is getting worse' speaks"),
    ],
)
def test_what_speaks_anew_in_an_open_case(new: Level, flag: bool, worse: bool, anew: bool) -> None:
    found = breaks_grouping(open_level=Level.URGENT, new_level=new, is_new_flag=flag, says_worse=worse)
    assert found is anew
