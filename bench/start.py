"""From typing `steady run` to the bot's first question to Telegram, and to its first answer to a patient who waited."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bench.clinic import found
from bench.office import office, press
from sandbox.world import DEFAULT_TOKEN

STEADY = "import sys; sys.argv[0] = 'steady'; from bot.cli import main; sys.exit(main())"
PERSON = 1_000
LONGEST = 60.0


def measure() -> tuple[float, float]:
    """Return the seconds of one cold start: to the first question, and to the first answer.

    The operating system's file cache is warm.
    """
    with office() as telegram, tempfile.TemporaryDirectory() as home:
        telegram.post("/bench/rules", json={"most": 0})
        telegram.post("/bench/feed", json={"updates": [press(1, PERSON, "grade:0:nausea:1")]})
        environment = {
            **os.environ,
            "STEADY_HOME": home,
            "STEADY_BOT_TOKEN": DEFAULT_TOKEN,
            "STEADY_API_URL": str(telegram.base_url).rstrip("/"),
            "STEADY_DATABASE_URL": found(Path(home), [PERSON], now=datetime.now(UTC)),
        }
        began = time.perf_counter()
        with subprocess.Popen([sys.executable, "-c", STEADY, "run"], env=environment, stderr=subprocess.DEVNULL) as bot:
            try:
                seconds = [_until(telegram, name, began) for name in ("polls", "taken")]
            finally:
                bot.terminate()
        return seconds[0], seconds[1]


def _until(telegram: httpx.Client, name: str, began: float) -> float:
    while not telegram.get("/bench/told").json()[name]:
        if time.perf_counter() - began > LONGEST:
            raise TimeoutError(name)
        time.sleep(0.01)
    return time.perf_counter() - began
