"""People with habits, and a Telegram with faults: what they do is decided by a seed alone."""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import count

from care.calendar import local_date
from care.courses import Status
from clinic.found_clinic import found_clinic
from clinic.ward import Ward
from content.loader import Content
from storage.clinics import add_staff, all_clinics
from storage.courses import add_course, set_course, set_status
from storage.patients import add_invited, set_patient
from storage.queues import Lane
from storage.sending import Claimed
from storage.tables import Role
from storage.work import Work
from tests.simulation.lab import Lab, Moment, Outcome

START = datetime(2027, 2, 1, 5, 0, tzinfo=UTC)
ZONES = ("Europe/Berlin", "America/New_York", "America/Santiago", "Africa/Cairo", "Asia/Jerusalem", "UTC")
STEP = timedelta(minutes=7)
"""How coarse the time is: a real tick comes every ten seconds, and a phone is picked up every few minutes."""
CHAT, GREY, LEE = -1_001, 901, 902
FIRST = 10_001


@dataclass
class Habit:
    """How somebody lives: how likely they answer, feel something, or press a warning sign on a day."""

    answers: float
    feels: float
    alarms: float
    forgets_updates: float = 0.01


HABITS = (Habit(0.98, 0.1, 0.001), Habit(0.8, 0.3, 0.005), Habit(0.4, 0.2, 0.01), Habit(0.05, 0.05, 0.001))


