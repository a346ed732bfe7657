"""One unit of work: what an action is handed, and what must be true when it ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from storage.columns import Base
from storage.queues import ChatInHand, Event, InboxRow, Lease, Mark, OutboxRow

_MACHINERY = (InboxRow, OutboxRow, Mark, Event, Lease, ChatInHand)
# On the table and not on the class: the ORM would compile it anew each time.
_EVENTS = insert(Base.metadata.tables[Event.__tablename__])


class UnnamedWrite(RuntimeError):
    """A unit of work changed a record without naming the event. A bug, and loud."""


class Work:
    """What one action works with: its session, the time it happens at, and who does it.

    `now` is read once, so that everything in the unit happens at one instant. `owes_letters` says that the
    outbox was written and the sender should be woken once the unit is committed.
    """

    def __init__(self, session: Session, now: datetime, actor: str = "clock") -> None:
        self.session = session
        self.now = now
        self.actor = actor
        self.owes_letters = False
        self.cause: str | None = None
        self._letters = 0
        self._events: list[dict[str, Any]] = []

    def record(self, name: str, *, patient_id: int | None = None, clinic_id: int | None = None, **facts: Any) -> None:
        """Write the event `name` into the record, with ids and plain facts, never names or free text."""
        self._events.append(
            {
                "at": self.now,
                "actor": self.actor,
                "name": name,
                "patient_id": patient_id,
                "clinic_id": clinic_id,
                "facts": facts,
            }
        )

    def next_letter_key(self) -> str | None:
        """Return the dedupe key of the next letter of this unit, or None when the unit has no cause.

        The same update handled twice owes the same letters, so its letters carry its name.
        """
        if self.cause is None:
            return None
        self._letters += 1
        return f"{self.cause}/{self._letters}"

    def finish(self) -> None:
        """Write what is pending, events last; raise UnnamedWrite if records changed and no event says why."""
        self.session.flush()
        touched: set[str] = self.session.info.get("touched", set())
        if self._events:
            self.session.connection().execute(_EVENTS, self._events)
        elif touched:
            raise UnnamedWrite(f"{', '.join(sorted(touched))} changed without an event")


@event.listens_for(Session, "before_flush")
def _notice_writes(session: Session, _context: Any, _instances: Any) -> None:
    rows = [row for row in (*session.new, *session.dirty) if session.is_modified(row)] + [*session.deleted]
    kinds = {type(row).__name__ for row in rows if isinstance(row, Base) and not isinstance(row, _MACHINERY)}
    session.info.setdefault("touched", set()).update(kinds)
