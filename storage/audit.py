"""Questions whose answer must be nobody: each finds what a bug, or a hand in the database, has left half done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, literal, select
from sqlalchemy.orm import Session

from care.courses import Status
from care.doses import DoseState
from care.escalation import CaseState
from care.triage import Level
from storage.agreement import alerts_disagree, answers_disagree, doses_disagree, file_damaged, reports_disagree
from storage.queues import OWED, Event, OutboxRow, OutboxState
from storage.tables import Alert, Case, Course, Dose, Report

GRACE = timedelta(minutes=5)
"""How late a round may be before what it has not done is a breach: rounds come every few seconds."""
MOST = 20
"""Rows named of each kind; one is enough to look into it."""


@dataclass(frozen=True)
class Breach:
    """Something that must not be: which question found it, and the rows it is about."""

    what: str
    rows: tuple[int, ...]


Question = Callable[[Session, datetime, datetime | None], Sequence[int]]


def find_breaches(session: Session, *, now: datetime, since: datetime | None = None) -> list[Breach]:
    """Return what is wrong with the books at `now`; history is looked at from `since` on (None: all of it)."""
    asked = ((what, tuple(question(session, now, since))) for what, question in QUESTIONS.items())
    return [Breach(what, rows) for what, rows in asked if rows]


def _lately(column: ColumnElement[datetime], since: datetime | None) -> ColumnElement[bool]:
    return column.is_not(None) if since is None else column >= since


def _flags_without_alert(session: Session, _now: datetime, since: datetime | None) -> Sequence[int]:
    raised = exists().where(
        Alert.course_id == Report.course_id,
        Alert.fact == "red-flag",
        Alert.subject == Report.subject,
        Alert.raised_at == Report.at,
    )
    query = select(Report.id).where(Report.kind == "flag", ~raised, _lately(Report.at.expression, since))
    return session.scalars(query.limit(MOST)).all()


def _alerts_without_event(session: Session, _now: datetime, since: datetime | None) -> Sequence[int]:
    recorded = exists().where(
        Event.patient_id == Case.patient_id, Event.name == "alert-raised", Event.at == Alert.raised_at
    )
    query = select(Alert.id).join(Case, Case.id == Alert.case_id)
    return session.scalars(query.where(~recorded, _lately(Alert.raised_at.expression, since)).limit(MOST)).all()


def _calls_without_alert(session: Session, _now: datetime, since: datetime | None) -> Sequence[int]:
    raised = exists().where(
        Case.patient_id == Event.patient_id,
        Alert.case_id == Case.id,
        Alert.fact == "help-now",
        Alert.raised_at == Event.at,
    )
    # Of somebody who was erased the calls are left, and nothing that was made of them.
    query = select(Event.id).where(Event.name == "help-called", Event.redacted.is_(None), ~raised)
    return session.scalars(query.where(_lately(Event.at.expression, since)).limit(MOST)).all()


def _cases_without_step(session: Session, now: datetime, _since: datetime | None) -> Sequence[int]:
    """A case that is not closed has its next step ahead; one whose step is due is a round's, but not for long."""
    in_flight = exists().where(
        OutboxRow.id == Case.card_id, OutboxRow.state.in_((*OWED, OutboxState.SENDING)), Case.level >= Level.URGENT
    )
    late = and_(Case.next_step_at < now - GRACE, ~in_flight)
    query = select(Case.id).where(Case.state != CaseState.CLOSED, Case.next_step_at.is_(None) | late)
    return session.scalars(query.limit(MOST)).all()


def _cases_without_alert(session: Session, _now: datetime, since: datetime | None) -> Sequence[int]:
    query = select(Case.id).where(~exists().where(Alert.case_id == Case.id), _lately(Case.opened_at.expression, since))
    return session.scalars(query.limit(MOST)).all()


