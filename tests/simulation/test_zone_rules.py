"""The rules of a time zone are replaced under running courses (D5): what lies ahead moves, what happened stays."""

from __future__ import annotations

import random
import zoneinfo
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

import bot.housework
from bot.housework import Housework
from care.calendar import date_of, end_of, instant_of, local, plus_days, start_of
from care.courses import RUNNING, Status
from care.doses import DoseState
from care.escalation import CaseState, next_digest
from care.triage import Level
from clinic.ladder import policy
from clinic.ward import Ward
from content.loader import load_content
from storage.cases import open_cases
from storage.clinics import all_clinics, set_clinic
from storage.courses import all_courses, first_day_of, follow_ups_of, set_course
from storage.doses import doses_of, open_doses
from storage.queues import OutboxRow
from storage.reading import Session
from storage.tables import Dose
from tests.simulation.lab import Lab
from tests.simulation.world import FIRST, HABITS, Town, enrol, found_town

BERLIN, LIMA = "Europe/Berlin", "America/Lima"
ASKED = FIRST + 100
"""The first of three who came last: one was asked, one wrote and waits for the evening, one has put that off."""
CONTENT = load_content()
HISTORY = (
    "select * from dose_changes", "select * from reports", "select * from alerts",
    "select id, sent_at, body from outbox where state = 'sent'", "select * from doses where state <> 'open'",
    "select id, prompts_sent, due_at, prompt_at from doses where state = 'open' and prompts_sent > 0",
    "select id, prompt_at from doses where snoozes > 0",
)  # fmt: skip
OF_LIMA = (
    "select d.* from doses d join courses c on c.id = d.course_id join patients p on p.id = c.patient_id"
    f" where p.time_zone = '{LIMA}'"
)
Replace = Callable[[str, str], None]


@pytest.fixture
def replace(tmp_path: Path) -> Iterator[Replace]:
    """Let a zone have the rules of another from now on, as a new tzdata and a restart would."""
    before = zoneinfo.TZPATH

    def now(zone: str, like: str) -> None:
        made = tmp_path / "tz" / zone
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_bytes(files("tzdata").joinpath("zoneinfo", *like.split("/")).read_bytes())
        zoneinfo.reset_tzpath(to=[str(tmp_path / "tz"), *before])
        ZoneInfo.clear_cache()

    yield now
    zoneinfo.reset_tzpath(to=before)
    ZoneInfo.clear_cache()


@pytest.fixture
def town(home: Path, sqlite_template: Path, seed: str) -> Iterator[Town]:
    yield from settled(home, sqlite_template, seed, patients=10, days=2)


@pytest.fixture
def large_town(home: Path, sqlite_template: Path, seed: str) -> Iterator[Town]:
    yield from settled(home, sqlite_template, seed, patients=60, days=8)


def settled(home: Path, template: Path, seed: str, *, patients: int, days: int) -> Iterator[Town]:
    """People in two zones, some days into their courses: waiting, asked, stopped, wishing for a pause, to begin."""
    (home / "zones.db").write_bytes(template.read_bytes())
    made = found_town(f"sqlite:///{home}/zones.db", CONTENT, patients=0, seed=seed)
    rng = random.Random(seed)
    for who in range(FIRST, FIRST + patients):
        zone, hour = rng.choice([BERLIN, BERLIN, LIMA]), time(rng.randint(6, 22), rng.randrange(60))
        regimen = rng.choice(sorted(CONTENT.regimens))
        made.lab.write(lambda work, one=(who, regimen, zone, hour): enrol(Ward(work, CONTENT), *one))  # type: ignore[misc]
        made.habits[who] = rng.choice(HABITS)
    made.lab.write(lambda work: set_clinic(work, all_clinics(work.session)[0], "zone-set", {}, time_zone=BERLIN))
    made.live(days)
    noon = instant_of(local(made.lab.clock.now, BERLIN).date(), time(12), BERLIN) + timedelta(hours=24)
    made.lab.until(noon + timedelta(minutes=rng.randrange(-60, 60)))
    for who in range(FIRST, FIRST + 4):
        made.lab.press(who, "stop" if who % 2 else "ask-pause")
    made.lab.write(_to_begin)
    for number, hour in enumerate((time(6), time(20), time(21))):
        made.lab.write(lambda work, one=(ASKED + number, "alcohol-50", BERLIN, hour): enrol(Ward(work, CONTENT), *one))  # type: ignore[misc]
    made.lab.settle()
    newest = rows(made.lab, "select max(id) from doses")[0][0]
    assert made.lab.press(ASKED + 2, f"snooze:{newest}:60") is None, "put off before it was asked"
    made.lab.say(ASKED + 1, "a small thing")
    made.lab.settle()
    yield made
    made.lab.close()


def _to_begin(work: Any) -> None:
    """Somebody's first day is still ahead."""
    enrol(Ward(work, CONTENT), ASKED - 1, "low-dose", BERLIN, time(7))
    course = all_courses(work.session)[-1]
    first = plus_days(first_day_of(course), 3)
    set_course(work, course, "course-planned", start_on=first, turns_at=start_of(first, BERLIN))


def rows(lab: Lab, *queries: str) -> list[Any]:
    """Return what these queries find now."""
    return lab.read(lambda session: [tuple(row) for query in queries for row in session.execute(text(query))])


