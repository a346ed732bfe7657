"""Open the thin post office of `bench/post_office.py`, and a Steady that writes to it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from bench.stage import free_port, wait_for
from bot.clock import Clock, SystemClock
from bot.settings import read_settings
from bot.steady import Steady
from content.loader import load_content
from sandbox.world import DEFAULT_TOKEN


@contextmanager
def office() -> Iterator[httpx.Client]:
    """Start the post office; yield a client for its `/bench` side."""
    port = free_port()
    with subprocess.Popen([sys.executable, "-m", "bench.post_office", str(port)]) as process:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60) as client:
                wait_for(client, path="/bench/told")
                yield client
        finally:
            process.terminate()


@asynccontextmanager
async def steady_at(
    telegram: httpx.Client, url: str, *, per_second: float, home: Path, clock: Clock | None = None, **changed: Any
) -> AsyncIterator[Steady]:
    """Let Steady serve over this database until the block ends."""
    changes = {
        "bot_token": SecretStr(DEFAULT_TOKEN),
        "api_url": str(telegram.base_url).rstrip("/"),
        "database_url": url,
        "sends_per_second": per_second,
        "poll_seconds": 1,
        "home": home,
        **changed,
    }
    settings = read_settings(needs_token=False, env_file=None).model_copy(update=changes)
    steady = Steady(settings, load_content(), clock or SystemClock())
    await steady.start()
    try:
        yield steady
    finally:
        await steady.stop()


def press(update_id: int, person: int, data: str) -> dict[str, Any]:
    """Return the update of somebody who presses a button under a message of ours."""
    user = {"id": person, "is_bot": False, "first_name": "P", "language_code": "en"}
    chat = {"id": person, "type": "private", "first_name": "P"}
    message = {"message_id": 1, "date": 0, "chat": chat, "text": "How do you feel?"}
    query = {"id": str(update_id), "from": user, "chat_instance": "1", "message": message, "data": data}
    return {"update_id": update_id, "callback_query": query}