def _cases_lowered(session: Session, _now: datetime, since: datetime | None) -> Sequence[int]:
    """A level never drops by itself: a case is as grave as the gravest alert in it."""
    graver = exists().where(Alert.case_id == Case.id, Alert.level > Case.level)
    query = select(Case.id).where(graver, _lately(Case.opened_at.expression, since))
    return session.scalars(query.limit(MOST)).all()


def _owned_without_name(session: Session, _now: datetime, _since: datetime | None) -> Sequence[int]:
    nobody = and_(Case.state == CaseState.ACKNOWLEDGED, Case.owner_id.is_(None))
    endless = and_(Case.snoozed_until.is_not(None), Case.snoozed_by.is_(None))
    closed = and_(Case.state == CaseState.CLOSED, Case.outcome.is_(None))
    return session.scalars(select(Case.id).where(nobody | endless | closed).limit(MOST)).all()


def _sent_without_message(session: Session, _now: datetime, since: datetime | None) -> Sequence[int]:
    query = select(OutboxRow.id).where(
        OutboxRow.state == OutboxState.SENT,
        OutboxRow.kind.in_(("send", "photo")),
        OutboxRow.message_id.is_(None),
        _lately(OutboxRow.created_at.expression, since),
    )
    return session.scalars(query.limit(MOST)).all()


_RUNNING = (Status.ACTIVE,)
NAMED = ("prompt-not-sent", "prompts-over")


def _doses_not_asked_about(session: Session, now: datetime, since: datetime | None) -> Sequence[int]:
    """A due dose has a prompt, one to come, an answer, or an event that names why there is none."""
    query = (
        select(Dose.id, Course.patient_id)
        .join(Course, Course.id == Dose.course_id)
        .where(
            Course.status.in_(_RUNNING),
            Dose.state == DoseState.OPEN,
            Dose.due_at < now - GRACE,
            Dose.closes_at > now,
            Dose.prompts_sent == 0,
            Dose.prompt_at.is_(None) | (Dose.prompt_at < now - GRACE),
            func.coalesce(Dose.asks, "") != "held",
        )
    )
    if since is not None:
        query = query.where(Dose.due_at >= since)
    found = session.execute(query.limit(MOST * 10)).all()
    return [dose for dose, patient in found if dose not in _excused(session, patient)][:MOST]


def _excused(session: Session, patient_id: int) -> set[int]:
    query = select(Event.facts).where(Event.patient_id == patient_id, Event.name.in_(NAMED))
    return {facts.get("dose") for facts in session.scalars(query)}


def _prompts_without_letter(session: Session, now: datetime, since: datetime | None) -> Sequence[int]:
    """What we say that we asked was owed, at the least."""
    owed = exists().where(OutboxRow.subject == literal("dose:") + cast(Dose.id, String))
    query = select(Dose.id).join(Course, Course.id == Dose.course_id)
    # A second part may be offered in the answer to a question, which is no prompt of its own.
    query = query.where(Dose.prompts_sent > 0, Dose.part == 1, Dose.closes_at > now, Course.status.in_(_RUNNING), ~owed)
    if since is not None:
        query = query.where(Dose.due_at >= since)
    return session.scalars(query.limit(MOST)).all()


QUESTIONS: dict[str, Question] = {
    "flag-without-alert": _flags_without_alert,
    "help-without-alert": _calls_without_alert,
    "alert-without-event": _alerts_without_event,
    "case-without-step": _cases_without_step,
    "case-without-alert": _cases_without_alert,
    "case-lowered": _cases_lowered,
    "case-without-name": _owned_without_name,
    "sent-without-message": _sent_without_message,
    "dose-not-asked": _doses_not_asked_about,
    "prompt-without-letter": _prompts_without_letter,
    "file-damaged": file_damaged,
    "report-disagrees": reports_disagree,
    "alert-disagrees": alerts_disagree,
    "dose-disagrees": doses_disagree,
    "answer-disagrees": answers_disagree,
}
