"""Time's bad days (group D): clocks that change, jump or are read by new rules, and patients who travel."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from care.calendar import course_day, date_of, end_of, instant_of, local, plus_days, start_of
from care.courses import Status
from clinic.hold_course import hold
from clinic.ward import Ward
from content.loader import Content, load_content
from storage.courses import get_course, set_status
from storage.doses import doses_of
from storage.due import find_due
from storage.patients import lock, set_patient
from storage.queues import OutboxRow
from storage.reading import Session
from storage.work import Work
from tests.simulation.lab import Lab, Outcome
from tests.simulation.world import FIRST, enrol, found_town

ZONES = (
    "America/New_York", "America/Santiago", "America/Havana", "Europe/London", "Europe/Berlin", "Africa/Cairo",
    "Asia/Beirut", "Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Chatham", "America/St_Johns", "Asia/Jerusalem",
)  # fmt: skip
YEAR = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
MINUTES = [time(n // 60, n % 60) for n in range(1440)]


def shift(day: date, zone: str) -> timedelta:
    """Return by how much the day is longer or shorter than 24 hours."""
    return end_of(day, zone) - start_of(day, zone) - timedelta(hours=24)


def changes(zone: str) -> tuple[date, date]:
    """Return a day on which the clock goes forward and one on which it goes back."""
    days = [(shift(day, zone), day) for day in YEAR]
    return min(days)[1], max(days)[1]


@pytest.mark.parametrize("zone", ZONES)
def test_every_minute_of_a_day_that_changes_its_clock_comes_once(zone: str) -> None:
    """D1: 12 zones x 2 changes x 1,440 minutes."""
    for day in changes(zone):
        assert shift(day, zone)
        for wall in MINUTES:
            shown = local(instant_of(day, wall, zone), zone)
            assert shown.date() == day
            if shown.time() != wall:  # the clock skips this minute: the first there is, as far on as the gap is long
                assert not exists(day, wall, zone)
                assert shown.replace(tzinfo=None) == datetime.combine(day, wall) - shift(day, zone)
            assert start_of(day, zone) <= instant_of(day, wall, zone) < end_of(day, zone)


def exists(day: date, wall: time, zone: str) -> bool:
    there = datetime.combine(day, wall, tzinfo=ZoneInfo(zone))
    back = datetime.fromtimestamp(there.timestamp(), ZoneInfo(zone))
    return back.replace(tzinfo=None) == there.replace(tzinfo=None)


@pytest.mark.parametrize("zone", ZONES)
def test_84_days_over_each_change_the_leap_day_and_new_year(zone: str) -> None:
    """D2: 84 questions on 84 dates, each one day after the other however long the day is."""
    around = [*changes(zone), date(2028, 2, 29), date(2027, 1, 1)]
    for middle in around:
        start = plus_days(middle, -40)
        for wall in (time(0, 0), time(2, 30), time(9, 0), time(23, 59)):
            asked = [instant_of(date_of(start, day), wall, zone) for day in range(1, 85)]
            assert [course_day(start, local(at, zone).date()) for at in asked] == list(range(1, 85))
            steps = {later - earlier for earlier, later in pairwise(asked)}
            assert steps <= {timedelta(hours=24) + extra for extra in one_day_shifts(zone)}


def one_day_shifts(zone: str) -> set[timedelta]:
    """Return how much longer or shorter than 24 hours it may be from an hour to the same hour of the next day."""
    most = {shift(day, zone) for day in YEAR} | {timedelta(0)}
    return most | {timedelta(minutes=n) for n in range(-180, 181, 15)}


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


@pytest.fixture
def lab(tmp_path: Path, sqlite_template: Path, content: Content) -> Iterator[Lab]:
    """A house in one process with one patient in Berlin, asked at nine."""
    shutil.copy(sqlite_template, tmp_path / "time.db")
    made = found_town(f"sqlite:///{tmp_path}/time.db", content, patients=0, seed="0").lab
    made.on_message = lambda letter: None
    made.telegram = lambda letter: Outcome()
    made.write(lambda work: enrol(Ward(work, content), FIRST, "alcohol-50", "Europe/Berlin", time(9)))
    made.settle()
    yield made
    made.close()


def prompts(session: Session) -> Counter[str]:
    """Return how many questions have gone out about each dose."""
    found = session.query(OutboxRow).filter(OutboxRow.subject.like("dose:%"), OutboxRow.state == "sent")
    return Counter(str(row.subject) for row in found)


def days_asked(session: Session) -> list[int]:
    return [dose.day for dose in doses_of(session, 1)]


def at_nine(lab: Lab) -> datetime:
    """Return the next nine o'clock in Berlin."""
    day = local(lab.clock.now, "Europe/Berlin").date()
    due = instant_of(day, time(9), "Europe/Berlin")
    return due if due > lab.clock.now else instant_of(plus_days(day, 1), time(9), "Europe/Berlin")


def pause(work: Work, content: Content) -> None:
    """A clinician pauses the course."""
    hold(Ward(work, content), get_course(work.session, 1), "course-paused")


def resume(work: Work) -> None:
    """A clinician lets it go on."""
    set_status(work, get_course(work.session, 1), Status.ACTIVE, "course-resumed", paused_since=None)


