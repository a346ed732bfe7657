"""What a bot with nothing to do costs: `steady run` with a founded clinic, left alone for a while.

A second after the start it fetches what reads messages; its memory is looked at before and after.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.clinic import found
from bench.office import office
from bench.start import STEADY
from bench.watch import ticks
from bot.main import QUIET
from sandbox.world import DEFAULT_TOKEN

SETTLES, LOOKS = 12.0, 30.0


@dataclass(frozen=True)
class Idle:
    """Share of one core (percent), and resident memory (MiB) before the reader is loaded and with it."""

    percent: float
    without_reader: float
    memory: float


def measure() -> Idle:
    """Read what the kernel counts for the process; Linux only."""
    with office() as telegram, tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "STEADY_HOME": home,
            "STEADY_BOT_TOKEN": DEFAULT_TOKEN,
            "STEADY_API_URL": str(telegram.base_url).rstrip("/"),
            "STEADY_DATABASE_URL": found(Path(home), [], now=datetime.now(UTC)),
        }
        with subprocess.Popen([sys.executable, "-c", STEADY, "run"], env=environment, stderr=subprocess.DEVNULL) as bot:
            while not telegram.get("/bench/told").json()["polls"]:
                time.sleep(0.01)
            time.sleep(QUIET / 2)
            without_reader = _resident(bot.pid)
            time.sleep(SETTLES)
            before = ticks(bot.pid)
            time.sleep(LOOKS)
            used = (ticks(bot.pid) - before) / os.sysconf("SC_CLK_TCK")
            memory = _resident(bot.pid)
            bot.terminate()
        return Idle(100 * used / LOOKS, without_reader, memory)


def _resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
