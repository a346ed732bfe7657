"""What stories about alerts begin with: people on call, a page, an urgent case."""

from __future__ import annotations

from clinic.ward import Ward
from storage.clinics import add_staff, get_clinic
from storage.queues import Event
from storage.reading import Session
from storage.tables import Role
from tests.stories.house import House
from tests.stories.people import Patient, Person, Said

DUTY = "/oncall set 1 Lee daily 00:00-24:00"


async def on_duty(house: House) -> Person:
    """Nurse Lee is tier 1, Dr Moss tier 2, Dr Grey the admin; return Dr Moss."""
    moss = await house.person("Dr Moss", role="clinician")
    await house.write(lambda ward: _hire(ward, house, moss))
    await house.grey.says(DUTY, chat=house.clinicians.chat)
    await house.grey.says("/oncall set 2 Moss daily 00:00-24:00", chat=house.clinicians.chat)
    house.clinicians.read()
    return moss


def _hire(ward: Ward, house: House, person: Person) -> None:
    clinic = get_clinic(ward.work.session, house.clinic_id)
    add_staff(ward.work, clinic, telegram_id=person.id, name=person.name, role=Role.CLINICIAN)


async def page(house: House) -> Patient:
    ann = await house.joined(begins=False)
    await ann.presses("Help now")
    ann.read()
    house.clinicians.expect("EMERGENCY")
    return ann


async def urgent(house: House) -> tuple[Patient, Said]:
    ann = await house.joined(begins=False)
    await ann.says("/report")
    await ann.taps("Headache", "^Bad$")
    ann.read()
    return ann, house.clinicians.expect("Urgent, today")


async def events(house: House, name: str) -> int:
    def count(session: Session) -> int:
        return session.query(Event).filter(Event.name == name).count()

    return await house.look(count)
