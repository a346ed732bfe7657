"""Telegram's flood limits, off until somebody switches them on."""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

from sandbox.clock import Clock
from sandbox.errors import too_many_requests

PER_BOT = (30, 1.0)
PER_GROUP = (20, 60.0)
PER_CHAT = 1.0
BURST = 5


@dataclass
class Limits:
    """Counts sends and edits. With `wall` it counts in real seconds, else in seconds of the sandbox clock."""

    clock: Clock
    on: bool = False
    wall: bool = False
    bot: deque[float] = field(default_factory=deque)
    groups: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    chats: dict[int, tuple[float, float]] = field(default_factory=dict)

    def now(self) -> float:
        return time.monotonic() if self.wall else self.clock.now.timestamp()

    def switch(self, on: bool, wall: bool) -> None:
        self.on, self.wall = on, wall
        self.bot.clear()
        self.groups.clear()
        self.chats.clear()

    def check(self, chat_id: int, *, private: bool) -> None:
        """Count one send, or refuse it with the seconds to wait; a refused one is not counted."""
        if not self.on:
            return
        now = self.now()
        wait = max(
            _window(self.bot, now, PER_BOT),
            self._bucket(chat_id, now) if private else _window(self.groups[chat_id], now, PER_GROUP),
        )
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        self.bot.append(now)
        if private:
            level, _ = self._level(chat_id, now)
            self.chats[chat_id] = (level - 1, now)
        else:
            self.groups[chat_id].append(now)

    def _level(self, chat_id: int, now: float) -> tuple[float, float]:
        level, since = self.chats.get(chat_id, (float(BURST), now))
        return min(BURST, level + (now - since) / PER_CHAT), now

    def _bucket(self, chat_id: int, now: float) -> float:
        level, _ = self._level(chat_id, now)
        return 0.0 if level >= 1 else (1 - level) * PER_CHAT


def _window(sent: deque[float], now: float, limit: tuple[int, float]) -> float:
    most, seconds = limit
    while sent and sent[0] <= now - seconds:
        sent.popleft()
    return sent[0] + seconds - now if len(sent) >= most else 0.0
