"""Run Steady until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Collection, Sequence
from typing import Any

os.environ.setdefault("PTB_TIMEDELTA", "1")

import structlog

from bot.clock import SystemClock
from bot.exhaustion import end_when_exhausted, listen_to
from bot.garbage import keep_what_stays, nothing_but_keepsakes
from bot.lean import give_back, share_one_heap
from bot.logs import set_up_logs, trouble
from bot.loop import run_in_loop
from bot.settings import Settings
from bot.steady import WITHOUT_PAGES, Steady
from content.loader import load_content

log = structlog.get_logger()

PATIENCE = 8.0
"""Seconds to finish what is in hand when a part has failed: it may wait for what no longer comes."""
QUIET = 1.0
"""Seconds without work after a start, before what can wait is done."""


def run(*bots: Settings, roles: Collection[str] = WITHOUT_PAGES) -> int:
    """Serve one bot or several, or the `roles` of them that this process has, until SIGINT or SIGTERM.

    Their databases are of this version already. Returns the exit code: 1 when a part of it ended by itself.
    """
    set_up_logs(*bots)
    share_one_heap()
    end_when_exhausted(bots[0].log_format)
    with nothing_but_keepsakes():
        content = load_content()
    return run_in_loop(_serve([Steady(one, content, SystemClock(), roles) for one in bots]))


async def _serve(bots: Sequence[Steady]) -> int:
    stopping, code = asyncio.Event(), 0
    loop = asyncio.get_running_loop()
    listen_to(loop)
    for sign in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(sign, stopping.set)
        except NotImplementedError:  # Windows: Ctrl-C then ends the loop by itself
            break
    starting = [asyncio.create_task(_start(steady)) for steady in bots]
    stopped = asyncio.create_task(stopping.wait())
    begun = asyncio.gather(*starting)  # the first that cannot start ends it; one that Telegram keeps waiting does not
    either: set[asyncio.Future[Any]] = {begun, stopped}
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    if begun.done():
        begun.result()
        keep_what_stays()
        give_back()
        fetching = asyncio.create_task(_fetch_reader_in_quiet(bots))
        code = await _until_told(stopped, bots, fetching)
        fetching.cancel()
    begun.cancel()
    await asyncio.gather(begun, *starting, return_exceptions=True)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE if code else None):
            await asyncio.gather(*(steady.stop() for steady in bots))
            log.info("stopped")
    if code:  # what has failed may not let its threads end either
        os._exit(code)
    return code


async def _until_told(stopped: asyncio.Task[Any], bots: Sequence[Steady], fetching: asyncio.Task[None]) -> int:
    """Serve until told to stop, or until a part ended by itself: nobody would do its work. Return the exit code."""
    fetching.add_done_callback(_look_at_end)
    parts = [part for steady in bots for part in steady.parts]
    await asyncio.wait([stopped, *parts], return_when=asyncio.FIRST_COMPLETED)
    ended = [part for part in parts if part.done()]
    for part in ended:
        _look_at_end(part)
    return 1 if ended else 0


def _look_at_end(task: asyncio.Task[None]) -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None:
        log.error("part-ended", trouble=trouble(error))


async def _fetch_reader_in_quiet(bots: Sequence[Steady]) -> None:
    """Load what reads messages once nothing has been handled or sent for a second: it would slow the first answers.

    A message that comes earlier fetches it by itself.
    """
    taken = -1
    while any(steady.worker.is_busy for steady in bots) or taken != sum(steady.taken for steady in bots):
        taken = sum(steady.taken for steady in bots)
        await asyncio.sleep(QUIET)
    await bots[0].desk.have_reader()


async def _start(steady: Steady) -> None:
    if steady.settings.bot:  # in all that this bot's tasks will ever log
        structlog.contextvars.bind_contextvars(of=steady.settings.bot)
    await steady.start()
    log.info("serving", bot=steady.application.bot.username)
