"""What a clinic may choose about its alerts: how long each step waits, when the digest comes, when a storm begins.

The defaults are the table of `reliability.md` 6.2. A shorter wait is stricter; a longer one needs an admin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from care.triage import Level


@dataclass(frozen=True)
class Choice:
    """One thing a clinic may set, as a whole number in [`low`, `high`]; a wait is in minutes.

    `is_wait` says that more is looser; the others are matters of taste, and an admin's.
    """

    default: int
    low: int
    high: int
    is_wait: bool = True


CHOICES: Mapping[str, Choice] = {
    "page-first": Choice(10, 2, 30),
    "page-second": Choice(10, 2, 30),
    "page-third": Choice(10, 2, 30),
    "page-every": Choice(30, 5, 60),
    "page-outcome": Choice(60, 15, 120),
    "page-retry": Choice(30, 10, 60),
    "task-first": Choice(120, 10, 480),
    "task-second": Choice(240, 10, 480),
    "task-third": Choice(240, 10, 480),
    "task-every": Choice(240, 30, 480),
    "task-outcome": Choice(24 * 60, 60, 48 * 60),
    "task-retry": Choice(240, 30, 24 * 60),
    "routine-outcome": Choice(72 * 60, 24 * 60, 168 * 60),
    "routine-retry": Choice(24 * 60, 60, 72 * 60),
    "digest-minute": Choice(8 * 60, 0, 24 * 60 - 1, is_wait=False),
    "storm-after": Choice(6, 3, 15, is_wait=False),
}
"""`digest-minute` counts from midnight of the clinic's wall; `storm-after` is how many cards one chat gets in ten
minutes before further cases share one message.
"""

MOST_SNOOZE: Mapping[Level, timedelta] = {
    Level.EMERGENCY: timedelta(minutes=15),
    Level.URGENT: timedelta(hours=8),
    Level.ROUTINE: timedelta(hours=8),
}
"""A snooze always ends, and no clinic can choose otherwise."""

STORM_WINDOW = timedelta(minutes=10)


@dataclass(frozen=True)
class Ladder:
    """How one level climbs: the waits before each further step (the last one goes on for ever), when a case that is
    owned comes back without an outcome, and when after an attempt that reached nobody.
    """

    waits: tuple[timedelta, ...]
    reopens_after: timedelta
    retry_after: timedelta


@dataclass(frozen=True)
class Policy:
    """Everything a clinic has chosen, with the defaults for what it has not."""

    chosen: Mapping[str, int]

    def value(self, name: str) -> int:
        """Return one choice; one that is out of its range (an older version's) counts as not made."""
        choice, made = CHOICES[name], self.chosen.get(name)
        return choice.default if made is None or not choice.low <= made <= choice.high else made

    def wait(self, name: str) -> timedelta:
        """Return one wait."""
        return timedelta(minutes=self.value(name))

    def ladder(self, level: Level) -> Ladder | None:
        """Return how `level` climbs; None where nobody is told. Routine climbs nothing: the digest repeats it."""
        if level is Level.SELF_CARE:
            return None
        if level is Level.ROUTINE:
            return Ladder((), self.wait("routine-outcome"), self.wait("routine-retry"))
        name = "page" if level is Level.EMERGENCY else "task"
        steps = tuple(self.wait(f"{name}-{step}") for step in ("first", "second", "third", "every"))
        return Ladder(steps, self.wait(f"{name}-outcome"), self.wait(f"{name}-retry"))

    @property
    def digest_at(self) -> time:
        """Return the hour of the daily digest on the clinic's wall."""
        hour, minute = divmod(self.value("digest-minute"), 60)
        return time(hour, minute)

    @property
    def storm_after(self) -> int:
        """Return how many cards one chat gets in ten minutes before further cases share one message."""
        return self.value("storm-after")


def policy_of(options: Mapping[str, Any] | None) -> Policy:
    """Return the policy in a clinic's options; anything in them that is no whole number is left out."""
    found = (options or {}).get("waits", {})
    return Policy({name: made for name, made in found.items() if name in CHOICES and isinstance(made, int)})


def is_looser(name: str, *, before: int, after: int) -> bool:
    """Return whether a change of this choice needs an admin: a longer wait does, and so do matters of taste."""
    return after > before if CHOICES[name].is_wait else after != before
