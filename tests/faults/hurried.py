"""`steady run` whose watch is in a hurry, and which breaks in some way from within when it is told to.

Only how often it looks, and how long it waits, are shorter; each by the same factor, and the monitor's patience too.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bot.heartbeat
import bot.leases
import bot.main
import bot.ticks
import bot.watch
from bot.steady import Steady
from tests.faults.births import steady_run

HURRY = 20.0
"""How many times shorter everything is: a minute lasts three seconds."""


def hurry() -> None:
    """Make every interval of the watch shorter. The lease still lasts as long; it is renewed more often."""
    bot.watch.EVERY = bot.watch.EVERY / HURRY  # type: ignore[assignment]
    bot.heartbeat.STUCK_AFTER = bot.heartbeat.STUCK_AFTER / HURRY
    bot.heartbeat.PATIENCE = bot.heartbeat.PATIENCE / HURRY
    bot.ticks.MARK_EVERY = bot.ticks.MARK_EVERY / HURRY
    bot.leases.RENEW_EVERY = 0.5


SETTINGS = {"STEADY_TICK_SECONDS": str(10 / HURRY), "STEADY_POLL_SECONDS": "1"}


def wait_for_ever(*_: object) -> None:
    threading.Event().wait()


def stop_the_writer(steady: Steady) -> None:
    steady.store.write(wait_for_ever)


def stop_the_readers(steady: Steady) -> None:
    for _ in range(2):
        steady.store.read(wait_for_ever)


def block_the_loop(_steady: Steady) -> None:
    wait_for_ever()


def fail(*_: object, **__: object) -> Any:
    raise KeyError("again and again")


def fail_at_work(steady: Steady) -> None:
    steady.worker._find = fail  # type: ignore[method-assign]
    steady.worker.tell()  # it pauses for a real second at most, which would count twenty times here


def fail_at_sending(steady: Steady) -> None:
    steady.sender._claim_some = fail  # type: ignore[method-assign]
    steady.sender.tell()


def fail_at_polling(steady: Steady) -> None:
    steady.intake._ask = fail  # type: ignore[method-assign]


def fail_at_rounds(steady: Steady) -> None:
    steady.ticks._find = fail  # type: ignore[method-assign]


def lose_a_task(steady: Steady) -> None:
    steady.parts[-1].cancel()


def lose_the_rounds(steady: Steady) -> None:
    steady.ticks._scheduler.remove_all_jobs()


def hang_at_sending(steady: Steady) -> None:
    """The loop waits for what never comes, and nothing is owed that could grow old."""
    steady.desk.run_errand(_keep(steady.sender.looking))
    steady.sender.tell()


async def _keep(lock: Any) -> None:
    await lock.acquire()


INSIDE: dict[str, Callable[[Steady], None]] = {
    "the storage thread that writes is deadlocked": stop_the_writer,
    "the storage threads that read are deadlocked": stop_the_readers,
    "the loop is blocked": block_the_loop,
    "the worker fails over and over": fail_at_work,
    "the sender fails over and over": fail_at_sending,
    "the intake fails over and over": fail_at_polling,
    "the rounds fail over and over": fail_at_rounds,
    "the sender waits for ever": hang_at_sending,
    "a task is gone": lose_a_task,
    "the tick of the rounds is gone": lose_the_rounds,
}


def run_hurried(environment: dict[str, str], log: Path, how: str) -> None:
    """Be `steady run`, in a hurry, and break inside in the way `how` on SIGUSR1."""
    hurry()
    breaks = INSIDE.get(how)

    class Breakable(Steady):
        async def start(self) -> None:
            await super().start()
            if breaks is not None:
                bot.main.asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, breaks, self)

    bot.main.Steady = Breakable  # type: ignore[misc]
    steady_run(environment, log)
