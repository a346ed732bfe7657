"""What Steady does with what patients write. How a text is read is said by the story; all that follows is real."""

from __future__ import annotations

import pytest

from care.reading import DoseSaid
from tests.stories.house import CRISIS, EMERGENCY, House
from tests.stories.people import Patient, Said
from tests.stories.records import hide_quotes
from tests.stories.understudy import CERTAIN, POSSIBLE

SAFE = ("Yes, I am safe", "No", "I am not sure")


def lines(said: Said) -> list[str]:
    return [line for line in said.text.splitlines() if line.strip()]


async def says(house: House, ann: Patient, text: str, **read: object) -> None:
    await ann.says(house.reader.learns(text, **read))


# -- Danger


async def test_words_of_suicide_get_the_fixed_reply_and_page_the_clinic(house: House) -> None:
    ann = await house.joined()
    await says(house, ann, "I want it to be over", flags={"suicidal": CERTAIN}, symptoms={"nausea": 2})
    answer = ann.expect_only("let someone be with you now")[0]
    assert lines(answer)[1].startswith(EMERGENCY)
    assert CRISIS in lines(answer)[2]
    assert lines(answer)[-1] == "Are you safe right now?"
    assert answer.labels == SAFE
    page = house.clinicians.expect(f"EMERGENCY · case {ann.code}.*speaks of suicide.*I want it to be over")
    assert (
        "Steady heard: Not wanting to live, or harming oneself (acted on) and Feeling sick, moderate (noted)"
        in page.text
    )
    assert not page.silent
    await ann.says("no")
    ann.expect(f"^{EMERGENCY}: please call now")
    house.clinicians.expect("EMERGENCY")


async def test_a_clinic_without_quotes_is_told_without_them(house: House) -> None:
    ann = await house.joined()
    await house.write(lambda ward: hide_quotes(ward, house.clinic_id))
    await says(house, ann, "my eyes look odd", flags={"liver": CERTAIN})
    card = house.clinicians.expect("Urgent.*Liver sign.*Steady heard: Dark urine")
    assert "odd" not in card.text
    await house.lee.taps("Read in private", chat=house.clinicians)
    house.lee.expect("my eyes look odd.*Steady heard: Dark urine")


EMERGENCIES = {"emergency": "call now", "overdose": "call now", "allergy": "call now"}


@pytest.mark.parametrize("flag", EMERGENCIES)
async def test_an_emergency_in_words_starts_with_the_number(house: House, flag: str) -> None:
    ann = await house.joined()
    await says(house, ann, "it happened", flags={flag: CERTAIN}, dose=DoseSaid.TAKEN)
    answer = ann.expect_only(EMERGENCIES[flag])[0]
    assert answer.text.startswith(EMERGENCY)
    house.clinicians.expect("EMERGENCY.*it happened")
    assert await house.states(ann) == ["open"], "nothing else is done beside an emergency"


async def test_several_flags_are_answered_gravest_first_and_none_is_lost(house: House) -> None:
    ann = await house.joined()
    flags = {"alcohol_relapse": CERTAIN, "pregnancy": CERTAIN, "suicidal": CERTAIN, "liver": POSSIBLE}
    await says(house, ann, "all of it", flags=flags)
    crisis, rest = ann.expect("someone be with you"), ann.expect("in touch with your clinic today")
    ann.nothing_more()
    assert crisis.message < rest.message
    assert "not a failure" in rest.text
    card = house.clinicians.expect("EMERGENCY")
    for reason in ("suicide", "Pregnancy", "drinking", "Liver sign"):
        assert reason in card.text
    assert card.text.count("all of it") == 1
    assert "no answer, counts as yes" in card.text


