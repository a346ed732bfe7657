"""What waits for the bot: the queue behind getUpdates and the webhook.

An update is forgotten only when a later offset (or a 2xx of the webhook) confirms it, or after a day.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sandbox.clock import Clock
from sandbox.errors import conflict

KEPT = timedelta(hours=24)
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass
class Waiting:
    """An update in the queue. A repeat goes as soon as it was delivered once: its id is already confirmed."""

    id: int
    body: object
    queued_at: datetime
    repeat: bool = False
    delivered: bool = False


class Updates:
    def __init__(self, clock: Clock, first_id: int = 700_000_001) -> None:
        self.clock = clock
        self.next_id = first_id
        self.queue: deque[Waiting] = deque()
        self.past: deque[Waiting] = deque(maxlen=1000)
        self.allowed: list[str] = []
        self.quieted = asyncio.Event()
        self.quieted.set()
        self._poll: asyncio.Future[str] | None = None
        self.on_new: list[Callable[[], None]] = []

    @property
    def is_polled(self) -> bool:
        return self._poll is not None

    # Coming in

    def is_wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ON_REQUEST

    def add(self, kind: str, body: dict[str, Any]) -> int | None:
        """Queue an update of this kind; return its id, or None when the bot did not ask for the kind."""
        if not self.is_wanted(kind):
            return None
        update_id = self.next_id
        self._put(Waiting(update_id, {"update_id": update_id, kind: body}, self.clock.now))
        return update_id

    def add_raw(self, body: object, *, untouched: bool = False) -> int:
        """Queue any JSON as it is; unless `untouched`, an object without update_id is given one."""
        update_id = self.next_id
        if isinstance(body, dict):
            if isinstance(body.get("update_id"), int):
                update_id = body["update_id"]
            elif not untouched:
                body = {"update_id": update_id} | body
        self._put(Waiting(update_id, body, self.clock.now))
        return update_id

    def repeat(self, batch: list[Waiting]) -> None:
        for entry in batch:
            self._put(Waiting(entry.id, entry.body, self.clock.now, repeat=True))

    def _put(self, entry: Waiting) -> None:
        self.next_id = max(self.next_id, entry.id + 1)
        self.queue.append(entry)
        if not entry.repeat:
            self.past.append(entry)
        self.quieted.clear()
        self._wake("new")
        for tell in self.on_new:
            tell()

    # Going out

    def pending(self) -> int:
        self.drop_stale()
        return len(self.queue)

    def drop_stale(self) -> None:
        oldest = self.clock.now - KEPT
        self._keep(lambda entry: entry.queued_at >= oldest)

    def _keep(self, wanted: Callable[[Waiting], bool]) -> None:
        if self.queue and not all(wanted(entry) for entry in self.queue):
            self.queue = deque(entry for entry in self.queue if wanted(entry))
        if not self.queue:
            self.quieted.set()

    def confirm(self, offset: int) -> None:
        """Forget what an offset confirms; a negative one keeps that many from the end."""
        if offset < 0:
            kept = set(map(id, list(self.queue)[offset:]))
            self._keep(lambda entry: id(entry) in kept)
        elif offset > 0:
            self._keep(lambda entry: not entry.delivered if entry.repeat else entry.id >= offset)

    def confirm_one(self, entry: Waiting) -> None:
        self._keep(lambda other: other is not entry)

    def clear(self) -> None:
        self._keep(lambda _: False)

    def take(self, limit: int) -> list[object]:
        batch = list(self.queue)[:limit]
        for entry in batch:
            entry.delivered = True
        return [entry.body for entry in batch]

    async def poll(self, *, offset: int, limit: int, seconds: float) -> list[object]:
        """Answer one getUpdates call: at most one is open; a newer one ends it with 409."""
        self._wake("terminated by other getUpdates request; make sure that only one bot instance is running")
        self.drop_stale()
        self.confirm(offset)
        if self.queue or seconds <= 0:
            return self.take(limit)
        mine: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._poll = mine
        try:
            reason = await asyncio.wait_for(mine, seconds)
        except TimeoutError:
            return []
        finally:
            if self._poll is mine:
                self._poll = None
        if reason not in {"new", "closing"}:
            raise conflict(reason)
        return self.take(limit)

    def _wake(self, reason: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(reason)
        self._poll = None

    def end_poll(self, reason: str = "closing") -> None:
        self._wake(reason)
