"""Every table filled by a real house: nothing in the clear, nothing lost to a new key, nothing left of the erased."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.ticks import TIDY_EVERY
from storage.audit import find_breaches
from storage.masters import NoMasterKey, fixed, new_master
from storage.personal import personal_rows
from storage.rotation import count_keys, rotate
from storage.sealed import sealed_in
from storage.store import Store
from tests.conftest import THROWAWAY
from tests.storage.test_what_columns_hold import NEUTRAL, decided
from tests.stories.full_house import COLLEAGUE, HEARD, NAME, OURS, THEIRS, dump, empty_tables, fill
from tests.stories.house import CRISIS, House
from tests.stories.people import Patient
from tests.stories.test_own_data import leftovers, restore

REASONS = {"message gone", "not modified", "sent plainly"}


async def test_every_table_has_a_row(house: House) -> None:
    await fill(house)
    assert await house.look(empty_tables) == []


CODED = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._/+,#-]*")
"""What a code looks like: no spaces, and none of the letters that only people write."""
SPOKEN = {"clinics.name": {"Harbour Clinic"}, "clinics.crisis_line": {CRISIS}, "outbox.reason": REASONS}


async def test_what_is_not_sealed_holds_codes_and_numbers_only(house: House) -> None:
    ann = await fill(house)
    stored = await house.look(dump)
    odd = set()
    for name, how in decided().items():
        table, column = name.split(".")
        for value in {str(part) for row in stored[table] for part in leaves(row[column])}:
            if how in NEUTRAL and not CODED.fullmatch(value) and value not in SPOKEN.get(name, ()):
                odd.add((name, value))
    assert odd == set()
    written = repr(stored)
    ids = [str(one.id) for one in (ann, house.lee, house.grey)] + [str(house.clinicians.chat)]
    assert [one for one in (OURS, THEIRS, HEARD, COLLEAGUE, NAME, "Nurse Lee", *ids) if one in written] == []


def leaves(value: Any) -> Iterator[Any]:
    """Yield what a value is made of; JSON is text in one engine and not in the other."""
    if isinstance(value, str) and value.startswith(("{", "[")):
        value = json.loads(value)
    if isinstance(value, dict):
        for name, held in value.items():
            yield name
            yield from leaves(held)
    elif isinstance(value, list):
        for held in value:
            yield from leaves(held)
    elif value not in (None, "", b""):
        yield value


def opened(session: Any) -> dict[str, int]:
    """Open every record there is; return how many of each table opened."""
    from storage.columns import Base

    found = {}
    for mapper in Base.registry.mappers:
        records = session.query(mapper.class_).all()
        found[mapper.class_.__tablename__] = len(records)
        for one in (attribute for record in records for attribute in sealed_in(record)):
            assert one.name
    return found


async def test_a_new_master_key_takes_over_while_the_bot_serves_and_the_old_one_opens_no_row(house: House) -> None:
    ann = await fill(house)
    store, new = house.steady.store, new_master()
    before = await house.look(opened)
    store.keyring.masters.know(new, THROWAWAY)
    rotating = asyncio.create_task(asyncio.to_thread(rotate, store))
    cid = await house.enrol("Cid")
    await cid.presses("Help now")
    card = house.clinicians.expect(f"EMERGENCY.*{cid.code}")
    await house.lee.says("call me back", chat=house.clinicians.chat, reply_to=card.message)
    assert await rotating > 5
    store.keyring.masters.know(new)
    store.keyring.forget()
    await cid.says("here I am")
    after = await house.look(opened)
    assert {table for table, count in before.items() if after[table] < count} <= {"drafts", "chats_in_hand"}
    assert [(one.master_id, one.keys - one.opened) for one in await house.look(count_keys)] == [(new.id, 0)]
    assert OURS in str(await house.look(lambda session: personal_rows(session, 1)))
    old = Store(house.database_url, house.clock.now, fixed(THROWAWAY))
    for kept in (count_keys, opened):
        with pytest.raises(NoMasterKey, match=new.id):
            old.read(kept).result()  # type: ignore[arg-type]
    old.close()
    for chat in (ann, cid, house.clinicians, house.lee, house.grey):
        chat.read()
    assert await house.look(lambda session: find_breaches(session, now=house.clock.now())) == []


Cells = dict[str, list[bytes]]


async def sealed_cells(house: House, patient_id: int) -> Cells:
    """Return what is stored of a patient under their key, and the key itself, as bytes to look for."""
    stored = await house.look(dump)
    keys = [row for row in stored["data_keys"] if (row["owner_kind"], row["owner_id"]) == ("patient", patient_id)]
    number = keys[0]["id"].to_bytes(8)
    found: Cells = {"data_keys.wrapped": [keys[0]["wrapped"]]}
    for table, rows in stored.items():
        for row in rows:
            for column, cell in row.items():
                if isinstance(cell, bytes) and cell[:1] == b"\x01" and cell[1:9] == number:
                    found.setdefault(f"{table}.{column}", []).append(cell)
    return found


def hits(folder: Path, cells: Cells) -> dict[str, int]:
    held = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    return {name: sum(held.count(cell) for cell in some) for name, some in cells.items()}


async def forget(ann: Patient) -> None:
    await ann.says("/forget")
    await ann.taps("Delete my data", "Yes, delete everything now")


def test_what_was_erased_is_out_of_the_files_within_a_minute() -> None:
    assert TIDY_EVERY <= 60


async def test_after_an_erasure_not_even_the_sealed_bytes_are_in_a_file_and_other_rows_still_open(house: House) -> None:
    ann = await fill(house)
    cells = await sealed_cells(house, 1)
    assert {"notes.text", "messages.text", "alerts.quote", "outbox.body", "patients.telegram_id"} <= set(cells)
    await forget(ann)
    await house.forward(minutes=1)
    await asyncio.to_thread(house.steady.housework.tidy)
    assert await house.look(lambda session: leftovers(session, 1)) == {}
    if house.database_url.startswith("sqlite"):
        assert hits(house.home, cells) == dict.fromkeys(cells, 0)
    else:  # dead rows stay in a table's free space until it is written over; the key that opens them does not
        assert hits(await data_folder(house), {"data_keys.wrapped": cells["data_keys.wrapped"]}) == {
            "data_keys.wrapped": 0
        }
    assert (await house.look(opened))["staff"] >= 3
    house.clinicians.read()


async def data_folder(house: House) -> Path:
    """Return where PostgreSQL keeps its tables, all of it written to disk; its log is a matter of backups."""

    def query(session: Any) -> Path:
        return Path(session.connection().exec_driver_sql("show data_directory").scalar_one()) / "base"

    with house.steady.store.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("CHECKPOINT")
    return await house.look(query)


async def test_a_restored_backup_of_everything_brings_back_no_row_of_the_erased(house: House, tmp_path: Path) -> None:
    if not house.database_url.startswith("sqlite"):
        pytest.skip("a file is restored by copying it; the ledger is the same on both engines")
    ann = await fill(house)
    cells = await sealed_cells(house, 1)
    await house.stop_steady()
    file = Path(house.database_url.removeprefix("sqlite:///"))
    backup = Path(shutil.copy(file, tmp_path.parent / f"{tmp_path.name}.backup"))
    await house.start_steady()
    await forget(ann)
    await asyncio.to_thread(house.steady.housework.tidy)
    await house.stop_steady()
    restore(file, backup)
    await house.start_steady()
    assert await house.look(lambda session: leftovers(session, 1)) == {}
    await asyncio.to_thread(house.steady.housework.tidy)
    assert hits(house.home, cells) == dict.fromkeys(cells, 0)
    house.allows("error")  # the trail ends earlier than was written down, and it says so
    await house.settle()
    house.clinicians.read()
