"""Is a database whole? Asked of the engine itself, and of the bonds between our tables."""

from __future__ import annotations

import sqlite3
import subprocess

import psycopg

from tests.faults.server import PostgresServer
from tests.postgres import AS_A_USER

BONDS = {
    "an update is done without its time": "select id from inbox where state = 'done' and done_at is null",
    "a sent letter has no message id": (
        "select id from outbox where state = 'sent' and kind in ('send', 'photo') and message_id is null"
    ),
    "an answered dose has no history": (
        "select id from doses where state in ('taken', 'skipped', 'unknown')"
        " and id not in (select dose_id from dose_changes)"
    ),
    "a warning sign raised no alert": (
        "select r.id from reports r where r.kind = 'flag' and not exists"
        " (select 1 from alerts a where a.course_id = r.course_id and a.subject = r.subject)"
    ),
    "an alert has no case that shows it": (
        "select a.id from alerts a left join cases c on c.id = a.case_id where c.id is null or c.card_id is null"
    ),
    "an open case has no next step": "select id from cases where state <> 'closed' and next_step_at is null",
}
"""What must never be found, each as a query for the rows that break it (reliability.md G5)."""


def broken_sqlite(url: str) -> list[str]:
    """Return what is wrong with a SQLite database: nothing, in the best case."""
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        found = [str(line) for (line,) in connection.execute("pragma integrity_check") if line != "ok"]
        found += [f"foreign key: {row}" for row in connection.execute("pragma foreign_key_check")]
        found += [name for name, query in BONDS.items() if connection.execute(query).fetchall()]
    connection.close()
    return found


def broken_postgres(server: PostgresServer, url: str) -> list[str]:
    """Return what is wrong with a PostgreSQL database."""
    plain = url.replace("+psycopg", "")
    with psycopg.connect(plain) as connection:
        found = [name for name, query in BONDS.items() if connection.execute(query.encode()).fetchall()]
    checker = server.binaries / "pg_amcheck"
    if checker.exists():
        name = plain.rpartition("/")[2]
        where = ["-h", "127.0.0.1", "-p", str(server.port), "-U", "postgres"]
        argv = [*AS_A_USER, str(checker), *where, "--install-missing", "--heapallindexed", name]
        told = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=120)
        if told.returncode != 0 and "extension" not in told.stderr:
            found.append(told.stdout + told.stderr)
    return found
