"""A day of a course: the question, and every way to answer it."""

from __future__ import annotations

import re

import pytest

from storage.tables import Wording
from tests.stories.house import House


async def test_the_question_comes_at_the_patients_own_hour(house: House) -> None:
    ann = await house.joined(hour="09:00")
    kim = await house.joined("Kim", hour="09:00", zone="America/New_York")
    await house.until("08:59")
    house.nothing_more()
    await house.until("09:00")
    asked = ann.expect("09:00, time for your daily check")
    assert asked.labels == ("✓ Taken", "Later", "Not today")
    kim.nothing_more()
    await ann.taps("Taken", "All fine")
    ann.read()
    await house.until("09:00", zone=kim.zone)
    kim.expect_only("09:00, time for your daily check")
    house.nothing_more()


async def test_discreet_words_name_nothing_and_plain_words_name_the_plan(house: House) -> None:
    ann = await house.joined()
    pia = await house.joined("Pia", wording=Wording.PLAIN)
    await house.until("11:30")
    for text in ann.read():
        assert not any(word in text.lower() for word in ("naltrexone", "mg", "dose", "tablet"))
    assert all("naltrexone" in text for text in pia.read())


async def test_taken_is_recorded_with_its_hour_and_followed_by_how_are_you(house: House) -> None:
    ann = await house.joined()
    await house.until("09:20")
    ann.read()
    await ann.taps("Taken")
    record = ann.expect("Recorded: taken at 09:20")
    assert record.labels == ("At another time", "Undo")
    ann.expect_only("How are you feeling?")
    assert await house.states(ann) == ["taken"]


