"""What a regimen must be beyond its shape: whole, rising, without gaps. Each rule names the line to mend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from care.regimens import Part, Regimen, parts_on
from care.reminders import LONGEST_SPREAD
from content.toml_tables import Table

LONGEST_WEEKS = 52
# reliability.md 6.2: at most one reminder and two nudges a dose day.
MOST_NUDGES = 2
_EVERY_DAY = frozenset(range(7))
_A_MONDAY = date(2026, 11, 2)


class _Days(Protocol):
    @property
    def from_day(self) -> int: ...
    @property
    def to_day(self) -> int: ...


def check_regimen(regimen: Regimen, table: Table) -> None:
    """Note every way in which the regimen contradicts itself. Parts that could not be read are not judged."""
    if table.is_sound("weeks", "phases"):
        _check_phases(regimen, table)
        _check_induction(regimen, table)
    if table.is_sound("weeks", "phases", "steps"):
        _check_steps(regimen, table)
    if table.is_sound("weeks", "check_ins"):
        _check_stages(regimen, table.one("check_ins"))
    if table.is_sound("reminders"):
        _check_reminders(regimen, table.one("reminders"))
    if table.is_sound("missed"):
        _check_missed(regimen, table.one("missed"))
    if table.is_sound("follow_up"):
        _check_follow_up(regimen, table.one("follow_up"))
    if not regimen.sources and table.is_sound("sources"):
        table.note("a regimen names where it comes from", "sources")
    if table.is_sound():
        _walk(regimen, table)


def _check_phases(regimen: Regimen, table: Table) -> None:
    taken: dict[tuple[int, int], int] = {}
    for index, phase in enumerate(regimen.phases):
        _check_span(phase, regimen, table, "phases", index)
        _check_parts(phase.parts, table, index)
        clash = False
        for day in range(phase.from_day, phase.to_day + 1):
            for weekday in phase.weekdays or _EVERY_DAY:
                clash = clash or (day, weekday) in taken
                taken[day, weekday] = index
        if clash:
            table.note("it asks for the same days as an earlier phase", "phases", index)
    _note_gaps({day for day, _ in taken}, regimen, table, "phases")


def _check_span(item: _Days, regimen: Regimen, table: Table, key: str, index: int) -> None:
    if item.to_day < item.from_day:
        table.note(f"it ends on day {item.to_day}, before it begins on day {item.from_day}", key, index)
    if item.to_day > regimen.days:
        sentence = f"day {item.to_day} is beyond the {regimen.weeks} weeks ({regimen.days} days)"
        table.note(sentence, key, index)


def _note_gaps(covered: set[int], regimen: Regimen, table: Table, key: str) -> None:
    gaps = [day for day in range(1, regimen.days + 1) if day not in covered]
    if gaps:
        table.note(f"nothing is said about day {gaps[0]} ({len(gaps)} such days)", key)


def _check_parts(parts: Sequence[Part], table: Table, index: int) -> None:
    if parts and (parts[0].after or parts[0].ask):
        table.note("the first part of a day can neither wait nor ask", "phases", index)
    if any(not part.after for part in parts[1:]):
        table.note('a later part needs "after": how long it waits for the earlier one', "phases", index)


def _check_induction(regimen: Regimen, table: Table) -> None:
    asking = [phase for phase in regimen.phases if any(part.ask == "withdrawal" for part in phase.parts)]
    if regimen.induction is None:
        if asking:
            table.note('a part asks about withdrawal, so the regimen needs "induction"', "phases")
        return
    if not table.is_sound("induction"):
        return
    day = regimen.induction.day
    if [(phase.from_day, phase.to_day) for phase in asking] != [(day, day)]:
        table.one("induction").note(f"exactly one phase, day {day} alone, must ask about withdrawal", "day")
        return
    wait = max(part.after for part in asking[0].parts)
    if regimen.induction.no_reply_after < wait:
        table.one("induction").note("it would ring before the observation is over", "no_reply_after")


def _check_steps(regimen: Regimen, table: Table) -> None:
    day, amount = (
        1,
        max((part.amount_mg for phase in regimen.phases for part in phase.parts), default=Decimal(0)),
    )
    for index, step in enumerate(regimen.steps):
        if step.day <= day or step.amount_mg <= amount:
            table.note("a step comes later and is higher than what was before it", "steps", index)
        if step.day > regimen.days:
            table.note(f"day {step.day} is beyond the {regimen.weeks} weeks", "steps", index)
        day, amount = step.day, step.amount_mg
    if regimen.steps and any(len(phase.parts) > 1 for phase in regimen.phases):
        table.note("a step replaces the amount of a day, so no day may have two parts", "steps")


def _check_stages(regimen: Regimen, row: Table) -> None:
    covered: set[int] = set()
    for index, stage in enumerate(regimen.check_ins.stages):
        _check_span(stage, regimen, row, "stages", index)
        days = set(range(stage.from_day, stage.to_day + 1))
        if days & covered:
            row.note("it overlaps an earlier stage", "stages", index)
        covered |= days
    _note_gaps(covered, regimen, row, "stages")


def _check_reminders(regimen: Regimen, row: Table) -> None:
    policy = regimen.reminders
    for key, waits in (("dense", policy.dense), ("usual", policy.usual), ("light", policy.light)):
        if len(waits) > MOST_NUDGES:
            row.note(f"at most {MOST_NUDGES} nudges may follow the first prompt of a day", key)
    if policy.waking_to <= policy.waking_from:
        row.note("the waking hours end before they begin", "waking_to")
    if policy.most_snoozes and not policy.snoozes:
        row.note("there is nothing to snooze for", "snoozes")
    shortest = min((*policy.dense, *policy.usual, *policy.light, policy.prompt_lives))
    if policy.spread_over >= shortest or policy.spread_over > LONGEST_SPREAD:
        row.note("a question would leave after the next one, or more than a quarter of an hour late", "spread_over")
    if list(policy.snoozes) != sorted(policy.snoozes):
        row.note("the snoozes must rise", "snoozes")


def _check_missed(regimen: Regimen, row: Table) -> None:
    missed = regimen.missed
    if missed.long_run <= missed.run:
        row.note("it must be more than run", "long_run")
    if missed.share_below > 1:
        row.note("a share is at most 1", "share_below")
    if missed.silent_after < timedelta(days=1):
        row.note("silence of less than a day says nothing about a daily answer", "silent_after")


def _check_follow_up(regimen: Regimen, row: Table) -> None:
    plan = regimen.follow_up
    for key, numbers in (("days", plan.days), ("months", plan.months)):
        if list(numbers) != sorted(numbers) or any(number < 1 for number in numbers):
            row.note("the numbers must rise from 1", key)
    if any(month > plan.months_open for month in plan.months):
        row.note(f"a contact is planned after follow-up has closed ({plan.months_open} months)", "months")


def _walk(regimen: Regimen, table: Table) -> None:
    """Live through the course, begun on each weekday: every week must expect a dose."""
    for start in range(7):
        first = _A_MONDAY + timedelta(days=start)
        for week in range(regimen.weeks):
            days = range(week * 7 + 1, week * 7 + 8)
            if not any(parts_on(regimen, day=day, on=_on(first, day)) for day in days):
                table.note(f"week {week + 1} expects nothing", "phases")
                return


def _on(first: date, day: int) -> date:
    return first + timedelta(days=day - 1)
