"""The dose ledger. Every answer keeps what was there before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, func, insert, select
from sqlalchemy.orm import Session

from care.doses import AnsweredBy, DoseState, SkipReason
from storage.columns import Base
from storage.prepared import Prepared, PreparedList
from storage.records import Records
from storage.rows import add_row, read_rows, read_value, write_row
from storage.tables import Course, Dose, DoseChange
from storage.work import Work


def add_dose(
    work: Work,
    course: Course,
    *,
    day: int,
    day_on: date,
    part: int,
    amount_mg: Decimal,
    asks: str | None,
    due_at: datetime | None,
    closes_at: datetime,
    state: DoseState = DoseState.OPEN,
) -> Dose:
    """Expect one intake; part 2 of an induction day has no `due_at` until part 1 was taken."""
    dose = Dose(
        course_id=course.id, day=day, day_on=day_on, part=part, amount_mg=amount_mg, asks=asks, due_at=due_at,
        closes_at=closes_at, prompt_at=due_at if state is DoseState.OPEN else None, prompts_sent=0, snoozes=0,
        row_from=0, state=state, answered_by=AnsweredBy.NOBODY,
    )  # fmt: skip
    add_row(work, dose)
    amount = str(amount_mg.normalize())
    work.record("dose-expected", patient_id=course.patient_id, dose=dose.id, day=day, amount=amount)
    return dose


def find_dose(session: Session, dose_id: int) -> Dose | None:
    """Return one dose, or None."""
    return _ONE.first(session, {"dose_id": dose_id})


def get_dose(session: Session, dose_id: int) -> Dose:
    """Return one dose that there is, and its course with it."""
    return _WITH_COURSE.one(session, {"dose_id": dose_id})


def doses_of(session: Session, course_id: int) -> Sequence[Dose]:
    """Return the whole ledger of a course, by day and part."""
    return _OF_COURSE.all(session, {"course_id": course_id})


def _ledger(*narrower: ColumnElement[bool]) -> Records[Dose]:
    """Return a question for the doses of a course, by day and part."""
    return Records(Dose, lambda query: query.where(_IN_LEDGER, *narrower).order_by(_DOSES.c.day, _DOSES.c.part))


_DOSES: Table = Base.metadata.tables[Dose.__tablename__]
_IN_LEDGER = _DOSES.c.course_id == bindparam("course_id")
# Without the course, but for one: whoever asks has the course already.
_THIS = _DOSES.c.id == bindparam("dose_id")
_WITH_COURSE = Records(Dose, lambda query: query.where(_THIS), brings=("course", "patient", "clinic"))
_ONE = Records(Dose, lambda query: query.where(_THIS))
_OF_COURSE = _ledger()
_ON_DATE = _ledger(_DOSES.c.day_on == bindparam("day_on", type_=_DOSES.c.day_on.type))
_OPEN = _ledger(_DOSES.c.state == DoseState.OPEN)
_NEWEST = Records(
    Dose, lambda query: query.where(_IN_LEDGER).order_by(_DOSES.c.day.desc(), _DOSES.c.part.desc()).limit(1)
)
_STATES = Prepared(select(_DOSES.c.day, _DOSES.c.state).where(_IN_LEDGER).order_by(_DOSES.c.id))
_FIRST_PARTS = Prepared(
    select(_DOSES.c.state, _DOSES.c.prompts_sent)
    .where(_IN_LEDGER, _DOSES.c.part == 1)
    .order_by(_DOSES.c.day.desc(), _DOSES.c.part.desc())
)
_ON_DAY = select(_DOSES.c.id).where(_IN_LEDGER, _DOSES.c.day_on == bindparam("day_on", type_=_DOSES.c.day_on.type))
_EXPECTED = Prepared(_ON_DAY.limit(1))
_PART = Prepared(_ON_DAY.where(_DOSES.c.part == bindparam("part")))
_LAST_ASKED = PreparedList(
    lambda asks: select(func.max(_DOSES.c.day)).where(_IN_LEDGER, _DOSES.c.asks.in_(asks)), _DOSES.c.asks.type
)
_NEWEST_ASKS = Prepared(
    select(_DOSES.c.asks).where(_IN_LEDGER).order_by(_DOSES.c.day.desc(), _DOSES.c.part.desc()).limit(1)
)


def doses_on(session: Session, course_id: int, day_on: date) -> Sequence[Dose]:
    """Return the doses of one date, by part."""
    return _ON_DATE.all(session, {"course_id": course_id, "day_on": day_on})


def find_part(session: Session, course_id: int, day_on: date, part: int) -> Dose | None:
    """Return one part of the doses of one date, or None; most days have but one."""
    found: int | None = read_value(session, _PART, {"course_id": course_id, "day_on": day_on, "part": part})
    return None if found is None else find_dose(session, found)


def open_doses(session: Session, course_id: int) -> Sequence[Dose]:
    """Return the doses that still wait for an answer, by day and part."""
    return _OPEN.all(session, {"course_id": course_id})


def newest_dose(session: Session, course_id: int) -> Dose | None:
    """Return the last part of the latest day that expects anything, or None before the first."""
    return _NEWEST.first(session, {"course_id": course_id})


def newest_asks(session: Session, course_id: int) -> str | None:
    """Return what stands before the newest dose of a course; None for nothing, or no dose."""
    asks: str | None = read_value(session, _NEWEST_ASKS, {"course_id": course_id})
    return asks


def last_day_asked(session: Session, course_id: int, asks: Collection[str]) -> int | None:
    """Return the latest course day with a dose that `asks` one of these, or None."""
    last, values = _LAST_ASKED.about(sorted(asks))
    day: int | None = read_value(session, last, {"course_id": course_id, **values})
    return day


def states_of(session: Session, course_id: int) -> list[tuple[int, DoseState]]:
    """Return (course day, state) of every dose of a course, without loading the rows."""
    return [(day, state) for day, state in read_rows(session, _STATES, {"course_id": course_id})]


_CHANGES: Table = Base.metadata.tables[DoseChange.__tablename__]
_CHANGE = Prepared(insert(_CHANGES), keys=("dose_id", "at", "before", "after", "by", "taken_at", "reason"))


def first_parts_of(session: Session, course_id: int) -> list[tuple[DoseState, int]]:
    """Return the state of each day's first dose and how often it was asked about, the newest first."""
    return [(state, sent) for state, sent in read_rows(session, _FIRST_PARTS, {"course_id": course_id})]


