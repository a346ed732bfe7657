"""One byte of the database file flips (C6): it is refused, or told of; nothing wrong is shown that nobody noticed."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import SQLAlchemyError

from clinic.records import course_list, patient_record
from content.loader import load_content
from storage.audit import find_breaches
from storage.keyring import KeyGone, Tampered
from storage.reading import Session
from storage.soundness import DamagedDatabase, check_sound
from storage.store import Store
from tests.simulation.world import found_town

CONTENT = load_content()
PAGE = 4096
LEAF = 13
"""The first byte of a page that holds rows of a table (sqlite.org/fileformat.html)."""
UNREADABLE = (SQLAlchemyError, KeyError, ValueError, TypeError, Tampered, KeyGone)
"""What reading a row raises that holds what no column of ours can hold: it is shown to nobody."""


@dataclass
class Whole:
    """A file as it was written, what it showed then, and which of its bytes hold the ledger."""

    data: bytes
    now: datetime
    shown: dict[str, Any]
    ledger: list[int]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Whole:
    file = tmp_path_factory.mktemp("flips") / "whole.db"
    file.write_bytes(sqlite_template.read_bytes())
    town = found_town(f"sqlite:///{file}", CONTENT, patients=6, seed="0")
    town.live(6)
    town.lab.connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    now = town.lab.clock.now
    town.lab.close()
    data = file.read_bytes()
    pages = (data[at : at + PAGE] for at in range(0, len(data), PAGE))
    signs = (b"alcohol-50", b"headache", b"patient")
    ledger = [
        number * PAGE + byte
        for number, page in enumerate(pages)
        if page[0] == LEAF and b"dose-" not in page and any(sign in page for sign in signs)
        for byte in range(PAGE)
    ]
    return Whole(data, now, look(f"sqlite:///{file}", now)[0], ledger)


def look(url: str, now: datetime) -> tuple[dict[str, Any], list[str]]:
    """Return what the file shows of its patients, and what the self-audit finds in it."""
    store = Store(url, lambda: now)
    try:
        return store.read(medical).result(), store.read(lambda session: audit(session, now)).result()
    finally:
        store.close()


def medical(session: Session) -> dict[str, Any]:
    """Return what is on record about every patient's health: ledger, reports, and why the clinic was told.

    When we asked, and how often, is ours and not theirs: nothing is recorded twice about that.
    """
    found = {}
    for course in course_list(session):
        record = patient_record(session, CONTENT, course["code"], with_notes=True)
        ledger = [{**dose, "due_at": None, "prompts_sent": None} for dose in record["ledger"]]
        kept = ("start_on", "day", "reports", "cases", "notes")
        found[course["code"]] = {"ledger": ledger, **{name: record[name] for name in kept if name in record}}
    return found


def audit(session: Session, now: datetime) -> list[str]:
    try:
        return [breach.what for breach in find_breaches(session, now=now)]
    except UNREADABLE as error:  # logged as audit-trouble, each hour
        return [type(error).__name__]


def fate(whole: Whole, folder: Path, at: int, flip: int) -> str:
    """Flip a byte of a copy and say what becomes of it: refused, unreadable, told, harmless or wrong."""
    spoilt = bytearray(whole.data)
    spoilt[at] ^= flip
    file = folder / f"{at}-{flip}.db"
    file.write_bytes(spoilt)
    url = f"sqlite:///{file}"
    try:
        check_sound(url)
    except (DamagedDatabase, SQLAlchemyError):
        return "refused"
    try:
        shown, found = look(url, whole.now)
    except UNREADABLE:
        return "unreadable"
    finally:
        for left in folder.glob(f"{file.name}*"):
            left.unlink()
    if found:
        return "told"
    return "harmless" if shown == whole.shown else "wrong"


def flipped(whole: Whole, folder: Path, rng: random.Random, times: int, *, only_ledger: bool) -> Counter[str]:
    fates: Counter[str] = Counter()
    for _ in range(times):
        at = rng.choice(whole.ledger) if only_ledger else rng.randrange(len(whole.data))
        flip = rng.randrange(1, 256)
        found = fate(whole, folder, at, flip)
        fates[found] += 1
        assert found != "wrong", f"byte {at} ^ {flip}"
    return fates


@pytest.mark.parametrize("times", [25, pytest.param(400, marks=pytest.mark.nightly)])
def test_a_flipped_byte_anywhere_shows_nothing_wrong(
    whole: Whole, tmp_path: Path, rng: random.Random, times: int
) -> None:
    assert flipped(whole, tmp_path, rng, times, only_ledger=False)["harmless"] < times


@pytest.mark.parametrize("times", [25, pytest.param(1_000, marks=pytest.mark.nightly)])
def test_a_flipped_byte_in_the_ledger_shows_nothing_wrong(
    whole: Whole, tmp_path: Path, rng: random.Random, times: int
) -> None:
    fates = flipped(whole, tmp_path, rng, times, only_ledger=True)
    assert fates["refused"] + fates["unreadable"] + fates["told"] > times // 20, fates
