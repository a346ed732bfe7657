"""The tick: what it costs when nobody is due, and when everybody is at once. The peer is in `bench/job_queue.py`."""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from statistics import median

import structlog

from bench.clinic import NOW, found
from bench.crowd import add_patients, open_store
from bench.watch import Watch, in_own_process, meanwhile, measure_sleeper, resident
from bot.clock import MovableClock
from bot.desk import Desk
from bot.garbage import keep_what_stays
from bot.housework import Housework
from bot.loop import run_in_loop
from bot.ticks import ASKED_AT_ONCE, AT_ONCE, UNITS_AT_ONCE, Ticks
from care.doses import DoseState
from content.loader import load_content
from storage.due import find_due
from storage.leases import Grip, take_lease
from storage.reading import Session
from storage.store import Store
from storage.tables import Dose

TIMES = 200
FOUND = ASKED_AT_ONCE * UNITS_AT_ONCE


def measure_nothing_due(patients: int) -> float:
    """Return the milliseconds (median) that asking "who is due?" takes when nobody of so many is."""
    with tempfile.TemporaryDirectory() as home:
        url = found(Path(home), [])
        add_patients(url, patients, due_at=NOW + timedelta(hours=3), now=NOW)
        store = open_store(url, lambda: NOW)
        took = []
        for _ in range(TIMES):
            began = time.perf_counter()
            assert store.read(lambda session: find_due(session, now=NOW)).result() == []
            took.append(time.perf_counter() - began)
        store.close()
        return median(took) * 1000


@dataclass(frozen=True)
class AllDue:
    """Everybody at once: visits a second, the processor time of each (ms), the longest stop of the event loop (ms),
    memory above idle (MiB).

    `found` is how many a second are found due, as a round finds them, with nothing done about it.
    """

    per_second: float
    each: float
    longest_stop: float
    memory: float
    found: float = 0.0
    sleeper: float = 0.0
    """How long (ms) the machine kept a process waiting meanwhile that does nothing but sleep."""


def measure_all_due(patients: int, *, seconds: float) -> AllDue:
    """Let the rounds ask so many patients about their dose; stop looking after `seconds`."""
    with tempfile.TemporaryDirectory() as home:
        url = found(Path(home), [])
        add_patients(url, patients, due_at=NOW, now=NOW, lived=True)
        with meanwhile(measure_sleeper, seconds) as sleeper:
            ours = in_own_process(_measure_rounds, url, Path(home), seconds)
            return replace(ours, sleeper=sleeper.result())


def _measure_rounds(url: str, home: Path, seconds: float) -> AllDue:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    return run_in_loop(_make_rounds(url, home, seconds))


async def _make_rounds(url: str, home: Path, seconds: float) -> AllDue:
    clock = MovableClock(NOW)
    store = open_store(url, clock.now)
    desk = Desk(store, load_content())
    housework = Housework(store, desk.content, home)
    lease: Grip | None = await desk.write(lambda work: take_lease(work, "rounds", holder="b", lasts=timedelta(days=9)))

    async def may_judge() -> bool:
        return True

    ticks = Ticks(desk, clock, grip=lambda: lease, every=10, may_judge=may_judge, housework=housework)
    found = FOUND / await asyncio.to_thread(_seconds_to_find, store)
    keep_what_stays()  # as `steady run` does once it serves
    idle, watch = resident(), Watch()
    async with watch:
        began, worked = time.perf_counter(), time.process_time()
        round_ = asyncio.create_task(ticks.make_rounds())
        done, _ = await asyncio.wait({round_}, timeout=seconds)
        took, worked = time.perf_counter() - began, time.process_time() - worked
        visited = await desk.read(_count_prompted)
        if not done:
            round_.cancel()
            await asyncio.gather(round_, return_exceptions=True)
    grown = resident() - idle
    await asyncio.to_thread(store.close)
    return AllDue(visited / took, 1000 * worked / visited, watch.longest * 1000, grown, found)


def _seconds_to_find(store: Store) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        due = store.read(lambda session: find_due(session, now=NOW, most=AT_ONCE, asked=FOUND)).result()
        took.append(time.perf_counter() - began)
        assert len(due) == FOUND
    return median(took)


def _count_prompted(session: Session) -> int:
    return session.query(Dose).filter(Dose.prompts_sent > 0, Dose.state == DoseState.OPEN).count()
