"""The three regimens are what was signed off, and every day of them can be lived."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from care.regimens import Kind, Regimen, parts_on
from content.loader import Content, load_content
from tests.content.conftest import Spoil

MONDAY = date(2026, 11, 2)
NAMES = ("alcohol-50", "low-dose", "opioid-50")

WEEKDAYS_AND_SATURDAY = """
[[phases]]
from_day = 1
to_day = 84
weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri"]
parts = [{ amount_mg = 50 }]

[[phases]]
from_day = 1
to_day = 84
weekdays = ["Sat"]
parts = [{ amount_mg = 100 }]
"""


def amounts(regimen: Regimen, day: int, steps_taken: int = 0) -> list[Decimal]:
    on = MONDAY + timedelta(days=day - 1)
    return [part.amount_mg for part in parts_on(regimen, day=day, on=on, steps_taken=steps_taken)]


def test_three_regimens_ship(content: Content) -> None:
    assert tuple(content.regimens) == NAMES
    assert {regimen.kind for regimen in content.regimens.values()} == set(Kind)
    assert {regimen.days for regimen in content.regimens.values()} == {84}


@pytest.mark.parametrize("name", NAMES)
def test_every_day_expects_something_and_no_day_beyond_does(content: Content, name: str) -> None:
    regimen = content.regimens[name]
    for day in range(1, regimen.days + 1):
        assert amounts(regimen, day), day
    assert amounts(regimen, 0) == []
    assert amounts(regimen, 85) == []


def test_alcohol_takes_50_mg_every_day(content: Content) -> None:
    regimen = content.regimens["alcohol-50"]
    assert {tuple(amounts(regimen, day)) for day in range(1, 85)} == {(Decimal(50),)}


def test_opioid_begins_with_two_halves_and_a_question(content: Content) -> None:
    regimen = content.regimens["opioid-50"]
    first, second = parts_on(regimen, day=1, on=MONDAY)
    assert (first.amount_mg, first.after, first.ask) == (Decimal(25), timedelta(0), None)
    assert (second.amount_mg, second.after, second.ask) == (Decimal(25), timedelta(minutes=60), "withdrawal")
    assert {tuple(amounts(regimen, day)) for day in range(2, 85)} == {(Decimal(50),)}
    assert regimen.induction is not None
    assert regimen.induction.no_reply_after == timedelta(minutes=75)
    assert regimen.ends_with_tolerance_warning


def test_low_dose_rises_in_steps(content: Content) -> None:
    regimen = content.regimens["low-dose"]
    assert [(step.day, step.amount_mg) for step in regimen.steps] == [(15, Decimal(3)), (29, Decimal("4.5"))]
    assert [amounts(regimen, 30, taken) for taken in (0, 1, 2)] == [
        [Decimal("1.5")],
        [Decimal(3)],
        [Decimal("4.5")],
    ]
    assert {(step.hold_at_grade, step.look_back_days, step.most_unknown_days) for step in regimen.steps} == {(2, 7, 3)}


@pytest.mark.parametrize(
    ("name", "silent_hours", "days"),
    [("alcohol-50", 72, ()), ("opioid-50", 48, (1, 3, 7, 14)), ("low-dose", 72, ())],
)
def test_silence_and_follow_up_by_kind(content: Content, name: str, silent_hours: int, days: tuple[int, ...]) -> None:
    regimen = content.regimens[name]
    assert regimen.missed.silent_after == timedelta(hours=silent_hours)
    assert regimen.follow_up.days == days
    assert regimen.follow_up.months == (1, 2, 3, 6)
    assert regimen.follow_up.months_open == 6


@pytest.mark.parametrize("name", NAMES)
def test_at_most_two_nudges_follow_the_first_prompt(content: Content, name: str) -> None:
    policy = content.regimens[name].reminders
    assert max(len(waits) for waits in (policy.dense, policy.usual, policy.light)) == 2


@pytest.mark.parametrize("name", NAMES)
def test_every_regimen_names_its_sources_and_its_proposals(content: Content, name: str) -> None:
    sources = content.regimens[name].sources
    assert len(sources) >= 2
    assert any("proposal, sign off locally" in source for source in sources)


def test_the_labels_weekday_schedule_can_be_written(spoil: Spoil) -> None:
    daily = "[[phases]]\nfrom_day = 1\nto_day = 84\nparts = [{ amount_mg = 50 }]\n"
    folder = spoil("regimens/alcohol-50.toml", f"\n{daily}", WEEKDAYS_AND_SATURDAY)
    regimen = load_content(folder).regimens["alcohol-50"]
    week = [[int(amount) for amount in amounts(regimen, day)] for day in range(1, 8)]
    assert week == [[50], [50], [50], [50], [50], [100], []]
