"""Danger is heard in whatever is written, and clinicians say what was heard wrongly."""

from __future__ import annotations

import pytest

from tests.stories.house import House
from tests.stories.understudy import CERTAIN, POSSIBLE


async def test_danger_is_heard_in_an_answer_which_still_goes_first(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    await ann.taps("Not today", "Other|reason")
    ann.read()
    house.clinicians.read()
    await ann.writes("because nothing matters", flags={"suicidal": CERTAIN})
    passed, crisis = ann.expect("passed this to your team"), ann.expect("someone be with you")
    assert passed.message < crisis.message
    house.clinicians.expect("EMERGENCY")


async def test_what_is_no_answer_is_heard_and_the_question_stays_open(house: House) -> None:
    ann = await house.joined()
    await ann.says("/settings")
    await ann.taps("Change the hour")
    ann.read()
    await ann.writes("threw up twice", symptoms={"vomiting": None})
    ann.expect("I heard: Being sick")
    ann.expect_only("could not read that as a time")
    await ann.writes("eyes", flags={"liver": CERTAIN})
    ann.expect_only("in touch with your clinic today")
    await ann.says("7:45")
    ann.expect("07:45")


@pytest.mark.parametrize("state", ["joining", "closed"])
async def test_danger_is_heard_before_the_course_and_after_it(house: House, state: str) -> None:
    ann = await house.invite()
    await ann.opens_the_link()
    if state == "closed":
        await ann.taps("English", *["Read on"] * 4, "I agree$", *["No$"] * 7, "Not sure")
        await house.lee.forges(f"screen:{ann.code}:no", chat=house.clinicians)
    ann.read()
    house.clinicians.read()
    await ann.writes("end", flags={"suicidal": CERTAIN})
    ann.expect("someone be with you now")
    house.clinicians.expect(f"EMERGENCY · case {ann.code}")
    await ann.writes("maybe", flags={"pregnancy": POSSIBLE})
    await ann.taps("^Yes$")
    house.clinicians.expect("Pregnancy")


async def test_the_caption_of_a_photo_is_read(house: House) -> None:
    ann = await house.joined()
    await ann.does("photo", caption=house.reader.learns("look", flags={"liver": CERTAIN}))
    ann.expect("in touch with your clinic today")
    ann.expect_only("only keep written words")
    house.clinicians.expect("Urgent.*Liver sign.*look")


async def test_a_clinician_says_what_was_heard_wrongly_and_what_was_missed(house: House) -> None:
    ann = await house.joined()
    await ann.writes("first", symptoms={"nausea": 2})
    await ann.taps("that is right")
    await ann.writes("yellow paint", flags={"liver": CERTAIN})
    house.clinicians.read()
    await house.lee.taps("Not that", chat=house.clinicians)
    menu = house.clinicians.expect_only(f"Case {ann.code}, message of.*Dark urine.*What was wrong")[0]
    assert menu.labels == (
        "✗ Dark urine or yellow eyes or skin", "Missed: a warning sign", "Missed: a symptom", "Missed: a dose",
        "Missed: something else", "‹ Earlier message",
    )  # fmt: skip
    await house.lee.taps("✗ Dark urine", chat=house.clinicians, on=menu)
    house.clinicians.expect_only("Noted by Nurse Lee.*not Dark urine.*An alert that stands is not taken back")
    await house.lee.forges(menu.data[0], chat=house.clinicians, on=menu)
    assert "noted already" in str(house.lee.toast)
    await house.lee.forges(menu.data[-1], chat=house.clinicians, on=menu)
    house.clinicians.expect("Feeling sick, moderate \\(confirmed\\)")
    await house.lee.taps("Missed: a symptom", chat=house.clinicians, on=menu)
    house.clinicians.expect("missed a symptom")
    found = await house.corrections()
    assert (found.messages, dict(found.wrong), dict(found.missed)) == (2, {"flag:liver": 1}, {"symptom": 1})
    assert (await house.cases(ann))[0].state.value == "open"


async def test_only_the_clinics_own_people_correct(house: House) -> None:
    ann = await house.joined()
    await ann.writes("paint", flags={"liver": CERTAIN})
    eve = await house.person("Dr Eve", role="clinician")
    await house.found("Other Clinic", eve)
    await eve.says("/help")
    for data in ("not-that:1", "heard-wrong:1:1:1", "heard-missed:1:1:flag"):
        await eve.forges(data)
        assert "cannot find" in str(eve.toast)
    kim = await house.joined("Kim")
    await kim.says("/today")
    for data in ("possible:1:1:yes", "heard:1", "heard-item:1:1", "heard-grade:1:1:2", "heard-yes:1", "heard-drop:1:1",
                 "heard-none:1", "ask-clinic:1"):  # fmt: skip
        await kim.forges(data)
        assert "cannot find" in str(kim.toast), data
