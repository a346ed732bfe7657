"""Killed at any moment, Steady answers again within fifteen seconds, by what the unit that ships says (H2)."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.store import Store
from tests.conftest import THROWAWAY
from tests.faults.births import CONTENT
from tests.faults.clinic import Cast, found
from tests.faults.stage import Stage, open_stage
from tests.faults.supervisors import ROOT, UNIT, Supervisor, by_its_words, systemd
from tests.faults.sweep import TOKEN

WITHIN = 15.0
STARTS_WITHIN = 60.0
PAUSE = threading.Event()
"""Never set: there is a time to wait for, and nothing else."""


def test_the_manual_quotes_the_unit_that_ships() -> None:
    manual = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    quoted = "\n".join(f"    {line}".rstrip() for line in UNIT.read_text(encoding="utf-8").splitlines())
    assert quoted in manual


@pytest.fixture
def stage() -> Iterator[Stage]:
    with open_stage(TOKEN) as stage:
        yield stage


def settings(stage: Stage, url: str, home: Path) -> dict[str, str]:
    """Found a clinic; return the settings of a Steady that serves it."""
    grey = stage.person("Dr Grey")
    now = datetime.now(UTC)
    store = Store(url, lambda: now)
    found(store, CONTENT, Cast(grey, stage.group(grey), []), [])
    store.close()
    return {
        "STEADY_BOT_TOKEN": TOKEN, "STEADY_API_URL": stage.url, "STEADY_HOME": str(home), "STEADY_DATABASE_URL": url,
        "STEADY_MASTER_KEY": THROWAWAY.written(), "PTB_TIMEDELTA": "1",
    }  # fmt: skip


def answered(stage: Stage, who: int, since: float, within: float) -> float:
    """Let somebody write; return after how many seconds from `since` they were answered."""
    stage.read_calls()
    seen = len(stage.sent)
    stage.call("POST", f"/people/{who}/say", text="/start")
    while time.monotonic() < since + within:
        stage.read_calls()
        if any(str(params["chat_id"]) == str(who) for _, params in stage.sent[seen:]):
            return time.monotonic() - since
        PAUSE.wait(0.05)
    raise AssertionError(f"no answer within {within} s")


def kill_again_and_again(stage: Stage, kept: Supervisor, rng: random.Random, kills: int) -> list[float]:
    """Kill it that often; return after how many seconds somebody was answered each time."""
    patients = [stage.person(f"P{number}") for number in range(kills + 1)]
    answered(stage, patients[0], time.monotonic(), STARTS_WITHIN)
    took = []
    for patient in patients[1:]:
        PAUSE.wait(rng.uniform(0, 1))
        process = kept.find()
        assert process is not None
        os.kill(process, signal.SIGKILL)
        took.append(answered(stage, patient, time.monotonic(), WITHIN))
    return took


@pytest.mark.parametrize("kills", [1, pytest.param(50, marks=pytest.mark.nightly)])
def test_killed_it_answers_again_within_fifteen_seconds(
    stage: Stage,
    fresh_sqlite: str,
    tmp_path: Path,
    rng: random.Random,
    kills: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By a systemd of our own where one can be had, else by somebody who does what the unit says."""
    environment = settings(stage, fresh_sqlite, tmp_path)
    with ExitStack() as rooms:
        real = rooms.enter_context(systemd(environment, tmp_path))
        kept = real or rooms.enter_context(by_its_words(environment, tmp_path))
        took = kill_again_and_again(stage, kept, rng, kills)
    with capsys.disabled():
        print(f"\n{type(kept).__name__}: {kills} kills, answered after {min(took):.1f} to {max(took):.1f} s")
    assert len(took) == kills


def test_without_systemd_too_the_words_of_the_unit_are_enough(
    stage: Stage, fresh_sqlite: str, tmp_path: Path, rng: random.Random
) -> None:
    environment = settings(stage, fresh_sqlite, tmp_path)
    with by_its_words(environment, tmp_path) as kept:
        assert kill_again_and_again(stage, kept, rng, 1)
