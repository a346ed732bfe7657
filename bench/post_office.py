"""A Telegram that only takes: it answers every call at once and remembers when it took what. In a process of its own.

Thinner than the sandbox, whose strictness would be half of what is measured. `/bench/...` is asked by the measurement.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import deque
from itertools import count
from typing import Any

from aiohttp import web

ME = {"id": 424242, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
QUIET = {
    "answerCallbackQuery",
    "sendChatAction",
    "deleteWebhook",
    "setMyCommands",
    "setChatMenuButton",
    "deleteMyCommands",
}


class PostOffice:
    """What was taken, and the limit that it holds: `most` letters in any one second, else 429 for `rest` seconds."""

    def __init__(self) -> None:
        self.most = 0
        self.rest = 1
        self.closed_until = 0.0
        self.refused = 0
        self.polls = 0
        self.greeted = 0
        """Times that a process asked who it is: each does so as it starts."""
        self.numbers = count(1)
        self.updates: deque[dict[str, Any]] = deque()
        self.taken: list[tuple[str, int, float]] = []
        self.lately: deque[float] = deque()

    def answer(self, method: str, asked: dict[str, Any]) -> tuple[int, Any]:
        if method == "getMe":
            self.greeted += 1
            return 200, ME
        if method in QUIET:
            return 200, True
        if wait := self._must_wait(time.monotonic()):
            self.refused += 1
            return 429, wait
        chat = int(asked.get("chat_id", 0))
        self.taken.append((method, chat, time.monotonic()))
        number = int(asked.get("message_id", 0)) or next(self.numbers)
        return 200, {"message_id": number, "date": 0, "chat": {"id": chat, "type": "private"}}

    def _must_wait(self, now: float) -> int:
        if not self.most:
            return 0
        if now < self.closed_until:
            return self.rest
        while self.lately and self.lately[0] <= now - 1:
            self.lately.popleft()
        if len(self.lately) >= self.most:
            self.closed_until = now + self.rest
            return self.rest
        self.lately.append(now)
        return 0


async def serve(port: int) -> None:
    office = PostOffice()

    async def bot(request: web.Request) -> web.Response:
        asked = await read(request)
        method = request.match_info["method"]
        if method == "getUpdates":
            return web.json_response({"ok": True, "result": await poll(office, asked)})
        status, result = office.answer(method, asked)
        if status == 200:
            return web.json_response({"ok": True, "result": result})
        said = f"Too Many Requests: retry after {result}"
        refusal = {"ok": False, "error_code": status, "description": said, "parameters": {"retry_after": result}}
        return web.json_response(refusal, status=status)

    async def rules(request: web.Request) -> web.Response:
        asked = await request.json()
        office.most, office.rest = asked["most"], asked.get("rest", 1)
        office.taken.clear()
        office.refused = 0
        return web.json_response({})

    async def feed(request: web.Request) -> web.Response:
        office.updates.extend((await request.json())["updates"])
        return web.json_response({})

    async def told(_request: web.Request) -> web.Response:
        known = {"taken": office.taken, "refused": office.refused, "polls": office.polls, "greeted": office.greeted}
        return web.json_response(known)

    application = web.Application(client_max_size=64 * 2**20)
    application.router.add_route("*", "/bot{token}/{method}", bot)
    application.router.add_post("/bench/rules", rules)
    application.router.add_post("/bench/feed", feed)
    application.router.add_get("/bench/told", told)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


async def read(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(json.loads(await request.read() or b"{}"))
    return dict(await request.post())


async def poll(office: PostOffice, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """Answer as Telegram does: what is below the offset is confirmed, and an empty answer may take its time."""
    office.polls += 1
    offset, end = int(asked.get("offset", 0)), time.monotonic() + min(1.0, float(asked.get("timeout", 0)))
    while True:
        while office.updates and office.updates[0]["update_id"] < offset:
            office.updates.popleft()
        if office.updates or time.monotonic() >= end:
            return [office.updates[at] for at in range(min(100, len(office.updates)))]
        await asyncio.sleep(0.005)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
