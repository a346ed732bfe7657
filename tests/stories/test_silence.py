"""Silence, missed days, and the question that comes before anything else."""

from __future__ import annotations

import pytest

from tests.stories.house import House


@pytest.mark.parametrize(
    ("regimen", "hours", "level"),
    [("alcohol-50", 72, "Routine"), ("low-dose", 72, "Routine"), ("opioid-50", 48, "Urgent")],
)
async def test_silence_ends_with_a_clinician(house: House, regimen: str, hours: int, level: str) -> None:
    ann = await house.joined(regimen=regimen, day=20)
    await house.forward(hours=hours - 1, minutes=59)
    assert not any(f"No answer for {hours} h" in text for text in house.clinicians.read())
    ann.read()
    await house.forward(minutes=1)
    house.clinicians.expect(f"case {ann.code}.*No answer for {hours} h; taken or not is unknown")
    asked = ann.expect("We have not heard from you for a while. Are you all right")
    assert asked.labels == ("I am all right", "Please call me")
    await ann.taps("Please call me", on=asked)
    ann.expect("would like a call")
    house.clinicians.expect("asks to talk")


async def test_any_sign_of_life_starts_the_silence_anew(house: House) -> None:
    ann = await house.joined(day=20)
    await house.forward(hours=70)
    await ann.presses("Today")
    await house.forward(hours=71)
    assert not any("No answer for" in text for text in house.clinicians.read())


async def test_after_a_gap_the_question_about_opioids_comes_before_anything_else(house: House) -> None:
    ann = await house.joined(regimen="opioid-50", day=20)
    await house.until("23:59")
    ann.read()
    await house.until("09:00")
    asked = ann.expect("Since your last tablet, have you used any opioid")
    assert asked.labels == ("No, none", "Yes", "I would rather not say")
    assert not any("take it now" in said.text.lower() for said in ann.everything)
    await ann.forges(f"taken:{(await house.ledger(ann))[-1].id}", on=asked)
    assert (await house.states(ann))[-1] == "open"
    await ann.taps("No, none")
    after = ann.expect("Here is today, planned for 09:00.*ask your clinic first")
    assert after.has("Taken")


async def test_the_gap_question_comes_first_before_its_hour_too(house: House) -> None:
    ann = await house.joined(regimen="opioid-50", day=20)
    await house.until("08:00")
    ann.read()
    await ann.presses("Today")
    ann.expect("have you used any opioid")
    assert not any(said.labels[:1] == ("✓ Taken",) for said in ann.new)


@pytest.mark.parametrize("answer", ["Yes", "rather not say"])
async def test_opioid_use_said_is_urgent_and_nothing_is_advised(house: House, answer: str) -> None:
    ann = await house.joined(regimen="opioid-50", day=20)
    await house.until("09:00", days=1)
    house.clinicians.read()
    ann.read()
    await ann.taps(answer)
    said = ann.expect("Thank you for being open.*talk to your clinic before the next tablet")
    assert not said.has("Taken")
    house.clinicians.expect(f"Urgent.*case {ann.code}.*Opioid use reported")
    ann.read()
    await house.until("22:00")
    ann.nothing_more()


async def test_two_skipped_days_in_a_row_are_told_without_blame(house: House) -> None:
    ann = await house.joined(day=20)
    for _ in range(2):
        await house.until("09:00")
        ann.read()
        await ann.taps("Not today", "I forgot")
    answer = ann.expect("Some days have not gone as planned, and that happens to many people")
    assert "nobody is cross" in answer.text
    house.clinicians.expect(f"Routine · case {ann.code}.*2 doses missed in a row")


async def test_nobody_is_written_to_at_midnight(house: House) -> None:
    ann = await house.joined(regimen="opioid-50", day=20)
    await house.until("23:59", days=1)
    ann.read()
    await house.until("06:59")
    house.clinicians.expect("2 doses missed in a row")
    ann.nothing_more()
    await house.until("09:00")
    ann.expect("Some days have not gone as planned")
