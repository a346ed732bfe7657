"""The same presses on SQLite by one process, and on PostgreSQL by one for all or by one, two and four workers."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bench.clinic import found
from bench.office import office, press
from bench.start import STEADY
from bench.watch import wait_until_calm
from bot.main import QUIET
from sandbox.world import DEFAULT_TOKEN
from tests.postgres import database, first_that_starts

PATIENTS, PRESSES = 200, 1200
ALL = "intake,worker,sender,ticks"
REST = "intake,sender,ticks"
"""What one process does beside those that only handle presses."""
LONGEST = 180.0


@contextmanager
def server() -> Iterator[str]:
    """Start the PostgreSQL that the tests use (it does not wait for the disk), or take TEST_DATABASE_URL."""
    with ExitStack() as stack:
        yield os.environ.get("TEST_DATABASE_URL") or first_that_starts(stack)


def measure_sqlite() -> float:
    """Return presses a second, from the first answer to the last, of one process on SQLite."""
    with tempfile.TemporaryDirectory() as home:
        return _measure(Path(home), found(Path(home), _people(), now=datetime.now(UTC)), [""])


def measure_postgres(address: str, workers: int) -> float:
    """Return the same on PostgreSQL, with so many workers beside one process that polls and sends; 0: one for all."""
    parts = [REST, *["worker"] * workers] if workers else [ALL]
    with tempfile.TemporaryDirectory() as home, database(address, f"steady_bench_{os.getpid()}_{workers}") as url:
        found(Path(home), _people(), url, now=datetime.now(UTC))
        return _measure(Path(home), url, parts)


def _people() -> list[int]:
    return [1_000 + number for number in range(PATIENTS)]


def _measure(home: Path, url: str, parts: list[str]) -> float:
    people = _people()
    with office() as telegram, ExitStack() as stack:
        telegram.post("/bench/rules", json={"most": 0})
        processes = [stack.enter_context(_part(telegram, home, url, roles)) for roles in reversed(parts)]
        while not (told := telegram.get("/bench/told").json())["polls"] or told["greeted"] < len(parts):
            time.sleep(0.05)
        time.sleep(2 * QUIET)
        wait_until_calm(processes)  # each fetches what reads messages: a second and a half of a core
        data = "grade:0:nausea:1"
        updates = [press(1_000 + n, people[n % PATIENTS], data) for n in range(PRESSES)]
        began = time.monotonic()
        telegram.post("/bench/feed", json={"updates": updates})
        while len(telegram.get("/bench/told").json()["taken"]) < 2 * PRESSES:
            if time.monotonic() - began > LONGEST:
                raise TimeoutError("not everything was answered")
            time.sleep(0.5)
        taken = telegram.get("/bench/told").json()["taken"]
        return PRESSES / (float(taken[-1][2]) - began)


@contextmanager
def _part(telegram: httpx.Client, home: Path, url: str, roles: str) -> Iterator[int]:
    environment = {
        **os.environ,
        "STEADY_HOME": str(home),
        "STEADY_BOT_TOKEN": DEFAULT_TOKEN,
        "STEADY_API_URL": str(telegram.base_url).rstrip("/"),
        "STEADY_DATABASE_URL": url,
        "STEADY_SENDS_PER_SECOND": "0",
    }
    argv = [sys.executable, "-c", STEADY, "run", *(["--roles", roles] if roles else [])]
    with subprocess.Popen(argv, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            yield process.pid
        finally:
            process.terminate()
