"""Pushing updates to the bot: one at a time, in order, with the secret header, again until a 2xx."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from sandbox.world import World

Answer = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass
class Webhook:
    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_at: int | None = None
    last_error: str = ""
    retry_seconds: float = 0.05
    retry_most: float = 2.0

    def info(self, pending: int, allowed: list[str]) -> dict[str, Any]:
        found: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": pending,
        }
        if self.url:
            found |= {"max_connections": self.max_connections, "ip_address": "127.0.0.1"}
        if self.last_error_at:
            found |= {"last_error_date": self.last_error_at, "last_error_message": self.last_error}
        return found | ({"allowed_updates": allowed} if allowed else {})


async def push_for_ever(world: World, answer: Answer) -> None:
    """Deliver whatever waits while a webhook is set, until the world closes.

    `answer` makes the Bot API call that a webhook may put in the body of its 200.
    """
    news = asyncio.Event()
    world.updates.on_new.append(news.set)
    try:
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
            while not world.closing.is_set():
                if not (world.webhook.url and world.updates.pending()):
                    await _first(news, world.closing)
                    news.clear()
                    continue
                await _push_next(world, client, answer)
    finally:
        world.updates.on_new.remove(news.set)


async def _first(*events: asyncio.Event, seconds: float | None = None) -> None:
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()


async def _push_next(world: World, client: httpx.AsyncClient, answer: Answer) -> None:
    hook, entry = world.webhook, world.updates.queue[0]
    headers = {"Content-Type": "application/json"}
    if hook.secret:
        headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret
    try:
        response = await client.post(hook.url, content=json.dumps(entry.body).encode(), headers=headers)
        problem = "" if response.is_success else f"Wrong response from the webhook: {response.status_code}"
    except httpx.HTTPError as error:
        problem = f"Connection failed: {type(error).__name__}"
    if problem:
        hook.last_error_at, hook.last_error = world.clock.stamp(), problem
        await _first(world.closing, seconds=hook.retry_seconds)
        hook.retry_seconds = min(hook.retry_seconds * 2, hook.retry_most)
        return
    hook.retry_seconds = 0.05
    world.updates.confirm_one(entry)
    called = _call_in(response)
    if called:
        await answer(called)


def _call_in(response: httpx.Response) -> dict[str, Any] | None:
    try:
        body = response.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) and isinstance(body.get("method"), str) else None
