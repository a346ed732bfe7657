"""Pauses, stopping, and the end."""

from __future__ import annotations

import pytest

from storage.courses import follow_ups_of
from tests.stories.casts import CLOSES_CASES
from tests.stories.house import EMERGENCY, House
from tests.stories.records import course_of


async def test_a_pause_is_asked_for_granted_and_ended_by_a_clinician(house: House) -> None:
    ann = await house.joined()
    await ann.says("/pause")
    ann.expect_only("who decide this with you.*nothing changes")
    card = house.clinicians.expect(f"Routine · case {ann.code}.*asks for a pause")
    assert card.has("Pause the course")
    await house.lee.taps("Pause the course", chat=house.clinicians)
    house.clinicians.expect("paused by Nurse Lee")
    ann.expect_only("Things are on pause for now")
    await ann.says("/pause")
    ann.expect_only("on pause already")
    await house.until("09:00", days=4)
    ann.nothing_more()
    house.clinicians.read()
    assert set(await house.states(ann)) == {"held"}
    await house.lee.says(f"/resume {ann.code.lower()}", chat=house.clinicians.chat)
    house.clinicians.expect("resumed by Nurse Lee")
    ann.expect_only("Your course goes on. I will write again on Sat 6 Mar at 09:00")
    await house.until("09:00")
    ann.expect("have you used any opioid")


async def test_a_pause_may_be_refused(house: House) -> None:
    ann = await house.joined()
    await ann.says("/pause")
    ann.read()
    await house.lee.taps("No pause", chat=house.clinicians)
    ann.expect_only("wants to talk with you before changing anything")
    await house.until("09:00")
    ann.expect_only("daily check")


@pytest.mark.parametrize("regimen", ["alcohol-50", "opioid-50", "low-dose"])
async def test_stopping_is_confirmed_told_and_warned_about_where_tolerance_is_gone(house: House, regimen: str) -> None:
    ann = await house.joined(regimen=regimen, day=30)
    ann.read()
    await ann.says("/stop")
    asked = ann.expect_only("You may at any time, and nobody will blame you")[0]
    assert asked.labels == ("Yes, stop the course", "Ask for a pause", "Go on as before")
    await ann.taps("Go on as before")
    ann.expect_only("everything goes on as before")
    await ann.says("/stop")
    await ann.taps("Yes, stop the course")
    ann.expect("marked as stopped")
    ann.expect("that is yours to say|Thank you for telling us")
    house.clinicians.expect("stopped on day 30 of 84")
    house.clinicians.expect(f"Urgent.*case {ann.code}.*stopped the course")
    warned = [said.text for said in ann.everything if "can now stop your breathing" in said.text]
    assert len(warned) == (1 if regimen == "opioid-50" else 0), "once is enough"
    assert all(EMERGENCY in text for text in warned)
    await house.until("09:00")
    assert not any("daily check" in said.text for said in ann.new)


CONTACTS = {
    "alcohol-50": ["2027-04-01", "2027-05-01", "2027-06-01", "2027-09-01"],
    "low-dose": ["2027-04-01", "2027-05-01", "2027-06-01", "2027-09-01"],
    "opioid-50": [
        "2027-03-02",
        "2027-03-04",
        "2027-03-08",
        "2027-03-15",
        "2027-04-01",
        "2027-05-01",
        "2027-06-01",
        "2027-09-01",
    ],
}


@pytest.mark.parametrize("regimen", CONTACTS)
async def test_the_end_is_summed_up_for_both_and_followed_for_six_months(house: House, regimen: str) -> None:
    ann = await house.joined(regimen=regimen, day=84)
    await house.until("09:00")
    await ann.taps("Taken")
    ann.read()
    await house.until("08:00")
    await house.until("09:00")
    end = ann.expect("Thank you for answering.*recorded as taken")
    assert "last day" not in end.text or "Today" not in end.text, "the last day was yesterday"
    house.clinicians.expect("completed on day 84 of 84")
    house.clinicians.expect("Course completed")
    warned = [text for text in ann.read() if "can now stop your breathing" in text]
    assert bool(warned) == (regimen == "opioid-50")
    assert all(EMERGENCY in text for text in warned)
    contacts = await house.look(lambda session: follow_ups_of(session, course_of(session, ann.code).id))
    assert [str(contact.day_on) for contact in contacts] == CONTACTS[regimen]


async def test_a_contact_afterwards_is_answered_or_told_to_the_clinic(house: House) -> None:
    ann = await house.joined(day=84)
    await house.until("09:00", days=32)
    asked = ann.expect("How are things going these days")
    house.clinicians.read()
    await ann.taps("It has been hard", on=asked)
    ann.expect("→ It has been hard")
    house.clinicians.expect("Follow-up: finds it hard")
    await ann.forges(asked.data[0], on=asked)
    assert "answered already" in str(ann.toast)
    await house.lee.taps("Acknowledge", "Advice given", chat=house.clinicians)
    ann.read()
    await house.forward(hours=24 * 31)
    ann.expect("How are things going these days")
    house.clinicians.read()
    await house.forward(hours=72)
    house.clinicians.expect("Follow-up: no answer")


async def test_six_months_later_the_course_is_closed_and_says_so(house: House) -> None:
    ann = await house.joined(day=84)
    await house.call("PUT", f"/people/{house.lee.id}/script", rules=CLOSES_CASES)
    await house.forward(hours=24 * 190)
    assert (await house.course(ann)).status.value == "closed"
    ann.read()
    await ann.says("hello?")
    ann.expect_only("Your course is closed")
    await ann.says("/today")
    ann.expect_only("Your course is closed")
    await ann.says("/help")
    assert EMERGENCY in ann.expect("closed").text
