"""Telegram takes about thirty messages a second from one bot, and about twenty a minute in one group.

We stop a little before, instead of being stopped. The last few places of a group's minute are kept for pages: what is
less urgent rests earlier. In a bot's second, a page takes the next place that there is.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiolimiter import AsyncLimiter

from bot.flood import FloodSense

WINDOW = timedelta(seconds=60)
KEPT_FOR_PAGES = 4


@dataclass(frozen=True)
class Rest:
    """Until when a group rests; `pages_too` says that nothing at all may go, else only pages may."""

    until: datetime
    pages_too: bool


class Pace:
    """Counts what went to each group in the last minute; private chats are not counted. `most` 0 is no limit."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._sent: dict[int, deque[datetime]] = {}

    def rest_after(self, chat: int, now: datetime) -> Rest | None:
        """Count one message to `chat`; return how it must rest now, or None when it may go on."""
        if not self._most or chat > 0:
            return None
        sent = self._sent.setdefault(chat, deque())
        while sent and sent[0] <= now - WINDOW:
            sent.popleft()
        sent.append(now)
        few = max(1, self._most - KEPT_FOR_PAGES)
        if len(sent) < few:
            return None
        if len(sent) < self._most:
            return Rest(sent[-few] + WINDOW, pages_too=False)
        return Rest(sent[-self._most] + WINDOW, pages_too=True)


SECOND = 1.002
"""Seconds until a place is free again: the loop's clock counts in thousandths, so an answer may look one too early."""
CLUMP = 0.1
"""Seconds whose share may leave together: less evenly, and a page would wait behind them."""


class BotPace:
    """Counts what one bot sends in a second. `per_second` 0 is no limit. `now` is the loop's own clock, in seconds.

    A place is free again a second after Telegram's answer: its own count, whose clock we cannot see, has then let go of
    it too. All but pages also leave evenly, so that a place comes free all the time and a page has not long to wait.
    """

    def __init__(self, per_second: float) -> None:
        self._most = self._rate = per_second
        self._flood = FloodSense(per_second)
        self._even = _evenly(per_second) if per_second else None
        self._on_way = 0
        self._answered: deque[float] = deque()

    def room(self, now: float, most: int) -> tuple[int, bool]:
        """Return how many letters, up to `most`, may leave now, and whether they may only be pages."""
        if self._even is None:
            return most, False
        if self._flood.is_in_doubt:  # one at a time asks whether Telegram takes letters again; no page waits for it
            return 1, self._on_way > 0 or self._flood.hold(now) > 0
        self._follow(self._flood.rate(now))
        while self._answered and self._answered[0] <= now - SECOND:
            self._answered.popleft()
        free = min(most, int(max(1.0, self._rate)) - self._on_way - len(self._answered))
        even = next((number for number in range(free, 0, -1) if self._even.has_capacity(number)), 0)
        return (even, False) if even else (max(0, free), True)

    def _follow(self, rate: float) -> None:
        if rate != self._rate:
            self._rate, self._even = rate, _evenly(rate)

    def wait(self, now: float) -> float:
        """Return the seconds after which there may be room again."""
        if not self._most:
            return 0.0
        next_place = self._answered[0] + SECOND - now if self._answered else 1 / self._rate
        return max(0.001, min(1 / self._rate, next_place), self._flood.hold(now))

    async def leave(self, letters: int, pages: int) -> None:
        """Count letters that leave now, `pages` of them pages; `room` said that they may."""
        if self._even is None:
            return
        self._on_way += letters
        if letters > pages and not self._flood.is_in_doubt:
            await self._even.acquire(min(letters - pages, self._even.max_rate))

    def answered(self, now: float, letters: int = 1) -> None:
        """Count letters that Telegram has answered, or that did not leave after all."""
        if self._even is not None:
            self._on_way -= letters
            self._answered.extend([now] * letters)

    def taken(self, left_at: float, now: float) -> None:
        """Learn that Telegram took a letter."""
        if self._even is not None:
            self._flood.taken(left_at, now)

    def refused(self, now: float, chat: int, wait: float) -> None:
        """Learn that Telegram refused one with a wait. What follows for its chat is for the sender to do."""
        if self._even is not None:
            self._flood.refused(now, chat, wait)


def _evenly(rate: float) -> AsyncLimiter:
    share = max(1.0, rate * CLUMP)
    return AsyncLimiter(share, share / rate)
