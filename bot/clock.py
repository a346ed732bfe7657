"""What time it is. The only place of the house that asks the system; everybody else is handed a clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Something that knows what time it is."""

    def now(self) -> datetime:
        """Return the present instant, aware and UTC."""


def running() -> float:
    """Return seconds that nobody can set: they count from some beginning, and go on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the present instant, aware and UTC."""
        return datetime.now(UTC)


class MovableClock:
    """A clock that stands still until it is moved, for tests and the demo. It never goes backwards."""

    def __init__(self, start: datetime) -> None:
        self._now = _utc(start)

    def now(self) -> datetime:
        """Return the instant it was last moved to, aware and UTC."""
        return self._now

    def move_to(self, at: datetime) -> None:
        """Move the clock to `at`; raise ValueError for an instant before the one it shows."""
        later = _utc(at)
        if later < self._now:
            raise ValueError(f"a clock does not go back from {self._now.isoformat()} to {later.isoformat()}")
        self._now = later


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC)
