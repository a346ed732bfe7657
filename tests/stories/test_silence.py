"""Silence, missed days, and the question that comes before anything else."""

from __future__ import annotations

import pytest

from tests.stories.house import House
from tests.stories.people import Patient


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


@pytest.mark.parametrize("data", ["taken:{}", "snooze:{}:999", "screening:liver:no", "no-such-word"])
async def test_a_refused_press_is_a_sign_of_life_and_nothing_else(house: House, data: str) -> None:
    ann = await house.joined(day=20)
    oldest = (await house.ledger(ann))[0].id
    await house.forward(hours=70)
    before = [(dose.state, dose.asks, dose.prompts_sent) for dose in await house.ledger(ann)]
    ann.read()
    await ann.forges(data.format(oldest))
    assert ann.toast
    ann.nothing_more()
    assert [(dose.state, dose.asks, dose.prompts_sent) for dose in await house.ledger(ann)] == before
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


async def asked_days(house: House, ann: Patient, days: int) -> list[int]:
    """Return how often the question about opioids came on each of the next days, in whatever words."""
    counts = []
    for _ in range(days):
        ann.read()
        await house.until("08:59")
        ann.read()
        await house.until("23:59")
        counts.append(sum("opioid since your last tablet" in text or "used any opioid" in text for text in ann.read()))
    return counts


@pytest.mark.parametrize(("regimen", "counts"), [("opioid-50", [0, 1, 1, 1]), ("alcohol-50", [0, 0, 1, 1])])
async def test_a_gap_asks_once_a_day_and_nothing_else_is_asked_before(
    house: House, regimen: str, counts: list[int]
) -> None:
    ann = await house.joined(regimen=regimen, day=20)
    assert await asked_days(house, ann, 4) == counts
    assert (await house.states(ann))[-4:] == ["unknown", "unknown", "unknown", "open"]


async def test_an_answered_gap_asks_again_only_after_another_one(house: House) -> None:
    ann = await house.joined(regimen="alcohol-50", day=20)
    await house.until("09:00", days=2)
    ann.read()
    await ann.taps("No, none")
    ann.expect("Here is today")
    await house.until("12:00")
    ann.expect("still open")
    ann.read()
    assert await asked_days(house, ann, 3) == [0, 1, 1]


async def test_asked_for_before_its_hour_the_question_does_not_come_again_at_it(house: House) -> None:
    ann = await house.joined(regimen="opioid-50", day=20)
    await house.until("08:00")
    await ann.presses("Today")
    ann.expect("have you used any opioid")
    ann.read()
    await house.until("11:59")
    ann.nothing_more()
    await house.until("12:00")
    ann.expect_only("have you used any opioid")
    await house.until("23:59")
    ann.nothing_more()


async def test_answered_before_its_hour_the_day_goes_on_as_ever(house: House) -> None:
    ann = await house.joined(regimen="opioid-50", day=20)
    await house.until("08:00")
    await ann.presses("Today")
    await ann.taps("No, none")
    ann.read()
    await house.until("09:00")
    ann.expect_only("09:00, time for your daily check")


async def test_yesterday_filled_in_takes_the_question_away(house: House) -> None:
    ann = await house.joined(regimen="opioid-50", day=20)
    await house.until("09:00")
    old = ann.expect("daily check")
    await house.until("08:00")
    await ann.taps("Taken", on=old)
    ann.read()
    await house.until("09:00")
    ann.expect_only("09:00, time for your daily check")


SAID = {
    "Yes": ("Thank you for being open.*talk to your clinic before the next tablet", "Opioid use reported"),
    "rather not say": ("you need not tell me.*talk to your clinic before the next tablet", "Would rather not say"),
}


@pytest.mark.parametrize("answer", SAID)
async def test_after_any_answer_but_no_nothing_offers_a_dose_until_a_clinician_releases_it(
    house: House, answer: str
) -> None:
    ann = await house.joined(regimen="opioid-50", day=20)
    await house.until("09:00")
    reminder = ann.expect("daily check")
    await house.until("09:00")
    house.clinicians.read()
    ann.read()
    await ann.taps(answer)
    said = ann.expect(SAID[answer][0] + ".*rests until someone from your own team.*no punishment")
    card = house.clinicians.expect(f"Urgent.*case {ann.code}.*{SAID[answer][1]}")
    assert card.has("Acknowledge")
    dose = (await house.ledger(ann))[-1]
    for press in ("taken", "dose", "undo", "later", "not-today", "snooze", "skip", "earlier"):
        extra = {"snooze": ":15", "skip": ":forgot", "earlier": ":30"}.get(press, "")
        await ann.forges(f"{press}:{dose.id}{extra}", on=reminder)
        assert "until your team has talked with you" in str(ann.toast), press
    await ann.presses("Today")
    said = ann.expect("rests until someone from your own team")
    assert said.labels == ()
    house.clinicians.read()
    await house.until("22:00", days=1)
    assert not any(one.has("Taken") or "time for" in one.text for one in ann.new), "the next day waits as well"
    assert (await house.states(ann))[-2:] == ["held", "open"]
    ann.read()
    await house.lee.taps("Release what is held", chat=house.clinicians)
    released = ann.expect_only("daily check goes on as they agreed it with you.*Today, planned for 09:00")[0]
    house.clinicians.expect("daily question released by Nurse Lee")
    await ann.taps("Taken", on=released)
    assert (await house.states(ann))[-2:] == ["held", "taken"]


async def test_what_waits_for_the_team_comes_back_if_the_case_was_closed_without_a_word(house: House) -> None:
    ann = await house.joined(regimen="opioid-50", day=20)
    await house.until("09:00", days=1)
    await ann.taps("Yes")
    await house.lee.taps("Acknowledge", "Advice given", chat=house.clinicians)
    house.clinicians.read()
    await house.until("08:00")
    card = house.clinicians.expect(f"Urgent.*case {ann.code}.*still on hold after an opioid answer")
    assert card.has("Acknowledge")
    await house.lee.says(f"/release {ann.code}", chat=house.clinicians.chat)
    ann.read()
    await house.until("09:00")
    assert ann.expect_only("time for your daily check")[0].has("Taken")


@pytest.mark.parametrize("word", ["flag:0:opioid-use", "flag:0:opioid-overdose"])
async def test_opioid_use_said_unasked_waits_for_the_team_too(house: House, word: str) -> None:
    ann = await house.joined(regimen="opioid-50", day=20)
    await ann.forges(word)
    ann.expect("rests until someone from your own team")
    ann.read()
    await house.until("23:00")
    assert not any(said.has("Taken") for said in ann.new)


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


async def test_a_long_gap_is_spoken_about_when_it_gets_graver_and_not_every_morning(house: House) -> None:
    ann = await house.joined(regimen="opioid-50", day=20)
    await house.until("23:00", days=6)
    assert sum("Some days have not gone as planned" in said.text for said in ann.everything) == 2
    assert sum("doses missed in a row" in text for text in house.clinicians.read()) >= 1
