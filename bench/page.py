"""From the commit of a page to Telegram's taking it, at 50 updates a second beside waiting reminders."""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bench.clinic import found
from bench.crowd import owe_reminders
from bench.office import office, press, steady_at
from bot.loop import run_in_loop
from bot.steady import Steady
from storage.inbox import count_waiting
from storage.outbox import Letter, add_letter, count_owed
from storage.queues import Lane
from storage.work import Work

REMINDERS, PATIENTS = 100_000, 100
UPDATES_PER_SECOND, SECONDS, PAGE_EVERY = 50, 20, 0.1
LONG, LONG_REMINDERS = 600, 300_000
"""Seconds of the catalogue's run (reliability.md G4), and reminders that last as long."""
PAGED = 9_000_000_000
NEVER = 999.0
"""What a page counts that has not come five seconds after the last."""
BODY = {"language": "en", "texts": [["anything-else", {}]], "buttons": []}


@dataclass(frozen=True)
class Waits:
    """Seconds that pages took, sorted; how many other letters went meanwhile, and what was left at the end."""

    pages: list[float]
    others: int
    letters_left: int
    updates_left: int

    def at(self, share: float) -> float:
        return self.pages[min(len(self.pages) - 1, int(len(self.pages) * share))]


def measure(reminders: int = REMINDERS, seconds: int = SECONDS) -> Waits:
    people = [1_000 + number for number in range(PATIENTS)]
    with office() as telegram, tempfile.TemporaryDirectory() as home:
        telegram.post("/bench/rules", json={"most": 0})
        url = found(Path(home), people, now=datetime.now(UTC))
        owe_reminders(url, reminders)
        committed, *left = run_in_loop(_serve(telegram, url, Path(home), people, seconds))
        taken = telegram.get("/bench/told").json()["taken"]
    arrived = {chat: at for _, chat, at in taken if chat >= PAGED}
    waits = sorted(arrived.get(chat, at + NEVER) - at for chat, at in committed.items())
    return Waits(waits, len(taken) - len(waits), *left)


async def _serve(
    telegram: httpx.Client, url: str, home: Path, people: list[int], seconds: int
) -> tuple[dict[int, float], int, int]:
    committed: dict[int, float] = {}
    async with steady_at(telegram, url, per_second=0.0, home=home) as steady:
        began, fed, paged = time.monotonic(), 0, 0
        while (now := time.monotonic() - began) < seconds:
            due = int(now * UPDATES_PER_SECOND)
            if due > fed:
                updates = [press(1_000 + n, people[n % len(people)], "grade:0:nausea:1") for n in range(fed, due)]
                await asyncio.to_thread(telegram.post, "/bench/feed", json={"updates": updates})
                fed = due
            if now >= paged * PAGE_EVERY:
                await owe_page(steady, PAGED + paged, committed)
                paged += 1
            await asyncio.sleep(0.01)
        await asyncio.sleep(5)
        left = await steady.desk.read(lambda session: (count_owed(session), count_waiting(session)))
    return committed, *left


async def owe_page(steady: Steady, chat: int, committed: dict[int, float] | None = None) -> None:
    """Owe a page to a chat; note the instant of its commit."""

    def unit(work: Work) -> None:
        add_letter(work, Letter(chat_id=chat, body=BODY, lane=Lane.PAGE, dedupe_key=f"page:{chat}"))

    future = steady.store.write(unit)
    if committed is not None:
        future.add_done_callback(lambda _: committed.setdefault(chat, time.monotonic()))
    await asyncio.wrap_future(future)
