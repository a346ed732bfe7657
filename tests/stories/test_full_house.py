"""Every table filled by a real house: nothing in the clear, nothing lost to a new key, nothing left of the erased."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

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
