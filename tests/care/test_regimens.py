"""What is taken on a given day, phase by phase and step by step."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from care.calendar import date_of
from care.regimens import Part, Phase, Regimen, next_step_from, parts_on
from content.loader import Content

START = date(2026, 11, 2)
"""A Monday."""


def amounts(regimen: Regimen, day: int, steps: int = 0) -> list[Decimal]:
    return [part.amount_mg for part in parts_on(regimen, day=day, on=date_of(START, day), steps_taken=steps)]


@pytest.mark.parametrize(
    ("name", "day", "steps", "expected"),
    [
        ("alcohol-50", 1, 0, ["50"]),
        ("alcohol-50", 84, 0, ["50"]),
        ("opioid-50", 1, 0, ["25", "25"]),
        ("opioid-50", 2, 0, ["50"]),
        ("opioid-50", 84, 0, ["50"]),
        ("low-dose", 1, 0, ["1.5"]),
        ("low-dose", 15, 0, ["1.5"]),  # the step is held
        ("low-dose", 15, 1, ["3"]),
        ("low-dose", 84, 2, ["4.5"]),
        ("low-dose", 84, 9, ["4.5"]),  # there is no further step
    ],
)
def test_the_amount_of_a_day(content: Content, name: str, day: int, steps: int, expected: list[str]) -> None:
    assert amounts(content.regimens[name], day, steps) == [Decimal(amount) for amount in expected]


@pytest.mark.parametrize("name", ["alcohol-50", "opioid-50", "low-dose"])
def test_each_day_of_a_course_has_a_dose_and_no_other_day_has(content: Content, name: str) -> None:
    regimen = content.regimens[name]
    assert all(amounts(regimen, day) for day in range(1, regimen.days + 1))
    assert not any(amounts(regimen, day) for day in (-1, 0, regimen.days + 1))


def test_the_second_half_waits_and_asks(content: Content) -> None:
    first, second = parts_on(content.regimens["opioid-50"], day=1, on=START)
    assert (first.after, first.ask) == (timedelta(), None)
    assert (second.after, second.ask) == (timedelta(minutes=60), "withdrawal")


def test_a_day_between_has_no_dose(regimen: Regimen) -> None:
    thrice = replace(regimen, phases=(Phase(1, 84, (Part(Decimal(100)),), frozenset({0, 2, 4})),))
    assert [len(amounts(thrice, day)) for day in range(1, 8)] == [1, 0, 1, 0, 1, 0, 0]


def test_a_step_keeps_what_stands_between_the_parts(content: Content) -> None:
    induction = content.regimens["opioid-50"].phases[0]
    rising = replace(content.regimens["low-dose"], phases=(replace(induction, to_day=84),))
    parts = parts_on(rising, day=20, on=START, steps_taken=1)
    assert [(part.amount_mg, part.ask) for part in parts] == [(Decimal(3), None), (Decimal(3), "withdrawal")]


LATE: dict[str, tuple[int, int, int | None]] = {
    "the first step on its day": (1, 15, 29),
    "the first step ten days late": (1, 25, 39),
    "the first step after the second was planned": (1, 40, 54),
    "the last step": (2, 39, None),
    "no step yet": (0, 1, None),
}


@pytest.mark.parametrize(("taken", "begun_on", "wait"), LATE.values(), ids=list(LATE))
def test_a_step_that_came_late_brings_the_next_one_no_sooner(
    content: Content, taken: int, begun_on: int, wait: int | None
) -> None:
    assert next_step_from(content.regimens["low-dose"], steps_taken=taken, begun_on=begun_on) == wait