def is_expected(session: Session, course_id: int, day_on: date) -> bool:
    """Return whether there is a dose on this date already."""
    return read_value(session, _EXPECTED, {"course_id": course_id, "day_on": day_on}) is not None


def answer(
    work: Work,
    dose: Dose,
    state: DoseState,
    *,
    by: AnsweredBy,
    taken_at: datetime | None = None,
    reason: SkipReason | None = None,
) -> None:
    """Write an answer, or a correction of one, and what was there before."""
    before = dose.state
    change = {
        "dose_id": dose.id, "at": work.now, "before": before, "after": state, "by": by, "taken_at": taken_at,
        "reason": reason,
    }  # fmt: skip
    _CHANGE.count(work.connection, change)
    answered_at = work.now if by is not AnsweredBy.NOBODY else None
    write_row(
        work, dose, state=state, answered_by=by, answered_at=answered_at, taken_at=taken_at, reason=reason,
        prompt_at=None,
    )  # fmt: skip
    work.record(
        "dose-answered",
        patient_id=dose.course.patient_id,
        dose=dose.id,
        before=before.value,
        after=state.value,
    )


def reopen(work: Work, dose: Dose, *, prompt_at: datetime | None) -> None:
    """Take an answer back: the dose is open again."""
    answer(work, dose, DoseState.OPEN, by=AnsweredBy.PATIENT)
    write_row(work, dose, prompt_at=prompt_at)


def set_dose(work: Work, dose: Dose, event: str, **values: Any) -> None:
    """Change when a dose is due or asked about; never its answer."""
    write_row(work, dose, **values)
    work.record(event, patient_id=dose.course.patient_id, dose=dose.id)


def changes_of(session: Session, dose_id: int) -> Sequence[DoseChange]:
    """Return the history of a dose, the oldest first."""
    return session.scalars(select(DoseChange).where(DoseChange.dose_id == dose_id).order_by(DoseChange.id)).all()
