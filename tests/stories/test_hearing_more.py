"""What Steady does with what patients write. How a text is read is said by the story; all that follows is real."""

from __future__ import annotations

import pytest

from care.doses import SkipReason
from care.reading import DoseSaid
from tests.stories.house import House
from tests.stories.people import Patient, Said
from tests.stories.records import hold_doses
from tests.stories.understudy import CERTAIN

SAFE = ("Yes, I am safe", "No", "I am not sure")


def lines(said: Said) -> list[str]:
    return [line for line in said.text.splitlines() if line.strip()]


async def says(house: House, ann: Patient, text: str, **read: object) -> None:
    await ann.says(house.reader.learns(text, **read))


# -- Danger


async def test_one_symptom_without_a_grade_is_graded_at_once(house: House) -> None:
    ann = await house.joined()
    await says(house, ann, "head", symptoms={"headache": None})
    assert ann.expect_only("how bad")[0].labels == ("A little", "Medium", "Bad", "Very bad", "I meant something else")
    await ann.taps("^Medium$")
    ann.expect("Noted: Headache \\(moderate\\)")
    house.clinicians.expect("Routine.*Headache: grade 2 of 4")


async def test_a_pending_confirmation_survives_a_newer_message_and_old_buttons_answer_kindly(house: House) -> None:
    ann = await house.joined()
    await says(house, ann, "sick", symptoms={"nausea": 1})
    first = ann.expect("Feeling sick")
    await says(house, ann, "dizzy", symptoms={"dizziness": 1})
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
    await says(house, ann, "a bit sick", symptoms={"nausea": 1})
    await says(house, kim, "awful head", symptoms={"headache": 3})
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
    await says(house, ann, "sick of the rain", symptoms={"nausea": None})
    await ann.taps("I meant something else")
    ann.expect("I heard")
    ann.expect_only("read your words themselves")
    house.clinicians.expect("Routine.*Unread words.*sick of the rain.*patient says not meant")


async def test_no_symptom_is_good_to_hear_and_reaches_nobody(house: House) -> None:
    ann = await house.joined()
    await says(house, ann, "no headache, nothing", negated=("headache", "any"))
    ann.expect_only("good to hear: no Headache and no side effects at all")
    house.clinicians.nothing_more()


# -- Doses


@pytest.mark.parametrize("text", ["done", "took it", "👍"])
async def test_words_answer_todays_open_dose(house: House, text: str) -> None:
    ann = await house.joined()
    await house.until("09:00")
    ann.read()
    if text == "👍":
        house.reader.learns(text, trivial=True)
    else:
        house.reader.learns(text, dose=DoseSaid.TAKEN)
    await ann.says(text)
    ann.expect("Recorded: taken at 09:00")
    ann.expect_only("How are you feeling")
    assert await house.states(ann) == ["taken"]
    await ann.says(text)
    assert len(ann.read()) == 1
    assert await house.history((await house.ledger(ann))[0]) == [("open", "taken")]
    house.clinicians.nothing_more()


async def test_a_thumb_before_anything_was_asked_answers_nothing(house: House) -> None:
    ann = await house.joined()
    await says(house, ann, "👍", trivial=True)
    ann.expect_only("Write whenever you like")
    assert await house.states(ann) == ["open"]


async def test_a_dose_in_a_longer_message_is_asked_about(house: House) -> None:
    ann = await house.joined()
    text = "so we went to the sea and I had taken it by then"
    await says(house, ann, text, dose=DoseSaid.TAKEN, symptoms={"nausea": 1})
    asked = ann.expect("I think you say that you took it today")
    ann.expect_only("I heard: Feeling sick")
    assert await house.states(ann) == ["open"]
    await ann.taps("✓ Taken", on=asked)
    assert await house.states(ann) == ["taken"]


async def test_when_yesterday_is_unanswered_too_it_asks_which(house: House) -> None:
    ann = await house.joined()
    await house.until("08:00")
    ann.read()
    await says(house, ann, "took it", dose=DoseSaid.TAKEN)
    which = ann.expect_only("Which one do you mean")[0]
    assert len(which.labels) == 2
    await ann.taps("Mon 1 Mar", on=which)
    assert await house.states(ann) == ["taken", "open"]


