"""What is measured of a process from outside, and whether it grows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import median

MOST_GROWTH = 0.05
"""What memory may grow by over the measured time (reliability.md N6)."""
MOST_FITTED = 400
"""Samples that are fitted: of more, so many that stand for them."""
FLOORS = ("tasks", "threads", "descriptors", "database")
"""What must not grow at all. They go up and down with the work; what leaks lifts the floor."""
MOST_CALLS = 17
"""Connections to Telegram that the pools of `bot/application.py` allow: a busy moment opens more."""


@dataclass(frozen=True)
class Sample:
    """One look at the process. `memory` and `log` (the write-ahead log) in MiB, `seconds` since the start.

    `database` and `calls` are connections, to the database and to Telegram; `descriptors` are all but these calls.
    """

    seconds: float
    memory: float
    tasks: int
    threads: int
    descriptors: int
    database: int
    calls: int
    blocks: int
    log: float


def look_at(pid: int, seconds: float, told: Path, log: Path, telegram: int) -> Sample:
    """Look at a running process; `told` is what it says of itself, `telegram` a port. Linux only."""
    status = dict(
        line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines() if line
    )
    ends = [_end_of(one) for one in Path(f"/proc/{pid}/fd").iterdir()]
    own = json.loads(told.read_text(encoding="ascii"))
    to = _sockets(pid)
    ports = [to[one] for one in ends if one in to]
    calls = ports.count(telegram)
    return Sample(
        seconds,
        memory=int(status["VmRSS"].split()[0]) / 1024,
        tasks=own["tasks"],
        threads=int(status["Threads"]),
        descriptors=len(ends) - calls,
        database=len(ports) - calls + sum(one.endswith(".db") for one in ends),
        calls=calls,
        blocks=own["blocks"],
        log=log.stat().st_size / 2**20 if log.exists() else 0.0,
    )


def _end_of(descriptor: Path) -> str:
    try:
        return str(descriptor.readlink())
    except OSError:  # closed meanwhile
        return ""


def _sockets(pid: int) -> dict[str, int]:
    """Return the port at the other end of each connection there is, by the name of its descriptor."""
    lines = Path(f"/proc/{pid}/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    rows = (line.split() for line in lines)
    return {f"socket:[{row[9]}]": int(row[2].rpartition(":")[2], 16) for row in rows if int(row[2][-4:], 16)}


@dataclass(frozen=True)
class Verdict:
    """By how much each thing grew between the end of the warm-up and the end: memory as shares, others in numbers."""

    hours: float
    memory: float
    blocks: float
    floors: dict[str, int]
    calls: int
    """The most connections to Telegram at a time."""

    @property
    def faults(self) -> list[str]:
        """Return what grew more than it may, in a sentence each."""
        found = [f"{name} grew by {more}" for name, more in self.floors.items() if more > 0]
        if self.calls > MOST_CALLS:
            found.append(f"{self.calls} connections to Telegram")
        if self.memory > MOST_GROWTH:
            found.insert(0, f"memory grew by {100 * self.memory:.1f} %")
        return found


def judge(samples: Sequence[Sample], *, warm: float) -> Verdict:
    """Judge what was seen after the first `warm` seconds. Raises ValueError when that is less than nine looks."""
    seen = [one for one in samples if one.seconds >= warm]
    if len(seen) < 9:
        raise ValueError(f"only {len(seen)} looks after the warm-up: run it for longer")
    third = len(seen) // 3
    floors = {
        name: min(getattr(one, name) for one in seen[-third:]) - min(getattr(one, name) for one in seen[:third])
        for name in FLOORS
    }
    times = [one.seconds for one in seen]
    return Verdict(
        (times[-1] - times[0]) / 3600,
        memory=growth(times, [one.memory for one in seen]),
        blocks=growth(times, [float(one.blocks) for one in seen]),
        floors=floors,
        calls=max(one.calls for one in seen),
    )


def growth(times: Sequence[float], values: Sequence[float]) -> float:
    """Return the share by which a straight line through the values rises from the first to the last of them.

    The line has the median of the slopes between all pairs: a peak here and there does not bend it.
    """
    step = max(1, len(times) // MOST_FITTED)
    points = list(zip(times[::step], values[::step], strict=True))
    slope = median((b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(points, 2))
    at_start = median(value - slope * (at - times[0]) for at, value in points)
    return slope * (times[-1] - times[0]) / at_start
