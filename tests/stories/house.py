"""A whole Steady, with Telegram and time played by stand-ins: people do things, and everything that follows is real.

What a story may say: `house.enrol`, `house.forward`, `house.until`, what people do and what their chats then show.
A story fails in the end if an error was logged, an update parked, a letter refused, a patient sent what only
clinicians read, or a call made that the stand-in does not know, unless it says so beforehand (`house.allows`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, TypeVar

from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.clock import MovableClock
from bot.settings import Settings
from bot.steady import Steady
from care.calendar import instant_of, local, local_date, plus_days
from clinic.found_clinic import found_clinic
from clinic.invite_patient import issue_invite
from clinic.ward import Ward
from content.loader import Content
from sandbox.server import Server, serve
from sandbox.world import DEFAULT_TOKEN, World
from storage.audit import find_breaches
from storage.cases import cases_of
from storage.clinics import add_staff
from storage.doses import changes_of, doses_of
from storage.hearings import Corrections, corrections_since
from storage.patients import find_by_code
from storage.reading import Session
from storage.tables import Case, Clinic, Course, Dose, DoseChange, Role, Wording
from storage.work import Work
from tests.stories.backstage import Backstage
from tests.stories.people import Chat, Patient, Person
from tests.stories.records import Plan, course_of, join, take_all_until_today, wrecks
from tests.stories.understudy import Understudy

T = TypeVar("T")

START = datetime(2027, 3, 1, 7, 0, tzinfo=UTC)
"""A Monday: 8 in the morning in Berlin, where the clinic is. Its clocks change on day 28 of a course begun today."""
ZONE = "Europe/Berlin"
EMERGENCY, CRISIS = "112", "116 123"
JOINING_ANSWERS = ("English", *["Read on"] * 4, "I agree", *["No$"] * 8)


class Errors(logging.Handler):
    """Keeps what is logged as an error through the standard library."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.name}: {record.getMessage()}")


