"""Telegram takes about twenty messages a minute in one group. We stop a little before, instead of being stopped."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

WINDOW = timedelta(seconds=60)


class Pace:
    """Counts what went to each group in the last minute; private chats are not counted. `most` 0 is no limit."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._sent: dict[int, deque[datetime]] = {}

    def rest_after(self, chat: int, now: datetime) -> datetime | None:
        """Count one message to `chat`; return until when it must rest now, or None when it may go on."""
        if not self._most or chat > 0:
            return None
        sent = self._sent.setdefault(chat, deque())
        while sent and sent[0] <= now - WINDOW:
            sent.popleft()
        sent.append(now)
        return sent[-self._most] + WINDOW if len(sent) >= self._most else None
