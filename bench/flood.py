"""How long others wait while one patient writes 1,000 messages of 4,096 letters within a minute, a danger among them.

The wait is from Telegram's having a press to Telegram's taking the answer: intake, commit, handling, sending. The flood
comes as it would be typed, one message each 60 ms; `at_once` puts all of it before the bot at one moment.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from bench.clinic import ADMIN, found
from bench.office import office, press, steady_at

MESSAGES, LETTERS, SECONDS = 1000, 4096, 60.0
PATIENTS, PRESSES_PER_SECOND = 40, 4
DANGER_AT = 500
FIRST_UPDATE = 10_000
FLOODER = 999
SAID = "I felt a bit sick after the tablet yesterday and my head hurt, then I slept and it was better again. "
DANGER = "I want to kill myself. "
PATIENCE = 120.0


@dataclass(frozen=True)
class Waits:
    """Seconds that the answers to others took, sorted; and the page about the danger inside the flood."""

    others: list[float]
    page: float

    def at(self, share: float) -> float:
        return self.others[min(len(self.others) - 1, int(len(self.others) * share))]


def measure(*, at_once: bool = False) -> Waits:
    people = [1_000 + number for number in range(PATIENTS)]
    with office() as telegram, tempfile.TemporaryDirectory() as home:
        telegram.post("/bench/rules", json={"most": 0})
        url = found(Path(home), [*people, FLOODER], now=datetime.now(UTC))
        fed = asyncio.run(_serve(telegram, url, Path(home), people, at_once))
        taken = telegram.get("/bench/told").json()["taken"]
    return Waits(_answered(fed["presses"], taken), _paged(fed["danger"][0][1], taken))


def _answered(presses: list[tuple[int, float]], taken: list[tuple[str, int, float]]) -> list[float]:
    """Return the wait of each press: the first message to that chat after it (a chat presses again much later)."""
    sent: dict[int, list[float]] = {}
    for method, chat, at in taken:
        if method == "sendMessage":
            sent.setdefault(chat, []).append(at)
    waits = (next((t for t in sent.get(chat, []) if t >= at), at + PATIENCE) - at for chat, at in presses)
    return sorted(waits)


def _paged(since: float, taken: list[tuple[str, int, float]]) -> float:
    """Return how long the page took: the last thing the clinic was sent, as the flood has cards of its own before."""
    sent = [at - since for method, chat, at in taken if chat == ADMIN and method == "sendMessage" and at >= since]
    return max(sent, default=PATIENCE)


async def _serve(
    telegram: httpx.Client, url: str, home: Path, people: list[int], at_once: bool
) -> dict[str, list[tuple[int, float]]]:
    fed: dict[str, list[tuple[int, float]]] = {"presses": [], "danger": []}
    async with steady_at(telegram, url, per_second=30.0, home=home) as steady:
        await asyncio.to_thread(lambda: steady.desk.content.reader)  # as `steady run` does before the first message
        flooded, pressed, began = 0, 0, time.monotonic()
        while (now := time.monotonic() - began) < SECONDS:
            due = MESSAGES if at_once else min(MESSAGES, 1 + int(now * MESSAGES / SECONDS))
            updates = [_message(n) for n in range(flooded, due)]
            first = FIRST_UPDATE + flooded + pressed  # Telegram's numbers only grow
            people_due = int(now * PRESSES_PER_SECOND)
            updates += [press(0, people[n % PATIENTS], "grade:0:nausea:1") for n in range(pressed, people_due)]
            updates = [{**one, "update_id": first + n} for n, one in enumerate(updates)]
            at = time.monotonic()
            if updates:
                await asyncio.to_thread(telegram.post, "/bench/feed", json={"updates": updates})
            fed["presses"] += [(people[n % PATIENTS], at) for n in range(pressed, people_due)]
            if flooded <= DANGER_AT < due:
                fed["danger"].append((FLOODER, at))
            flooded, pressed = due, people_due
            await asyncio.sleep(0.01)
        await asyncio.sleep(5)
    return fed


def _message(number: int) -> dict[str, Any]:
    text = f"{number} " + SAID * (LETTERS // len(SAID) + 1)
    if number == DANGER_AT:
        text = f"{number} " + SAID * (LETTERS // len(SAID) // 2) + DANGER + text
    who = {"id": FLOODER, "is_bot": False, "first_name": "P", "language_code": "en", "type": "private"}
    message = {"message_id": 1, "date": 0, "chat": who, "from": who, "text": text[:LETTERS]}
    return {"message": message}
