"""Cut SQLite's write-ahead log at any byte, as when the power goes, and look at what is left."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

from storage.inbox import Arrival, add_updates, mark_done
from storage.queues import Lane
from storage.store import Store
from storage.work import Work
from tests.storage.ward import done, letter

UPDATES = 60
HALF = (
    "select count(*) from inbox where (state = 'done')"
    " <> exists (select 1 from outbox where dedupe_key = 'for:' || update_id)"
)


def written(store: Store, url: str, home: Path) -> Path:
    """Handle updates one after the other, each with its letter; return a copy of the file and its open log."""
    from storage.outbox import add_letter

    def handle(work: Work, number: int) -> None:
        add_updates(work, [Arrival(number, 1, "{}")])
        mark_done(work, number)
        add_letter(work, letter(1, Lane.REPLY, dedupe_key=f"for:{number}"))

    for number in range(1, UPDATES + 1):
        done(store.write(lambda work, number=number: handle(work, number)))  # type: ignore[misc]
    file = Path(url.removeprefix("sqlite:///"))
    for ending in ("", "-wal"):
        shutil.copy(f"{file}{ending}", home / f"whole.db{ending}")
    return home / "whole.db"


def cut_everywhere(file: Path, home: Path, *, times: int, seed: str) -> list[str]:
    """Cut the log at random bytes; return what was wrong with what SQLite made of the rest."""
    rng, log = random.Random(seed), Path(f"{file}-wal").read_bytes()
    wrong = []
    for number in range(times):
        length, copy = rng.randrange(len(log) + 1), home / f"cut-{number}.db"
        shutil.copy(file, copy)
        Path(f"{copy}-wal").write_bytes(log[:length])
        with sqlite3.connect(copy) as connection:
            whole = connection.execute("pragma integrity_check").fetchone()[0] == "ok"
            (halves,) = connection.execute(HALF).fetchone()
        connection.close()
        if not whole or halves:
            wrong.append(f"cut at byte {length}: {'whole' if whole else 'broken'}, {halves} half transactions")
    return wrong
