"""The kill sweep: the real process under load, killed at random instants and started again, until everything is done.

Patients press while it is up and while it is down, reminders fall due all the time by the clock of this machine, and
every third patient presses a warning sign. In the end the ledger is compared with what was pressed, and what
Telegram accepted with what was owed.
"""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from storage.store import Store
from tests.faults.births import CONTENT, born, kill, steady_run
from tests.faults.clinic import Cast, found
from tests.faults.load import Load, Tally, letters_by_state, owed_now, tally
from tests.faults.stage import Stage, open_stage

TOKEN = "4242:SWEEP-" + "s" * 30
LIVES = (0.0, 0.45)
"""Seconds before a kill: for one process in four from its birth, so that it dies while it starts; for the others from
the first answer of Telegram to its polling."""
PER_SECOND = 100.0
"""How often somebody acts."""
PATIENTS_PER_KILL = 5
PATIENCE = 90
SECONDS_TO_LEAVE = 10


@dataclass
class Sweep:
    """One sweep: the process that is up now, and the load it is under."""

    url: str
    home: Path
    stage: Stage
    rng: random.Random
    other_crash: Callable[[], None] | None = None
    """What may happen in place of a kill, one time in five: the server of the database crashes, say."""
    seed: str = ""
    is_gentle: bool = False
    """Whether a process is told to stop, as a service manager would, in place of being killed."""
    kills: int = 0
    crashes: int = 0
    per_second: float = PER_SECOND
    process: BaseProcess | None = field(default=None)

    def run(self, kills: int) -> None:
        """Kill that often, let everything be finished, stop the process as a service manager would, and compare."""
        began = datetime.now(UTC)
        seconds = kills * 0.5
        load = self.found_clinic(PATIENTS_PER_KILL * max(kills, 5), began, seconds)
        self._start()
        while self.kills + self.crashes < kills:
            if self.rng.random() < 0.75:
                self._let_it_serve(load)
            self.go_on(load, self.rng.uniform(*LIVES))
            self._strike()
        self.finish(load)
        assert self.process is not None
        stop(self.process)
        self.found = self.compare(load)

    def found_clinic(self, count: int, began: datetime, seconds: float) -> Load:
        """Found a clinic of so many patients, each asked about the dose at some instant of the next seconds."""
        clinician = self.stage.person("Dr Grey")
        self.chat = self.stage.group(clinician)
        patients = [self.stage.person(f"P{number}") for number in range(count)]
        store = Store(self.url, lambda: began)
        due = [began + timedelta(seconds=self.rng.uniform(0, seconds)) for _ in patients]
        enrolled = found(store, CONTENT, Cast(clinician, self.chat, patients), sorted(due))
        store.close()
        load = Load(self.stage, self.rng)
        load.add(enrolled, CONTENT)
        return load

    def _start(self) -> None:
        self._born_at = self.stage.newest_call()
        self.process = born(steady_run, self.environment(), self.home / "steady.log")

    def environment(self) -> dict[str, str]:
        """Return the settings of the process."""
        return {
            "STEADY_BOT_TOKEN": TOKEN,
            "STEADY_API_URL": self.stage.url,
            "STEADY_HOME": str(self.home),
            "STEADY_DATABASE_URL": self.url,
            "STEADY_SENDS_PER_SECOND": "0",
            "STEADY_TICK_SECONDS": "0.2",
            "STEADY_LOG_LEVEL": "WARNING",
        }

    def go_on(self, load: Load, seconds: float) -> None:
        """Let people act until the time is up; the process must not end by itself meanwhile."""
        assert self.process is not None
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.process.join(min(left, self.rng.expovariate(self.per_second)))
            if self.process.exitcode is not None:
                raise AssertionError(f"steady run ended by itself with {self.process.exitcode}: {self.home}/steady.log")
            if end - time.monotonic() > 0:
                load.act()
        self.stage.read_calls()

    def _let_it_serve(self, load: Load) -> None:
        end = time.monotonic() + PATIENCE
        while not self.stage.was_polled_since(self._born_at):
            self.go_on(load, 0.05)
            assert time.monotonic() < end, f"it does not poll: {self.home}/steady.log"

    def _strike(self) -> None:
        assert self.process is not None
        if self.other_crash is not None and self.rng.random() < 0.2:
            self.crashes += 1
            self.other_crash()
        else:
            self.kills += 1
            (leave if self.is_gentle else kill)(self.process)
        self.stage.read_calls()  # what was accepted until now was sent in the life that is over
        self.stage.life += 1
        if self.process.exitcode is not None:
            self.process.close()
            self._start()

    def finish(self, load: Load) -> None:
        """Let people go on until they have done everything and nothing is owed; as long as it goes on, it may take."""
        store = Store(self.url, lambda: datetime.now(UTC))
        end, seen = time.monotonic() + PATIENCE, (0, 0)
        while not (load.is_over and self._is_quiet(store)):
            if (now := (load.done, len(self.stage.sent))) != seen:
                end, seen = time.monotonic() + PATIENCE, now
            if time.monotonic() > end:
                states = store.read(letters_by_state).result()
                waiting = sum(bool(one.deeds) for one in load.patients)
                raise AssertionError(f"nothing moves: {states}, {waiting} patients have something left to do")
            self.go_on(load, 0.1)
        store.close()

    def _is_quiet(self, store: Store) -> bool:
        return not self.stage.call("GET", "/pending")["updates"] and not store.read(owed_now).result()

    def compare(self, load: Load) -> Tally:
        """Compare what is on record, and what was sent, with what people did."""
        self.stage.read_calls()
        store = Store(self.url, lambda: datetime.now(UTC))
        found = store.read(lambda session: tally(session, load, self.chat)).result()
        store.close()
        return found


def leave(process: BaseProcess) -> None:
    """Tell a process to stop, whatever it is doing, be it starting; it must be gone in ten seconds."""
    process.terminate()
    process.join(SECONDS_TO_LEAVE)
    # One that has not got as far as to listen for the signal has not got as far as to send anything either.
    assert process.exitcode in (0, -signal.SIGTERM), f"SIGTERM left it with {process.exitcode}"


def stop(process: BaseProcess) -> None:
    """Stop a process as a service manager would; it must leave by itself."""
    process.terminate()
    process.join(15)
    assert process.exitcode == 0, f"SIGTERM ended it with {process.exitcode}"
    process.close()


def sweep(
    url: str,
    home: Path,
    *,
    kills: int,
    seed: str,
    other_crash: Callable[[], None] | None = None,
    is_gentle: bool = False,
) -> Sweep:
    """Run one sweep against a stand-in of its own."""
    with open_stage(TOKEN) as stage:
        done = Sweep(url, home, stage, random.Random(seed), other_crash, seed, is_gentle)
        done.run(kills)
        return done
