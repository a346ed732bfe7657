"""A clinic's patients in a few statements, however many there are: for the worklist and the week's numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.courses import Status
from care.doses import DoseState
from care.escalation import CaseState
from care.triage import Level
from storage.queues import Lane, OutboxRow, OutboxState
from storage.tables import Alert, Case, Course, Dose, Patient


def courses_of_clinic(session: Session, clinic_id: int) -> Sequence[Course]:
    """Return the latest course of each patient of a clinic, except closed ones, by case code."""
    latest = select(func.max(Course.id)).group_by(Course.patient_id)
    query = (
        select(Course)
        .join(Patient, Patient.id == Course.patient_id)
        .where(Patient.clinic_id == clinic_id, Course.status != Status.CLOSED, Course.id.in_(latest))
    )
    return session.scalars(query.order_by(Patient.case_code)).all()


def states_by_course(session: Session, clinic_id: int) -> Mapping[int, list[DoseState]]:
    """Return the states of all doses by course, for a whole clinic at once."""
    query = (
        select(Dose.course_id, Dose.state, func.count())
        .join(Course, Course.id == Dose.course_id)
        .join(Patient, Patient.id == Course.patient_id)
        .where(Patient.clinic_id == clinic_id)
        .group_by(Dose.course_id, Dose.state)
    )
    found: dict[int, list[DoseState]] = defaultdict(list)
    for course_id, state, count in session.execute(query):
        found[course_id] += [state] * count
    return found


def facts_of_open_cases(session: Session, clinic_id: int) -> Mapping[int, set[tuple[str, str | None]]]:
    """Return (fact, subject) of the alerts in a clinic's open cases, by case."""
    query = (
        select(Alert.case_id, Alert.fact, Alert.subject)
        .join(Case, Case.id == Alert.case_id)
        .where(Case.clinic_id == clinic_id, Case.state != CaseState.CLOSED)
    )
    found: dict[int, set[tuple[str, str | None]]] = defaultdict(set)
    for case_id, fact, subject in session.execute(query):
        found[case_id].add((fact, subject))
    return found


def course_days(session: Session, clinic_id: int, *, last: date) -> list[tuple[date, date | None]]:
    """Return the first day, and the last if there is one, of every course of a clinic that had begun by `last`."""
    query = select(Course.start_on, Course.ended_on).join(Patient, Patient.id == Course.patient_id)
    begun = query.where(Patient.clinic_id == clinic_id, Course.start_on <= last, Course.day > 0)
    return [(start, end) for start, end in session.execute(begun) if start is not None]


def states_between(session: Session, clinic_id: int, *, first: date, last: date) -> list[DoseState]:
    """Return the states of a clinic's doses of the days `first` to `last`."""
    query = (
        select(Dose.state)
        .join(Course, Course.id == Dose.course_id)
        .join(Patient, Patient.id == Course.patient_id)
        .where(Patient.clinic_id == clinic_id, Dose.day_on >= first, Dose.day_on <= last)
    )
    return list(session.scalars(query))


def count_alerts(session: Session, clinic_id: int, *, since: datetime, until: datetime) -> int:
    """Return how many alerts a clinic's patients raised in [`since`, `until`)."""
    query = select(func.count()).select_from(Alert).join(Case, Case.id == Alert.case_id)
    found = session.scalar(query.where(Case.clinic_id == clinic_id, Alert.raised_at >= since, Alert.raised_at < until))
    return found or 0


def levels_of(session: Session, case_ids: Sequence[int]) -> Mapping[int, Level]:
    """Return the levels of cases."""
    rows = session.execute(select(Case.id, Case.level).where(Case.id.in_(case_ids)))
    return {row.id: row.level for row in rows}


def times_to_outcome(session: Session, clinic_id: int, *, since: datetime, until: datetime) -> list[timedelta]:
    """Return how long each case took that was closed in [`since`, `until`)."""
    query = select(Case.opened_at, Case.closed_at).where(
        Case.clinic_id == clinic_id, Case.closed_at >= since, Case.closed_at < until
    )
    return [closed - opened for opened, closed in session.execute(query) if closed is not None]


@dataclass(frozen=True)
class Paged:
    """How many pages one chat got."""

    chat_id: int
    pages: int


def pages_by_chat(session: Session, clinic_id: int, *, since: datetime, until: datetime) -> list[Paged]:
    """Return how many pages each chat of a clinic got in [`since`, `until`), the most first."""
    query = (
        select(OutboxRow.chat_id, func.count())
        .where(
            OutboxRow.clinic_id == clinic_id,
            OutboxRow.lane == Lane.PAGE,
            OutboxRow.kind == "send",
            OutboxRow.state == OutboxState.SENT,
            OutboxRow.sent_at >= since,
            OutboxRow.sent_at < until,
        )
        .group_by(OutboxRow.chat_id)
    )
    found = [Paged(chat_id, count) for chat_id, count in session.execute(query)]
    return sorted(found, key=lambda one: (-one.pages, one.chat_id))
