"""How much of the course was taken: always a range, because silence is not an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from care.doses import NOT_TAKEN, DoseState
from care.regimens import MissedPolicy
from care.triage import Fact


@dataclass(frozen=True)
class Adherence:
    """Self-reported doses taken of those expected so far. Held doses are not expected."""

    taken: int
    unknown: int
    skipped: int
    expected: int

    @property
    def low(self) -> int:
        """Return the lowest share that can be true, in percent: taken / expected."""
        return _percent(self.taken, self.expected)

    @property
    def high(self) -> int:
        """Return the highest share that can be true, in percent: (taken + unknown) / expected."""
        return _percent(self.taken + self.unknown, self.expected)


def _percent(part: int, whole: int) -> int:
    if not whole:
        return 100
    return int((Decimal(100 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP))


def adherence(states: Sequence[DoseState]) -> Adherence:
    """Return the range for the given doses; open and held ones are left out.

    Doses *missed by us* count as unknown: we do not know, and it is not the patient's doing.
    """
    taken = sum(state is DoseState.TAKEN for state in states)
    unknown = sum(state in {DoseState.UNKNOWN, DoseState.MISSED_BY_US} for state in states)
    skipped = sum(state is DoseState.SKIPPED for state in states)
    return Adherence(taken, unknown, skipped, taken + unknown + skipped)


def day_states(doses: Sequence[tuple[int, DoseState]]) -> list[tuple[int, DoseState]]:
    """Return one state per course day, newest first, for doses given as (course day, state).

    A day with several parts counts as taken only when every part was taken; it is open while a part is.
    """
    single = dict(doses)
    if len(single) == len(doses):  # as on all days but the first of an induction
        return sorted(single.items(), reverse=True)
    days: dict[int, list[DoseState]] = {}
    for day, state in doses:
        days.setdefault(day, []).append(state)
    return [(day, _of_day(days[day])) for day in sorted(days, reverse=True)]


_WORST_FIRST = (
    DoseState.OPEN,
    DoseState.SKIPPED,
    DoseState.UNKNOWN,
    DoseState.MISSED_BY_US,
    DoseState.HELD,
    DoseState.TAKEN,
)


def _of_day(states: list[DoseState]) -> DoseState:
    if len(states) == 1:
        return states[0]
    return next(state for state in _WORST_FIRST if state in states)


def gap_days(before: Sequence[DoseState]) -> int:
    """Return how many of the latest dose days, newest first, went by without a dose we know of."""
    count = 0
    for state in before:
        if state is DoseState.TAKEN:
            break
        if state in NOT_TAKEN or state is DoseState.HELD:
            count += 1
    return count


def days_without(days: Sequence[DoseState]) -> int:
    """Return how many of these dose days went by without a dose we know of, whoever's doing that was."""
    return sum(state in NOT_TAKEN or state is DoseState.HELD for state in days)


def missed_facts(policy: MissedPolicy, *, before: Sequence[DoseState]) -> list[Fact]:
    """Return what the closed dose days `before` (newest first) say to triage.

    Days *missed by us* are never counted against the patient. A fact appears on the day its number is
    reached and while it holds; the case groups the repeats.
    """
    counted = [state for state in before if state in _counted(policy) or state is DoseState.TAKEN]
    run = _leading(counted, _counted(policy))
    week = sum(state in _counted(policy) for state in before[:7])
    facts = [Fact("missed-run", value=run)] if run >= policy.run else []
    if week >= policy.in_seven_days:
        facts.append(Fact("missed-week", value=week))
    window = list(before[: policy.share_over_days])
    share = adherence([state for state in window if state is not DoseState.MISSED_BY_US])
    if len(window) >= policy.share_over_days and share.low < policy.share_below * 100:
        facts.append(Fact("low-share", value=share.low))
    return facts


def _counted(policy: MissedPolicy) -> frozenset[DoseState]:
    if policy.unknown_counts:
        return frozenset({DoseState.SKIPPED, DoseState.UNKNOWN})
    return frozenset({DoseState.SKIPPED})


def _leading(states: Sequence[DoseState], wanted: frozenset[DoseState]) -> int:
    count = 0
    for state in states:
        if state not in wanted:
            break
        count += 1
    return count
