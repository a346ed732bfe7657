"""Two processes on one database: whichever leads is killed or frozen, again and again, and the other must take over.

The database itself keeps watch: a trigger notes every write that only a holder of a lease may make, and whether the
process that made it held the lease at that very moment.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

import psycopg

from tests.faults.births import PATIENCE, born, kill, steady_run
from tests.faults.load import Load
from tests.faults.stage import open_stage
from tests.faults.sweep import TOKEN, Sweep, stop

LEASES = {"polling", "sending", "rounds"}
PER_SECOND = 8.0
"""How often somebody acts."""
SECONDS_PER_STRIKE = 12
PATIENTS_PER_STRIKE = 12
TAKEOVER = 30.0
"""Seconds after which at the latest another process must lead (reliability.md F2)."""

WATCH = """
create table held (lease text, fence bigint, app text);
create table watched (lease text, what text, app text, may boolean);
create function note_holder() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or new.fence <> old.fence then
    insert into held values (new.name, new.fence, current_setting('application_name'));
  end if;
  return null;
end $$;
create function note_write() returns trigger language plpgsql as $$
begin
  insert into watched select tg_argv[0], tg_table_name, current_setting('application_name'), exists (
    select 1 from leases l join held h on h.lease = l.name and h.fence = l.fence
    where l.name = tg_argv[0] and h.app = current_setting('application_name'));
  return null;
end $$;
create trigger note_holder after insert or update on leases for each row execute function note_holder();
create trigger note_fetched after insert on inbox for each statement execute function note_write('polling');
create trigger note_sent after update on outbox for each row
  when (new.state in ('sending', 'sent') and new.state <> old.state) execute function note_write('sending');
create trigger note_round after insert or update on marks for each row
  when (new.key = 'last-round') execute function note_write('rounds');
"""
DOING = """
select application_name, state, wait_event, now() - state_change, pg_blocking_pids(pid), pid, left(query, 60)
from pg_stat_activity where datname = current_database() and state <> 'idle'
"""
LEADERS = """
select l.name, h.app from leases l join held h on h.lease = l.name and h.fence = l.fence
where l.until > now() at time zone 'utc'
"""


@dataclass
class Leaders(Sweep):
    """A sweep with a second process that waits. `process` is always one that is neither dead nor frozen."""

    per_second: float = PER_SECOND
    freezes: int = 0
    lives: int = 0
    up: dict[str, BaseProcess] = field(default_factory=dict)
    frozen: BaseProcess | None = None
    takeovers: list[float] = field(default_factory=list)
    writes: int = 0
    stale: list[tuple[str, ...]] = field(default_factory=list)

    def run(self, kills: int) -> None:
        """Strike that often, by turns with a kill and with a freeze, and compare."""
        with psycopg.connect(self._plain, autocommit=True) as self.eye:
            self.eye.execute(WATCH.encode())
            began = datetime.now(UTC)
            load = self.found_clinic(PATIENTS_PER_STRIKE * kills, began, kills * SECONDS_PER_STRIKE)
            self._add_one()
            self._add_one()
            for number in range(kills):
                self._wait(load, lambda: len(self._leaders()) == 1 and len(self._connected()) == len(self.up))
                self.go_on(load, self.rng.uniform(0.5, 2.5))
                self._strike_leader(load, freezes=number % 2 == 1)
            self.finish(load)
            for process in self.up.values():
                stop(process)
            self.found = self.compare(load)
            self.writes = len(self.eye.execute(b"select 1 from watched").fetchall())
            self.stale = self.eye.execute(b"select lease, what, app from watched where not may").fetchall()

    @property
    def _plain(self) -> str:
        return self.url.replace("+psycopg", "")

    def _add_one(self) -> None:
        """Start another process: on this machine, as far as others can tell, or on one of its own."""
        self.lives += 1
        name = f"steady-{self.lives}"
        home = self.home / self.rng.choice(["machine", f"machine-{self.lives}"])
        home.mkdir(exist_ok=True)
        around = self.environment() | {"STEADY_HOME": str(home), "PGAPPNAME": name, "STEADY_LOG_LEVEL": "INFO"}
        self.process = self.up[name] = born(steady_run, around, self.home / "steady.log")

    def _strike_leader(self, load: Load, *, freezes: bool) -> None:
        (leader,) = self._leaders()
        struck = self.up.pop(leader)
        self.process = next(iter(self.up.values()))
        began = time.monotonic()
        if freezes:
            self.freezes += 1
            self.frozen = struck
            self._signal(struck, signal.SIGSTOP)
        else:
            self.kills += 1
            kill(struck)
        self._new_life()
        self._wait(load, lambda: self._leaders() and leader not in self._leaders() and self._holds_all())
        self.takeovers.append(time.monotonic() - began)
        self.go_on(load, self.rng.uniform(0.1, 1.0))
        if freezes:
            self._new_life()  # what it had on its way when it froze may leave now, once
            self._signal(struck, signal.SIGCONT)
            self.up[leader], self.frozen = struck, None
        else:
            struck.close()
            self._add_one()

    def kill_all(self) -> None:
        """Leave nobody behind, whatever went wrong: a frozen process hears no polite word."""
        for process in (*self.up.values(), self.frozen):
            with suppress(ValueError):  # it was closed already
                if process is not None and process.is_alive():
                    kill(process)

    def _new_life(self) -> None:
        self.stage.read_calls()
        self.stage.life += 1

    @staticmethod
    def _signal(process: BaseProcess, sign: signal.Signals) -> None:
        assert process.pid is not None
        os.kill(process.pid, sign)

    def _wait(self, load: Load, happened: Callable[[], object]) -> None:
        end = time.monotonic() + TAKEOVER + PATIENCE
        while not happened():
            assert time.monotonic() < end, (
                f"nobody leads: {self._rows(LEADERS)}, up: {list(self.up)}, {self._rows(DOING)}; {self.home}/steady.log"
            )
            self.go_on(load, 0.1)

    def _rows(self, query: str) -> list[tuple[str, ...]]:
        return self.eye.execute(query.encode()).fetchall()

    def _leaders(self) -> set[str]:
        """Return the processes that hold a lease that has not run out."""
        return {app for _, app in self._rows(LEADERS)}

    def _holds_all(self) -> bool:
        return {lease for lease, _ in self._rows(LEADERS)} == LEASES

    def _connected(self) -> set[str]:
        query = "select distinct application_name from pg_stat_activity where datname = current_database()"
        return {app for (app,) in self._rows(query)} & set(self.up)


def lead(url: str, home: Path, *, strikes: int, seed: str) -> Leaders:
    """Run one sweep over leaders against a stand-in of its own."""
    with open_stage(TOKEN) as stage:
        done = Leaders(url, home, stage, random.Random(seed), seed=seed)
        try:
            done.run(strikes)
        finally:
            done.kill_all()
        return done