async def test_not_today_starts_the_skip_path_with_its_reason(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    ann.read()
    await says(house, ann, "forgot it", dose=DoseSaid.NOT_TAKEN, reason=SkipReason.FORGOT)
    ann.expect_only("it is not today \\(.*orgot")
    await ann.taps("Yes, note that")
    assert [dose.reason for dose in await house.ledger(ann)] == [SkipReason.FORGOT]
    kim = await house.joined("Kim")
    await says(house, kim, "not today", dose=DoseSaid.NOT_TAKEN, reason=SkipReason.NOT_SAID)
    kim.expect("What is the reason")


async def test_later_offers_to_ask_again(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    ann.read()
    await says(house, ann, "later", dose=DoseSaid.LATER)
    ann.expect_only("When shall I ask again")
    await ann.taps("In 30 min")
    ann.expect("ask again at 09:30")


async def test_a_dose_of_no_course_goes_to_the_clinic(house: House) -> None:
    ann = await house.joined(begins=False)
    await says(house, ann, "took it", dose=DoseSaid.TAKEN)
    ann.expect_only("Nothing is open today")
    house.clinicians.expect("Routine.*took it")


async def test_a_held_dose_says_so_and_the_words_are_kept(house: House) -> None:
    ann = await house.joined(regimen="opioid-50", day=2)
    await house.write(lambda ward: hold_doses(ward, ann.code))
    await says(house, ann, "took it", dose=DoseSaid.TAKEN)
    ann.expect_only("rests until your team")


# -- Questions, and what is left


async def test_a_common_question_gets_its_fixed_answer_and_can_still_be_passed_on(house: House) -> None:
    ann = await house.joined()
    await says(house, ann, "can I drink?", question="alcohol")
    answer = ann.expect_only("does not make drinking safe.*Your clinic knows you and decides")[0]
    house.clinicians.nothing_more()
    await ann.taps("Ask my clinic", on=answer)
    ann.expect_only("rather your clinic answers")
    house.clinicians.expect("Routine.*Question for you.*can I drink.*question: alcohol")
    await ann.forges(answer.data[0])
    house.nothing_more()


@pytest.mark.parametrize("asked", ["unheard-of", None])
async def test_any_other_question_goes_to_the_clinic(house: House, asked: str | None) -> None:
    ann = await house.joined()
    await says(house, ann, "may I keep bees?", question=asked)
    ann.expect_only("I would rather your clinic answers that")
    house.clinicians.expect("Routine.*Question for you.*may I keep bees")


async def test_every_common_question_has_its_answer(house: House) -> None:
    ann = await house.joined()
    for question in house.content.questions:
        await says(house, ann, f"{question}?", question=question)
        ann.expect_only("Your clinic knows you and decides")
    house.clinicians.nothing_more()


async def test_thanks_reach_nobody(house: House) -> None:
    ann = await house.joined()
    await says(house, ann, "thanks", trivial=True)
    ann.expect_only("Write whenever you like")
    assert await house.cases(ann) == []


async def test_a_language_nobody_here_reads_is_said_to_be_one(house: House) -> None:
    ann = await house.joined()
    await says(house, ann, "मुझे", known_language=False)
    ann.expect_only("I read English, Spanish and Russian. Your clinic's team has your words")
    house.clinicians.expect("Routine.*Unread words.*मुझे")
    await says(house, ann, "आँखें", known_language=False, flags={"liver": CERTAIN})
    ann.expect("in touch with your clinic today")
    ann.expect_only("I read English")


# -- Clinicians correct


async def test_a_clinician_says_what_was_heard_wrongly_and_what_was_missed(house: House) -> None:
    ann = await house.joined()
    await says(house, ann, "first", symptoms={"nausea": 2})
    await ann.taps("that is right")
    await says(house, ann, "yellow paint", flags={"liver": CERTAIN})
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
    await says(house, ann, "paint", flags={"liver": CERTAIN})
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
