"""The sweep of A7: the real process under load is denied further memory while it runs, again and again.

The kernel refuses it every new mapping (RLIMIT_AS, set below what it holds), so that allocations fail wherever it then
needs one: in a thread, in a task, in SQLite, in the loop. It must end by itself, or do its work; nothing in between.
"""

from __future__ import annotations

import random
import resource
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.births import kill
from tests.faults.load import Load
from tests.faults.stage import open_stage
from tests.faults.sweep import TOKEN, Sweep, stop

PATIENTS_PER_TIME = 6
HANGS_AFTER = 30.0
"""Seconds without a sign of life, from a process that has not ended, after which it hangs (reliability.md A7)."""
MOST_LIVES = 4
"""Lives for each that is to end of the limit: some have all the memory that they need already."""
WORKED_ON = "worked on"
LOOKED_AT = 1.0
"""Seconds for which people act after the limit, before it is asked whether the process still answers."""
LONG = "The weather was fine and I went for a walk with the dog. " * 70
"""A message as long as Telegram takes one, about nothing that raises an alert: to read it takes memory."""


@dataclass
class Starving(Sweep):
    """A sweep that lets processes run into a limit of memory."""

    ends: Counter[str] = field(default_factory=Counter)
    """How each life under a limit ended: by which exit code, or that it worked on and was killed by us."""
    hangs: list[str] = field(default_factory=list)
    slowest_end: float = 0.0
    slowest_start: float = 0.0
    """Seconds from the start after a life that ended to the first message that Telegram took."""

    def run(self, kills: int) -> None:
        """Let that many lives end of the limit, let everything be finished without one, and compare."""
        load = self.found_clinic(PATIENTS_PER_TIME * max(kills, 5), datetime.now(UTC), kills * 4.0)
        self._start()
        while self.ended < kills and self.kills < MOST_LIVES * kills and not self.hangs:
            if self.rng.random() < 0.85:
                self._let_it_serve(load)
                self.go_on(load, self.rng.uniform(0, 0.6))
            else:
                self.go_on(load, self.rng.uniform(0, 0.3))
            self._deny_memory()
            self._see_how_it_goes(load)
            self._start_again(load)
        self.finish(load)
        assert self.process is not None
        stop(self.process)
        self.found = self.compare(load)

    @property
    def ended(self) -> int:
        """Return how many lives ended by themselves."""
        return self.ends.total() - self.ends[WORKED_ON]

    def _deny_memory(self) -> None:
        assert self.process is not None
        assert self.process.pid is not None
        pid = self.process.pid
        held = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        room = self.rng.choice((0, 2**20, 2**24, 2**26)) * self.rng.random()
        resource.prlimit(pid, resource.RLIMIT_AS, (held + int(room), resource.RLIM_INFINITY))

    def _see_how_it_goes(self, load: Load) -> None:
        """Let people act and write long messages; then see whether the process has ended, or still answers."""
        began = time.monotonic()
        while time.monotonic() - began < LOOKED_AT and not self._has_ended(load):
            pass
        if self._answers(load):
            self.ends[WORKED_ON] += 1
        elif self._code() is None:
            self.hangs.append(f"life {self.stage.life}")
        if self._code() is not None:
            self.ends[f"exit {self._code()}"] += 1
            self.slowest_end = max(self.slowest_end, time.monotonic() - began)

    def _has_ended(self, load: Load) -> bool:
        assert self.process is not None
        self.process.join(self.rng.expovariate(self.per_second))
        if self._code() is None:
            load.act()
            if self.rng.random() < 0.05:
                who = self.rng.choice(load.patients).enrolled.telegram_id
                self.stage.call("POST", f"/people/{who}/say", text=LONG)
        return self._code() is not None

    def _code(self) -> int | None:
        assert self.process is not None
        return self.process.exitcode

    def _answers(self, load: Load) -> bool:
        """Return whether somebody who writes now is answered; what others are told before that is a sign of life."""
        assert self.process is not None
        who = self.rng.choice(load.patients).enrolled.telegram_id
        for text in (LONG, "/start"):  # in one chat one comes after the other
            self.stage.call("POST", f"/people/{who}/say", text=text)
        seen, end, answered = self._handled(), time.monotonic() + HANGS_AFTER, 0
        while self._code() is None and time.monotonic() < end:
            self.process.join(0.05)
            handled = self._handled()
            answered += sum(str(params["chat_id"]) == str(who) for _, params in self.stage.sent[seen:handled])
            if answered >= 2:
                return self._code() is None
            end = time.monotonic() + HANGS_AFTER if handled > seen else end
            seen = handled
        return False

    def _handled(self) -> int:
        self.stage.read_calls()
        return len(self.stage.sent)

    def environment(self) -> dict[str, str]:
        """Return the settings of the process; it says when it serves."""
        return super().environment() | {"STEADY_LOG_LEVEL": "INFO"}

    def _start_again(self, load: Load) -> None:
        assert self.process is not None
        self.kills += 1
        if self.process.exitcode is None:
            kill(self.process)
        self._handled()
        self.stage.life += 1
        self.process.close()
        began, sent = time.monotonic(), len(self.stage.sent)
        self.stage.call("POST", f"/people/{load.patients[0].enrolled.telegram_id}/say", text="/start")
        self._start()
        while self._handled() == sent:
            self.go_on(load, 0.05)
            assert time.monotonic() - began < 60, f"it answers nobody: {self.home}/steady.log"
        self.slowest_start = max(self.slowest_start, time.monotonic() - began)


def starve(url: str, home: Path, *, times: int, seed: str) -> Starving:
    """Run one sweep against a stand-in of its own."""
    with open_stage(TOKEN) as stage:
        done = Starving(url, home, stage, random.Random(seed), seed=seed)
        try:
            done.run(times)
        finally:
            with suppress(ValueError):  # it was closed already
                if done.process is not None and done.process.is_alive():
                    kill(done.process)
        return done
