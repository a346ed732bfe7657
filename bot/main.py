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
from bot.master_keys import masters_of
from bot.settings import Settings
from bot.steady import WITHOUT_PAGES, Steady
from content.loader import load_content
from storage.masters import Masters
from storage.migrate import upgrade
from storage.seal_existing import seal_existing
from storage.store import Store

log = structlog.get_logger()


def run(settings: Settings, roles: Collection[str] = WITHOUT_PAGES) -> int:
    """Serve one bot, or the `roles` of it that this process has, until SIGINT or SIGTERM; return the exit code."""
    set_up_logs(settings)
    content = load_content()
    masters = masters_of(settings)
    masters.first()  # without a key nothing is started, migrated or served
    upgrade(settings.database_url)
    _seal(settings, masters)
    asyncio.run(_serve(Steady(settings, content, SystemClock(), roles)))
    return 0


def _seal(settings: Settings, masters: Masters) -> None:
    """Seal what an older version left in the clear."""
    store = Store(settings.database_url, SystemClock().now, masters)
    try:
        if rows := seal_existing(store):
            log.info("sealed", rows=rows)
    finally:
        store.close()


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
        await stopped
    starting.cancel()
    await steady.stop()
    log.info("stopped")
