"""A town on real code, its clock, people and network decided by a seed: in one process, and as clinics side by side."""

from __future__ import annotations

import gc
import os
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("PTB_TIMEDELTA", "1")

from bench.watch import meanwhile
from content.loader import load_content
from storage.masters import UNLESS_GIVEN, read_masters
from storage.migrate import upgrade
from tests.simulation.living import lived

PEOPLE, DAYS = 200, 84
MEMORY = Path("/dev/shm")


def measure(clinics: int) -> tuple[float, float]:
    """Return the seconds, and those of the processor, in which all people live through all days.

    They are shared out among so many clinics, each with a database and a process of its own, as those of several bots
    are. Every invariant is checked after every step; starting the processes is not counted.
    """
    with ExitStack() as stack:
        lives = [
            stack.enter_context(meanwhile(_live, PEOPLE // clinics, DAYS, f"bench/{number}"))
            for number in range(clinics)
        ]
        spans = [life.result() for life in lives]
    seconds = max(end for _, end, _ in spans) - min(start for start, _, _ in spans)
    return seconds, sum(worked for _, _, worked in spans)


def _live(people: int, days: int, seed: str) -> tuple[float, float, float]:
    """Return when it began and when it ended, and the seconds of the processor."""
    UNLESS_GIVEN.know(*read_masters(os.environ["STEADY_MASTER_KEY"]))
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as home:
        content, template = load_content(), Path(home) / "template.db"
        upgrade(f"sqlite:///{template}")
        gc.collect()
        gc.freeze()
        gc.set_threshold(100_000, 50, 100)
        start, worked = time.time(), time.process_time()
        lived(Path(home) / "town.db", content, template, patients=people, days=days, seed=seed)
        return start, time.time(), time.process_time() - worked
