"""Do the ledger and the trail say the same? What a hand, or a decaying disk, has changed in a row was recorded once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.calendar import course_day
from storage.queues import Event
from storage.tables import Alert, Course, Dose, DoseChange, Report

MOST = 20


def file_damaged(session: Session, _now: datetime, _since: datetime | None) -> Sequence[int]:
    """An SQLite file is looked through by its engine; PostgreSQL sees to that by itself."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    found = session.connection().exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    return [] if found == "ok" else [0]


def reports_disagree(session: Session, _now: datetime, since: datetime | None) -> Sequence[int]:
    """A report says what its event says."""
    told = {facts.get("report"): (at, facts) for at, facts in _recorded(session, "reported", since)}
    query = select(Report.id, Report.at, Report.kind, Report.subject, Report.grade)
    rows = session.execute(query if since is None else query.where(Report.at >= since)).all()
    return _unlike(
        (row.id, told[row.id], (row.at, {"kind": row.kind, "subject": row.subject, "grade": row.grade}))
        for row in rows
        if row.id in told
    )


def alerts_disagree(session: Session, _now: datetime, since: datetime | None) -> Sequence[int]:
    """An alert is of the rule and as grave as its event says."""
    told = {facts.get("alert"): (at, facts) for at, facts in _recorded(session, "alert-raised", since)}
    query = select(Alert.id, Alert.raised_at, Alert.rule, Alert.level)
    rows = session.execute(query if since is None else query.where(Alert.raised_at >= since)).all()
    return _unlike(
        (row.id, told[row.id], (row.raised_at, {"rule": row.rule, "level": row.level.word}))
        for row in rows
        if row.id in told
    )


def doses_disagree(session: Session, _now: datetime, since: datetime | None) -> Sequence[int]:
    """A dose is of the day and the amount it was expected with, and its date is that day of the course."""
    told = {facts.get("dose"): facts for _, facts in _recorded(session, "dose-expected", since)}
    query = select(Dose.id, Dose.day, Dose.day_on, Dose.amount_mg, Course.start_on)
    query = query.join(Course, Course.id == Dose.course_id)
    wrong = []
    for row in session.execute(query if since is None else query.where(Dose.closes_at >= since)):
        is_its_date = row.start_on is None or course_day(row.start_on, row.day_on) == row.day
        facts = told.get(row.id, {})
        amount = str(row.amount_mg.normalize())
        if not is_its_date or facts.get("day", row.day) != row.day or facts.get("amount", amount) != amount:
            wrong.append(row.id)
    return wrong[:MOST]


def answers_disagree(session: Session, _now: datetime, since: datetime | None) -> Sequence[int]:
    """Each change of a dose was recorded, and the dose stands as its newest change left it."""
    told: dict[int, set[tuple[object, ...]]] = defaultdict(set)
    for at, facts in _recorded(session, "dose-answered", since):
        told[facts.get("dose", 0)].add((at, facts.get("before"), facts.get("after")))
    columns_of_change = (
        *(DoseChange.dose_id, DoseChange.at, DoseChange.before, DoseChange.after),
        *(DoseChange.taken_at, DoseChange.reason, DoseChange.by),
    )
    query = select(*columns_of_change).order_by(DoseChange.id)
    newest = {}
    wrong = []
    for change in session.execute(query if since is None else query.where(DoseChange.at >= since)):
        newest[change.dose_id] = change
        if told[change.dose_id] and (change.at, change.before.value, change.after.value) not in told[change.dose_id]:
            wrong.append(change.dose_id)
    columns = (Dose.id, Dose.state, Dose.taken_at, Dose.reason, Dose.answered_by)
    changed = select(DoseChange.dose_id) if since is None else select(DoseChange.dose_id).where(DoseChange.at >= since)
    for row in session.execute(select(*columns).where(Dose.id.in_(changed))):
        last = newest[row.id]
        if tuple(row)[1:] != (last.after, last.taken_at, last.reason, last.by):
            wrong.append(row.id)
    return wrong[:MOST]


def _recorded(session: Session, name: str, since: datetime | None) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """Return when events of this name happened, and their facts; those of somebody erased have none."""
    query = select(Event.at, Event.facts).where(Event.name == name, Event.redacted.is_(None))
    rows = session.execute(query if since is None else query.where(Event.at >= since))
    return ((at, facts) for at, facts in rows)


def _unlike(pairs: Iterator[tuple[int, tuple[datetime, dict[str, Any]], tuple[datetime, dict[str, Any]]]]) -> list[int]:
    wrong = [
        row
        for row, (told_at, told), (at, stands) in pairs
        if told_at != at or any(told.get(name) != value for name, value in stands.items())
    ]
    return wrong[:MOST]
