"""A Steady in a process of its own, on a clock that somebody else moves, that dies at its n-th crash point."""

from __future__ import annotations

import asyncio
import itertools
import mmap
import os
import signal
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import structlog
from pydantic import SecretStr

from bot.settings import Settings
from bot.steady import Steady
from storage import crash_points
from tests.faults.births import CONTENT, write_log_to

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class SharedClock:
    """A clock in a file that several processes look at; one of them moves it."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(bytes(8))
        with file.open("r+b") as opened:
            self._map = mmap.mmap(opened.fileno(), 8)

    def now(self) -> datetime:
        """Return the instant it was moved to last."""
        return EPOCH + timedelta(microseconds=struct.unpack("q", self._map[:])[0])

    def move_to(self, at: datetime) -> None:
        """Show `at` from now on, to every process."""
        self._map[:] = struct.pack("q", (at - EPOCH) // timedelta(microseconds=1))


@dataclass(frozen=True)
class Fate:
    """Where a process dies: at its `point`-th crash point (None: nowhere). It leaves the names it passed in `trace`."""

    trace: Path
    point: int | None


@dataclass(frozen=True)
class Surroundings:
    """Where the process lives: Telegram's address, its token, the database, the clock's file and the log's."""

    api: str
    token: str
    url: str
    clock: Path
    log: Path


def live(around: Surroundings, fate: Fate, orders: Connection) -> None:
    """Serve, come to rest whenever told to, and die where it is written."""
    write_log_to(around.log)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))
    _die_at(fate)
    asyncio.run(_serve(around, orders))


def _die_at(fate: Fate) -> None:
    passed, file = itertools.count(1), os.open(fate.trace, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def hear(point: str) -> None:
        number = next(passed)
        os.write(file, f"{point}\n".encode())
        if number == fate.point:
            os.kill(os.getpid(), signal.SIGKILL)

    crash_points.listen(hear)


async def _serve(around: Surroundings, orders: Connection) -> None:
    settings = Settings(
        bot_token=SecretStr(around.token),
        api_url=around.api,
        home=around.log.parent,
        database_url=around.url,
        sends_per_second=0.0,
        tick_seconds=60.0,
        poll_seconds=50,
    )
    steady = Steady(settings, CONTENT, SharedClock(around.clock))
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(orders.fileno(), told.set)
    await steady.start()
    while True:
        await told.wait()
        told.clear()
        while orders.poll():
            if orders.recv() == "stop":
                await steady.stop()
                return
            orders.send(await _rest(steady))


async def _rest(steady: Steady) -> tuple[int, Any]:
    due = await steady.rest()
    return steady.taken, due
