"""Whether the queues move: what lies longer than it should, for the heartbeat."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.marks import find_marked_at
from storage.queues import InboxRow, Lane, OutboxRow, OutboxState, is_owed, is_waiting

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
