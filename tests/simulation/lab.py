"""Real actions, rounds, inbox and outbox over a real SQLite file; people and Telegram are played by the caller.

What is real: routes of buttons, permissions, every action, triage, the ledger, the outbox and its claims, rendering.
What is left out for speed: HTTP, the library's parsing, threads. What happens at the same time shares a unit where the
real edges let it: updates that came together are stored together, letters that went together are noted together.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select

from bot.handlers.install import PRESSES
from bot.rendering import render
from care.refusals import Refusal
from clinic.chats import reject_press
from clinic.hear_text import hear_text
from clinic.people import Sender
from clinic.rounds import ask_many, make_visit
from clinic.serve import Action, Call, refuse, serve
from content.loader import Content
from storage.due import Visit, find_due, look_ahead
from storage.inbox import Arrival, add_updates
from storage.outbox import drop_expired
from storage.prepared import PreparedList
from storage.queues import INBOX
from storage.reading import Session
from storage.sending import Claimed, Sent, claim_due, mark_all_sent, put_back
from storage.store import CHECKPOINT_EVERY, Store, engine_of
from storage.work import Work
from tests.simulation.invariants import Watch

T = TypeVar("T")
RESTLESS = 1_000
"""Looks at one instant after which a house that still finds something to do is taken to turn in a circle."""


class Moment:
    """A clock that goes where it is told, backwards too."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Outcome:
    """What Telegram does with a letter: takes it (and says so, or not), or not, and then when to try again."""

    is_accepted: bool = True
    is_heard: bool = True
    wait: timedelta = timedelta(0)


