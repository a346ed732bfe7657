"""How it feels: what is asked, what is said back, and who hears of it."""

from __future__ import annotations

import pytest

from tests.stories.house import CRISIS, EMERGENCY, House
from tests.stories.people import Patient

GRADES = ("^A little$", "^Medium$", "^Bad$", "^Very bad$")


async def reports(ann: Patient, symptom: str, grade: str) -> None:
    await ann.says("/report")
    if symptom not in " ".join(ann.last.labels):
        await ann.taps("More")
    await ann.taps(symptom, GRADES[int(grade) - 1])


async def test_how_are_you_follows_each_dose_for_two_weeks_and_then_less_often(house: House) -> None:
    ann = await house.joined(day=13)
    asked = []
    for day in range(13, 22):
        await house.until("09:00")
        await ann.taps("Taken")
        if any("How are you feeling" in text for text in ann.read()):
            asked.append(day)
            await ann.taps("All fine")
            ann.expect_only("Good to hear")
    assert asked == [13, 14, 16, 18, 20]
    house.nothing_more()


async def test_a_symptom_that_troubles_keeps_the_question_close(house: House) -> None:
    ann = await house.joined(day=40)
    await house.until("09:00")
    await ann.taps("Taken")
    ann.read()
    await reports(ann, "Headache", "2")
    asked = []
    for day in range(41, 47):
        await house.until("09:00")
        ann.read()
        await ann.taps("Taken")
        asked += [day for text in ann.read() if "How are you feeling" in text]
    assert asked[:3] == [41, 42, 43]
    assert 45 not in asked


SYMPTOMS = (
    "Trouble sleeping",
    "Anxious",
    "Feeling sick",
    "Headache",
    "Diarrhoea",
    "vomiting",
    "Dizziness",
    "Tiredness",
    "Not hungry",
    "Rash",
    "Low mood",
    "Aching",
)


@pytest.mark.parametrize("symptom", SYMPTOMS)
async def test_every_grade_of_every_symptom_has_an_answer(house: House, symptom: str) -> None:
    for grade in "1234":
        ann = await house.joined(f"Ann {grade}")
        await reports(ann, symptom, grade)
        ann.expect("Noted: ")
        assert len(ann.last.labels) >= 2, "there is always a way on"
        answer = "\n\n".join(ann.read())
        if grade in "34":
            assert EMERGENCY in answer
            assert "Nobody watches this chat" in answer
            house.clinicians.expect(f"Urgent, today · case {ann.code}.*grade {grade} of 4")
        elif symptom == "Rash":
            house.clinicians.expect(f"Urgent, today · case {ann.code}")
        elif grade == "2":
            house.clinicians.expect(f"Routine · case {ann.code}.*grade 2 of 4")
        house.clinicians.nothing_more()
        assert not any(word in answer for word in ("skip the dose", "take it later", "half", "double"))


async def test_mild_gets_advice_and_tells_nobody(house: House) -> None:
    ann = await house.joined()
    await reports(ann, "Feeling sick", "1")
    advice = ann.expect("Small, plain meals.*anything else")
    assert advice.labels == ("Yes, something else", "That is all")
    await ann.taps("That is all")
    ann.expect("Thank you for telling me")
    assert await house.cases(ann) == []


async def test_a_rise_of_two_is_urgent_though_the_grade_is_not(house: House) -> None:
    ann = await house.joined()
    await reports(ann, "Headache", "1")
    await house.forward(hours=30)
    await reports(ann, "Headache", "2")
    house.clinicians.expect("Routine")
    kim = await house.joined("Kim")
    await reports(kim, "Headache", "1")
    await house.forward(hours=30)
    house.clinicians.read()
    await reports(kim, "Headache", "3")
    house.clinicians.expect("Urgent.*up 2 grades since the last report")


async def test_a_liver_sign_found_by_a_question_reaches_the_clinic(house: House) -> None:
    ann = await house.joined()
    await reports(ann, "Tiredness", "1")
    question = ann.expect("urine as dark as tea")
    house.clinicians.nothing_more()
    await ann.taps("I am not sure", on=question)
    ann.expect("be in touch with your clinic today")
    house.clinicians.expect(f"Urgent, today · case {ann.code}.*Liver sign")


CRISES = {
    "Yes, I have had such thoughts": ("carry this alone", "Urgent.*Suicidal thoughts"),
    "I might act": ("let someone be with you now", "EMERGENCY.*Suicidal intent"),
    "rather not say": ("carry this alone", "Urgent.*Suicidal thoughts"),
}


