"""Real actions, rounds, inbox and outbox over a real SQLite file; people and Telegram are played by the caller.

What is real: routes of buttons, permissions, every action, triage, the ledger, the outbox and its claims, rendering.
What is left out for speed: HTTP, the library's parsing, threads other than the store's own writer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

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
from storage.outbox import Claimed, claim_due, drop_expired, is_any_due, mark_sent, put_back
from storage.queues import INBOX
from storage.reading import Session
from storage.store import CHECKPOINT_EVERY, Store, engine_of
from storage.work import Work

T = TypeVar("T")


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
        self.connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            result, _ = self.store.begin(self.connection, unit, shares_transaction=True)
        except BaseException:  # whatever it was, it is the caller's; nothing of the unit may stay
            self.connection.exec_driver_sql("ROLLBACK")
            raise
        self.connection.exec_driver_sql("COMMIT")
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
        word, *args = data.split(":")
        route = PRESSES.get(word)
        try:
            values = route.values(args) if route is not None else {}
        except Refusal:
            route = None
        action = route.action if route is not None else reject_press
        return self._act(who, chat or who, action, values if route else {}, message=message)

    def say(self, who: int, text: str) -> str | None:
        """Write something."""
        return self._act(who, who, hear_text, {"text": text}, message=None)

    def again(self) -> None:
        """Let the newest update come once more: nothing may follow from it."""
        assert not self.write(lambda work: add_updates(work, [Arrival(self._updates, 1, "{}")]))

    def _act(self, who: int, chat: int, action: Action, values: dict[str, Any], *, message: int | None) -> str | None:
        self._updates += 1
        number = self._updates
        call = Call(
            action=action,
            sender=Sender(who, chat, chat > 0, "en"),
            row_id=self.write(lambda work: _stored(work, number, chat)),
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

    def rounds(self) -> int:
        """Visit everybody who is due, until nobody is."""
        visited = 0
        while due := self.read(lambda session: find_due(session, now=self.clock.now)):
            asked = [one for one in due if one.visit is Visit.PROMPT]  # many in one unit, as the ticks do
            if len(asked) > 1:
                self.write(lambda work, asked=asked: ask_many(work, self.content, asked))  # type: ignore[misc]
            for one in due if len(asked) < 2 else [one for one in due if one.visit is not Visit.PROMPT]:
                self.write(lambda work, one=one: make_visit(work, self.content, one))  # type: ignore[misc]
            visited += len(due)
            self.note("rounds", [(one.visit.value, one.id) for one in due])
            if visited > 10_000:
                raise AssertionError(f"never comes to rest: {due[:3]}")
        return visited

    def deliver(self) -> int:
        """Hand over what is owed now; return how many letters were tried."""
        tried = 0
        while self.read(lambda session: is_any_due(session, now=self.clock.now, resting=())):
            claimed = self.write(lambda work: claim_due(work, resting=(), most=200))
            if not claimed:
                self.write(drop_expired)
                break
            for letter in claimed:
                self.write(self._settled(letter))
            tried += len(claimed)
            self.note("letters", [letter.id for letter in claimed])
        return tried

    def _settled(self, letter: Claimed) -> Callable[[Work], None]:
        outcome = self.telegram(letter)
        if outcome.is_accepted:
            if letter.kind not in ("leave", "delete"):
                render(self.content, letter.body)
            self._messages += 1
            self.on_message(letter)
        number, at = self._messages, self.clock.now + max(outcome.wait, timedelta(seconds=1))
        if outcome.is_accepted and outcome.is_heard:
            return lambda work: mark_sent(work, letter.id, number)
        return lambda work: put_back(work, letter.id, send_at=at, reason="faulty", is_unknown=outcome.is_accepted)

    def settle(self) -> datetime | None:
        """Do all that is due now; return when the next thing is."""
        while True:
            ahead = self.read(lambda session: look_ahead(session, now=self.clock.now))
            if not ahead.is_visit_due and not ahead.is_letter_due:
                return ahead.next_at
            if not (ahead.is_visit_due and self.rounds()) + self.deliver():
                return ahead.next_at

    def until(self, to: datetime) -> None:
        """Go through everything due on the way to `to`."""
        while (at := self.settle()) is not None and at <= to:
            self.clock.now = max(at, self.clock.now)
        self.clock.now = max(to, self.clock.now)
        self.settle()


def _stored(work: Work, number: int, chat: int) -> int:
    add_updates(work, [Arrival(number, chat, json.dumps({"update_id": number}))])
    return int(work.session.connection().execute(INBOX.select().where(INBOX.c.update_id == number)).one().id)