@dataclass
class Town:
    """Everybody, and what they still mean to do."""

    lab: Lab
    rng: random.Random
    faults: float = 0.02
    habits: dict[int, Habit] = field(default_factory=dict)
    plans: list[tuple[datetime, int, int, str]] = field(default_factory=list)
    received: Counter[tuple[int, str]] = field(default_factory=Counter)
    ambiguous: Counter[tuple[int, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._numbers = count()
        self.lab.telegram = self.outcome
        self.lab.on_message = self.read

    def plan(self, who: int, data: str, minutes: float) -> None:
        """Let somebody press later."""
        at = self.lab.clock.now + timedelta(minutes=minutes)
        heapq.heappush(self.plans, (at, next(self._numbers), who, data))

    def outcome(self, letter: Claimed) -> Outcome:
        """Let some letters fail, some of them after Telegram took them."""
        dice = self.rng.random()
        if dice >= self.faults:
            return Outcome()
        wait = timedelta(seconds=self.rng.choice([1, 5, 30, 60]))
        if dice < self.faults / 3:
            self.ambiguous[key(letter)] += 1
            return Outcome(is_accepted=True, is_heard=False, wait=wait)
        return Outcome(is_accepted=False, wait=wait)

    def read(self, letter: Claimed) -> None:
        """Read a message, and decide what to do about it."""
        self.received[key(letter)] += 1
        data = [button["data"] for row in letter.body.get("buttons", []) for button in row]
        if letter.chat_id == CHAT:
            self._clinician(letter, data)
        elif letter.chat_id in self.habits:
            self._patient(letter.chat_id, data)

    def _clinician(self, letter: Claimed, data: list[str]) -> None:
        """Work as a clinician does: take what is new, look into storms, go through the list when the digest comes."""
        if letter.lane is Lane.DIGEST and letter.kind == "send" and not data:
            self._will("cases", 10, 60)
        for one in data:
            if one.startswith(("ack:", "case:")):
                self._will(one, 1, 240)
            elif one.endswith(":reached-safe"):
                self._will(one, 5, 600)
            elif one.startswith("storm:"):
                self._will(one, 1, 60)
            elif one.startswith(("resume:", "release:")):
                self.plan(GREY, one, self.rng.uniform(60, 600))

    def _will(self, data: str, earliest: float, latest: float) -> None:
        """Most of what is to be done gets done, and once."""
        if self.rng.random() < 0.7 and not any(meant == data for _, _, _, meant in self.plans):
            self.plan(GREY, data, self.rng.uniform(earliest, latest))

    def _patient(self, who: int, data: list[str]) -> None:
        habit = self.habits[who]
        taken = next((one for one in data if one.startswith("taken:")), None)
        if taken is not None and self.rng.random() < habit.answers:
            answer = taken if self.rng.random() < 0.95 else f"skip:{taken.partition(':')[2]}:forgot"
            self.plan(who, answer, self.rng.uniform(1, 100))
            return
        for one in data:
            if one.startswith("fine:"):
                dose = one.partition(":")[2]
                feels = self.rng.random() < habit.feels
                self.plan(who, f"grade:{dose}:headache:{self.rng.randint(1, 4)}" if feels else one, 2)
                return
            if one.endswith((":no", ":none")) and one.startswith(("opioids:", "withdrawal:")):
                self.plan(who, one, self.rng.uniform(1, 30))
                return
        if data and self.rng.random() < habit.alarms:
            self.plan(who, "help", 1)

    def next_at(self) -> datetime | None:
        """Return when somebody does something next."""
        return self.plans[0][0] if self.plans else None

    def act(self) -> None:
        """Let everybody do what they meant to do by now."""
        presses = []
        while self.plans and self.plans[0][0] <= self.lab.clock.now:
            _, _, who, data = heapq.heappop(self.plans)
            presses.append((who, data, CHAT if who in (GREY, LEE) else who))
        if presses:
            self.lab.press_all(presses)
            if self.rng.random() < 0.01 * len(presses):
                self.lab.again()

    def live(self, days: int, after_step: Callable[[], None] = lambda: None) -> None:
        """Let so many days pass, in steps of some minutes in which everything due is done."""
        end = self.lab.clock.now + timedelta(hours=24 * days)
        while True:
            due = self.lab.settle()
            at = min((one for one in (due, self.next_at()) if one is not None), default=end)
            after_step()
            if at >= end:
                return
            self.lab.clock.now = max(at, self.lab.clock.now) + STEP
            self.act()


def key(letter: Claimed) -> tuple[int, str]:
    """Return what a letter is known by."""
    return letter.chat_id, str(letter.id)


def found_town(url: str, content: Content, *, patients: int, seed: str, regimen: str = "alcohol-50") -> Town:
    """Found a clinic whose patients have joined and whose first day is today."""
    rng = random.Random(seed)
    lab = Lab(url, content, Moment(START))
    lab.write(lambda work: _people(work, content, patients, regimen, rng))
    town = Town(lab, rng)
    town.habits = {FIRST + number: rng.choice(HABITS) for number in range(patients)}
    return town


def _people(work: Work, content: Content, patients: int, regimen: str, rng: random.Random) -> None:
    ward = Ward(work, content)
    clinic = found_clinic(
        ward, name="Harbour", time_zone="UTC", languages=["en"], emergency_number="112", crisis_line="116 123",
        admin_id=GREY, admin_name="Grey", clinicians_chat=CHAT,
    )  # fmt: skip
    add_staff(work, clinic, telegram_id=LEE, name="Lee", role=Role.CLINICIAN)
    for number in range(patients):
        enrol(ward, FIRST + number, regimen, rng.choice(ZONES), time(rng.randint(7, 10), rng.randrange(60)))


def enrol(ward: Ward, telegram_id: int, regimen: str, zone: str, hour: time) -> None:
    """Let somebody have joined; their first day is today."""
    work, clinic = ward.work, all_clinics(ward.work.session)[0]
    code = f"S{telegram_id}"
    patient, _ = add_invited(work, clinic, case_code=code, token=code, expires_at=ward.now, invited_by=None)
    course = add_course(work, patient, regimen=regimen, version="1")
    for status in (Status.SCREENING, Status.PLANNED):
        set_status(work, course, status, "moved")
    set_patient(work, patient, "joined", telegram_id=telegram_id, time_zone=zone, reminder_at=hour, step=None)
    set_course(work, course, "course-planned", start_on=local_date(ward.now, zone), turns_at=ward.now)
