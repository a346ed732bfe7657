"""How long everything is kept, table by table, as data; and the keeping of it.

A table that is not named here fails a test. Patients are erased as a whole, by `clinic/forget.py`; this says when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from care.courses import Status
from care.escalation import CaseState
from storage.chain import EVENTS, LINKS, sign_cut
from storage.columns import Base
from storage.forgetting import ERASURES
from storage.keyring import AUDIT, keyring_of
from storage.marks import set_mark
from storage.notary import START
from storage.queues import CHATS_IN_HAND, INBOX, OUTBOX, InboxState, OutboxState
from storage.work import Work

HOURS_OF_A_DAY = 24


def days(number: int) -> timedelta:
    """Return a period of so many times 24 hours: it is counted from instants, and an hour more or less is no matter."""
    return timedelta(hours=HOURS_OF_A_DAY * number)


class Until(StrEnum):
    """When a table's rows go."""

    PERIOD = "period"
    WITH_PATIENT = "with the patient"
    WITH_CLINIC = "with the clinic"
    REPLACED = "replaced in place"
    FOR_GOOD = "for good"


@dataclass(frozen=True)
class Kept:
    """How long a table's rows are kept, and why as long."""

    until: Until
    why: str
    period: timedelta | None = None


HANDLED, PARKED, SENT, TRAIL = days(9), days(30), days(120), days(6 * 365)
AFTER_COURSE, NEVER_JOINED, INVITED = days(365), days(30), days(30)
_PATIENTS = Kept(Until.WITH_PATIENT, "part of the record; a year after the course is closed, or when they say so")

KEPT: dict[str, Kept] = {
    "inbox": Kept(Until.PERIOD, "a number, so that nothing is handled twice; the content goes at once", HANDLED),
    "outbox": Kept(Until.PERIOD, "what is sent can be edited and taken back through a course of 84 days", SENT),
    "events": Kept(Until.PERIOD, "who saw and did what: six years, as health law commonly asks", TRAIL),
    "event_links": Kept(Until.PERIOD, "with the events they hold", TRAIL),
    "chats_in_hand": Kept(Until.PERIOD, "seconds of work in hand", days(1)),
    "marks": Kept(Until.REPLACED, "one row for each name"),
    "leases": Kept(Until.REPLACED, "one row for each name"),
    "clinics": Kept(Until.FOR_GOOD, "the installation's own"),
    "staff": Kept(Until.WITH_CLINIC, "who did what must stay answerable"),
    "staff_invites": Kept(Until.PERIOD, "a name, until the invitation is decided or long out of date", INVITED),
    "drafts": Kept(Until.PERIOD, "whom somebody of the staff is about to write to", days(1)),
    "routes": Kept(Until.REPLACED, "one row for each chat of a clinic and each of its people"),
    "shifts": Kept(Until.REPLACED, "the clinic's plan, as long as it holds"),
    "covers": Kept(Until.PERIOD, "who stood in, while a case of that time may be asked about", SENT),
    "holidays": Kept(Until.WITH_CLINIC, "days, and nobody's"),
    "storms": Kept(Until.PERIOD, "stands for many cases, while it can be edited or one of them is kept", SENT),
    "data_keys": Kept(Until.WITH_PATIENT, "destroyed with what they seal"),
    "erasures": Kept(Until.FOR_GOOD, "so that a backup brings nobody back; they name nobody"),
    **dict.fromkeys(
        (
            "patients", "invites", "consents", "screening_answers", "courses", "doses", "dose_changes", "reports",
            "notes", "cases", "alerts", "follow_ups", "messages", "anchors", "copies", "hearings", "heard_items",
            "corrections",
        ),
        _PATIENTS,
    ),
}  # fmt: skip

_TABLES = Base.metadata.tables


def _open_cards() -> ColumnElement[bool]:
    cases, copies, storms = _TABLES["cases"].c, _TABLES["copies"], _TABLES["storms"].c
    is_open = cases.state != CaseState.CLOSED
    cards = select(cases.card_id).where(is_open, cases.card_id.is_not(None))
    joined = copies.join(_TABLES["cases"], cases.id == copies.c.case_id)
    shown = select(copies.c.letter_id).select_from(joined).where(is_open, copies.c.letter_id.is_not(None))
    raging = select(storms.letter_id).where(storms.closed_at.is_(None), storms.letter_id.is_not(None))
    return or_(OUTBOX.c.id.in_(cards), OUTBOX.c.id.in_(shown), OUTBOX.c.id.in_(raging))


