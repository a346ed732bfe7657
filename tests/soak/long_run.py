"""One long run: the stand-in, a clinic, the real process, somebody who acts all the time, and a look now and then."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from content.loader import load_content
from storage.inbox import count_parked
from storage.outbox import count_failed
from storage.reading import Session
from storage.store import Store
from storage.troubles import is_away
from tests.faults.clinic import Cast, found
from tests.faults.load import owed_now
from tests.faults.stage import Stage, open_stage
from tests.soak.doings import Doings, flags_of, make_digest_due
from tests.soak.samples import Sample, look_at

TOKEN = "4242:SOAK-" + "k" * 30
PATIENTS = 300
LOOK_EVERY, CASES_EVERY, DIGEST_EVERY = 10.0, 5.0, 240.0
PATIENCE = 120.0
SECONDS_TO_LEAVE = 30


@dataclass
class LongRun:
    """What came of it. `trouble` are the errors in the log; its warnings are counted, for a busy machine has some."""

    samples: list[Sample] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    left_over: int = 0
    trouble: list[str] = field(default_factory=list)
    warnings: int = 0
    exit_code: int | None = None


def run(
    url: str, home: Path, *, seconds: float, per_second: float, seed: str, note: Callable[[Sample], None]
) -> LongRun:
    """Serve under load for so long, with things happening so often; then let everything be finished, and stop.

    `note` is given each look at the process as it is made.
    """
    told, rng = home / "told.json", random.Random(seed)
    with open_stage(TOKEN) as stage, serving(environment(stage, url, home), home, told) as process:
        store = Store(url, lambda: datetime.now(UTC))
        doings = open_clinic(stage, store, rng, seconds)
        result = LongRun(done=doings.done)
        log, port = Path(f"{url.removeprefix('sqlite:///')}-wal"), int(stage.url.rpartition(":")[2])
        drive = Drive(process, doings, store, told, log, time.monotonic(), per_second, port)
        for sample in drive.go_on(seconds):
            result.samples.append(sample)
            note(sample)
        result.left_over = drive.finish()
        result.refused = doings.refused
        store.close()
        process.terminate()
        result.exit_code = process.wait(SECONDS_TO_LEAVE)
    lines = (home / "steady.log").read_text(encoding="utf-8").splitlines()
    result.trouble = [line for line in lines if "[error" in line or "Traceback" in line]
    result.warnings = sum("[warning" in line for line in lines)
    return result


def open_clinic(stage: Stage, store: Store, rng: random.Random, seconds: float) -> Doings:
    """Found a clinic whose patients are asked at instants spread over the run, or over a day of it."""
    content, clinician = load_content(), stage.person("Dr Grey")
    # The colleague whom `found` puts on the staff: the ladder writes to them in private.
    stage.call("POST", "/people", id=clinician + 1_000_000, first_name="Lee", role="clinician", started=True)
    cast = Cast(clinician, stage.group(clinician), [stage.person(f"P{number}") for number in range(PATIENTS)])
    ahead = min(seconds, 8 * 3600.0)
    due = sorted(datetime.now(UTC) + timedelta(seconds=rng.uniform(0, ahead)) for _ in cast.patients)
    return Doings(stage, rng, cast, found(store, content, cast, due), flags_of(content))


def environment(stage: Stage, url: str, home: Path) -> dict[str, str]:
    """Return the settings: those of an installation as it comes, but for places."""
    return {
        **os.environ,
        "STEADY_BOT_TOKEN": TOKEN,
        "STEADY_API_URL": stage.url,
        "STEADY_HOME": str(home),
        "STEADY_DATABASE_URL": url,
        "STEADY_LOG_LEVEL": "WARNING",
    }


@contextmanager
def serving(around: dict[str, str], home: Path, told: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start the process; whatever happens, nothing is left of it."""
    with (home / "steady.log").open("ab") as log:
        argv = [sys.executable, "-m", "tests.soak.watched", str(told)]
        with subprocess.Popen(argv, env=around, stdout=log, stderr=log) as process:
            try:
                yield process
            finally:
                process.kill()


@dataclass
class Drive:
    """Lets people act at a pace, and looks at the process. `port` is Telegram's."""

    process: subprocess.Popen[bytes]
    doings: Doings
    store: Store
    told: Path
    log: Path
    began: float
    per_second: float
    port: int

    def go_on(self, seconds: float) -> Iterator[Sample]:
        """Let people act for so long; yield each look at the process."""
        acts, next_look, next_cases, next_digest = 0, LOOK_EVERY, CASES_EVERY, DIGEST_EVERY
        while (now := time.monotonic() - self.began) < seconds:
            if now >= next_cases:
                next_cases = now + CASES_EVERY
                self.doings.look_for_cases(self.store)
            if now >= next_digest and self._brought_forward():
                next_digest = now + DIGEST_EVERY
            if now >= next_look and self.told.exists():
                next_look = now + LOOK_EVERY
                assert self.process.pid is not None
                yield look_at(self.process.pid, now, self.told, self.log, self.port)
            if acts < now * self.per_second:
                acts += 1
                self.doings.act()
            else:
                self._wait(acts / self.per_second - now)

    def _brought_forward(self) -> bool:
        try:
            self.store.write(make_digest_due).result()
        except Exception as error:  # the process at work has the lock: in a moment again
            if is_away(error):
                return False
            raise
        return True

    def _wait(self, seconds: float) -> None:
        try:
            code = self.process.wait(max(seconds, 0.001))
        except subprocess.TimeoutExpired:
            return
        raise AssertionError(f"it ended by itself with {code}: see steady.log")

    def finish(self) -> int:
        """Wait until everything that was said is dealt with; return what is left over, parked or refused for good."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if not self.doings.stage.call("GET", "/pending")["updates"] and not self.store.read(owed_now).result():
                break
            self._wait(0.5)
        return self.store.read(_left_over).result()


def _left_over(session: Session) -> int:
    return owed_now(session) + count_parked(session) + count_failed(session)