async def test_taken_twice_is_one_event(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    asked = ann.expect("daily check")
    for _ in range(2):
        await house.call("POST", f"/people/{ann.id}/tap", label="Taken", message=asked.message)
    await house.settle()
    ann.expect_only("taken at 09:00", "How are you feeling")
    await ann.forges(asked.data[0], on=asked)
    assert ann.toast == "That is recorded already."
    assert await house.history((await house.ledger(ann))[0]) == [("open", "taken")]


async def test_unanswered_it_is_asked_again_as_dense_days_say(house: House) -> None:
    ann = await house.joined()
    await house.until("09:29")
    ann.expect_only("09:00, time for")
    await house.until("09:30")
    ann.expect_only("A quiet word again")
    await house.until("11:29")
    ann.nothing_more()
    await house.until("11:30")
    ann.expect_only("Last one for today")
    await house.until("08:59")
    ann.nothing_more()
    assert await house.states(ann) == ["unknown", "open"]


async def test_silence_makes_the_days_dense_again_and_answers_make_them_light(house: House) -> None:
    ann = await house.joined(day=14)
    await house.until("12:00")
    assert len(ann.read()) == 3, "the last of the first, dense days"
    await house.until("12:00")
    assert len(ann.read()) == 3, "dense because of yesterday"
    await ann.taps("Taken")
    ann.read()
    await house.until("12:00")
    assert len(ann.read()) == 2, "a usual day"
    for _ in range(13):
        await ann.taps("Taken")
        await house.until("09:00")
    ann.read()
    await house.until("23:59")
    ann.nothing_more()
    await house.until("12:00")
    assert len(ann.read()) == 3, "and dense again"


async def test_a_late_hour_is_kept_but_nothing_is_repeated_at_night(house: House) -> None:
    ann = await house.joined(hour="21:45")
    await house.until("21:45")
    ann.expect_only("21:45, time for")
    await house.until("21:44")
    ann.nothing_more()


async def test_an_early_riser_is_not_nudged_before_waking_hours(house: House) -> None:
    ann = await house.joined(hour="05:00")
    await house.until("04:59")
    ann.read()
    await house.until("05:00")
    ann.expect("05:00, time for")
    await house.until("06:59")
    ann.nothing_more()


@pytest.mark.parametrize(
    ("label", "hour"), [("15 min", "09:15"), ("30 min", "09:30"), ("1 h", "10:00"), ("2 h", "11:00")]
)
async def test_later_asks_again_when_it_said(house: House, label: str, hour: str) -> None:
    ann = await house.joined()
    await house.until("09:00")
    ann.read()
    await ann.taps("Later")
    ann.expect("When shall I ask again")
    await ann.taps(f"In {label}")
    put_off = ann.expect_only(f"ask again at {hour}")[0]
    assert put_off.labels == ("✓ Taken", "Not today")
    await house.until(hour)
    ann.expect_only("time for your daily check")


async def test_later_has_an_end(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    for hour in ("09:15", "09:30", "09:45"):
        await ann.taps("Later", "15 min")
        await house.until(hour)
    ann.read()
    await ann.taps("Later", "15 min")
    assert "as often as I may today" in str(ann.toast)
    await ann.forges("snooze:1:999")
    assert "cannot wait that long" in str(ann.toast)
    await ann.taps("Back", "Taken")
    assert await house.states(ann) == ["taken"]


async def test_later_never_goes_past_the_day(house: House) -> None:
    ann = await house.joined(hour="22:30")
    await house.until("22:30")
    await ann.taps("Later", "2 h")
    assert "after the day is over" in str(ann.toast)


REASONS = {
    "I felt unwell": ("What did you feel", "felt-bad", True),
    "I forgot": ("another hour would fit", "forgot", False),
    "I have run out": ("Please call your clinic as well", "out-of-tablets", True),
    "I feel fine without it": ("good that you feel well", "felt-better", True),
    "I was away": ("clock or your hour may need a change", "travelling", False),
    "Another reason": ("write the reason in your own words", "other", True),
    "I would rather not say": ("That is all right", "not-said", False),
}


@pytest.mark.parametrize("label", REASONS)
async def test_not_today_takes_any_reason_without_blame(house: House, label: str) -> None:
    step, reason, tells = REASONS[label]
    ann = await house.joined()
    await house.until("09:00")
    ann.read()
    await ann.taps("Not today")
    ann.expect("thank you for saying so")
    await ann.taps(label)
    ann.expect("Recorded: not taken")
    said = ann.expect_only(step)[0].text
    assert len(re.findall("has been told|have been told", said)) == tells, "who was told is said once, and only then"
    dose = (await house.ledger(ann))[0]
    assert (dose.state.value, str(dose.reason)) == ("skipped", reason)
    if tells:
        house.clinicians.expect(f"Routine · case {ann.code}.*Not taken today")
    house.nothing_more()
    await house.until("12:00")
    ann.nothing_more()


async def test_another_reason_in_own_words_reaches_the_clinic(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    await ann.taps("Not today", "Another reason")
    ann.read()
    await ann.says("My <b>dog</b> & I were ill")
    ann.expect_only("passed this to your team.*not at once")
    house.clinicians.expect("My <b>dog</b> & I were ill")
    assert house.world.chats[house.clinicians.chat].latest()[0].words.count("dog") == 1


async def test_forgetting_can_lead_to_another_hour(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    await ann.taps("Not today", "I forgot", "Change the hour", "20:00")
    ann.expect("each day at 20:00")
    ann.read()
    await house.until("09:00")
    ann.nothing_more()
    await house.until("20:00")
    ann.expect_only("20:00, time for")


@pytest.mark.parametrize(
    ("now", "hour", "promised"),
    [
        ("08:00", "12:00", "each day at 12:00. The next time is Mon 1 Mar"),
        ("08:00", "07:00", "each day at 07:00.*today's message comes in a moment"),
        ("10:00", "12:00", "each day at 12:00. The next time is Tue 2 Mar"),
        ("10:00", "08:00", "each day at 08:00. The next time is Tue 2 Mar"),
    ],
)
async def test_a_new_hour_is_promised_for_when_it_will_be_kept(
    house: House, now: str, hour: str, promised: str
) -> None:
    ann = await house.joined()
    if now != "08:00":
        await house.until(now)
    ann.read()
    await ann.forges("setting:hour")
    await ann.taps(hour)
    ann.expect(promised)
    ann.read()
    if "moment" in promised:
        return
    await house.until(hour, days=int("Tue" in promised and hour > now))
    ann.expect("daily check")


async def test_a_question_put_off_says_the_hour_that_it_is(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    await ann.taps("Later", "30 min")
    ann.read()
    await house.until("09:30")
    ann.expect_only("It is 09:30, time for your daily check")


async def test_the_first_calendar_counts_nothing_yet(house: House) -> None:
    ann = await house.joined()
    await ann.says("/progress")
    said = ann.expect_only("Your days will show here as they come")[0]
    assert "0 not taken" not in said.text
