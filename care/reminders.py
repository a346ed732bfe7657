"""When to ask about a dose, and when to stop asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_low

from care.calendar import is_awake
from care.doses import CLOSED, DoseState
from care.refusals import Refusal
from care.regimens import ReminderPolicy


def waits(policy: ReminderPolicy, *, day: int, before: Sequence[DoseState]) -> tuple[timedelta, ...]:
    """Return the waits between the prompts of course day `day`.

    `before` are the states of the earlier dose days, newest first. Silence makes the prompts dense
    again; a long row of answers makes them light, but never in the first, dense days.
    """
    if day <= policy.dense_until_day or _row(before, without_answer=True) >= policy.dense_after_unknown:
        return policy.dense
    if _row(before, without_answer=False) >= policy.light_after_answered:
        return policy.light
    return policy.usual


def _row(before: Sequence[DoseState], *, without_answer: bool) -> int:
    count = 0
    for state in before:
        is_answered = state in CLOSED
        if state in (DoseState.HELD, DoseState.MISSED_BY_US):
            continue
        if is_answered is without_answer:
            break
        count += 1
    return count


@dataclass(frozen=True)
class Prompt:
    """One prompt that goes out now: which of the day it is, until when it holds, and when the next is."""

    number: int
    of: int
    expires_at: datetime
    next_at: datetime | None


def prompt_now(
    policy: ReminderPolicy,
    *,
    now: datetime,
    sent: int,
    row_from: int,
    between: tuple[timedelta, ...],
    closes_at: datetime,
    zone: str,
) -> Prompt | None:
    """Return the prompt to send now, or None when this one must not go out.

    The first prompt goes out at the hour the patient chose, and so does one the patient put off: "Later" starts the
    row anew, and `row_from` is how many prompts had gone out by then. The other ones stay inside the waking hours. A
    dose still open after the last prompt belongs to the silence rules, never to a further prompt.
    """
    unasked = sent - row_from
    if now >= closes_at or unasked > len(between):
        return None
    if unasked and not is_awake(now, zone, policy.waking_from, policy.waking_to):
        return None
    next_at = now + between[unasked] if unasked < len(between) else None
    if next_at is not None and next_at >= closes_at:
        next_at = None
    return Prompt(unasked + 1, len(between) + 1, min(now + policy.prompt_lives, closes_at), next_at)


LONGEST_SPREAD = timedelta(minutes=15)
"""No regimen may let a question leave later than this after its hour. Other letters come after it by up to as much."""
NO_TIME = timedelta()
NOT_KNOWN = timedelta(minutes=30)
"""What we take for the usual wait of somebody whose answers we have not seen yet."""


def usual_wait(waits: Sequence[timedelta]) -> timedelta:
    """Return how long somebody usually takes to answer at this hour, from how long they took so far."""
    answered = [wait for wait in waits if wait >= NO_TIME]  # who takes it before the hour was not asked
    return median_low(answered) if answered else NOT_KNOWN


def place_in_line(spread_over: timedelta, *, due_at: datetime, usual: timedelta) -> datetime:
    """Return from when a prompt counts as waiting to leave: an instant before `due_at`, and the earliest goes first.

    The prompt that must have left first comes first: it was due first, or may leave less late (`spread_over`). Among
    those with the same deadline, whoever usually answers sooner does, by a microsecond for each second: they are
    looking at their phone just then.
    """
    must_leave_by = due_at + spread_over
    seconds = min(max(usual, NO_TIME).total_seconds(), 999_999)
    return must_leave_by - LONGEST_SPREAD - timedelta(seconds=1) + timedelta(microseconds=int(seconds))


def snoozed_until(
    policy: ReminderPolicy, *, now: datetime, minutes: int, snoozes: int, closes_at: datetime
) -> datetime:
    """Return when to ask again after "Later"; raise Refusal when it cannot be put off so far or again."""
    wait = timedelta(minutes=minutes)
    if wait not in policy.snoozes:
        raise Refusal("refused-snooze-choice")
    if snoozes >= policy.most_snoozes:
        raise Refusal("refused-snooze-again")
    if now + wait >= closes_at:
        raise Refusal("refused-snooze-past-day")
    return now + wait
