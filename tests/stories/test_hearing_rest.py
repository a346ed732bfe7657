"""Doses, questions and small words in what patients write; nothing passes in silence."""

from __future__ import annotations

import pytest

from care.doses import SkipReason
from care.reading import DoseSaid
from tests.stories.house import House
from tests.stories.records import hold_doses
from tests.stories.understudy import CERTAIN


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


async def test_a_bare_no_to_the_daily_question_asks_for_the_reason(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    ann.read()
    await ann.says("no")
    ann.expect_only("What is the reason")


async def test_a_bare_yes_to_the_question_about_opioids_is_no_dose(house: House) -> None:
    ann = await house.joined(regimen="opioid-50", day=4)
    await house.until("09:00", days=4)
    ann.read()
    await ann.says("yes")
    ann.expect_only("have you used any opioid")
    assert (await house.states(ann))[-1] == "open"


async def test_a_thumb_before_anything_was_asked_answers_nothing(house: House) -> None:
    ann = await house.joined()
    await ann.writes("👍", trivial=True)
    ann.expect_only("Write whenever you like")
    assert await house.states(ann) == ["open"]


async def test_a_dose_in_a_longer_message_is_asked_about(house: House) -> None:
    ann = await house.joined()
    text = "so we went to the sea and I had taken it by then"
    await ann.writes(text, dose=DoseSaid.TAKEN, symptoms={"nausea": 1})
    asked = ann.expect("I think you say that you took it today")
    ann.expect_only("I heard: Feeling sick")
    assert await house.states(ann) == ["open"]
    await ann.taps("✓ Taken", on=asked)
    assert await house.states(ann) == ["taken"]


async def test_when_yesterday_is_unanswered_too_it_asks_which(house: House) -> None:
    ann = await house.joined()
    await house.until("08:00")
    ann.read()
    await ann.writes("took it", dose=DoseSaid.TAKEN)
    which = ann.expect_only("Which one do you mean")[0]
    assert len(which.labels) == 2
    await ann.taps("Mon 1 Mar", on=which)
    assert await house.states(ann) == ["taken", "open"]


async def test_not_today_starts_the_skip_path_with_its_reason(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    ann.read()
    await ann.writes("forgot it", dose=DoseSaid.NOT_TAKEN, reason=SkipReason.FORGOT)
    ann.expect_only("it is not today \\(.*orgot")
    await ann.taps("Yes, note that")
    assert [dose.reason for dose in await house.ledger(ann)] == [SkipReason.FORGOT]
    kim = await house.joined("Kim")
    await kim.writes("not today", dose=DoseSaid.NOT_TAKEN, reason=SkipReason.NOT_SAID)
    kim.expect("What is the reason")


async def test_later_offers_to_ask_again(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    ann.read()
    await ann.writes("later", dose=DoseSaid.LATER)
    ann.expect_only("When shall I ask again")
    await ann.taps("In 30 min")
    ann.expect("ask again at 09:30")


async def test_a_dose_of_no_course_goes_to_the_clinic(house: House) -> None:
    ann = await house.joined(begins=False)
    await ann.writes("took it", dose=DoseSaid.TAKEN)
    ann.expect_only("Nothing is open today")
    house.clinicians.expect("Routine.*took it")


async def test_a_held_dose_says_so_and_the_words_are_kept(house: House) -> None:
    ann = await house.joined(regimen="opioid-50", day=2)
    await house.write(lambda ward: hold_doses(ward, ann.code))
    await ann.writes("took it", dose=DoseSaid.TAKEN)
    ann.expect_only("put this on hold")


async def test_a_common_question_gets_its_fixed_answer_and_can_still_be_passed_on(house: House) -> None:
    ann = await house.joined()
    await ann.writes("can I drink?", question="alcohol")
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
    await ann.writes("may I keep bees?", question=asked)
    ann.expect_only("I would rather your clinic answers that")
    house.clinicians.expect("Routine.*Question for you.*may I keep bees")


async def test_every_common_question_has_its_answer(house: House) -> None:
    ann = await house.joined()
    for question in house.content.questions:
        await ann.writes(f"{question}?", question=question)
        ann.expect_only("Your clinic knows you and decides")
    house.clinicians.nothing_more()


async def test_thanks_reach_nobody(house: House) -> None:
    ann = await house.joined()
    await ann.writes("thanks", trivial=True)
    ann.expect_only("Write whenever you like")
    assert await house.cases(ann) == []


async def test_a_language_nobody_here_reads_is_said_to_be_one(house: House) -> None:
    ann = await house.joined()
    await ann.writes("मुझे", known_language=False)
    ann.expect_only("I read English, Spanish and Russian. Your clinic's team has your words")
    house.clinicians.expect("Routine.*Unread words.*मुझे")
    await ann.writes("आँखें", known_language=False, flags={"liver": CERTAIN})
    ann.expect("in touch with your clinic today")
    ann.expect_only("I read English")
