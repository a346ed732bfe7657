"""The stage of the demo, over HTTP: people and their chats, the page's orders, and when it is quiet there."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

import aiohttp


class Stage(Protocol):
    """Whatever can be asked as the stage is."""

    async def call(self, method: str, path: str, /, **body: Any) -> Any:
        """Make one call and return its JSON, None if it has no answer; raise RuntimeError for a refusal."""


class HttpStage:
    """The stage of a stand-in that runs behind an address."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def call(self, method: str, path: str, /, **body: Any) -> Any:
        """Make one call and return its JSON, None if it has no answer; raise RuntimeError for a refusal."""
        async with self._session.request(method, f"/stage{path}", json=body or None) as response:
            text = await response.text()
        if response.status >= 400:
            raise RuntimeError(f"the stage refuses {path}: {text}")
        return json.loads(text) if text else None


@asynccontextmanager
async def open_stage(url: str) -> AsyncIterator[HttpStage]:
    """Yield the stage of the stand-in at `url`."""
    async with aiohttp.ClientSession(url, timeout=aiohttp.ClientTimeout(total=60)) as session:
        yield HttpStage(session)
