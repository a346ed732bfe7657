"""What the desk, the ladder and the reader keep is sealed, copied and erased like everything else."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import text

from storage.notary import find_flaws, link_new, looks_at
from storage.patients import find_by_code
from storage.reading import Session
from tests.stories.house import House
from tests.stories.people import Patient, Person
from tests.stories.test_own_data import documents, leftovers, rows, tidy
from tests.stories.test_staff import let_in
from tests.stories.understudy import CERTAIN

OURS, THEIRS, HEARD, COLLEAGUE = "marked words of a nurse", "marked answer", "marked worry, itching badly", "Marcelline"
DANGER = "I want it to be over"


async def written_to(house: House) -> tuple[Patient, Person]:
    """Let a new colleague be let in, a nurse and a patient write to each other, and the patient write of a symptom."""
    colleague = await let_in(house, COLLEAGUE)
    ann = await house.joined()
    await ann.says(house.reader.learns(HEARD, symptoms={"nausea": 2}))
    await ann.presses("Help now")
    card = house.clinicians.expect(f"EMERGENCY.*{ann.code}")
    await house.lee.taps("Acknowledge", chat=house.clinicians)
    await house.lee.says(OURS, chat=house.clinicians.chat, reply_to=card.message)
    ann.expect(OURS)
    await ann.says(THEIRS)
    for chat in (ann, house.clinicians, house.lee, house.grey, colleague):
        chat.read()
    return ann, colleague


def held_in(folder: Path, needle: str) -> int:
    return sum(path.read_bytes().count(needle.encode()) for path in folder.rglob("*") if path.is_file())


async def test_nothing_of_the_desk_is_readable_in_any_file(house: House) -> None:
    ann, colleague = await written_to(house)
    if not house.database_url.startswith("sqlite"):
        found = await house.look(everything)
        assert [one for one in (OURS, THEIRS, HEARD, COLLEAGUE, str(ann.id), str(colleague.id)) if one in found] == []
        return
    backup = house.home / "backup.db"
    with closing(sqlite3.connect(house.database_url.removeprefix("sqlite:///"))) as connection:
        connection.execute(f"vacuum into '{backup}'")
    assert held_in(house.home, "patient-written-to") >= 2, "the database and its backup are looked into"
    found = {}
    for needle in (OURS, THEIRS, HEARD, COLLEAGUE, "Nurse Lee", str(ann.id), str(colleague.id), str(house.lee.id)):
        found[needle] = held_in(house.home, needle)
    assert found == dict.fromkeys(found, 0)


def everything(session: Session) -> str:
    from storage.columns import Base

    connection, found = session.connection(), []
    for table in Base.metadata.sorted_tables:
        raw = connection.exec_driver_sql(f"select * from {table.name}")
        found += [repr([bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]) for row in raw]
    return "\n".join(found)


async def test_a_copy_holds_what_was_written_both_ways_and_heard(house: House) -> None:
    ann, _ = await written_to(house)
    await ann.says("/export")
    files = documents(house, ann)
    record = json.loads(files["my-record.json"])
    assert [one["text"] for one in record["rows"]["messages"]] == [OURS, THEIRS]
    assert {"hearings", "heard_items", "messages", "cases", "notes"} <= set(record["rows"])
    assert not {"anchors", "copies", "drafts", "storms", "routes"} & set(record["rows"])
    staff = ("Nurse Lee", "Dr Grey", COLLEAGUE, str(house.lee.id), str(house.clinicians.chat))
    for content in files.values():
        assert HEARD in content
        assert [one for one in staff if one in content] == []


async def test_an_erasure_reaches_the_desk_and_every_chat_of_the_clinic(house: House) -> None:
    ann, _ = await written_to(house)
    await house.lee.forges(f"write:{ann.code}")
    await ann.says("/forget")
    await ann.taps("Delete my data", "Yes, delete everything now")
    await house.forward(minutes=5)
    assert await house.look(lambda session: leftovers(session, 1)) == {}
    assert await rows(house, "copies") == await rows(house, "anchors") == await rows(house, "drafts") == 0
    await tidy(house)
    for chat in (house.clinicians.chat, house.lee.chat, house.grey.chat):
        shown = [one.text or "" for one in house.world.chats[chat].latest() if not one.deleted]
        assert [one for one in shown if THEIRS in one or HEARD in one] == []
    if house.database_url.startswith("sqlite"):
        await house.stop_steady()
        found = {needle: held_in(house.home, needle) for needle in (OURS, THEIRS, HEARD, str(ann.id))}
        assert found == dict.fromkeys(found, 0)
        await house.start_steady()


async def test_every_look_of_the_desk_is_a_row_of_the_trail(house: House) -> None:
    ann, _ = await written_to(house)
    before = await looks(house, ann)
    for said, event in (
        ("/cases", "case-listed"), ("/patients", "patient-listed"), (f"/patient {ann.code}", "patient-shown"),
        (f"/reschedule {ann.code}", "moves-shown"),
    ):  # fmt: skip
        await house.lee.says(said)
        after = await looks(house, ann)
        assert event in after[len(before) :], said
        before = after
    await house.write(lambda ward: link_new(ward.work) and None)
    assert await house.look(lambda session: list(find_flaws(session))) == []


async def looks(house: House, patient: Patient) -> list[str]:
    def query(session: Session) -> list[str]:
        found = find_by_code(session, patient.code)
        assert found is not None
        return [look.name for look in looks_at(session, found.id) if look.actor.startswith("staff:")]

    return await house.look(query)


async def test_everything_clinical_is_protected_and_only_links_and_copies_are_not(house: House) -> None:
    ann, _ = await written_to(house)
    await ann.says("/progress")
    await ann.says("/export")
    await house.lee.says(f"/patient {ann.code}")
    chats = (ann.chat, house.clinicians.chat, house.lee.chat, house.grey.chat)
    bare = [one for chat in chats for one in house.world.chats[chat].latest() if one.from_bot and not one.protected]
    odd = [one.text for one in bare if not (one.media or "t.me" in (one.text or ""))]
    assert odd == []


async def test_before_an_agreement_a_danger_is_a_call_and_no_word_of_it_is_kept(house: House) -> None:
    ann = await house.invite()
    await ann.opens_the_link()
    await ann.says(house.reader.learns(DANGER, flags={"suicidal": CERTAIN}))
    house.clinicians.expect(f"EMERGENCY.*{ann.code}")
    ann.expect("112|116|call")
    kept: Any = await house.look(lambda s: s.connection().execute(text("select count(*) from notes")).scalar_one())
    assert kept == 0
    assert DANGER not in " ".join(said.text for said in house.clinicians.everything)


async def test_changed_words_wait_but_a_danger_does_not(house: House) -> None:
    ann = await house.enrol()
    await house.write(lambda ward: ward.work.session.execute(text("update patients set agreed = 'older'")) and None)
    await ann.says(house.reader.learns(DANGER, flags={"suicidal": CERTAIN}))
    house.clinicians.expect(f"EMERGENCY.*{ann.code}")