@dataclass
class House:
    """One clinic, its people, and the clock. Made by the fixture `house`."""

    home: Path
    database_url: str
    content: Content
    rooms: AsyncExitStack
    world: World = field(default_factory=lambda: World(start=START))
    allowed: set[str] = field(default_factory=set)
    patients: list[Patient] = field(default_factory=list)
    clinic_id: int = 1
    group_pace: int = 0

    def __post_init__(self) -> None:
        self.reader = Understudy(self.content.reader)
        self.content = replace(self.content)
        vars(self.content)["reader"] = self.reader

    async def open(self) -> None:
        """Start the stand-in and the bot, found the clinic, and let its admin bind the clinicians' group."""
        self.logs = self.rooms.enter_context(capture_logs())
        self.errors = Errors()
        logging.getLogger().addHandler(self.errors)
        self.rooms.callback(logging.getLogger().removeHandler, self.errors)
        self.server: Server = await self.rooms.enter_async_context(serve(self.world))
        self.clock = MovableClock(START)
        await self.start_steady()
        await self._found()

    # The bot itself

    async def start_steady(self) -> None:
        """Start a Steady on the house's database."""
        self.steady = Steady(self._settings(), self.content, self.clock)
        self.conductor = Backstage(self.steady, self.clock, self.world)
        await self.steady.start()

    def _settings(self) -> Settings:
        return Settings(
            bot_token=SecretStr(DEFAULT_TOKEN),
            api_url=self.server.url,
            home=self.home,
            database_url=self.database_url,
            sends_per_second=0.0,
            group_sends_per_minute=self.group_pace,
            tick_seconds=60.0,
        )

    async def stop_steady(self) -> None:
        """Stop the bot as a service manager would; what it was doing is in the database."""
        await self.steady.stop()

    async def _found(self) -> None:
        self.grey = await self.person("Dr Grey", role="clinician")
        self.lee = await self.person("Nurse Lee", role="clinician")
        self.clinic_id = await self.write(lambda ward: self._clinic(ward, "Harbour Clinic", self.grey, [self.lee]))
        self.clinicians = await self.room("supergroup", self.grey, self.lee)
        await self.grey.taps("Yes, for Harbour", chat=self.clinicians)
        self.clinicians.expect_only("Shall the clinicians' alerts", "Alerts of Harbour Clinic")

    def _clinic(self, ward: Ward, name: str, admin: Person, others: Iterable[Person]) -> int:
        clinic = found_clinic(
            ward,
            name=name,
            time_zone=ZONE,
            languages=["en"],
            emergency_number=EMERGENCY,
            crisis_line=CRISIS,
            admin_id=admin.id,
            admin_name=admin.name,
        )
        for person in others:
            add_staff(ward.work, clinic, telegram_id=person.id, name=person.name, role=Role.CLINICIAN)
        return clinic.id

    async def found(self, name: str, admin: Person, *others: Person) -> int:
        """Found a further clinic; return its id."""
        return await self.write(lambda ward: self._clinic(ward, name, admin, others))

    async def room(self, kind: str, *members: Person, title: str = "On call", **more: Any) -> Chat:
        """Open a group, supergroup or channel, whose owner adds the bot."""
        ids = [person.id for person in members]
        made = await self.call("POST", "/chats", kind=kind, title=title, members=ids, **more)
        await self.call("POST", f"/chats/{made['id']}/add_bot", admin=True)
        await self.settle()
        return Chat(self, int(made["id"]))

    async def person(self, name: str, *, role: str = "patient", started: bool = True, **more: Any) -> Person:
        """Bring somebody on the stage."""
        made = await self.call("POST", "/people", first_name=name, role=role, started=started, **more)
        return Person(self, int(made["id"]), name)

    # Patients

    async def invite(self, name: str = "Annabel", *, regimen: str = "alcohol-50", zone: str = ZONE) -> Patient:
        """Invite somebody, who has not opened the link yet."""
        return await self.invite_person(await self.person(name, language_code="en", zone=zone), regimen, zone)

    async def invite_person(self, person: Person, regimen: str, zone: str = ZONE, hours: int = 72) -> Patient:
        """Make an invite for somebody who is there already."""

        def issue(ward: Ward) -> tuple[str, str]:
            clinic = ward.work.session.get_one(Clinic, self.clinic_id)
            issued = issue_invite(ward, clinic, regimen=regimen, hours=hours)
            return issued.code, issued.token

        code, token = await self.write(issue)
        patient = Patient(self, person.id, person.name, code, token, zone)
        self.patients.append(patient)
        return patient

    async def enrol(
        self, name: str = "Annabel", *, regimen: str = "alcohol-50", hour: str = "09:00", wording: str = "Discreet"
    ) -> Patient:
        """Let somebody join by real presses, their first day being today; all they have read is read."""
        patient = await self.invite(name, regimen=regimen)
        await patient.opens_the_link()
        await patient.taps(*JOINING_ANSWERS, "Berlin", hour, wording, "Today")
        patient.expect("You are set")
        patient.read()
        return patient

    async def joined(
        self,
        name: str = "Annabel",
        *,
        regimen: str = "alcohol-50",
        hour: str = "09:00",
        zone: str = ZONE,
        wording: Wording = Wording.DISCREET,
        begins: bool = True,
        day: int = 1,
    ) -> Patient:
        """Let somebody have joined already, without the presses; today is `day` of their course, if it ever begins."""
        patient = await self.invite(name, regimen=regimen, zone=zone)
        plan = Plan(zone, time.fromisoformat(hour), wording, begins, day)
        await self.write(lambda ward: join(ward, patient.token, patient.id, plan))
        await self.settle()
        if day > 1:
            await self.write(lambda ward: take_all_until_today(ward, patient.code))
        patient.expect("everything goes on as before")
        return patient

    # The clock

    async def forward(self, **span: float) -> None:
        """Move the clock through everything due on the way."""
        await self.conductor.forward(**span)

    async def until(self, hour: str, *, days: int = 0, zone: str = ZONE) -> None:
        """Go on to the next time a clock there shows `hour`, and as many days more."""
        wall, now = time.fromisoformat(hour), self.clock.now()
        day = local_date(now, zone)
        if local(now, zone).time() >= wall:
            day = plus_days(day, 1)
        await self.conductor.advance(instant_of(plus_days(day, days), wall, zone))

    async def settle(self) -> None:
        """Let everything that is due at this instant happen."""
        await self.conductor.settle()

    async def call(self, verb: str, path: str, /, **body: Any) -> Any:
        """Call the stage."""
        return await self.conductor.call(verb, path, **body)

    async def fault(self, kind: str, **more: Any) -> None:
        """Let Telegram go wrong."""
        await self.call("POST", "/faults", kind=kind, **more)

    # What is on record

    async def write(self, unit: Callable[[Ward], T]) -> T:
        """Run a unit of work, as the command line would."""

        def run(work: Work) -> T:
            return unit(Ward(work, self.content))

        return await self.steady.desk.write(run)

    async def look(self, query: Callable[[Session], T]) -> T:
        """Read from the database."""
        return await self.steady.desk.read(query)

    async def course(self, patient: Patient) -> Course:
        """Return the patient's course."""
        return await self.look(lambda session: course_of(session, patient.code))

    async def ledger(self, patient: Patient) -> Sequence[Dose]:
        """Return every dose of the patient's course, by day and part."""
        return await self.look(lambda session: doses_of(session, course_of(session, patient.code).id))

    async def states(self, patient: Patient) -> list[str]:
        """Return the ledger as bare states, by day and part."""
        return [dose.state.value for dose in await self.ledger(patient)]

    async def history(self, dose: Dose) -> list[tuple[str, str]]:
        """Return what a dose was before and after each answer."""
        changes: Sequence[DoseChange] = await self.look(lambda session: changes_of(session, dose.id))
        return [(change.before.value, change.after.value) for change in changes]

    async def cases(self, patient: Patient) -> Sequence[Case]:
        """Return the patient's cases, the oldest first."""

        def query(session: Session) -> Sequence[Case]:
            found = find_by_code(session, patient.code)
            assert found is not None
            return cases_of(session, found.id)

        return await self.look(query)

    async def corrections(self) -> Corrections:
        """Return what the clinic's people have corrected in readings."""
        return await self.look(lambda session: corrections_since(session, self.clinic_id, START))

    # The end of a story

    def nothing_more(self) -> None:
        """Fail if anybody was told anything that the story has not read."""
        for chat in (*self.patients, self.clinicians, self.grey, self.lee):
            chat.nothing_more()

    def allows(self, *troubles: str) -> None:
        """Say beforehand what may go wrong in this story: `error`, `parked`, `failed`, `unimplemented`, `breach`."""
        self.allowed |= set(troubles)

    async def check(self) -> None:
        """Fail if anything went wrong that the story did not speak of."""
        unknown = await self.call("GET", "/unimplemented")
        parked, failed, stray = await self.look(lambda session: wrecks(session, self.content.clinicians_keys))
        errors = [log for log in self.logs if log["log_level"] in ("error", "critical")]
        breaches = await self.look(lambda session: find_breaches(session, now=self.clock.now()))
        found: dict[str, Any] = {"breach": breaches, "stray": stray}
        found |= {"unimplemented": unknown, "parked": parked, "failed": failed, "error": [*errors, *self.errors.said]}
        wrong = {trouble: what for trouble, what in found.items() if what and trouble not in self.allowed}
        assert not wrong, wrong