async def test_a_possible_flag_asks_one_question_with_the_number_and_a_no_is_shown(house: House) -> None:
    ann = await house.joined()
    await says(house, ann, "this is killing me", flags={"suicidal": POSSIBLE})
    question = ann.expect_only("I would like to be sure I understand you")[0]
    assert question.text.startswith(CRISIS)
    assert question.labels == ("Yes", "No", "I am not sure")
    house.clinicians.nothing_more()
    await ann.taps("^No$", on=question)
    ann.expect_only("noted that it is not so")
    card = house.clinicians.expect("Routine.*Asked and denied: Not wanting to live.*this is killing me")
    assert "patient says no" in card.text
    await house.forward(minutes=30)
    house.nothing_more()
    await ann.forges(question.data[0])
    ann.expect("someone be with you now")
    house.clinicians.expect("EMERGENCY")


@pytest.mark.parametrize("answer", ["^Yes$", "not sure"])
async def test_yes_and_not_sure_act_at_once(house: House, answer: str) -> None:
    ann = await house.joined()
    await says(house, ann, "tea-coloured", flags={"liver": POSSIBLE}, symptoms={"fatigue": 1})
    question = ann.expect_only("dark urine, pale stools")[0]
    await ann.taps(answer, on=question)
    ann.expect("Thank you for saying so")
    ann.expect("in touch with your clinic today")
    house.clinicians.expect("Urgent.*Liver sign.*patient says yes")
    ann.expect_only("I heard: Tiredness \\(mild\\)")
    await ann.taps(answer, on=question) if question.message == ann.last.message else await ann.forges(question.data[0])
    ann.expect_only("That question is answered")
    house.clinicians.read()
    await house.forward(minutes=15)
    house.nothing_more()


async def test_no_answer_in_ten_minutes_counts_as_yes_also_after_a_restart(house: House) -> None:
    ann = await house.joined()
    await says(house, ann, "hm", flags={"suicidal": POSSIBLE, "liver": POSSIBLE}, symptoms={"nausea": 2})
    question = ann.expect_only("thoughts of not wanting to live")[0]
    await house.forward(minutes=9)
    house.nothing_more()
    await house.stop_steady()
    await house.start_steady()
    await house.forward(minutes=1)
    ann.expect("I have not heard back from you about my question.*in touch with your clinic today")
    assert ann.expect("someone be with you now").labels == SAFE
    ann.nothing_more()
    page = house.clinicians.expect("EMERGENCY.*suicide")
    assert "no answer, counts as yes" in page.text
    assert "Liver sign" in page.text
    assert "not confirmed: Feeling sick" in page.text
    await ann.taps("^No$", on=question)
    ann.expect_only("noted that it is not so")
    house.clinicians.expect("EMERGENCY.*Asked and denied")


async def test_possible_flags_are_asked_one_after_the_other(house: House) -> None:
    ann = await house.joined()
    await says(house, ann, "hm", flags={"alcohol_relapse": POSSIBLE, "pregnancy": POSSIBLE})
    ann.expect_only("are you pregnant")
    await ann.says("no")
    ann.expect("noted that it is not so")
    ann.expect_only("have you had alcohol")
    await ann.says("yes")
    ann.expect("Thank you for saying so")
    ann.expect_only("not a failure")
    house.clinicians.expect("Routine.*Asked and denied: Pregnant")


async def test_the_same_question_is_not_asked_twice_over_and_keeps_its_first_end(house: House) -> None:
    ann = await house.joined()
    await says(house, ann, "one", flags={"pregnancy": POSSIBLE})
    await house.forward(minutes=6)
    await says(house, ann, "two", flags={"pregnancy": POSSIBLE})
    ann.read()
    await house.forward(minutes=4)
    ann.expect_only("not heard back from you")
    house.clinicians.expect("Urgent.*Pregnancy")
    await house.forward(minutes=10)
    house.nothing_more()


