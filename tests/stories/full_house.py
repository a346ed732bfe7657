"""A house with rows in every table, made by what people do wherever they can make them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from clinic.ward import Ward
from storage.cases import open_cases
from storage.clinics import get_clinic
from storage.columns import Base
from storage.copies import add_storm, set_copy
from storage.leases import take_chats
from storage.notary import link_new
from storage.reading import Session
from tests.stories.house import House
from tests.stories.people import Patient
from tests.stories.test_staff import let_in

OURS, THEIRS, HEARD, COLLEAGUE = "marked words of a nurse", "marked answer", "marked worry, itching badly", "Marcelline"
NAME = "Canary-Annabel"
DUTY = ("set 1 Lee daily 00:00-24:00", "cover 1 Grey 2027-03-01 20:00-22:00", "holiday 2027-03-05")


async def fill(house: House) -> Patient:
    """Fill every table; return the patient whom most of it is about: heard, in a case, written to, stopped."""
    await let_in(house, COLLEAGUE)
    second = await house.room("supergroup", house.grey, title="Second tier")
    await house.grey.taps("second", chat=second)
    await house.room("supergroup", await house.person("Eve"), title="Canary-Club")
    for words in DUTY:
        await house.grey.says(f"/oncall {words}")
    ann = await house.enrol(NAME)
    await house.until("09:00")
    await ann.taps("✓ Taken", "Undo")
    await ann.taps("✓ Taken")
    await ann.says(house.reader.learns(HEARD, symptoms={"nausea": 2}))
    await ann.taps("that is right")
    await ann.presses("Help now")
    card = house.clinicians.expect(f"EMERGENCY.*{ann.code}")
    await house.lee.taps("Acknowledge", chat=house.clinicians)
    await house.lee.says(OURS, chat=house.clinicians.chat, reply_to=card.message)
    await ann.says(THEIRS)
    await correct(house, ann)
    await ann.says("/stop")
    await ann.taps("Yes, stop the course")
    await house.lee.forges(f"write:{ann.code}")
    await house.write(lambda ward: by_hand(ward, ann))
    await house.forward(seconds=2)  # else what she says next would wait for the other worker, and the clock for her
    await erase_somebody(house)
    for chat in (ann, house.clinicians, house.lee, house.grey):
        chat.read()
    return ann


async def correct(house: House, ann: Patient) -> None:
    hearing = await house.look(lambda session: session.connection().exec_driver_sql(NEWEST_HEARING).scalar_one())
    await house.lee.forges(f"heard-missed:{hearing}:1:symptom", chat=house.clinicians)


NEWEST_HEARING = "select max(hearing_id) from heard_items"


def by_hand(ward: Ward, ann: Patient) -> None:
    """What only a storm, or one worker among many, would write."""
    storm = add_storm(ward.work, get_clinic(ward.work.session, 1), ann.id)
    set_copy(ward.work, open_cases(ward.work.session, 1)[0], ann.id, letter_id=1, storm_id=storm.id)
    take_chats(ward.work, [ann.id], holder="another", lasts=timedelta(seconds=1))


async def erase_somebody(house: House) -> None:
    bob = await house.joined("Bob")
    await bob.says("/forget")
    await bob.taps("Delete my data", "Yes, delete everything now")
    await house.write(lambda ward: link_new(ward.work) and None)


def empty_tables(session: Session) -> list[str]:
    """Return the tables without a row."""
    sizes: dict[str, Any] = {}
    for table in Base.metadata.sorted_tables:
        sizes[table.name] = session.connection().exec_driver_sql(f"select count(*) from {table.name}").scalar_one()
    return [name for name, size in sizes.items() if not size]


def dump(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table as it is stored, with bytes as bytes."""
    found = {}
    for table in Base.metadata.sorted_tables:
        rows = session.connection().exec_driver_sql(f"select * from {table.name}").mappings()
        found[table.name] = [
            {name: bytes(cell) if isinstance(cell, memoryview) else cell for name, cell in row.items()} for row in rows
        ]
    return found
