"""Everything on record that a patient or a clinician would call the course, without ids and times: to be compared."""

from __future__ import annotations

from collections import Counter
from typing import Any

from storage.queues import Event
from storage.reading import Session
from storage.store import Store
from storage.tables import Alert, Case, Course, Dose, DoseChange, Report
from tests.conftest import MovedClock

MACHINERY = ("card-moved", "letter-failed", "lease", "serving", "route")


def on_record(url: str) -> Counter[str]:
    """Return what a database holds of the courses, each fact with how often it is there."""
    store = Store(url, MovedClock())
    try:
        return store.read(_facts).result()
    finally:
        store.close()


def _facts(session: Session) -> Counter[str]:
    facts: list[tuple[Any, ...]] = [("course", c.patient_id, c.status, c.day) for c in session.query(Course)]
    facts += [("dose", d.course_id, d.day, d.part, d.state, d.answered_by, d.asks) for d in session.query(Dose)]
    facts += [("change", c.dose_id, c.before, c.after, c.by) for c in session.query(DoseChange)]
    facts += [("report", r.course_id, r.day, r.kind, r.subject, r.grade) for r in session.query(Report)]
    facts += [("alert", a.course_id, a.rule, a.subject, a.level) for a in session.query(Alert)]
    facts += [("case", c.patient_id, c.level, c.state, c.owner_id, c.outcome) for c in session.query(Case)]
    facts += [("event", e.name, e.patient_id) for e in session.query(Event) if not e.name.startswith(MACHINERY)]
    return Counter(" ".join(map(str, fact)) for fact in facts)
