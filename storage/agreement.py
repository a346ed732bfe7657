"""Do the ledger and the trail say the same? What a hand, or a decaying disk, has changed in a row was recorded once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from care.calendar import course_day
from storage.columns import Base
from storage.queues import Event
from storage.tables import Alert, Course, Dose, DoseChange, Report

REPORTS, ALERTS = (Base.metadata.tables[kind.__tablename__] for kind in (Report, Alert))
MOST = 20


def file_damaged(session: Session, _now: datetime, _since: datetime | None) -> Sequence[int]:
    """An SQLite file is looked through by its engine; PostgreSQL sees to that by itself."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    found = session.connection().exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    return [] if found == "ok" else [0]


def reports_disagree(session: Session, _now: datetime, since: datetime | None) -> Sequence[int]:
    """A report says what its event says."""
    return _unlike(session, "report", "reported", since, REPORTS, ("kind", "subject", "grade", "day"), REPORTS.c.at)


def alerts_disagree(session: Session, _now: datetime, since: datetime | None) -> Sequence[int]:
    """An alert is what its event says: of which rule, how grave, and about what."""
    names = ("rule", "level", "reason", "fact", "subject", "value")
    return _unlike(session, "alert", "alert-raised", since, ALERTS, names, ALERTS.c.raised_at)


def _unlike(
    session: Session, key: str, event: str, since: datetime | None, table: Table, names: Sequence[str], at: Column[Any]
) -> list[int]:
    """Return the rows of which an event says something else; one that an older version wrote may say less."""
    told = {facts.get(key): (when, facts) for when, facts in _recorded(session, event, since)}
    query = select(table.c.id, at.label("when"), *(table.c[name] for name in names))
    wrong = []
    for row in session.execute(query if since is None else query.where(at >= since)):
        when, facts = told.get(row.id, (row.when, {}))
        stands = {name: getattr(value, "word", value) for name, value in zip(names, row[2:], strict=True)}
        if when != row.when or any(facts.get(name, value) != value for name, value in stands.items()):
            wrong.append(row.id)
    return wrong[:MOST]


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
