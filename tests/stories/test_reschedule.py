"""What a clinic may move, and what it may not: asked for in chat, told to the patient."""

from __future__ import annotations

import pytest

from tests.stories.house import House
from tests.stories.people import Patient


async def moves(house: House, what: str) -> None:
    await house.lee.says(f"/reschedule {what}")


async def test_the_first_day_moves_until_it_begins(house: House) -> None:
    ann = await house.invite()
    await ann.opens_the_link()
    await ann.taps("English", *["Read on"] * 4, "I agree", *["No$"] * 8, "Berlin", "09:00", "Discreet", "Tomorrow")
    ann.read()
    await moves(house, ann.code)
    house.lee.expect(f"this can be moved.*first day, now Tue 2 Mar.*/reschedule {ann.code} first")
    await moves(house, f"{ann.code} first 2027-03-04")
    ann.expect_only("Your team has moved your first day: it is now Thu 4 Mar")
    house.lee.expect_only("first day moved to Thu 4 Mar by Nurse Lee. The patient is being told")
    await house.until("10:00", days=1)
    ann.nothing_more()
    await house.until("09:00", days=1)
    ann.expect("time for your daily check")
    await moves(house, f"{ann.code} first 2027-03-09")
    house.lee.expect_only("The course began on Thu 4 Mar, so its first day cannot be moved any more. /pause")
    assert str((await house.course(ann)).start_on) == "2027-03-04"


async def test_the_hour_moves_and_the_next_question_comes_then(house: House) -> None:
    ann = await house.joined(day=5)
    ann.read()
    await moves(house, f"{ann.code} hour 10:30")
    ann.expect_only("Your team has moved the hour of my daily message: it is now 10:30")
    house.lee.expect("daily question moved to 10:30 by Nurse Lee")
    await house.until("10:29")
    ann.nothing_more()
    await house.until("10:30")
    ann.expect_only("It is 10:30, time for your daily check")


async def held(house: House) -> Patient:
    """Bring a patient to day 15 of the rising regimen after a bad day: the first step is held."""
    ann = await house.joined(regimen="low-dose", day=14)
    await ann.says("/report")
    await ann.taps("Headache", "^Bad$")
    await house.until("09:00", days=1)
    assert (await house.course(ann)).step_held_since is not None
    for chat in (ann, house.lee, house.clinicians):
        chat.read()
    return ann


async def amounts(house: House, patient: Patient) -> list[tuple[int, str]]:
    return [(dose.day, str(dose.amount_mg.normalize())) for dose in await house.ledger(patient) if dose.day > 14]


async def test_a_held_step_is_looked_at_again_on_a_later_day_and_the_next_keeps_its_distance(house: House) -> None:
    ann = await held(house)
    await moves(house, ann.code)
    house.lee.expect("step that is on hold, planned from day 15")
    await moves(house, f"{ann.code} step +10")
    ann.expect("Your team has moved the next step of your plan: it comes on Thu 11 Mar? at the earliest|next step")
    house.lee.expect(r"next step moved to .* \(day 25\) at the earliest by Nurse Lee")
    assert (await house.course(ann)).step_held_since is None
    for _ in range(29):
        await house.until("09:00")
        await ann.taps("Taken")
    found = await amounts(house, ann)
    assert {day for day, amount in found if amount == "1.5"} == set(range(15, 25))
    assert {day for day, amount in found if amount == "3"} == set(range(25, 39))
    assert {day for day, amount in found if amount == "4.5"} == set(range(39, 45))


async def test_a_bad_week_still_holds_a_step_that_was_moved(house: House) -> None:
    ann = await held(house)
    await moves(house, f"{ann.code} step +4")
    await house.until("12:00", days=1)
    await ann.says("/report")
    await ann.taps("Headache", "^Bad$")
    await house.until("09:00", days=2)
    assert (await house.course(ann)).step_held_since is not None
    assert {amount for _, amount in await amounts(house, ann)} == {"1.5"}


REFUSED = {
    "nothing": ("", "Write it like one of these"),
    "nobody": ("NOBODY hour 10:00", "There is no case NOBODY"),
    "another thing": ("{} dose 2", "Write it like one of these"),
    "no hour": ("{} hour 25:99", "I could not read that"),
    "no value": ("{} hour", "Write it like one of these"),
    "begun": ("{} first 2027-03-09", "its first day cannot be moved any more"),
    "sooner": ("{} step 2027-03-02", r"never come sooner: Mon 15 Mar \(day 15\) is the earliest"),
    "after the end": ("{} step +90", "The course ends on Sun 23 May"),
    "no date": ("{} step soon", "could not read that as a date"),
    "past": ("{} step 2026-01-01", "That day has passed"),
    "a huge number": ("{} step +99999999999", "could not read that as a date"),
}


@pytest.mark.parametrize(("said", "answer"), REFUSED.values(), ids=list(REFUSED))
async def test_what_may_not_be_moved_is_refused_kindly(house: House, said: str, answer: str) -> None:
    ann = await house.joined(regimen="low-dose")
    ann.read()
    before = await house.course(ann)
    await moves(house, said.format(ann.code))
    house.lee.expect_only(answer)
    ann.nothing_more()
    after = await house.course(ann)
    assert (after.start_on, after.step_from_day) == (before.start_on, before.step_from_day)


async def test_a_regimen_without_steps_and_a_course_that_is_over_have_nothing_to_move(house: House) -> None:
    ann = await house.joined()
    await moves(house, f"{ann.code} step +3")
    house.lee.expect_only("This regimen has no steps")
    await ann.says("/stop")
    await ann.taps("Yes, stop")
    for what in ("hour 10:00", "first 2027-03-09"):
        await moves(house, f"{ann.code} {what}")
        house.lee.expect("There is no")
    await moves(house, ann.code)
    house.lee.expect("nothing can be moved")
    kim = await house.invite("Kim")
    await moves(house, f"{kim.code} hour 10:00")
    house.lee.expect("has not finished joining")
