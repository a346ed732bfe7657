"""Reminders at Telegram's limit: how near it we come, how often we are refused, and what a refusal loses."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ApplicationBuilder

from bench.clinic import found
from bench.crowd import FIRST_CHAT, owe_reminders
from bench.office import office, steady_at
from bot.loop import run_in_loop
from sandbox.world import DEFAULT_TOKEN

SendTo = Callable[[int], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Run:
    """What became of some reminders: the pace between the first and the last, refusals, and how many never came."""

    per_second: float
    refused: int
    lost: int


def measure(number: int, *, limit: int, rest: int = 1, paced: float | None = None) -> Run:
    """Let Steady send; `paced` is what it is told of the limit (None: the truth)."""
    with office() as telegram, tempfile.TemporaryDirectory() as home:
        url = found(Path(home), [], now=datetime.now(UTC))
        owe_reminders(url, number)
        telegram.post("/bench/rules", json={"most": limit, "rest": rest})

        async def serve() -> None:
            pace = float(limit) if paced is None else paced
            async with steady_at(telegram, url, per_second=pace, home=Path(home)):
                await _until_quiet(telegram, number, patience=4.0 * rest + 2)

        run_in_loop(serve())
        return _run(telegram, number)


def measure_peer(number: int, *, limit: int, rest: int, retries: int) -> Run:
    """The same by the library's own limiter, told the same as Steady was; what it raises is lost."""
    with office() as telegram:
        telegram.post("/bench/rules", json={"most": limit, "rest": rest})
        asyncio.run(_send_all(telegram, number, retries))
        return _run(telegram, number)


async def _send_all(telegram: httpx.Client, number: int, retries: int) -> None:
    async with library_bot(telegram, retries=retries) as send:
        await asyncio.gather(*(send(FIRST_CHAT + chat) for chat in range(number)))


@asynccontextmanager
async def library_bot(telegram: httpx.Client, *, retries: int) -> AsyncIterator[SendTo]:
    """Yield what sends to a chat through the library's own limiter, told of thirty a second; what it raises is lost."""
    logging.getLogger("telegram.ext.AIORateLimiter").setLevel(logging.CRITICAL)  # it prints each loss at length
    limiter = AIORateLimiter(overall_max_rate=30, overall_time_period=1, max_retries=retries)
    builder = ApplicationBuilder().token(DEFAULT_TOKEN).rate_limiter(limiter)
    application = builder.base_url(f"{str(telegram.base_url).rstrip('/')}/bot").build()
    bot = application.bot

    async def send(chat: int) -> None:
        with contextlib.suppress(TelegramError):
            await bot.send_message(chat, "A reminder", connect_timeout=60, pool_timeout=600)

    async with bot:
        yield send


async def _until_quiet(telegram: httpx.Client, number: int, patience: float) -> None:
    """Wait until all have come, or none has for `patience` seconds."""
    seen, since = -1, time.monotonic()
    while seen < number and time.monotonic() - since < patience:
        await asyncio.sleep(0.5)
        now = len((await asyncio.to_thread(telegram.get, "/bench/told")).json()["taken"])
        if now != seen:
            seen, since = now, time.monotonic()


def _run(telegram: httpx.Client, number: int) -> Run:
    told = telegram.get("/bench/told").json()
    taken = [at for _, chat, at in told["taken"] if FIRST_CHAT <= chat < FIRST_CHAT + number]
    came = len({chat for _, chat, _ in told["taken"]} & set(range(FIRST_CHAT, FIRST_CHAT + number)))
    pace = (len(taken) - 1) / (taken[-1] - taken[0]) if len(taken) > 1 else 0.0
    return Run(pace, told["refused"], number - came)