def overdue_rows(now: datetime) -> dict[str, ColumnElement[bool]]:
    """Return the condition of what has been kept too long, by table; the trail's is in `_cut_trail`."""
    over = (OutboxState.SENT, OutboxState.DROPPED, OutboxState.FAILED)
    invites, storms, copies = _TABLES["staff_invites"].c, _TABLES["storms"].c, _TABLES["copies"].c
    stood_for = select(copies.storm_id).where(copies.storm_id.is_not(None))
    return {
        "inbox": or_(
            and_(INBOX.c.state == InboxState.DONE, INBOX.c.done_at < now - HANDLED),
            and_(INBOX.c.state == InboxState.PARKED, INBOX.c.received_at < now - PARKED),
        ),
        "outbox": and_(OUTBOX.c.state.in_(over), OUTBOX.c.created_at < now - SENT, ~_open_cards()),
        "chats_in_hand": CHATS_IN_HAND.c.until < now - days(1),
        "staff_invites": or_(invites.expires_at < now - INVITED, invites.decided_at < now - INVITED),
        "drafts": _TABLES["drafts"].c.begun_at < now - days(1),
        "covers": _TABLES["covers"].c.ends_at < now - SENT,
        "storms": and_(storms.closed_at < now - SENT, storms.id.not_in(stood_for)),
    }


def keep_periods(work: Work) -> None:
    """Delete what has been kept long enough, patients left out: those are `due_patients`."""
    for name, condition in overdue_rows(work.now).items():
        work.connection.execute(delete(_TABLES[name]).where(condition))
    _cut_trail(work)


def _cut_trail(work: Work) -> None:
    """Delete the old beginning of the trail, and remember the link at which it was cut: from there it still holds."""
    connection, before = work.connection, work.now - TRAIL
    joined = LINKS.join(EVENTS, EVENTS.c.id == LINKS.c.event_id)
    kept = connection.execute(select(func.min(LINKS.c.seq)).select_from(joined).where(EVENTS.c.at >= before)).scalar()
    last = select(func.max(LINKS.c.seq)) if kept is None else select(func.max(LINKS.c.seq)).where(LINKS.c.seq < kept)
    end = connection.execute(last).scalar()
    if end is None:
        return
    link = connection.execute(select(LINKS.c.link).where(LINKS.c.seq == end)).scalar_one()
    gone = select(LINKS.c.event_id).where(LINKS.c.seq <= end)
    connection.execute(delete(EVENTS).where(EVENTS.c.id.in_(gone)))
    connection.execute(delete(LINKS).where(LINKS.c.seq <= end))
    set_mark(work, START, sign_cut(keyring_of(connection).own[AUDIT], end, bytes(link)))


def due_patients(session: Session, now: datetime) -> list[int]:
    """Return the patients whose record has been kept long enough: over for a year, or invited and never come."""
    patients, courses, invites = _TABLES["patients"].c, _TABLES["courses"].c, _TABLES["invites"].c
    # A closed course was last touched when it closed; its follow-up ends half a year after the course.
    closed_on = (now - AFTER_COURSE).date()
    lives = select(courses.patient_id).where(or_(courses.status != Status.CLOSED, courses.ended_on >= closed_on))
    over = and_(~patients.id.in_(lives), patients.created_at < now - AFTER_COURSE)
    joined = select(invites.patient_id).where(
        or_(invites.used_at.is_not(None), invites.expires_at >= now - NEVER_JOINED)
    )
    never = ~patients.id.in_(joined)
    held = select(ERASURES.c.patient_id)
    query = select(patients.id).where(or_(over, never), ~patients.id.in_(held)).order_by(patients.id)
    return list(session.connection().execute(query).scalars())


def due_minimums(session: Session, now: datetime) -> list[int]:
    """Return the erased patients of whom a minimum has been kept as long as the law asks."""
    clinics = _TABLES["clinics"].c
    joined = ERASURES.join(_TABLES["clinics"], clinics.id == ERASURES.c.clinic_id)
    query = select(ERASURES.c.patient_id, ERASURES.c.at, clinics.record_years).select_from(joined)
    rows = session.connection().execute(query.where(ERASURES.c.is_held))
    return [row.patient_id for row in rows if row.at < now - days(365 * row.record_years)]


def count_overdue(session: Session, now: datetime) -> dict[str, int]:
    """Return how many rows have been kept too long, by table; nothing where all is well."""
    found = {"patients": len(due_patients(session, now)), "minimums": len(due_minimums(session, now))}
    for name, condition in overdue_rows(now).items():
        query = select(func.count()).select_from(_TABLES[name]).where(condition)
        found[name] = session.connection().execute(query).scalar_one()
    old = select(func.count()).select_from(EVENTS.join(LINKS, LINKS.c.event_id == EVENTS.c.id))
    found["events"] = session.connection().execute(old.where(EVENTS.c.at < now - TRAIL)).scalar_one()
    return {name: count for name, count in found.items() if count}
