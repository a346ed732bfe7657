"""The first day in two parts, and the steps of a low dose."""

from __future__ import annotations

import pytest

from tests.stories.house import EMERGENCY, House
from tests.stories.people import Patient


async def first_part_taken(house: House) -> Patient:
    ann = await house.joined(regimen="opioid-50", hour="09:00")
    await house.until("09:00")
    await ann.taps("Taken")
    ann.expect("Today is in two parts. In 60 minutes.*before anything else")
    ann.read()
    return ann


async def test_without_signs_the_second_part_follows_the_hour(house: House) -> None:
    ann = await first_part_taken(house)
    await house.until("09:59")
    ann.nothing_more()
    await house.until("10:00")
    asked = ann.expect_only("how you feel.*Some signs.*Strong signs")[0]
    assert asked.labels == ("None of these", "Some signs", "Strong signs")
    await ann.taps("None of these")
    ann.expect("→ None of these")
    second = ann.expect_only("goes on as your team planned it")[0]
    assert second.has("Taken")
    await ann.taps("Taken")
    assert await house.states(ann) == ["taken", "taken"]
    ann.expect("How are you feeling")


@pytest.mark.parametrize(("signs", "card"), [("Some signs", "Urgent"), ("Strong signs", "EMERGENCY")])
async def test_with_signs_the_second_part_is_never_offered(house: House, signs: str, card: str) -> None:
    ann = await first_part_taken(house)
    await house.until("10:00")
    await ann.taps(signs)
    answer = ann.expect("second part of today is on hold")
    assert EMERGENCY in answer.text
    house.clinicians.expect(f"{card}.*case {ann.code}.*Induction")
    second = (await house.ledger(ann))[1]
    for press in ("taken", "dose", "undo", "not-today", "withdrawal"):
        await ann.forges(f"{press}:{second.id}" + (":none" if press == "withdrawal" else ""))
        assert "on hold" in str(ann.toast), press
    ann.read()
    await ann.presses("Today")
    ann.expect_only("on pause")
    await house.until("09:00", days=1)
    ann.nothing_more()
    assert (await house.states(ann))[:2] == ["taken", "held"]
    await house.lee.taps("Acknowledge", "Resume the course", chat=house.clinicians)
    ann.expect("Your course goes on")


async def test_no_answer_about_signs_tells_the_clinic_and_asks_again(house: House) -> None:
    ann = await first_part_taken(house)
    await house.until("10:00")
    ann.expect("how you feel")
    await house.until("10:14")
    house.nothing_more()
    await house.until("10:15")
    house.clinicians.expect(f"Urgent.*case {ann.code}.*no answer about withdrawal signs 75 min after the first part")
    assert EMERGENCY in ann.expect("We have not heard how you feel").text
    again = ann.expect("first part of today was at 09:00.*how you feel now")
    assert not any("hour has passed" in said.text for said in ann.everything)
    await ann.taps("None of these", on=again)
    ann.expect("goes on as your team planned it")


async def test_a_first_part_told_late_is_counted_from_its_own_hour(house: House) -> None:
    ann = await house.joined(regimen="opioid-50", hour="09:00")
    await house.until("11:00")
    dose = (await house.ledger(ann))[0]
    ann.read()
    await ann.forges(f"earlier:{dose.id}:30")
    ann.expect("In 30 minutes I will ask how you feel")
    ann.read()
    await house.until("11:29")
    house.nothing_more()
    await house.until("11:30")
    ann.expect_only("first part of today was at 10:30")
    await house.until("11:45")
    house.clinicians.expect("75 min after the first part")


async def test_the_second_part_cannot_be_pressed_before_the_question(house: House) -> None:
    ann = await first_part_taken(house)
    second = (await house.ledger(ann))[1]
    await ann.forges(f"taken:{second.id}")
    await ann.presses("Today")
    ann.expect("second part of today comes some time after the first")
    await house.until("10:00")
    await ann.forges(f"taken:{second.id}")
    assert await house.states(ann) == ["taken", "open"]


async def test_the_question_about_signs_is_not_asked_before_its_hour(house: House) -> None:
    ann = await first_part_taken(house)
    second = (await house.ledger(ann))[1]
    await ann.forges(f"withdrawal:{second.id}:none")
    assert "too early" in str(ann.toast)
    await ann.presses("Today")
    assert not any(said.has("None of these") for said in ann.new)
    assert not any("second part" in said.text and said.has("Taken") for said in ann.new)
    assert await house.states(ann) == ["taken", "open"]


async def test_a_first_part_not_taken_leaves_no_second(house: House) -> None:
    ann = await house.joined(regimen="opioid-50")
    await house.until("09:00")
    await ann.taps("Not today", "I would rather not say")
    assert await house.states(ann) == ["skipped", "skipped"]
    ann.read()
    await house.until("23:00")
    ann.nothing_more()


async def test_a_low_dose_step_is_taken_when_the_week_was_good(house: House) -> None:
    ann = await house.joined(regimen="low-dose", day=14)
    await house.until("09:00")
    await ann.taps("Taken", "All fine")
    ann.read()
    await house.until("08:59")
    ann.nothing_more()
    await house.until("09:00")
    ann.expect("next step of your plan begins today")
    amounts = [dose.amount_mg for dose in await house.ledger(ann)]
    assert [str(amount.normalize()) for amount in amounts[-2:]] == ["1.5", "3"]
    await ann.says("/course")
    ann.expect("✓ From day 15: 3 mg")


async def test_a_low_dose_step_is_held_after_a_bad_week_and_released_by_a_clinician(house: House) -> None:
    ann = await house.joined(regimen="low-dose", day=14)
    await house.until("09:00")
    await ann.taps("Taken")
    await ann.says("/report")
    await ann.taps("Headache", "^Medium$")
    ann.read()
    house.clinicians.read()
    await house.until("09:00")
    ann.expect("You said that you have not felt well lately.*everything stays as it is")
    house.clinicians.expect(f"case {ann.code}.*Step waits for a decision: Headache")
    assert str((await house.ledger(ann))[-1].amount_mg.normalize()) == "1.5"
    await house.lee.taps("Acknowledge", "Release what is held", chat=house.clinicians)
    ann.expect("released the next step.*tomorrow")
    house.clinicians.expect("step released by Nurse Lee")
    await house.until("09:00", days=1)
    assert str((await house.ledger(ann))[-1].amount_mg.normalize()) == "3"


@pytest.mark.parametrize(("silent", "amount"), [(3, "3"), (4, "1.5")])
async def test_a_low_dose_step_waits_when_days_of_the_present_one_are_unknown(
    house: House, silent: int, amount: str
) -> None:
    ann = await house.joined(regimen="low-dose", day=15 - silent)
    await house.until("08:00", days=silent - 1)
    house.clinicians.read()
    ann.read()
    await house.until("09:00")
    assert str((await house.ledger(ann))[-1].amount_mg.normalize()) == amount
    if amount == "3":
        ann.expect("next step of your plan begins today")
        return
    ann.expect("Some days before it have no answer.*everything stays as it is")
    await house.until("08:00", days=2)
    assert str((await house.ledger(ann))[-1].amount_mg.normalize()) == "1.5"
    await house.lee.taps("Release what is held", chat=house.clinicians)
    house.clinicians.expect("4 days of the present step without a known dose")
    house.clinicians.expect("step released by Nurse Lee")
    await house.until("08:00")
    assert str((await house.ledger(ann))[-1].amount_mg.normalize()) == "3"
