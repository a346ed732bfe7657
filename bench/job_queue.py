"""The peer of the rounds: a reminder a day for each patient as bots are written, by python-telegram-bot's job queue.

The reminders do nothing. Their grace is without end: with APScheduler's own of one second most would never run.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram.ext import ApplicationBuilder, CallbackContext, JobQueue

from bench.watch import Watch, resident

GRACE: dict[str, Any] = {"misfire_grace_time": None}
LEAD = timedelta(seconds=3)
AHEAD = 0.0003
"""Seconds for each job between the first that is added and the moment when all are due; twice as many if too few."""


@dataclass(frozen=True)
class Jobs:
    """All due at once: jobs run a second, the processor time of each (ms), the longest stop of the event loop (ms),
    memory with the jobs held above that without any (MiB), and the seconds that adding them takes, at each start anew.
    """

    per_second: float
    each: float
    longest_stop: float
    memory: float
    set_up: float


def measure_daily(jobs: int) -> Jobs:
    """Run so many jobs of `JobQueue.run_daily` that are due in the same second."""
    ahead = AHEAD
    while (found := asyncio.run(_run_daily(jobs, LEAD + jobs * timedelta(seconds=ahead)))) is None:
        ahead *= 2
    return found


async def _run_daily(jobs: int, lead: timedelta) -> Jobs | None:
    """Return what was measured, or None if the moment came before all were added."""
    application = ApplicationBuilder().token("1:none").updater(None).build()
    jobs_of: JobQueue[Any] | None = application.job_queue
    assert jobs_of is not None
    ran, done = 0, asyncio.Event()

    async def remind(_context: CallbackContext[Any, Any, Any, Any]) -> None:
        nonlocal ran
        ran += 1
        if ran == jobs:
            done.set()

    idle, began, watch = resident(), time.perf_counter(), Watch()
    due_at = (datetime.now(UTC) + lead).replace(microsecond=0)
    for number in range(jobs):
        jobs_of.run_daily(remind, due_at.timetz(), chat_id=number, name=str(number), job_kwargs=GRACE)
    await jobs_of.start()
    set_up = time.perf_counter() - began
    if datetime.now(UTC) + LEAD / 3 > due_at:
        await jobs_of.stop(wait=False)
        return None
    async with watch:
        worked = time.process_time()
        await done.wait()
        worked = time.process_time() - worked
        took = (datetime.now(UTC) - due_at).total_seconds()
    grown = resident() - idle
    await jobs_of.stop(wait=False)
    return Jobs(jobs / took, 1000 * worked / jobs, watch.longest * 1000, grown, set_up)


def measure_once(jobs: int) -> Jobs:
    """Run so many bare APScheduler jobs of one run each, which need no next time: less than a daily reminder does."""
    return asyncio.run(_run_once(jobs))


async def _run_once(jobs: int) -> Jobs:
    ran, done = 0, asyncio.Event()

    async def job() -> None:
        nonlocal ran
        ran += 1
        if ran == jobs:
            done.set()

    idle, began, watch = resident(), time.perf_counter(), Watch()
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=GRACE)
    at = datetime.now(UTC)
    for number in range(jobs):
        scheduler.add_job(job, "date", run_date=at, id=str(number))
    set_up, held = time.perf_counter() - began, resident() - idle
    async with watch:
        began, worked = time.perf_counter(), time.process_time()
        scheduler.start()
        await done.wait()
        took, worked = time.perf_counter() - began, time.process_time() - worked
    scheduler.shutdown(wait=False)
    return Jobs(jobs / took, 1000 * worked / jobs, watch.longest * 1000, held, set_up)