def misplaced(session: Session, lab: Lab) -> list[str]:
    """Return everything ahead that is not where the present rules of its zone put it."""
    wrong, now = [], lab.clock.now
    for course in all_courses(session):
        zone, hour = str(course.patient.time_zone), course.patient.reminder_at
        assert hour is not None
        for dose in open_doses(session, course.id):
            due = instant_of(dose.day_on, hour, zone)
            if dose.closes_at != end_of(dose.day_on, zone):
                wrong.append(f"end of dose {dose.id}")
            is_ahead = dose.state is DoseState.OPEN and dose.prompts_sent == 0 and dose.part == 1
            if is_ahead and dose.prompt_at is not None and not dose.snoozes and dose.prompt_at != max(due, now):
                wrong.append(f"question {dose.id}")
        wrong += [
            f"contact {one.id}"
            for one in follow_ups_of(session, course.id)
            if one.asked_at is None and one.due_at != instant_of(one.day_on, hour, zone)
        ]
        begins = start_of(first_day_of(course), zone) if course.status is Status.PLANNED else None
        turns = end_of(date_of(first_day_of(course), course.day), zone) if course.status in RUNNING else begins
        if turns is not None and course.turns_at != turns:
            wrong.append(f"turn of course {course.id}")
    for clinic in all_clinics(session):
        if clinic.digest_at != next_digest(policy(clinic), now=now, zone=clinic.time_zone):
            wrong.append("digest")
        free = (one for one in open_cases(session, clinic.id) if one.state is CaseState.OPEN)
        waits = [one for one in free if one.level is Level.ROUTINE]
        assert waits
        wrong += [f"case {one.id}" for one in waits if one.next_step_at != clinic.digest_at]
    return wrong


def keep_house(town: Town, home: Path) -> None:
    """Start anew: a process learns of new rules only then."""
    Housework(town.lab.store, CONTENT, home).follow_zones()


@pytest.mark.parametrize("like", ["Europe/Istanbul", "Atlantic/Azores"])
def test_what_lies_ahead_moves_and_what_happened_stays(town: Town, replace: Replace, home: Path, like: str) -> None:
    follow(town, replace, home, like)


@pytest.mark.nightly
@pytest.mark.parametrize("like", ["Europe/Istanbul", "Atlantic/Azores", "Asia/Kathmandu", "America/Lima", "Asia/Tokyo"])
@pytest.mark.parametrize("part", range(5))
def test_in_a_large_town_too(large_town: Town, replace: Replace, home: Path, like: str, part: int) -> None:
    assert part >= 0  # in the seed by its name
    follow(large_town, replace, home, like)


def follow(town: Town, replace: Replace, home: Path, like: str) -> None:
    """Replace the rules of Berlin under everybody; everything of theirs that lies ahead moves, and nothing else."""
    lab = town.lab
    keep_house(town, home)
    assert lab.read(lambda session: misplaced(session, lab)) == []
    before, elsewhere = rows(lab, *HISTORY), rows(lab, OF_LIMA)
    replace(BERLIN, like)
    assert len(lab.read(lambda session: misplaced(session, lab))) >= 2
    keep_house(town, home)
    assert lab.read(lambda session: misplaced(session, lab)) == []
    assert rows(lab, *HISTORY) == before
    assert rows(lab, OF_LIMA) == elsewhere
    events = rows(lab, "select count(*) from events")
    keep_house(town, home)
    assert rows(lab, "select count(*) from events") == events, "nothing is moved twice"
    since = lab.clock.now
    town.live(2)
    assert lab.watch.all_broken() == []
    assert asked_too_early(lab, since=since) == []


def asked_too_early(lab: Lab, *, since: datetime) -> list[int]:
    """Return the doses first asked about after `since`, before the hour that the patient chose, and nobody put off."""

    def query(session: Session) -> list[int]:
        asked = session.query(OutboxRow).filter(OutboxRow.dedupe_key.like("prompt:%:1"), OutboxRow.created_at > since)
        doses = {f"dose:{dose.id}": dose for course in all_courses(session) for dose in doses_of(session, course.id)}
        found = [(doses[str(row.subject)], row.created_at) for row in asked]
        assert found
        return [dose.id for dose, at in found if dose.part == 1 and not dose.snoozes and at < hour_of(dose)]

    return lab.read(query)


def hour_of(dose: Dose) -> datetime:
    patient = dose.course.patient
    assert patient.reminder_at is not None
    return instant_of(dose.day_on, patient.reminder_at, str(patient.time_zone))


def test_who_dies_half_way_begins_anew(
    town: Town, replace: Replace, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab, left = town.lab, [1]
    keep_house(town, home)
    replace(BERLIN, "Europe/Istanbul")
    plain = bot.housework.replan_course

    def dying(ward: Ward, course_id: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise RuntimeError("killed")
        plain(ward, course_id)

    with monkeypatch.context() as patch:
        patch.setattr(bot.housework, "replan_course", dying)
        with pytest.raises(RuntimeError, match="killed"):
            keep_house(town, home)
    assert lab.read(lambda session: misplaced(session, lab))
    keep_house(town, home)
    assert lab.read(lambda session: misplaced(session, lab)) == []


def test_a_new_year_and_the_same_rules_move_nothing(town: Town, home: Path) -> None:
    keep_house(town, home)
    before = rows(town.lab, "select * from doses", "select * from courses", "select * from follow_ups")
    town.lab.clock.now += timedelta(days=365)
    keep_house(town, home)
    after = rows(town.lab, "select * from doses", "select * from courses", "select * from follow_ups")
    town.lab.clock.now -= timedelta(days=365)
    keep_house(town, home)
    assert local(town.lab.clock.now, BERLIN).year == 2027
    assert [row for row in after if row not in before] == []
