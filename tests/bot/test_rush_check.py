"""`steady check` says beforehand when one bot cannot ask everybody in time, and what to do."""

from datetime import UTC, datetime, time
from typing import Any

from bot.rush_check import look_at_rush
from care.courses import Status
from content.loader import load_content
from storage.tables import Clinic, Course, Patient

CONTENT = load_content()
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
CLINIC = Clinic(name="Harbour", time_zone="Europe/Berlin")


def courses(count: int, **changed: Any) -> list[Course]:
    given = {"wall": time(9), "zone": "Europe/Berlin", "status": Status.ACTIVE, **changed}
    patient = Patient(time_zone=given["zone"], reminder_at=given["wall"], clinic=CLINIC)
    return [Course(patient=patient, status=given["status"], regimen="alcohol-50") for _ in range(count)]


def said(found: list[Course], per_second: float = 28.0) -> tuple[bool, str]:
    return look_at_rush([CLINIC], found, CONTENT, now=NOW, per_second=per_second)


def test_nobody_is_asked() -> None:
    for found in ([], courses(9, status=Status.COMPLETED), courses(9, wall=None), courses(9, zone="No/Where")):
        assert said(found) == (True, "No question is due tomorrow.")


def test_a_morning_that_fits_says_which_minute_is_the_busiest() -> None:
    is_well, sentence = said([*courses(600), *courses(20, wall=time(10))])
    assert is_well
    assert "09:00 (Europe/Berlin): 600 questions" in sentence


def test_a_morning_that_does_not_fit_says_the_hour_the_count_how_late_and_what_to_do() -> None:
    is_well, sentence = said(courses(2_000), per_second=2.0)
    assert not is_well
    for part in (
        "At 09:00 (Europe/Berlin), 2000 questions",
        "2 messages a second",
        "17 min late",
        "allows 10",
        "/reschedule",
    ):
        assert part in sentence


def test_people_of_several_zones_meet_in_one_minute_of_the_bot() -> None:
    found = [*courses(1_000), *courses(1_000, wall=time(8), zone="Europe/London")]
    assert "2000 questions" in said(found, per_second=2.0)[1]


def test_without_a_limit_of_ours_telegrams_counts() -> None:
    assert "30 messages a second" in said(courses(20_000), per_second=0.0)[1]
    assert "30 messages a second" in said(courses(20_000), per_second=500.0)[1]
