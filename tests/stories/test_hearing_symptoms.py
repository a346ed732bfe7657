"""Symptoms that were heard are said back, confirmed, graded or removed; only then are they reports."""

from __future__ import annotations

from tests.stories.house import House


async def test_what_was_heard_is_confirmed_with_one_tap_and_becomes_reports(house: House) -> None:
    ann = await house.joined()
    await ann.writes("queasy, head hurts", symptoms={"nausea": 2, "headache": 1})
    heard = ann.expect_only("I heard: Feeling sick \\(moderate\\) and Headache \\(mild\\). Is that right")[0]
    house.clinicians.nothing_more()
    await ann.taps("that is right", on=heard)
    ann.expect("Noted: Feeling sick \\(moderate\\) and Headache \\(mild\\)")
    ann.expect_only("by the next working day.*Drink some water.*anything else")
    card = house.clinicians.expect("Routine.*Feeling sick: grade 2 of 4.*queasy, head hurts")
    assert "Feeling sick, moderate (confirmed) and Headache, mild (confirmed)" in card.text
    await house.forward(hours=3)
    house.clinicians.nothing_more()


async def test_missing_grades_are_asked_wrong_ones_changed_and_wrong_symptoms_removed(house: House) -> None:
    ann = await house.joined()
    await ann.writes("bad day", symptoms={"nausea": None, "headache": 3, "fatigue": 1})
    heard = ann.expect("Feeling sick \\(how bad")
    await ann.taps("✎ Headache", "^A little$", on=heard)
    ann.expect("How bad has your headache")
    ann.expect("Headache \\(mild\\)")
    await ann.taps("✎ Tiredness", "Not this", on=heard)
    ann.expect("How tired")
    ann.expect("I heard: Feeling sick \\(how bad\\?\\) and Headache \\(mild\\)")
    await ann.taps("that is right", on=heard)
    ann.expect("How sick have you felt")
    await ann.taps("^Bad$", on=heard)
    ann.expect("Noted: Feeling sick \\(severe\\) and Headache \\(mild\\)")
    house.clinicians.expect("Urgent.*Feeling sick: grade 3 of 4.*Tiredness, mild \\(patient says not meant\\)")


async def test_one_symptom_without_a_grade_is_graded_at_once(house: House) -> None:
    ann = await house.joined()
    await ann.writes("head", symptoms={"headache": None})
    assert ann.expect_only("how bad")[0].labels == ("A little", "Medium", "Bad", "Very bad", "I meant something else")
    await ann.taps("^Medium$")
    ann.expect("Noted: Headache \\(moderate\\)")
    house.clinicians.expect("Routine.*Headache: grade 2 of 4")


async def test_a_pending_confirmation_survives_a_newer_message_and_old_buttons_answer_kindly(house: House) -> None:
    ann = await house.joined()
    await ann.writes("sick", symptoms={"nausea": 1})
    first = ann.expect("Feeling sick")
    await ann.writes("dizzy", symptoms={"dizziness": 1})
    second = ann.expect("Dizziness")
    await house.stop_steady()
    await house.start_steady()
    await ann.taps("that is right", on=first)
    ann.expect("Noted: Feeling sick")
    await ann.taps("that is right", on=second)
    ann.expect("Noted: Dizziness")
    ann.read()
    for heard in (first, second):
        for data in heard.data:
            await ann.forges(data, on=heard)
        ann.expect_only("That is noted already, thank you")
    assert await house.cases(ann) == []


async def test_symptoms_nobody_confirms_are_shown_to_the_clinic(house: House) -> None:
    ann, kim = await house.joined(), await house.joined("Kim")
    await ann.writes("a bit sick", symptoms={"nausea": 1})
    await kim.writes("awful head", symptoms={"headache": 3})
    heard = ann.expect("Feeling sick")
    kim.read()
    await house.forward(hours=2)
    house.clinicians.expect(f"Routine · case {ann.code}.*not confirmed: Feeling sick.*a bit sick")
    house.clinicians.expect(f"Urgent, today · case {kim.code}.*not confirmed: Headache.*awful head")
    ann.read()
    await ann.taps("that is right", on=heard)
    ann.expect("Noted: Feeling sick")
    await house.forward(hours=23)
    kim.read()
    await kim.taps("that is right")
    kim.expect("That was a while ago|already")


async def test_what_was_not_meant_goes_to_a_person(house: House) -> None:
    ann = await house.joined()
    await ann.writes("sick of the rain", symptoms={"nausea": None})
    await ann.taps("I meant something else")
    ann.expect("I heard")
    ann.expect_only("read your words themselves")
    house.clinicians.expect("Routine.*Unread words.*sick of the rain.*patient says not meant")


async def test_no_symptom_is_good_to_hear_and_reaches_nobody(house: House) -> None:
    ann = await house.joined()
    await ann.writes("no headache, nothing", negated=("headache", "any"))
    ann.expect_only("good to hear: no Headache and no side effects at all")
    house.clinicians.nothing_more()
