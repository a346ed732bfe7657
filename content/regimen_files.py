"""Turn a regimen file into a `Regimen`, strictly."""

from __future__ import annotations

from datetime import timedelta

from care.regimens import (
    CheckInPlan,
    CheckInStage,
    FollowUpPlan,
    InductionPlan,
    Kind,
    MissedPolicy,
    Part,
    Phase,
    Regimen,
    ReminderPolicy,
    Step,
)
from content.regimen_checks import LONGEST_WEEKS, check_regimen
from content.toml_tables import Table

_LAST_DAY = LONGEST_WEEKS * 7
_WEEKDAYS = {name: number for number, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))}
QUESTIONS = frozenset({"withdrawal"})


def read_regimen(table: Table, *, name: str) -> Regimen:
    """Return the regimen in `table`. It must be called `name`, as its file is."""
    regimen = Regimen(
        name=table.choice("name", [name]),
        kind=_read_kind(table),
        version=table.text("version"),
        weeks=table.whole("weeks", low=1, high=LONGEST_WEEKS),
        phases=tuple(_read_phase(row) for row in table.many("phases")),
        steps=tuple(_read_step(row) for row in table.many("steps")),
        induction=_read_induction(table),
        reminders=_read_reminders(table.one("reminders")),
        check_ins=_read_check_ins(table.one("check_ins")),
        missed=_read_missed(table.one("missed")),
        follow_up=_read_follow_up(table.one("follow_up")),
        ends_with_tolerance_warning=table.yes("ends_with_tolerance_warning"),
        sources=table.words("sources"),
    )
    table.finish()
    check_regimen(regimen, table)
    return regimen


def _read_kind(table: Table) -> Kind:
    word = table.choice("kind", list(Kind))
    return Kind(word) if word in list(Kind) else Kind.ALCOHOL


def _read_phase(row: Table) -> Phase:
    phase = Phase(
        from_day=row.whole("from_day", low=1, high=_LAST_DAY),
        to_day=row.whole("to_day", low=1, high=_LAST_DAY),
        parts=tuple(_read_part(part) for part in row.many("parts")),
        weekdays=_read_weekdays(row),
    )
    row.finish()
    if not phase.parts and row.is_sound("parts"):
        row.note("a phase needs at least one part", "parts")
    return phase


def _read_part(row: Table) -> Part:
    part = Part(
        amount_mg=row.number("amount_mg"),
        after=row.span("after", timedelta(0)),
        ask=row.choice("ask", QUESTIONS) if row.has("ask") else None,
    )
    row.finish()
    return part


def _read_weekdays(row: Table) -> frozenset[int] | None:
    if not row.has("weekdays"):
        return None
    names = row.words("weekdays")
    for index, name in enumerate(names):
        if name not in _WEEKDAYS:
            row.note(f'"{name}" is not one of: {", ".join(_WEEKDAYS)}', "weekdays", index)
    if not names and row.is_sound("weekdays"):
        row.note("a phase without any weekday expects nothing; leave the key out for every day", "weekdays")
    return frozenset(_WEEKDAYS[name] for name in names if name in _WEEKDAYS)


def _read_step(row: Table) -> Step:
    step = Step(
        day=row.whole("day", low=2, high=_LAST_DAY),
        amount_mg=row.number("amount_mg"),
        hold_at_grade=row.whole("hold_at_grade", low=1, high=4),
        look_back_days=row.whole("look_back_days", low=1, high=28),
        most_unknown_days=row.whole("most_unknown_days", low=0, high=_LAST_DAY),
    )
    row.finish()
    return step


def _read_induction(table: Table) -> InductionPlan | None:
    if not table.has("induction"):
        return None
    row = table.one("induction")
    plan = InductionPlan(
        day=row.whole("day", low=1, high=_LAST_DAY),
        no_reply_after=row.span("no_reply_after"),
    )
    row.finish()
    return plan


def _read_reminders(row: Table) -> ReminderPolicy:
    policy = ReminderPolicy(
        dense=row.spans("dense"),
        usual=row.spans("usual"),
        light=row.spans("light"),
        dense_until_day=row.whole("dense_until_day", low=0, high=_LAST_DAY),
        dense_after_unknown=row.whole("dense_after_unknown", low=1, high=28),
        light_after_answered=row.whole("light_after_answered", low=1, high=_LAST_DAY),
        snoozes=row.spans("snoozes"),
        most_snoozes=row.whole("most_snoozes", low=0, high=9),
        waking_from=row.clock("waking_from"),
        waking_to=row.clock("waking_to"),
        prompt_lives=row.span("prompt_lives"),
        spread_over=row.span("spread_over"),
    )
    row.finish()
    return policy


def _read_check_ins(row: Table) -> CheckInPlan:
    plan = CheckInPlan(
        stages=tuple(_read_stage(stage) for stage in row.many("stages")),
        stay_close_at_grade=row.whole("stay_close_at_grade", low=1, high=4),
        stay_close_days=row.whole("stay_close_days", low=1, high=28),
    )
    row.finish()
    return plan


def _read_stage(row: Table) -> CheckInStage:
    stage = CheckInStage(
        from_day=row.whole("from_day", low=1, high=_LAST_DAY),
        to_day=row.whole("to_day", low=1, high=_LAST_DAY),
        every_days=row.whole("every_days", low=1, high=28),
    )
    row.finish()
    return stage


def _read_missed(row: Table) -> MissedPolicy:
    policy = MissedPolicy(
        run=row.whole("run", low=1, high=28),
        long_run=row.whole("long_run", low=1, high=28),
        in_seven_days=row.whole("in_seven_days", low=1, high=7),
        share_below=row.number("share_below"),
        share_over_days=row.whole("share_over_days", low=1, high=_LAST_DAY),
        silent_after=row.span("silent_after"),
        unknown_counts=row.yes("unknown_counts"),
        ask_opioids_after=row.whole("ask_opioids_after", low=1, high=28),
    )
    row.finish()
    return policy


def _read_follow_up(row: Table) -> FollowUpPlan:
    plan = FollowUpPlan(
        days=row.wholes("days"),
        months=row.wholes("months"),
        months_open=row.whole("months_open", low=1, high=24),
    )
    row.finish()
    return plan
