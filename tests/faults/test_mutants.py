"""A hundred thousand mutated updates through `steady run`, a process of its own: it neither fails, dies nor grows."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench.clinic import ADMIN, found
from bench.office import office, press
from bench.start import STEADY
from sandbox.world import DEFAULT_TOKEN
from tests.stories.test_hostile import MOST_GROWTH, mutate

PATIENT, BYSTANDER, STRANGER, GROUP = 1_000, 1_001, 1_002, -1_000_000_001
WARM, MUTANTS = 5_000, 100_000
NO_FAULT = {"update-trouble"}
"""A malformed update is set aside by itself, and said so."""


@contextmanager
def serving(telegram: httpx.Client, home: Path, url: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        "STEADY_HOME": str(home),
        "STEADY_BOT_TOKEN": DEFAULT_TOKEN,
        "STEADY_API_URL": str(telegram.base_url).rstrip("/"),
        "STEADY_DATABASE_URL": url,
        "STEADY_LOG_FORMAT": "json",
    }
    with (
        (home / "log").open("wb") as log,
        subprocess.Popen([sys.executable, "-c", STEADY, "run"], env=environment, stderr=log) as bot,
    ):
        try:
            yield bot
        finally:
            bot.terminate()
            try:
                bot.wait(timeout=60)
            except subprocess.TimeoutExpired:
                bot.kill()
                raise


def lives(bot: subprocess.Popen[bytes], seconds: float) -> None:
    """Let it live on for a while; fail if it ends."""
    with suppress(subprocess.TimeoutExpired):
        raise AssertionError(f"it ended with {bot.wait(timeout=seconds)}")


def feed(telegram: httpx.Client, bot: subprocess.Popen[bytes], file: Path, updates: list[dict[str, Any]]) -> None:
    """Let updates come, and wait until each was tried once at least."""
    for start in range(0, len(updates), 2_000):
        written = json.dumps({"updates": updates[start : start + 2_000]})  # escapes what is no letter at all
        telegram.post("/bench/feed", content=written).raise_for_status()
        _wait_until_tried(bot, file, updates[min(start + 2_000, len(updates)) - 1]["update_id"])


def _wait_until_tried(bot: subprocess.Popen[bytes], file: Path, last: int) -> None:
    end = time.monotonic() + 900
    arrived = "select count(*) from inbox where update_id = ?"
    waiting = "select count(*) from inbox where state = 'waiting' and attempts = 0"
    while time.monotonic() < end:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            if connection.execute(arrived, [last]).fetchone()[0] and not connection.execute(waiting).fetchone()[0]:
                return
        lives(bot, 0.2)
    raise AssertionError("the updates were not handled in time")


def memory(process: int) -> float:
    """Return the resident memory in MiB; Linux only."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@pytest.mark.nightly
def test_a_hundred_thousand_mutants_neither_stop_it_nor_make_it_grow(tmp_path: Path, rng: random.Random) -> None:
    url, file = found(tmp_path, [PATIENT, BYSTANDER], now=datetime.now(UTC)), tmp_path / "steady.db"
    senders = (PATIENT, STRANGER, ADMIN)
    with office() as telegram, serving(telegram, tmp_path, url) as bot:
        telegram.post("/bench/rules", json={"most": 0})
        numbers = range(10_000_000, 10_000_000 + WARM + MUTANTS)
        mutants = [{**mutate(rng, n, rng.choice(senders), GROUP), "update_id": n} for n in numbers]
        feed(telegram, bot, file, mutants[:WARM])
        before = memory(bot.pid)
        feed(telegram, bot, file, mutants[WARM:])
        grown = memory(bot.pid) - before
        feed(telegram, bot, file, [press(numbers.stop, BYSTANDER, "grade:0:nausea:1")])
        lives(bot, 3)
        answered = [chat for _, chat, _ in telegram.get("/bench/told").json()["taken"] if chat == BYSTANDER]
    said = Counter(_event(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines())
    with closing(sqlite3.connect(file)) as connection:
        states = dict(connection.execute("select state, count(*) from inbox group by state").fetchall())
    print(f"memory {before:.0f} + {grown:.0f} MiB, inbox {states}, said {said}")
    assert sum(states.values()) == WARM + MUTANTS + 1
    assert set(said) - NO_FAULT == {None}
    assert answered
    assert grown <= MOST_GROWTH


def _event(line: str) -> str | None:
    """Return what an error or worse is about; None for the rest. A line that is no log is a traceback."""
    try:
        told = json.loads(line)
    except ValueError:
        return f"no log line: {line}"
    return str(told["event"]) if told["level"] in ("error", "critical") else None
