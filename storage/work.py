"""One unit of work: what an action is handed, and what must be true when it ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, NestedTransaction, event
from sqlalchemy.orm import Session

from storage.chain import EventLink, sign
from storage.columns import Base
from storage.key_table import DataKey
from storage.prepared import PreparedRows
from storage.queues import ChatInHand, Event, InboxRow, Lease, Mark, OutboxRow

_MACHINERY = (InboxRow, OutboxRow, Mark, Event, Lease, ChatInHand, DataKey, EventLink)
_EVENTS = PreparedRows(Base.metadata.tables[Event.__tablename__])


class UnnamedWrite(RuntimeError):
    """A unit of work changed a record without naming the event. A bug, and loud."""


class Work:
    """What one action works with: its session, the time it happens at, and who does it.

    `now` is read once, so that everything in the unit happens at one instant. `owes_letters` says that the
    outbox was written and the sender should be woken once the unit is committed.
    """

    def __init__(self, connection: Connection, now: datetime, *, shares_transaction: bool = False) -> None:
        """With `shares_transaction`, other units are in it too: this one gets a savepoint to fall back to."""
        self._connection = connection
        self._shares = shares_transaction
        self._savepoint: NestedTransaction | None = None
        self._session: Session | None = None
        self.now = now
        self.actor = "clock"
        self.owes_letters = False
        self.cause: str | None = None
        self._letters = 0
        self._events: list[dict[str, Any]] = []

    @property
    def session(self) -> Session:
        """Return the session of this unit, made when it is first asked for: the hot paths do without."""
        if self._session is None:
            mode: Literal["create_savepoint", "rollback_only"] = "rollback_only"
            if self._shares and self._savepoint is None:
                mode = "create_savepoint"
            self._session = Session(self._connection, join_transaction_mode=mode, expire_on_commit=False)
        return self._session

    @property
    def connection(self) -> Connection:
        """Return the connection of this unit, for statements on tables."""
        if self._session is not None:
            return self._session.connection()
        if self._shares and self._savepoint is None:
            self._savepoint = self._connection.begin_nested()
        return self._connection

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

    def is_about(self, cause: str) -> None:
        """Say what this unit, or what follows in it, is done for: letters that it owes carry the name."""
        self.cause, self._letters = cause, 0

    def next_letter_key(self) -> str | None:
        """Return the dedupe key of the next letter of this unit, or None when the unit has no cause.

        The same update handled twice owes the same letters, so its letters carry its name.
        """
        if self.cause is None:
            return None
        self._letters += 1
        return f"{self.cause}/{self._letters}"

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Let what is done inside be as if it had never begun when it raises, events and letters included."""
        events, letters, owes = len(self._events), self._letters, self.owes_letters
        try:
            with self.session.begin_nested():
                yield
        except BaseException:  # whatever it was, it goes on up
            del self._events[events:]
            self._letters, self.owes_letters = letters, owes
            raise

    def finish(self) -> None:
        """Write what is pending, events last; raise UnnamedWrite if records changed and no event says why."""
        touched: set[str] = set()
        if self._session is not None:
            self._session.flush()
            touched = self._session.info.get("touched", set())
        if self._events:
            sign(self.connection, self._events)
            _EVENTS.put(self.connection, self._events)
        elif touched:
            raise UnnamedWrite(f"{', '.join(sorted(touched))} changed without an event")
        if self._session is not None:
            self._session.commit()
        if self._savepoint is not None:
            self._savepoint.commit()

    def close(self) -> None:
        """Let go of the session; what was not finished is undone if others share the transaction."""
        if self._session is not None:
            self._session.close()
        if self._savepoint is not None and self._savepoint.is_active:
            self._savepoint.rollback()


@event.listens_for(Session, "before_flush")
def _notice_writes(session: Session, _context: Any, _instances: Any) -> None:
    note_touched(session, [row for row in (*session.new, *session.dirty) if session.is_modified(row)])
    note_touched(session, session.deleted)


def note_touched(session: Session, rows: Iterable[object]) -> None:
    """Note that these were written: a unit that has changed a record has to say what happened."""
    kinds = {type(row).__name__ for row in rows if isinstance(row, Base) and not isinstance(row, _MACHINERY)}
    session.info.setdefault("touched", set()).update(kinds)
