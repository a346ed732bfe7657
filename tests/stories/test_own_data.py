"""A patient's own data: the copy, the deletion, and the agreement that can be taken back at any moment."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.forgetting import erased_keys
from storage.patients import find_by_code
from storage.queues import OutboxState
from storage.reading import Session
from tests.stories.house import House
from tests.stories.people import Patient

WORDS = "these are marked words of mine"


async def rows(house: House, table: str, where: str = "1 = 1") -> int:
    query = text(f"select count(*) from {table} where {where}")
    return await house.look(lambda session: int(session.connection().execute(query).scalar_one()))


async def lived(house: House, name: str = "Annabel") -> Patient:
    """Let somebody join by presses, take doses, report and write."""
    ann = await house.enrol(name)
    await house.until("09:00")
    await ann.taps("✓ Taken")
    await ann.says(WORDS)
    ann.read()
    house.clinicians.read()
    return ann


def documents(house: House, patient: Patient) -> dict[str, str]:
    files = {}
    for message in house.world.chats[patient.chat].latest():
        media = message.media.get("document") if message.media else None
        if media:
            files[media["file_name"]] = house.world.files.get(media["file_id"]).data.decode()
    return files


async def test_a_copy_holds_all_that_is_theirs_and_nothing_of_others(house: House) -> None:
    ann, bob = await lived(house), await house.enrol("Bob")
    await bob.says("words of another person")
    await ann.says("/export")
    files = documents(house, ann)
    assert sorted(files) == ["my-record.html", "my-record.json"]
    record = json.loads(files["my-record.json"])
    assert record["telegram_id"] == ann.id
    assert [note["text"] for note in record["notes"]["texts"]] == [WORDS]
    assert {"courses", "doses", "dose_changes", "consents", "notes", "alerts", "cases", "events"} <= set(record["rows"])
    for content in files.values():
        assert WORDS in content
        assert not [one for one in ("another person", bob.code, str(bob.id), "Nurse Lee", "Dr Grey") if one in content]
    assert "<script" not in files["my-record.html"]


async def test_forgetting_takes_two_steps_and_leaves_nothing(house: House, tmp_path: Path) -> None:
    ann, bob = await lived(house), await lived(house, "Bob")
    await house.forward(hours=60)
    ann.read()
    await ann.says("/forget")
    ann.expect("Delete everything.*cannot be undone")
    await ann.taps("Delete my data")
    ann.expect("Are you sure")
    assert await house.look(lambda session: find_by_code(session, ann.code)) is not None
    await ann.taps("Yes, delete everything now")
    ann.expect("your data has been deleted")
    house.clinicians.expect(f"{ann.code}.*had their data deleted")
    assert await house.look(lambda session: find_by_code(session, ann.code)) is None
    assert await house.look(lambda session: find_by_code(session, bob.code)) is not None
    await tidy(house)
    left = await house.look(lambda session: leftovers(session, 1))
    assert left == {}
    if house.database_url.startswith("sqlite"):
        await house.stop_steady()
        held = b"".join(path.read_bytes() for path in house.home.rglob("*") if path.is_file())
        assert held.count(WORDS.encode()) == held.count(str(ann.id).encode()) == 0
        await house.start_steady()
    await ann.says("/today")
    ann.expect("invitation only")


async def test_what_telegram_shows_is_deleted_while_young_and_emptied_when_old(house: House) -> None:
    ann = await lived(house)
    old = [said.text for said in ann.everything if "You are set" in said.text]
    assert old
    await house.forward(hours=60)
    await ann.says("/forget")
    await ann.taps("Delete my data", "Yes, delete everything now")
    await house.forward(minutes=5)
    shown = [one for one in house.world.chats[ann.chat].latest() if one.from_bot and not one.deleted]
    texts = {one.text for one in shown}
    assert {one for one in texts if "removed" not in one} == {next(one for one in texts if "It is done" in one)}
    seen = [one.text or "" for one in house.world.chats[house.clinicians.chat].latest() if not one.deleted]
    assert not [one for one in seen if WORDS in one]


async def tidy(house: House) -> None:
    await asyncio.to_thread(house.steady.housework.tidy)


def leftovers(session: Session, patient_id: int) -> dict[str, int]:
    from sqlalchemy import func, select

    from storage.columns import Base
    from storage.forgetting import theirs_in

    found = {}
    for table in Base.metadata.sorted_tables:
        theirs = theirs_in(table, patient_id)
        if theirs is None and "patient_id" in table.c and table.name not in ("events", "erasures"):
            theirs = table.c.patient_id == patient_id
        if theirs is not None:
            query = select(func.count()).select_from(table).where(theirs)
            found[table.name] = int(session.connection().execute(query).scalar_one())
    return {name: count for name, count in found.items() if count}


async def test_a_clinic_that_must_keep_a_record_says_so_and_keeps_a_minimum(house: House) -> None:
    ann = await lived(house)
    await house.write(lambda ward: ward.work.session.execute(text("update clinics set record_years = 10")) and None)
    await ann.says("/forget")
    ann.expect("has to keep a minimum for 10 years")
    await ann.taps("Delete my data", "Yes, delete everything now")
    patient = await house.look(lambda session: find_by_code(session, ann.code))
    assert patient is not None
    assert (patient.telegram_id, patient.telegram_index, patient.time_zone) == (None, None, None)
    assert (await rows(house, "notes"), await rows(house, "screening_answers"), await rows(house, "invites")) == (
        0,
        0,
        0,
    )
    assert await rows(house, "doses") > 0
    await ann.says("/today")
    ann.expect("invitation only")


def restore(file: Path, backup: Path) -> None:
    for beside in ("-wal", "-shm"):
        Path(f"{file}{beside}").unlink(missing_ok=True)
    shutil.copy(backup, file)


async def test_a_restored_backup_brings_nobody_back(house: House, tmp_path: Path) -> None:
    if not house.database_url.startswith("sqlite"):
        pytest.skip("a file is restored by copying it; the ledger is the same on both engines")
    ann = await lived(house)
    await house.stop_steady()
    file = Path(house.database_url.removeprefix("sqlite:///"))
    backup = Path(shutil.copy(file, tmp_path / "backup.db"))
    await house.start_steady()
    await ann.says("/forget")
    await ann.taps("Delete my data", "Yes, delete everything now")
    await tidy(house)
    await house.stop_steady()
    restore(file, backup)
    await house.start_steady()
    assert await house.look(lambda session: find_by_code(session, ann.code)) is None
    assert len(await house.look(erased_keys)) == 1
    house.clinicians.read()


async def test_the_agreement_can_be_taken_back_and_then_nothing_more_happens(house: House) -> None:
    ann = await lived(house)
    await ann.says("/consent")
    ann.expect("You agreed on")
    await ann.taps("Take back my agreement")
    ann.expect("You have taken back your agreement")
    house.clinicians.expect(f"{ann.code}.*has taken back their agreement")
    ann.read()
    notes, doses = await rows(house, "notes"), await rows(house, "doses")
    await house.forward(days=4)
    ann.nothing_more()
    await ann.says("are you there")
    ann.read()
    assert (await rows(house, "notes"), await rows(house, "doses")) == (notes, doses)
    assert (
        await house.look(
            lambda s: (
                s.connection()
                .execute(text(f"select count(*) from outbox where state = '{OutboxState.WAITING}'"))
                .scalar_one()
            )
        )
        == 0
    )
    await ann.says("/export")
    assert "my-record.json" in documents(house, ann)
    await ann.presses("Help now")
    ann.expect("112")


async def test_changed_words_are_asked_for_again_and_nothing_is_kept_before(house: House) -> None:
    ann = await lived(house)
    await house.until("09:00")
    content = house.steady.desk.content
    newer = dataclasses.replace(content.edition, consent="2026-11")
    house.steady.desk.content = dataclasses.replace(content, edition=newer)
    notes = await rows(house, "notes")
    await ann.taps("✓ Taken")
    ann.expect("have changed since you agreed")
    await ann.says("something")
    assert await rows(house, "notes") == notes
    assert (await house.states(ann))[-1] == "open"
    await ann.presses("Help now")
    ann.expect("112")
    await ann.taps("I agree")
    ann.expect("Thank you. You agreed")
    await ann.says("something")
    assert await rows(house, "notes") == notes + 1
    house.clinicians.read()
