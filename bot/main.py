"""Run Steady until it is told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Collection

os.environ.setdefault("PTB_TIMEDELTA", "1")

import structlog

from bot.clock import SystemClock
from bot.logs import set_up_logs
from bot.loop import run_in_loop
from bot.settings import Settings
from bot.steady import WITHOUT_PAGES, Steady
from content.loader import load_content

log = structlog.get_logger()


def run(settings: Settings, roles: Collection[str] = WITHOUT_PAGES) -> int:
    """Serve one bot, or the `roles` of it that this process has, until SIGINT or SIGTERM; return the exit code.

    The database is of this version already.
    """
    set_up_logs(settings)
    content = load_content()
    run_in_loop(_serve(Steady(settings, content, SystemClock(), roles)))
    return 0


async def _serve(steady: Steady) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(sign, stopping.set)
        except NotImplementedError:  # Windows: Ctrl-C then ends the loop by itself
            break
    starting = asyncio.create_task(steady.start())
    stopped = asyncio.create_task(stopping.wait())
    await asyncio.wait({starting, stopped}, return_when=asyncio.FIRST_COMPLETED)
    if starting.done():
        starting.result()
        log.info("serving", bot=steady.application.bot.username)
        # Beside the first updates, and not within the unit of work of the first message that is read.
        loop.run_in_executor(None, lambda: steady.desk.content.reader)
        await stopped
    starting.cancel()
    await steady.stop()
    log.info("stopped")
