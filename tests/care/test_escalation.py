"""A case speaks again, to more and more people, until a person has dealt with it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.escalation import (
    CLOSES,
    SNOOZES,
    Outcome,
    Way,
    breaks_grouping,
    comes_back,
    may_snooze,
    next_digest,
    next_step,
    rings,
    tries_again,
    ways,
)
from care.policy import CHOICES, MOST_SNOOZE, STORM_WINDOW, Policy, is_looser, policy_of
from care.triage import Level

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
ZONE = "Europe/Berlin"
USUAL = policy_of(None)


def minutes_until(at: datetime | None) -> float | None:
    return None if at is None else (at - NOW).total_seconds() / 60


def step_after(level: Level, step: int, policy: Policy = USUAL) -> datetime | None:
    return next_step(policy, level, now=NOW, step=step, zone=ZONE)


@pytest.mark.parametrize(
    ("level", "waits"),
    [
        pytest.param(Level.EMERGENCY, [10, 10, 10, 30, 30, 30], id="emergency: ten minutes, then half hours for ever"),
        pytest.param(Level.URGENT, [120, 240, 240, 240, 240, 240], id="urgent: two hours, then four"),
        pytest.param(Level.ROUTINE, [19 * 60] * 6, id="routine: at the next digest, 8 o'clock in Berlin"),
        pytest.param(Level.SELF_CARE, [None] * 6, id="self-care: nobody is told"),
    ],
)
def test_an_unanswered_case_speaks_again(level: Level, waits: list[float | None]) -> None:
    assert [minutes_until(step_after(level, step)) for step in (0, 1, 2, 3, 4, 99)] == waits


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
    assert minutes_until(comes_back(USUAL, level, now=NOW)) == back
    assert minutes_until(tries_again(USUAL, level, now=NOW)) == again


@pytest.mark.parametrize("level", [Level.EMERGENCY, Level.URGENT])
def test_each_step_tells_everybody_the_one_before_told_and_more(level: Level) -> None:
    told = [ways(level, step) for step in range(4)]
    assert told[0] == {Way.CHAT, Way.OWNER}
    assert told[1] - told[0] == {Way.TIER_ONE}
    assert told[2] - told[1] == {Way.TIER_TWO, Way.SECOND}
    assert told[3] - told[2] == {Way.ADMINS}
    assert ways(level, 99) == set(Way)


def test_routine_climbs_nothing() -> None:
    for level in (Level.ROUTINE, Level.SELF_CARE):
        assert {ways(level, step) for step in range(9)} == {frozenset({Way.CHAT})}


def test_an_emergency_pages_and_an_urgent_case_that_is_out_of_time_does_too() -> None:
    assert [rings(Level.EMERGENCY, 0), rings(Level.URGENT, 0), rings(Level.URGENT, 1)] == [True, False, True]
    assert not any(rings(Level.ROUTINE, step) for step in range(9))


@pytest.mark.parametrize(
    ("now", "zone", "at"),
    [
        pytest.param("2026-03-20T06:59:59", "Europe/Berlin", "2026-03-20T07:00:00", id="today"),
        pytest.param("2026-03-20T07:00:00", "Europe/Berlin", "2026-03-21T07:00:00", id="never now"),
        pytest.param("2026-03-28T12:00:00", "Europe/Berlin", "2026-03-29T06:00:00", id="the clock went forward"),
        pytest.param("2026-10-24T12:00:00", "Europe/Berlin", "2026-10-25T07:00:00", id="the clock went back"),
        pytest.param("2026-03-20T23:00:00", "Pacific/Kiritimati", "2026-03-21T18:00:00", id="the date line"),
    ],
)
def test_the_digest_keeps_the_clinics_wall(now: str, zone: str, at: str) -> None:
    found = next_digest(USUAL, now=datetime.fromisoformat(now).replace(tzinfo=UTC), zone=zone)
    assert found.replace(tzinfo=None).isoformat() == at


def test_not_reaching_somebody_closes_nothing() -> None:
    assert set(Outcome) - CLOSES == {Outcome.COULD_NOT_REACH}


def test_a_snooze_always_ends_soon() -> None:
    assert MOST_SNOOZE[Level.EMERGENCY] <= timedelta(minutes=15)
    assert all(most <= timedelta(hours=8) for most in MOST_SNOOZE.values())
    assert all(may_snooze(level, minutes) for level, offered in SNOOZES.items() for minutes in offered)
    hours = (60, 240, 480)
    assert {Level.EMERGENCY: (5, 15), Level.URGENT: hours, Level.ROUTINE: hours} == SNOOZES
    for level, minutes in ((Level.EMERGENCY, 16), (Level.URGENT, 481), (Level.URGENT, 0), (Level.SELF_CARE, 1)):
        assert not may_snooze(level, minutes)


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


def test_what_a_clinic_chose_is_what_happens() -> None:
    chosen = policy_of({"waits": {"page-first": 5, "page-every": 15, "digest-minute": 450}})
    assert [minutes_until(step_after(Level.EMERGENCY, step, chosen)) for step in (0, 1, 3)] == [5, 10, 15]
    assert chosen.digest_at.isoformat() == "07:30:00"


# Written out a second time on purpose, a wait in minutes: the default, the shortest and the longest.
RANGES = {
    "page-first": (10, 2, 30), "page-second": (10, 2, 30), "page-third": (10, 2, 30), "page-every": (30, 5, 60),
    "page-outcome": (60, 15, 120), "page-retry": (30, 10, 60),
    "task-first": (120, 10, 480), "task-second": (240, 10, 480), "task-third": (240, 10, 480),
    "task-every": (240, 30, 480), "task-outcome": (1440, 60, 2880), "task-retry": (240, 30, 1440),
    "routine-outcome": (4320, 1440, 10_080), "routine-retry": (1440, 60, 4320),
    "digest-minute": (480, 0, 1439), "storm-after": (6, 3, 15),
}  # fmt: skip


def test_what_a_clinic_may_choose_is_as_written_down() -> None:
    assert {name: (choice.default, choice.low, choice.high) for name, choice in CHOICES.items()} == RANGES
    assert {name for name, choice in CHOICES.items() if not choice.is_wait} == {"digest-minute", "storm-after"}
    assert timedelta(minutes=10) == STORM_WINDOW
    assert USUAL.storm_after == 6


@pytest.mark.parametrize(("name", "low", "high"), [(name, *ends) for name, (_, *ends) in RANGES.items()])
def test_the_ends_of_a_range_may_be_chosen_and_nothing_beyond(name: str, low: int, high: int) -> None:
    found = [policy_of({"waits": {name: chosen}}).value(name) for chosen in (low - 1, low, high, high + 1)]
    assert found == [RANGES[name][0], low, high, RANGES[name][0]]


def test_what_is_no_choice_is_left_out() -> None:
    kept = {"waits": {"page-first": 5, "page-fifth": 5, "page-every": "5"}}
    assert policy_of(kept).chosen == {"page-first": 5}


@pytest.mark.parametrize("kept", [None, {}, {"waits": {"page-first": 999}}, {"waits": {"page-first": "5", "x": 1}}])
def test_what_nobody_could_have_chosen_is_the_default(kept: dict[str, object] | None) -> None:
    assert minutes_until(step_after(Level.EMERGENCY, 0, policy_of(kept))) == 10


def test_longer_is_looser_and_taste_is_an_admins() -> None:
    assert is_looser("page-first", before=10, after=11)
    assert not is_looser("page-first", before=10, after=9)
    assert not is_looser("page-first", before=10, after=10)
    assert not is_looser("storm-after", before=6, after=6)
    assert is_looser("digest-minute", before=480, after=420)


@given(st.dictionaries(st.sampled_from(sorted(CHOICES)), st.integers(-10, 20_000)), st.integers(0, 400))
def test_whatever_a_clinic_chooses_every_case_has_a_next_step_within_a_day(chosen: dict[str, int], step: int) -> None:
    policy = policy_of({"waits": chosen})
    for level in (Level.EMERGENCY, Level.URGENT, Level.ROUTINE):
        at = step_after(level, step, policy)
        assert at is not None
        assert NOW < at <= NOW + timedelta(hours=25)
        assert at <= NOW + timedelta(hours=8 if level is Level.URGENT else 25)
        assert level is not Level.EMERGENCY or at <= NOW + timedelta(hours=1)


def test_a_thousand_alerts_nobody_answers_never_stop() -> None:
    """Seven days, the rounds a minute apart: no gap is longer than the ladder's plus one round."""
    a_round, end = timedelta(seconds=60), NOW + timedelta(hours=7 * 24)
    for number in range(1000):
        level = (Level.EMERGENCY, Level.URGENT, Level.ROUTINE)[number % 3]
        at, step, gaps = NOW + timedelta(seconds=number), 0, []
        while at < end:
            due = next_step(USUAL, level, now=at, step=step, zone=ZONE)
            assert due is not None
            late = timedelta(seconds=(number * 7 + step) % 60)
            gaps.append(due + late - at)
            at, step = due + late, step + 1
        assert (
            max(gaps) <= {0: timedelta(minutes=30), 1: timedelta(hours=4), 2: timedelta(hours=24)}[number % 3] + a_round
        )