def test_paused_at_any_minute_around_the_hour_nothing_is_asked_afterwards(lab: Lab, content: Content) -> None:
    """D7: before the hour nothing is asked any more; after it nothing is asked again."""
    due = at_nine(lab)
    for minute in range(-6, 7):
        moment = due + timedelta(minutes=minute)
        lab.until(moment)
        before = lab.read(prompts)
        lab.write(lambda work: pause(work, content))
        lab.until(moment + timedelta(hours=10))
        assert lab.read(prompts) == before
        lab.write(resume)
        due += timedelta(hours=24)
    assert lab.watch.all_broken() == []


def test_moved_at_any_minute_around_the_hour_only_the_new_hour_asks(lab: Lab) -> None:
    """D7: moved before the hour, the question comes at the new one; moved after it, from the next day on."""
    for minute in range(-6, 7):
        due = at_nine(lab)
        lab.until(due + timedelta(minutes=minute))
        before, new = lab.read(prompts), due + timedelta(hours=3)
        assert lab.press(FIRST, "hour:1200") is None
        if minute >= 0:
            assert lab.press(FIRST, f"taken:{lab.read(newest)}") is None
            new += timedelta(hours=24)
        lab.until(new - timedelta(seconds=1))
        assert lab.read(prompts) == before, minute
        lab.until(new)
        assert (lab.read(prompts) - before).total() == 1, minute
        assert lab.press(FIRST, f"taken:{lab.read(newest)}") is None
        assert lab.press(FIRST, "hour:0900") is None
    assert lab.watch.all_broken() == []


def newest(session: Session) -> int:
    return doses_of(session, 1)[-1].id


def test_stopped_at_any_minute_around_the_hour_nothing_is_asked_afterwards(lab: Lab, content: Content) -> None:
    """D7: thirteen patients of one hour stop, one each minute around it."""
    crowd = range(FIRST + 1, FIRST + 14)
    for who in crowd:
        lab.write(lambda work, who=who: enrol(Ward(work, content), who, "alcohol-50", "Europe/Berlin", time(9)))  # type: ignore[misc]
    due = at_nine(lab) + timedelta(hours=24)
    asked: dict[int, int] = {}
    for minute, who in enumerate(crowd, start=-6):
        lab.until(due + timedelta(minutes=minute))
        asked[who] = lab.read(lambda session, who=who: times_asked(session, who))  # type: ignore[misc]
        assert lab.press(who, "stop") is None
    lab.until(due + timedelta(hours=72))
    assert {who: lab.read(lambda session, who=who: times_asked(session, who)) for who in crowd} == asked  # type: ignore[misc]
    few, many = sorted(set(asked.values()))
    assert many == few + 1, "who stops before the hour is not asked at it"
    assert lab.watch.all_broken() == []


def times_asked(session: Session, who: int) -> int:
    """Return how many questions have gone out about somebody's doses."""
    mine = {f"dose:{dose.id}" for dose in doses_of(session, who - FIRST + 1)}
    return sum(count for subject, count in prompts(session).items() if subject in mine)


@pytest.mark.parametrize("times", [60, pytest.param(1_000, marks=pytest.mark.nightly)])
def test_a_clock_that_jumps_repeats_nothing_and_floods_nobody(lab: Lab, rng: random.Random, times: int) -> None:
    """D4: +-1 s to +-30 days."""
    for _ in range(times):
        before = lab.read(prompts)
        jump = rng.choice([1, 60, 3_600, 86_400, 30 * 86_400]) * rng.uniform(-1, 1)
        lab.clock.now += timedelta(seconds=jump)
        lab.settle()
        asked = lab.read(prompts) - before
        assert asked.total() <= 1
        if jump < 0:
            lab.clock.now -= timedelta(seconds=jump)
    days = lab.read(days_asked)
    assert len(days) == len(set(days))
    assert lab.watch.all_broken() == []


def test_a_traveller_is_asked_once_each_day(lab: Lab, rng: random.Random) -> None:
    """D3: over the date line too; a course day is never asked about twice and never left out."""
    for _ in range(12):
        zone = rng.choice(["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Tokyo", "America/Lima", "Europe/Berlin"])
        lab.write(lambda work, zone=zone: set_patient(work, lock(work.session, 1), "zone-changed", time_zone=zone))  # type: ignore[misc]
        lab.until(lab.clock.now + timedelta(hours=rng.randint(10, 40)))
        assert lab.watch.all_broken() == []
    days = lab.read(days_asked)
    assert days == list(range(1, len(days) + 1))


def test_ten_thousand_ticks_on_a_day_that_changes_its_clock_make_one_row(lab: Lab) -> None:
    """D6."""
    lab.until(datetime.fromisoformat("2027-03-27T23:00:00+00:00"))
    ticks = visited = 0
    rows = len(lab.read(days_asked))
    for _ in range(200):
        lab.clock.now += timedelta(seconds=430)
        for _ in range(50):
            ticks += 1
            visited += len(lab.read(lambda session: find_due(session, now=lab.clock.now)))
        lab.settle()
    assert ticks == 10_000
    assert len(lab.read(days_asked)) == rows + 1
    assert visited < 100 * 50
