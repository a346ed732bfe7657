"""Telegram takes about twenty messages a minute in one group. We stop a little before, instead of being stopped.

The last few places of a minute are kept for pages: what is less urgent rests earlier.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

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