async def test_after_a_no_the_rest_of_the_message_is_not_forgotten(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    ann.read()
    read = {"flags": {"suicidal": POSSIBLE}, "dose": DoseSaid.TAKEN, "symptoms": {"headache": 2}, "question": "sleep"}
    await says(house, ann, "took it, this head is killing me, will I sleep?", **read)
    ann.expect_only("thoughts of not wanting to live")
    assert await house.states(ann) == ["open"]
    await ann.taps("^No$")
    ann.expect("noted that it is not so")
    ann.expect("you took it today. Shall I note that")
    ann.expect("Trouble sleeping is common")
    ann.expect_only("I heard: Headache \\(moderate\\)")


async def test_distress_that_cannot_be_classed_goes_to_a_person_today(house: House) -> None:
    ann = await house.joined()
    await says(house, ann, "I cannot any more", distressed=True)
    assert ann.expect_only("someone to talk to, day and night")[0].text.startswith(CRISIS)
    house.clinicians.expect("Urgent.*Sounds distressed.*I cannot any more")


async def test_took_it_twice_and_my_son_took_one_are_no_doses(house: House) -> None:
    ann = await house.joined()
    await says(house, ann, "took it twice", dose=DoseSaid.EXTRA)
    ann.expect_only("Thank you for telling us")
    house.clinicians.expect("Urgent.*Took more than planned")
    await says(house, ann, "my son took one", dose=DoseSaid.OTHER_TOOK)
    assert ann.expect_only("if it was a child")[0].text.startswith(EMERGENCY)
    house.clinicians.expect("EMERGENCY.*Another person took")
    assert await house.states(ann) == ["open"]


async def test_a_wish_to_stop_stops_nothing_by_itself(house: House) -> None:
    ann = await house.joined()
    await says(house, ann, "done with this", flags={"dose_stop": CERTAIN})
    answer = ann.expect_only("yours to say")[0]
    assert answer.has("Yes, stop the course")
    house.clinicians.expect("Urgent.*speaks of stopping")
    assert (await house.course(ann)).status.value == "active"


# -- Danger in whatever is written


async def test_danger_is_heard_in_an_answer_which_still_goes_first(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    await ann.taps("Not today", "Other|reason")
    ann.read()
    house.clinicians.read()
    await says(house, ann, "because nothing matters", flags={"suicidal": CERTAIN})
    passed, crisis = ann.expect("passed this to your team"), ann.expect("someone be with you")
    assert passed.message < crisis.message
    house.clinicians.expect("EMERGENCY")


async def test_what_is_no_answer_is_heard_and_the_question_stays_open(house: House) -> None:
    ann = await house.joined()
    await ann.says("/settings")
    await ann.taps("Change the hour")
    ann.read()
    await says(house, ann, "threw up twice", symptoms={"vomiting": None})
    ann.expect("I heard: Being sick")
    ann.expect_only("could not read that as a time")
    await says(house, ann, "eyes", flags={"liver": CERTAIN})
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
    await says(house, ann, "enough of it all", flags={"suicidal": CERTAIN})
    ann.expect("someone be with you now")
    card = house.clinicians.expect(f"EMERGENCY · case {ann.code}")
    await says(house, ann, "maybe", flags={"pregnancy": POSSIBLE})
    if state == "joining":  # nothing is agreed to yet: danger to life is a call for help, and no word is kept
        assert "enough of it" not in card.text
        ann.expect("answer this first")
        return
    await ann.taps("^Yes$")
    house.clinicians.expect("Pregnancy")


async def test_the_caption_of_a_photo_is_read(house: House) -> None:
    ann = await house.joined()
    await ann.does("photo", caption=house.reader.learns("look", flags={"liver": CERTAIN}))
    ann.expect("in touch with your clinic today")
    ann.expect_only("only keep written words")
    house.clinicians.expect("Urgent.*Liver sign.*look")


# -- Symptoms


async def test_what_was_heard_is_confirmed_with_one_tap_and_becomes_reports(house: House) -> None:
    ann = await house.joined()
    await says(house, ann, "queasy, head hurts", symptoms={"nausea": 2, "headache": 1})
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
    await says(house, ann, "bad day", symptoms={"nausea": None, "headache": 3, "fatigue": 1})
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