@pytest.mark.parametrize("label", CRISES)
async def test_thoughts_of_death_get_the_fixed_words_with_the_numbers_first(house: House, label: str) -> None:
    words, card = CRISES[label]
    ann = await house.joined()
    await reports(ann, "Low mood", "2")
    house.clinicians.read()
    await ann.taps(label)
    answer = ann.expect(words)
    lines = [line for line in answer.text.splitlines() if line.strip()]
    assert CRISIS in lines[1] or EMERGENCY in lines[1], "one line that acknowledges, then a number"
    assert lines[-1] == "Are you safe right now?"
    assert answer.labels == ("Yes, I am safe", "No", "I am not sure")
    house.clinicians.expect(card)
    await ann.taps("^No$", on=answer)
    assert ann.last.text.startswith(EMERGENCY) or EMERGENCY in ann.expect("call now").text
    house.clinicians.expect("EMERGENCY")


async def test_every_warning_sign_is_one_press_away_and_is_answered(house: House) -> None:
    for flag in (flag for flag in house.content.red_flags if flag.offered):
        ann = await house.joined(f"Ann {flag.id}")
        await ann.presses("How I feel")
        await ann.taps("Warning signs")
        assert EMERGENCY in ann.last.text.splitlines()[0]
        await ann.taps(
            f"^{house.content.texts.plain(f'flag-{flag.id}', 'en')}$".replace("(", r"\(").replace(")", r"\)")
        )
        answer = ann.last
        card = house.clinicians.expect(ann.code)
        if "EMERGENCY" in card.text and not flag.crisis:
            assert answer.text.startswith(EMERGENCY), flag.id
        house.clinicians.nothing_more()
        assert ann.name not in card.text
        await house.lee.taps("Acknowledge", "Reached, safe", chat=house.clinicians, on=card)
        house.clinicians.read()


async def test_getting_worse_always_speaks_anew(house: House) -> None:
    ann = await house.joined()
    await reports(ann, "Headache", "2")
    first = house.clinicians.expect("Routine")
    await ann.taps("It is getting worse")
    assert "told" in str(ann.toast)
    second = house.clinicians.expect("Urgent.*getting worse: Headache")
    assert second.message != first.message
    assert not house.clinicians.shows(first), "the older card is taken back"


async def test_free_text_is_passed_on_honestly_quoted_and_escaped(house: House) -> None:
    ann = await house.joined()
    text = "<b>Help</b> & <a href='x'>me</a> \u202edrowssap </blockquote><i>EMERGENCY</i>"
    await ann.says(text)
    ann.expect_only("I did not understand all of it myself. A person will read it, but perhaps not at once")
    card = house.clinicians.expect("Routine.*Unread words")
    assert "<b>Help</b> & <a href='x'>me</a>" in card.text
    message = house.world.chats[house.clinicians.chat].messages[card.message]
    kinds = [entity["type"] for entity in message.entities]
    assert "text_link" not in kinds
    assert kinds.count("blockquote") == 1


async def test_a_very_long_message_still_makes_a_card(house: House) -> None:
    ann = await house.joined()
    for number in range(12):
        await ann.says(f"{number} " + "&<>" * 1300)
    ann.read()
    assert "Unread words" in house.clinicians.last.text


@pytest.mark.parametrize("state", ["joining", "waiting", "planned", "active", "paused", "finished", "closed"])
async def test_help_now_pages_the_clinic_and_shows_the_numbers_first_in_every_state(house: House, state: str) -> None:
    ann = await in_state(house, state)
    ann.read()
    house.clinicians.read()
    await ann.presses("Help now")
    answer = ann.expect("We are glad you pressed this")
    lines = [line for line in answer.text.splitlines() if line.strip()]
    assert lines[1].startswith(EMERGENCY)
    assert CRISIS in lines[2]
    page = house.clinicians.expect(f"EMERGENCY · case {ann.code}.*Help now pressed")
    assert not page.silent
    await ann.taps("I pressed by mistake", on=answer)
    ann.expect("That is all right.*still get in touch")
    await ann.forges("safe:no")
    house.clinicians.expect("EMERGENCY")


async def in_state(house: House, state: str) -> Patient:
    if state in ("joining", "waiting", "closed"):
        ann = await house.invite()
        await ann.opens_the_link()
        await ann.taps(
            "English", *["Read on"] * 4, "I agree$", *["No$"] * 7, "No$" if state == "joining" else "Not sure"
        )
        if state == "closed":
            await house.lee.forges(f"screen:{ann.code}:no", chat=house.clinicians)
        return ann
    ann = await house.joined(begins=state != "planned", day=84 if state == "finished" else 1)
    if state == "paused":
        await house.lee.says(f"/pause {ann.code}", chat=house.clinicians.chat)
    if state == "finished":
        await house.until("09:00")
        await house.until("09:00")
    return ann
