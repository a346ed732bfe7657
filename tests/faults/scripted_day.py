"""A day that is always the same, lived by a process that dies once on the way and is started again."""

from __future__ import annotations

import asyncio
import re
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from bot.demo.stage import HttpStage, open_stage
from sandbox.server import serve
from sandbox.world import DEFAULT_TOKEN, World
from storage.cases import open_cases
from storage.store import Store
from tests.faults.births import CONTENT, CONTEXT, born, kill
from tests.faults.clinic import Cast, Enrolled, found
from tests.faults.mortal import Fate, SharedClock, Surroundings, live

START = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
DUE = START + timedelta(hours=1)
MOST_ROUNDS = 100


@dataclass
class Day:
    """The stand-in, the clock, and the process of the moment. `fate` is used up by the first process."""

    url: str
    home: Path
    world: World
    stage: HttpStage
    api: str
    fate: Fate
    deaths: int = 0
    process: BaseProcess | None = None
    people: list[Enrolled] = field(default_factory=list)

    async def open(self) -> None:
        """Found the clinic with two patients, who are asked at nine, and start the first process."""
        self.clock = SharedClock(self.home / "clock")
        self.clock.move_to(START)
        self.grey = (await self.stage.call("POST", "/people", first_name="Grey", role="clinician", started=True))["id"]
        group = await self.stage.call("POST", "/chats", kind="supergroup", title="On call", members=[self.grey])
        self.chat = group["id"]
        await self.stage.call("POST", f"/chats/{self.chat}/add_bot", admin=True)
        names = ("Ann", "Ben")
        made = [await self.stage.call("POST", "/people", first_name=n, role="patient", started=True) for n in names]
        store = Store(self.url, self.clock.now)
        cast = Cast(self.grey, self.chat, [one["id"] for one in made])
        self.people = await asyncio.to_thread(found, store, CONTENT, cast, [DUE, DUE])
        store.close()
        self._start()

    def _start(self) -> None:
        around = Surroundings(self.api, DEFAULT_TOKEN, self.url, self.home / "clock", self.home / "steady.log")
        fate = self.fate if not self.deaths else Fate(self.fate.trace.with_suffix(".after"), None)
        self.orders, theirs = CONTEXT.Pipe()
        self.process = born(live, around, fate, theirs)
        theirs.close()

    async def settle(self) -> None:
        """Let everything that is due at this instant be done, by another process if the first one dies of it."""
        taken = -1
        for _ in range(MOST_ROUNDS):
            rested = await self._ask("rest")
            if rested is None:
                continue
            quiet = await self.stage.call("GET", "/quiet?timeout=0.2")
            if rested[0] == taken and quiet["quiet"]:
                return
            taken = rested[0] if quiet["quiet"] else -1
        raise AssertionError(f"the day does not come to rest: {self.home}/steady.log")

    async def _ask(self, order: str) -> Any:
        """Return what the process answers, or None if it died; then the next one is there already."""
        try:
            self.orders.send(order)
            return await asyncio.to_thread(self.orders.recv)
        except (EOFError, OSError):
            assert self.process is not None
            kill(self.process)
            assert self.deaths == 0, f"it died a second time: {self.home}/steady.log"
            self.deaths += 1
            self._start()
            return None

    async def at(self, moment: datetime) -> None:
        """Move the clock of both sides."""
        self.clock.move_to(moment)
        await self.stage.call("PUT", "/clock", now=moment.isoformat())
        await self.settle()

    async def taps(self, person: int, **what: Any) -> None:
        """Let somebody press."""
        await self.stage.call("POST", f"/people/{person}/tap", **what)
        await self.settle()

    async def live(self) -> None:
        """Ann takes the dose and has a headache; Ben has a warning sign, which Grey takes on; then a new day."""
        ann, ben = self.people
        await self.settle()
        await self.at(DUE)
        await self.taps(ann.telegram_id, label="Taken")
        await self.taps(ann.telegram_id, data=f"grade:{ann.dose}:headache:1", forge=True)
        await self.taps(ben.telegram_id, data=f"flag:{ben.dose}:{flag()}", forge=True)
        await self.taps(self.grey, label="acknowledge|take|mine|I am on it", chat=self.chat)
        await self.at(DUE + timedelta(minutes=30))
        await self.taps(ben.telegram_id, data=f"not-today:{ben.dose}", forge=True)
        await self.taps(self.grey, data=f"outcome:{await self._open_case()}:reached-safe", forge=True, chat=self.chat)
        await self.at(START + timedelta(hours=16))
        await self.at(DUE + timedelta(hours=24))

    async def _open_case(self) -> int:
        """Return the number of the first open case: after a unit that was undone, PostgreSQL skips one."""
        store = Store(self.url, self.clock.now)
        try:
            return await asyncio.wrap_future(store.read(lambda session: open_cases(session)[0].id))
        finally:
            await asyncio.to_thread(store.close)

    async def close(self) -> None:
        """Stop the process of the moment; it must leave by itself."""
        if self.process is None:
            return
        code = await asyncio.to_thread(self._stop)
        if code == -signal.SIGKILL and self.deaths == 0:  # its point lay on the way out
            self.deaths += 1
            self._start()
            await self.settle()
            code = await asyncio.to_thread(self._stop)
        assert code == 0, f"it left with {code}: {self.home}/steady.log"

    def _stop(self) -> int | None:
        assert self.process is not None
        with suppress(OSError):
            self.orders.send("stop")
        self.process.join(20)
        code = self.process.exitcode
        if code is None:
            kill(self.process)
        return code

    def said(self) -> Counter[str]:
        """Return how often each message was sent: prompts by dose and number, cards by case."""
        return Counter(key for entry in self.world.calls.ring for key in keys_of(entry, self.chat))


def flag() -> str:
    """Return the warning sign of the day."""
    return next(one.id for one in CONTENT.red_flags if not one.crisis)


def keys_of(entry: dict[str, Any], chat: int) -> list[str]:
    """Return what a call to Telegram counts as."""
    if entry["method"] != "sendMessage" or not entry["ok"]:
        return []
    params = entry["params"]
    if str(params["chat_id"]) == str(chat):
        return ["card"] if re.search(r"\bK[0-9]{5}\b", str(params["text"])) else []
    return [f"{params['chat_id']}: {params['text']}"]


@asynccontextmanager
async def day_on(url: str, home: Path, fate: Fate) -> AsyncIterator[Day]:
    """Set the stage for one day on a database of its own."""
    world = World(start=START)
    async with serve(world) as server, open_stage(server.url) as stage:
        day = Day(url, home, world, stage, server.url, fate)
        try:
            yield day
        finally:
            if day.process is not None and day.process.exitcode is None:
                await asyncio.to_thread(kill, day.process)


async def lived(url: str, home: Path, point: int | None) -> Day:
    """Live the whole day on a database, dying at one point of it."""
    async with day_on(url, home, Fate(home / "trace", point)) as day:
        await day.open()
        await day.live()
        await day.close()
        return day
