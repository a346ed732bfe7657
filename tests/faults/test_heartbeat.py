"""Whatever breaks, the monitor outside alarms within five minutes, if it waits as operators are told to let it (H1)."""

from __future__ import annotations

import os
import random
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from storage.store import Store
from tests.faults.births import CONTENT, born, kill
from tests.faults.clinic import Cast, found
from tests.faults.hurried import HURRY, INSIDE, SETTINGS, run_hurried
from tests.faults.server import PostgresServer
from tests.faults.stage import Stage, open_stage
from tests.faults.sweep import TOKEN
from tests.monitor import Monitor, open_monitor, patience

WITHIN = 300.0 / HURRY
STARTS_WITHIN = 60.0
MINUTE = 60.0 / HURRY


@dataclass
class Scene:
    """A process that serves a clinic, the monitor that it tells so, and what may be done to it from outside."""

    stage: Stage
    monitor: Monitor
    process: BaseProcess
    chat: int

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    def send(self, sign: signal.Signals) -> None:
        os.kill(self.pid, sign)

    def fill_the_disk(self) -> None:
        """No file of the process may grow, its log neither: what a full disk is to it, but for the word for it."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


OUTSIDE: dict[str, Callable[[Scene], object]] = {
    "it is killed": lambda scene: scene.send(signal.SIGKILL),
    "it is stopped": lambda scene: scene.send(signal.SIGSTOP),
    "Telegram knows the token no more": lambda scene: scene.stage.call("POST", "/faults", kind="401"),
    "the clinicians' chat is gone without a word": lambda scene: scene.stage.call(
        "POST", "/faults", kind="status", status=400, says="Bad Request: chat not found", chat=scene.chat
    ),
    "the clinicians' chat is deleted": lambda scene: scene.stage.call("POST", f"/chats/{scene.chat}/delete"),
    "the bot is thrown out of the clinicians' chat": lambda scene: scene.stage.call(
        "POST", f"/chats/{scene.chat}/remove_bot"
    ),
    "the disk is full": Scene.fill_the_disk,
}
NOTHING = ""
PAUSE = threading.Event()
"""Never set: there is a time to wait for, and nothing else."""


@pytest.fixture
def monitor() -> Iterator[Monitor]:
    with open_monitor(time.monotonic, patience() / HURRY) as monitor:
        yield monitor


@pytest.fixture
def stage() -> Iterator[Stage]:
    with open_stage(TOKEN) as stage:
        yield stage


def open_scene(stage: Stage, monitor: Monitor, url: str, home: Path, how: str) -> Scene:
    """Found a clinic with one patient and wait for two signs of life."""
    grey, ann = stage.person("Dr Grey"), stage.person("Ann")
    chat = stage.group(grey)
    now = datetime.now(UTC)
    store = Store(url, lambda: now)
    found(store, CONTENT, Cast(grey, chat, [ann]), [now])
    store.close()
    environment = {
        "STEADY_BOT_TOKEN": TOKEN, "STEADY_API_URL": stage.url, "STEADY_HOME": str(home), "STEADY_DATABASE_URL": url,
        "STEADY_HEARTBEAT_URL": monitor.url, **SETTINGS,
    }  # fmt: skip
    process = born(run_hurried, environment, home / "steady.log", how)
    end = time.monotonic() + STARTS_WITHIN
    while len(monitor.signs) < 2:
        assert process.exitcode is None, f"it ended: {home}/steady.log"
        assert time.monotonic() < end, f"no sign of life: {home}/steady.log"
        PAUSE.wait(0.05)
    return Scene(stage, monitor, process, chat)


def expect_the_alarm(scene: Scene, break_it: Callable[[Scene], object], rng: random.Random) -> None:
    """Break it at some moment between two signs, and see the monitor alarm in time, and not before."""
    try:
        PAUSE.wait(rng.uniform(0, MINUTE))
        assert scene.monitor.alarms() == []
        broken_at = time.monotonic()
        break_it(scene)
        while not (alarms := scene.monitor.alarms()) and time.monotonic() < broken_at + 2 * WITHIN:
            PAUSE.wait(0.05)
        assert alarms, "no alarm"
        assert alarms[0] - broken_at <= WITHIN, f"after {(alarms[0] - broken_at) * HURRY:.0f} s"
    finally:
        kill(scene.process)


RARE = {how for how in INSIDE if "over and over" in how} - {"the worker fails over and over"} | {
    "the bot is thrown out of the clinicians' chat",
    "the clinicians' chat is deleted",
    "the storage threads that read are deadlocked",
    "the sender waits for ever",
    "the tick of the rounds is gone",
}
"""Further ways to break beside the ten of the catalogue: by night."""
WAYS = [pytest.param(how, marks=[pytest.mark.nightly] if how in RARE else []) for how in (*OUTSIDE, *INSIDE)]


@pytest.mark.parametrize("how", WAYS)
def test_the_monitor_alarms_within_five_minutes_when(
    stage: Stage, monitor: Monitor, fresh_sqlite: str, tmp_path: Path, rng: random.Random, how: str
) -> None:
    scene = open_scene(stage, monitor, fresh_sqlite, tmp_path, how)
    expect_the_alarm(scene, OUTSIDE.get(how, lambda scene: scene.send(signal.SIGUSR1)), rng)


def test_the_monitor_alarms_within_five_minutes_when_the_database_hangs(
    stage: Stage,
    monitor: Monitor,
    own_postgres: PostgresServer,
    fill_postgres_template: Callable[[str], None],
    tmp_path: Path,
    rng: random.Random,
) -> None:
    url = own_postgres.database("heartbeat")
    fill_postgres_template(url)
    scene = open_scene(stage, monitor, url, tmp_path, NOTHING)
    try:
        expect_the_alarm(scene, lambda _: own_postgres.hang(), rng)
    finally:
        own_postgres.go_on()


def test_the_monitor_does_not_alarm_while_nothing_is_broken(
    stage: Stage, monitor: Monitor, fresh_sqlite: str, tmp_path: Path
) -> None:
    """Else the alarms above would say nothing."""
    scene = open_scene(stage, monitor, fresh_sqlite, tmp_path, NOTHING)
    PAUSE.wait(8 * MINUTE)
    kill(scene.process)
    assert monitor.alarms() == []
    assert len(monitor.signs) >= 6
