"""A fresh sandbox for each test, spoken to over HTTP as bots and conductors do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from sandbox.server import Server, serve
from sandbox.world import DEFAULT_TOKEN, World

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


@dataclass
class Stage:
    """The stage API; an answer other than 2xx fails the test unless the status was asked for."""

    http: httpx.AsyncClient

    async def __call__(self, verb: str, path: str, /, *, expect: int = 200, **body: Any) -> Any:
        response = await self.http.request(verb, f"/stage{path}", json=body or None)
        assert response.status_code == expect, response.text
        return response.json() if response.content else None

    async def person(self, first_name: str, *, started: bool = True, **more: Any) -> int:
        return int((await self("POST", "/people", first_name=first_name, started=started, **more))["id"])

    async def at(self, when: str, **more: Any) -> Any:
        return await self("PUT", "/clock", now=when, **more)

    async def said(self, chat: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self("GET", f"/chats/{chat}/messages")
        return found

    async def room(self, kind: str, *members: int, admin: bool = True, **more: Any) -> int:
        """Open a chat with these people, the first its owner, and add the bot."""
        chat = await self("POST", "/chats", kind=kind, title="On call", members=list(members), **more)
        await self("POST", f"/chats/{chat['id']}/add_bot", admin=admin)
        return int(chat["id"])


@dataclass
class Api:
    """Bare Bot API calls as JSON; the whole answer comes back, refusals too."""

    http: httpx.AsyncClient
    token: str = DEFAULT_TOKEN

    async def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        response = await self.http.post(f"/bot{self.token}/{method}", json=params)
        found: dict[str, Any] = response.json()
        assert response.status_code == found.get("error_code", 200)
        return found

    async def ok(self, method: str, **params: Any) -> Any:
        found = await self(method, **params)
        assert found["ok"], found
        return found["result"]

    async def no(self, method: str, **params: Any) -> str:
        found = await self(method, **params)
        assert not found["ok"], found
        return str(found["description"])

    async def updates(self) -> list[dict[str, Any]]:
        """Fetch everything and confirm it."""
        found: list[dict[str, Any]] = await self.ok("getUpdates")
        if found:
            await self.ok("getUpdates", offset=max(one["update_id"] for one in found) + 1)
        return found


async def until(check: Callable[[], Awaitable[Any]]) -> Any:
    """Return what `check` finds as soon as it is true, for what happens beside the test."""
    async with asyncio.timeout(5):
        while not (found := await check()):  # noqa: ASYNC110 (the event is across HTTP)
            await asyncio.sleep(0)
    return found


async def open_poll(world: World) -> None:
    """Wait until the bot's long poll has reached the sandbox."""

    async def polling() -> bool:
        return world.updates.is_polled

    await until(polling)


@pytest.fixture
def world() -> World:
    return World(start=START)


@pytest.fixture
async def server(world: World) -> AsyncIterator[Server]:
    async with serve(world) as running:
        yield running


@pytest.fixture
async def http(server: Server) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as client:
        yield client


@pytest.fixture
def stage(http: httpx.AsyncClient) -> Stage:
    return Stage(http)


@pytest.fixture
def api(http: httpx.AsyncClient) -> Api:
    return Api(http)


@pytest.fixture
async def ann(stage: Stage) -> int:
    """Somebody who has opened the conversation with the bot."""
    return await stage.person("Ann", username="ann", language_code="en")
