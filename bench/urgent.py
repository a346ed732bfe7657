"""A page owed while reminders go out at Telegram's limit: how long until Telegram has it, ours and the library's own.

Telegram refuses nothing here: each keeps its own pace, and the library's bot would lose a page that is refused.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import httpx

from bench.clinic import found
from bench.crowd import FIRST_CHAT, owe_reminders
from bench.office import office, steady_at
from bench.page import PAGED, owe_page
from bench.reminders import SendTo, library_bot
from bot.loop import run_in_loop

REMINDERS, LIMIT = 600, 30
PAGES, APART = 5, 1.0
"""Pages, and the seconds before each."""
LONGEST = 120.0


def measure() -> float:
    """Return the seconds from owing a page to Telegram's taking it, the median of some, by Steady."""
    with office() as telegram, tempfile.TemporaryDirectory() as home:
        url = found(Path(home), [], now=datetime.now(UTC))
        owe_reminders(url, REMINDERS)
        telegram.post("/bench/rules", json={"most": 0})

        async def serve() -> list[float]:
            async with steady_at(telegram, url, per_second=float(LIMIT), home=Path(home)) as steady:
                return await _waits(telegram, lambda chat: owe_page(steady, chat))

        return median(run_in_loop(serve()))


def measure_peer() -> float:
    """Return the same by AIORateLimiter, whose messages all stand in one line."""
    with office() as telegram:
        telegram.post("/bench/rules", json={"most": 0})

        async def send() -> list[float]:
            tasks: list[asyncio.Task[None]] = []
            async with library_bot(telegram, retries=0) as send_to:

                async def page(chat: int) -> None:
                    tasks.append(asyncio.create_task(send_to(chat)))

                tasks += [asyncio.create_task(send_to(FIRST_CHAT + chat)) for chat in range(REMINDERS)]
                waits = await _waits(telegram, page)
                await asyncio.gather(*tasks)
            return waits

        return median(asyncio.run(send()))


async def _waits(telegram: httpx.Client, page: SendTo) -> list[float]:
    """Page one chat after the other; return how long each page took."""
    owed: dict[int, float] = {}
    for number in range(PAGES):
        await asyncio.sleep(APART)
        owed[PAGED + number] = time.monotonic()
        await page(PAGED + number)
    came: dict[int, float] = {}
    while owed.keys() - came.keys():
        if time.monotonic() - owed[PAGED] > LONGEST:
            raise TimeoutError("a page never came")
        await asyncio.sleep(0.5)
        came = {chat: at for chat, at in (await _taken(telegram)).items() if chat in owed}
    return [came[chat] - at for chat, at in owed.items()]


async def _taken(telegram: httpx.Client) -> dict[int, float]:
    told = (await asyncio.to_thread(telegram.get, "/bench/told")).json()
    return {int(chat): float(at) for _, chat, at in told["taken"]}