@dataclass
class Lab:
    """A house in one process. `telegram` decides what becomes of a letter; `on_message` hears of what arrived."""

    url: str
    content: Content
    clock: Moment
    telegram: Callable[[Claimed], Outcome] = field(default=lambda letter: Outcome())
    on_message: Callable[[Claimed], None] = field(default=lambda letter: None)

    def __post_init__(self) -> None:
        self.store = Store(self.url, self.clock)
        self.store.get_keys()
        self.connection = engine_of(self.store).connect()
        self.connection.begin()  # for its own books: what begins and ends in the file is told to the driver
        driver = self.connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        self._driver = driver
        self.watch = Watch(driver)
        self._updates = 1_000
        self._messages = 0
        self._commits = 0
        self._trail = hashlib.sha256()
        self.steps = 0
        self.refusals = 0

    def close(self) -> None:
        """End the threads."""
        self.connection.close()
        self.store.close()

    def write(self, unit: Callable[[Work], T]) -> T:
        """Run a unit of work on this thread: the same code as the store's, without a hop that costs more than it."""
        self._driver.execute("BEGIN IMMEDIATE")
        try:
            result, _ = self.store.begin(self.connection, unit, shares_transaction=False)  # as of one who waits alone
        except BaseException:  # whatever it was, it is the caller's; nothing of the unit may stay
            self.connection.rollback()
            self.connection.begin()
            raise
        self._driver.execute("COMMIT")
        self._commits += 1
        if self._commits % CHECKPOINT_EVERY == 0:  # as the store's writer does: each page is looked for in all of it
            self.connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
        return result

    def read(self, query: Callable[[Session], T]) -> T:
        """Run a query."""
        with Session(self.connection) as session:
            return query(session)

    def note(self, *what: object) -> None:
        """Add something that happened to the trail: the same seed must leave the same one."""
        self.steps += 1
        self._trail.update(repr((self.clock.now.isoformat(), *what)).encode())

    @property
    def trail(self) -> str:
        """Return the hash of all that happened so far."""
        return self._trail.hexdigest()

    # What people do

    def press(self, who: int, data: str, *, chat: int | None = None, message: int = 1) -> str | None:
        """Press a button; return why it was refused, if it was."""
        return self.press_all([(who, data, chat or who)], message=message)[0]

    def press_all(self, presses: Sequence[tuple[int, str, int]], *, message: int = 1) -> list[str | None]:
        """Let some press at the same time (who, what, in which chat); return why each was refused, if it was."""
        rows = self._stored([chat for _, _, chat in presses])
        told = []
        for (who, data, chat), arrived in zip(presses, rows, strict=True):
            word, *args = data.split(":")
            route = PRESSES.get(word)
            try:
                values = route.values(args) if route is not None else {}
            except Refusal:
                route = None
            action = route.action if route is not None else reject_press
            told.append(self._act(who, chat, action, values if route else {}, message=message, arrived=arrived))
        return told

    def say(self, who: int, text: str) -> str | None:
        """Write something."""
        return self.act(who, hear_text, {"text": text})

    def act(self, who: int, action: Action, values: dict[str, Any]) -> str | None:
        """Let something else than a press come from somebody's own chat; return why it was refused, if it was."""
        return self._act(who, who, action, values, message=None, arrived=self._stored([who])[0])

    def again(self) -> None:
        """Let the newest update come once more: nothing may follow from it."""
        assert not self.write(lambda work: add_updates(work, [Arrival(self._updates, 1, "{}")]))

    def _stored(self, chats: Sequence[int]) -> list[tuple[int, int]]:
        """Take in an update from each chat, in one unit as they come; return the number and the row of each."""
        first, self._updates = self._updates + 1, self._updates + len(chats)
        arrivals = [
            Arrival(number, chat, json.dumps({"update_id": number})) for number, chat in enumerate(chats, start=first)
        ]
        rows = self.write(lambda work: _taken_in(work, arrivals))
        return list(zip(range(first, self._updates + 1), rows, strict=True))

    def _act(
        self,
        who: int,
        chat: int,
        action: Action,
        values: dict[str, Any],
        *,
        message: int | None,
        arrived: tuple[int, int],
    ) -> str | None:
        number, row = arrived
        call = Call(
            action=action,
            sender=Sender(who, chat, chat > 0, "en"),
            row_id=row,
            update_id=number,
            message_id=message,
            is_press=message is not None,
            values=values,
        )
        why = None
        try:
            self.write(lambda work: serve(work, self.content, call))
        except Refusal as refusal:
            no, why = refusal, refusal.key
            self.refusals += 1
            self.write(lambda work: refuse(work, self.content, call, no))
        self.note("did", who, action.__name__, json.dumps(values, default=str), why)
        return why

    # What the clock does

    def rounds(self) -> None:
        """Visit everybody who is due."""
        due = self.read(lambda session: find_due(session, now=self.clock.now))
        asked = [one for one in due if one.visit is Visit.PROMPT]  # many in one unit, as the ticks do
        if len(asked) > 1:
            self.write(lambda work: ask_many(work, self.content, asked))
        for one in due if len(asked) < 2 else [one for one in due if one.visit is not Visit.PROMPT]:
            self.write(lambda work, one=one: make_visit(work, self.content, one))  # type: ignore[misc]
        self.note("rounds", [(one.visit.value, one.id) for one in due])

    def deliver(self) -> None:
        """Hand over what is owed now."""
        claimed = self.write(lambda work: claim_due(work, resting=(), most=200))
        if not claimed:
            self.write(drop_expired)
        gone = [sent for letter in claimed if (sent := self._handed_over(letter)) is not None]
        if gone:
            self.write(lambda work: mark_all_sent(work, gone))
        self.note("letters", [letter.id for letter in claimed])

    def _handed_over(self, letter: Claimed) -> Sent | None:
        """Hand over one letter; return what to note, or put it back if it is not known to have gone."""
        outcome = self.telegram(letter)
        if outcome.is_accepted:
            if letter.kind not in ("leave", "delete"):
                render(self.content, letter.body)
            self._messages += 1
            self.on_message(letter)
        if outcome.is_accepted and outcome.is_heard:
            return Sent(letter.id, self._messages)
        at, unknown = self.clock.now + max(outcome.wait, timedelta(seconds=1)), outcome.is_accepted
        self.write(lambda work: put_back(work, letter.id, send_at=at, reason="faulty", is_unknown=unknown))
        return None

    def settle(self) -> datetime | None:
        """Do all that is due now; return when the next thing is."""
        for _ in range(RESTLESS):
            ahead = self.read(lambda session: look_ahead(session, now=self.clock.now))
            if not ahead.is_visit_due and not ahead.is_letter_due:
                return ahead.next_at
            if ahead.is_visit_due:
                self.rounds()
            else:
                self.deliver()
        raise AssertionError(f"never comes to rest: {ahead}")

    def until(self, to: datetime) -> None:
        """Go through everything due on the way to `to`."""
        while (at := self.settle()) is not None and at <= to:
            self.clock.now = max(at, self.clock.now)
        self.clock.now = max(to, self.clock.now)
        self.settle()


_ROWS = PreparedList(
    lambda numbers: select(INBOX.c.id).where(INBOX.c.update_id.in_(numbers)).order_by(INBOX.c.update_id),
    INBOX.c.update_id.type,
)


def _taken_in(work: Work, arrivals: Sequence[Arrival]) -> list[int]:
    add_updates(work, arrivals)
    numbers = [one.update_id for one in arrivals]
    rows, asked = _ROWS.about(numbers)
    return [int(row.id) for row in rows.rows(work.connection, asked)]
