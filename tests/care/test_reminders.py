"""How often a dose is asked about, and when that stops."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.doses import DoseState
from care.refusals import Refusal
from care.regimens import Regimen
from care.reminders import Prompt, place_in_line, prompt_now, snoozed_until, usual_wait, waits
from content.loader import load_content

N, T, S, U, H, M = (  # N: not yet answered
    DoseState.OPEN,
    DoseState.TAKEN,
    DoseState.SKIPPED,
    DoseState.UNKNOWN,
    DoseState.HELD,
    DoseState.MISSED_BY_US,
)
ZONE = "Europe/London"
MORNING = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 1, 13, 0, 0, tzinfo=UTC)
POLICY = load_content().regimens["alcohol-50"].reminders
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("day", "before", "expected"),
    [
        pytest.param(1, [], "dense", id="the first day"),
        pytest.param(14, [T] * 13, "dense", id="the last dense day, although all were taken"),
        pytest.param(15, [T] * 13, "usual", id="the day after"),
        pytest.param(15, [T] * 14, "light", id="fourteen answers in a row"),
        pytest.param(30, [*[T] * 10, S, *[T] * 3], "light", id="skipping is an answer too"),
        pytest.param(30, [*[T] * 13, U, T], "usual", id="one silence ends the row"),
        pytest.param(30, [U, *[T] * 20], "dense", id="silence yesterday"),
        pytest.param(30, [T, U, U], "usual", id="silence before yesterday"),
        pytest.param(30, [H, U, *[T] * 20], "dense", id="held days are passed over: silence before them"),
        pytest.param(30, [*[T] * 7, H, H, *[T] * 7], "light", id="held days do not end a row of answers"),
        pytest.param(30, [M, U, *[T] * 20], "dense", id="and so are days that we missed"),
        pytest.param(30, [*[T] * 7, M, M, *[T] * 7], "light", id="nor do those end a row"),
        pytest.param(84, [], "usual", id="nothing known"),
    ],
)
def test_prompts_are_dense_after_silence_and_light_after_answers(
    day: int, before: list[DoseState], expected: str
) -> None:
    assert waits(POLICY, day=day, before=before) == getattr(POLICY, expected)


def prompt(now: datetime, sent: int, row_from: int = 0, between: tuple[timedelta, ...] = POLICY.dense) -> Prompt | None:
    return prompt_now(POLICY, now=now, sent=sent, row_from=row_from, between=between, closes_at=MIDNIGHT, zone=ZONE)


@pytest.mark.parametrize(
    ("hour", "sent", "row_from", "number", "next_in"),
    [
        pytest.param("09:00", 0, 0, 1, 30, id="the first"),
        pytest.param("09:30", 1, 0, 2, 120, id="the second"),
        pytest.param("11:30", 2, 0, 3, None, id="the third is the last"),
        pytest.param("13:30", 3, 0, None, None, id="no fourth"),
        pytest.param("13:30", 3, 1, 3, None, id="the last of the row that was put off"),
        pytest.param("09:15", 1, 1, 1, 30, id="put off once: the row starts anew"),
        pytest.param("23:15", 0, 0, 1, 30, id="the first comes at the hour chosen, however late"),
        pytest.param("05:15", 0, 0, 1, 30, id="or early"),
        pytest.param("22:30", 1, 1, 1, 30, id="and so does the one put off"),
        pytest.param("22:15", 2, 2, 1, 30, id="also after the second prompt"),
        pytest.param("22:00", 1, 0, None, None, id="a second one never after waking hours"),
        pytest.param("21:59", 1, 0, 2, 120, id="a second one at their last minute"),
        pytest.param("06:59", 1, 0, None, None, id="nor before them"),
        pytest.param("23:45", 0, 0, 1, None, id="no next one when the day closes first"),
        pytest.param("23:30", 0, 0, 1, None, id="nor at the minute it closes"),
    ],
)
def test_which_prompt_goes_out_now(
    hour: str, sent: int, row_from: int, number: int | None, next_in: int | None
) -> None:
    now = datetime.fromisoformat(f"2026-01-12T{hour}").replace(tzinfo=UTC)
    found = prompt(now, sent, row_from)
    if number is None:
        assert found is None
        return
    assert found is not None
    next_at = None if next_in is None else now + timedelta(minutes=next_in)
    assert (found.number, found.of, found.next_at) == (number, 3, next_at)
    assert found.expires_at == min(now + timedelta(hours=4), MIDNIGHT)


@pytest.mark.parametrize("late", [timedelta(), MINUTE])
def test_a_dose_that_is_closed_is_never_asked_about(late: timedelta) -> None:
    assert prompt(MIDNIGHT + late, 0) is None
    assert prompt(MIDNIGHT - MINUTE, 0) is not None


def test_a_light_day_has_one_prompt() -> None:
    first = prompt(MORNING, 0, between=POLICY.light)
    assert first == Prompt(1, 1, MORNING + timedelta(hours=4), None)
    assert prompt(MORNING, 1, between=POLICY.light) is None


@given(st.integers(0, 1439), st.integers(0, 9), st.integers(0, 3), st.sampled_from(["dense", "usual", "light"]))
def test_no_prompt_outlives_its_day(minute: int, sent: int, row_from: int, name: str) -> None:
    now = datetime(2026, 1, 12, tzinfo=UTC) + timedelta(minutes=minute)
    between = getattr(POLICY, name)
    found = prompt(now, sent, min(row_from, sent), between)
    if found is not None:
        assert now < found.expires_at <= MIDNIGHT
        assert found.next_at is None or now < found.next_at < MIDNIGHT
        assert 1 <= found.number <= found.of == len(between) + 1


def test_an_unanswered_day_ends_after_its_prompts() -> None:
    now: datetime | None = MORNING
    sent = 0
    while now is not None:
        found = prompt(now, sent)
        assert found is not None
        sent, now = sent + 1, found.next_at
    assert sent == 3


def test_later_is_asked_for_in_the_minutes_offered() -> None:
    for wait in POLICY.snoozes:
        minutes = round(wait.total_seconds() / 60)
        at = snoozed_until(POLICY, now=MORNING, minutes=minutes, snoozes=0, closes_at=MIDNIGHT)
        assert at == MORNING + wait


@pytest.mark.parametrize(
    ("now", "minutes", "snoozes", "key"),
    [
        pytest.param(MORNING, 17, 0, "refused-snooze-choice", id="minutes nobody offered"),
        pytest.param(MORNING, -15, 0, "refused-snooze-choice", id="minutes ago"),
        pytest.param(MORNING, 15, 3, "refused-snooze-again", id="a fourth time"),
        pytest.param(MIDNIGHT - 60 * MINUTE, 60, 0, "refused-snooze-past-day", id="to the minute the day closes"),
        pytest.param(MIDNIGHT, 15, 0, "refused-snooze-past-day", id="after the day"),
    ],
)
def test_what_cannot_be_put_off(now: datetime, minutes: int, snoozes: int, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        snoozed_until(POLICY, now=now, minutes=minutes, snoozes=snoozes, closes_at=MIDNIGHT)
    assert refused.value.key == key


def test_it_can_be_put_off_to_the_last_minute_and_the_last_time(regimen: Regimen) -> None:
    policy = regimen.reminders
    now = MIDNIGHT - 61 * MINUTE
    at = snoozed_until(policy, now=now, minutes=60, snoozes=policy.most_snoozes - 1, closes_at=MIDNIGHT)
    assert at == MIDNIGHT - MINUTE


@pytest.mark.parametrize(
    ("waits", "expected"),
    [
        pytest.param([], 30, id="never answered: as long as until the first repeat"),
        pytest.param([5], 5, id="one answer"),
        pytest.param([0], 0, id="one at once"),
        pytest.param([1, 2, 300], 2, id="one slow day changes little"),
        pytest.param([-20, 4], 4, id="taken before the hour: nobody was asked"),
        pytest.param([-20], 30, id="always before the hour"),
    ],
)
def test_the_usual_wait_is_the_middle_of_what_was_seen(waits: list[int], expected: int) -> None:
    assert usual_wait([wait * MINUTE for wait in waits]) == expected * MINUTE


MAY_LEAVE = st.tuples(st.integers(0, 200), st.sampled_from([0, 5, 10, 15]), st.integers(0, 40_000))


@given(st.lists(MAY_LEAVE, min_size=2, max_size=2))
def test_who_must_leave_first_is_first_and_then_who_answers_soonest(prompts: list[tuple[int, int, int]]) -> None:
    first, second = (
        place_in_line(window * MINUTE, due_at=MORNING + due * MINUTE, usual=timedelta(seconds=usual))
        for due, window, usual in prompts
    )
    order = [(due + window, usual) for due, window, usual in prompts]
    assert (first < second) == (order[0] < order[1])


@pytest.mark.parametrize(
    ("usual", "microseconds"),
    [(30, 30), (0.9, 0), (0, 0), (-40, 0), (999_999, 999_999), (10**7, 999_999)],
    ids=["half a minute", "under a second", "at once", "before the hour", "as long as counts", "for ever"],
)
def test_the_place_in_line_is_this_instant(usual: float, microseconds: int) -> None:
    found = place_in_line(5 * MINUTE, due_at=MORNING, usual=timedelta(seconds=usual))
    assert found == MORNING - 10 * MINUTE - timedelta(seconds=1) + timedelta(microseconds=microseconds)


@given(MAY_LEAVE)
def test_what_is_due_is_never_held_back(prompt: tuple[int, int, int]) -> None:
    due, window, usual = prompt
    due_at = MORNING + due * MINUTE
    assert place_in_line(window * MINUTE, due_at=due_at, usual=timedelta(seconds=usual)) <= due_at
