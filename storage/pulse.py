"""Whether the queues move: what lies longer than it should, for the heartbeat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from storage.bodies import Envelope, open_body
from storage.keyring import KeyGone, Tampered
from storage.marks import find_marked_at
from storage.queues import InboxRow, Lane, OutboxRow, OutboxState, is_owed, is_waiting
from storage.tables import Clinic

LAST_ROUND = "last-round"


def find_stuck(session: Session, *, now: datetime, after: timedelta) -> list[str]:
    """Return the names of the queues in which something urgent has lain for longer than `after`."""
    before = now - after
    urgent = (Lane.PAGE, Lane.REPLY)
    asked = {
        "inbox": select(InboxRow.id).where(is_waiting(), InboxRow.retry_at.is_(None), InboxRow.received_at < before),
        "outbox": select(OutboxRow.id).where(is_owed(), OutboxRow.send_at < before, OutboxRow.lane.in_(urgent)),
        "sending": select(OutboxRow.id).where(OutboxRow.state == OutboxState.SENDING, OutboxRow.claimed_at < before),
    }
    stuck = [name for name, query in asked.items() if session.scalar(query.limit(1)) is not None]
    round_at = find_marked_at(session, LAST_ROUND)
    return stuck if round_at is not None and round_at >= before else [*stuck, "ticks"]


MOST_LATE = 500


@dataclass(frozen=True)
class LatePage:
    """An alert to clinicians that Telegram has not taken: of which clinic, case and level, where its card says so."""

    row: int
    since: datetime
    clinic: str
    code: str
    level: str


def find_late_pages(session: Session, *, now: datetime, after: timedelta) -> list[LatePage]:
    """Return alerts owed to clinicians for longer than `after`, the oldest first and at most 500."""
    before = now - after
    owed = or_(is_owed(), OutboxRow.state == OutboxState.SENDING)
    # By when it was owed, and at once: what moves its `send_at` is a chat that rests, or a failure.
    query = select(OutboxRow).where(
        owed, OutboxRow.created_at < before, OutboxRow.lane == Lane.PAGE, OutboxRow.kind == "send",
        OutboxRow.clinic_id.is_not(None), OutboxRow.patient_id.is_(None),
    )  # fmt: skip
    return [_late(session, row) for row in session.scalars(query.order_by(OutboxRow.id).limit(MOST_LATE))]


def _late(session: Session, row: OutboxRow) -> LatePage:
    try:
        envelope = Envelope(row.chat_id, row.patient_id, row.clinic_id, row.created_at)
        known = open_body(session.connection(), envelope, row.body).get("plainly")
    except (KeyGone, Tampered):  # that it waits is known all the same
        known = None
    shown = known if isinstance(known, dict) else {}
    clinic = session.get(Clinic, row.clinic_id)
    name = clinic.name if clinic is not None else ""
    return LatePage(row.id, row.created_at, name, str(shown.get("code", "")), str(shown.get("level", "")))
