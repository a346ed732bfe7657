"""Learn from 429: Telegram's own limit may be lower than we were told, and it says so only by refusing.

A 429 does not say whether one chat has had enough or the whole bot. One chat's is its own business. When one chat after
another is refused, and nothing is taken in between, it is the bot's: then it rests, goes on more slowly, and takes its
pace up again step by step.
"""

from __future__ import annotations

from collections import deque

import structlog

log = structlog.get_logger()

CHATS_IN_A_ROW = 3
"""Chats refused with nothing taken in between: of chats with limits of their own, that many hardly meet."""
LONGEST_HOLD = 30.0
"""Seconds. We may be wrong about whose limit it is, so that one letter asks again before a longer wait is over."""
KEEPS = 0.9
"""Share of what Telegram took in the second before it refused: the pace with which we go on."""
STEP, EVERY = 0.05, 30.0
"""Share of the pace we were told that is added again, each so many seconds without a further refusal."""


class FloodSense:
    """The pace that Telegram lets one bot have, as far as we know. `now` is the loop's own clock, in seconds."""

    def __init__(self, told: float) -> None:
        self._told = told
        self._lowered, self._lowered_at = told, 0.0
        self._is_lowered = False
        self._refused: set[int] = set()
        self._first_at = 0.0
        self._closed_until = 0.0
        self._taken: deque[float] = deque(maxlen=max(1, int(2 * told)))

    def rate(self, now: float) -> float:
        """Return how many letters a second may leave."""
        steps = int((now - self._lowered_at) / EVERY)
        return min(self._told, self._lowered + steps * STEP * self._told)

    def hold(self, now: float) -> float:
        """Return for how many seconds more nothing but a page may leave, and that alone."""
        return max(0.0, self._closed_until - now)

    @property
    def is_in_doubt(self) -> bool:
        """Return whether nothing has been taken since the bot was refused: then one letter at a time asks."""
        return len(self._refused) >= CHATS_IN_A_ROW

    def taken(self, left_at: float, now: float) -> None:
        """Telegram took a letter that left at `left_at`; one from before the first refusal says nothing of now."""
        self._taken.append(now)
        if left_at >= self._first_at:
            self._refused.clear()
            self._closed_until, self._is_lowered = 0.0, False

    def refused(self, now: float, chat: int, wait: float) -> None:
        """Telegram answered a letter to `chat` with a wait."""
        if not self._refused:
            self._first_at = now
        self._refused.add(chat)
        if not self.is_in_doubt:
            return
        self._closed_until = max(self._closed_until, now + min(wait, LONGEST_HOLD))
        if not self._is_lowered:  # once for each time that it was too much, however many were on their way
            self._is_lowered = True
            lately = sum(at > self._first_at - 1 for at in self._taken)
            rate = self.rate(now)
            self._lowered, self._lowered_at = max(1.0, rate / 2, min(rate, KEEPS * lately)), now
            log.warning("pace-lowered", per_second=round(self._lowered, 1), rests=round(self.hold(now)))
