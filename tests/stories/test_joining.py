"""Joining, from the link to the first day."""

import pytest

from tests.stories.casts import CLOSES_CASES
from tests.stories.house import CRISIS, EMERGENCY, JOINING_ANSWERS, House


async def test_joining_asks_one_thing_after_the_other_and_ends_with_a_first_day(house: House) -> None:
    ann = await house.invite()
    await ann.opens_the_link()
    ann.expect("companion for the next 12 weeks")
    await ann.taps("English")
    ann.expect_only("We will speak English", "What Steady does")
    await ann.taps(*["Read on"] * 4)
    assert EMERGENCY in ann.expect("not emergency care").text
    ann.expect("Who sees what")
    ann.expect("What Telegram can see")
    agreement = ann.expect("Before we begin.*Harbour Clinic")
    assert agreement.labels == ("I agree", "I do not agree")
    ann.read()
    await ann.taps("I agree")
    ann.expect("that is kept with today's date")
    numbers = ann.expect("Help now button is always below").text
    assert EMERGENCY in numbers
    assert CRISIS in numbers
    assert "Help now" in ann.keyboard
    for _ in house.content.screening:
        assert ann.last.labels == ("No", "Yes", "Not sure")
        await ann.taps("No$")
    ann.read()
    assert "Share my location" in ann.keyboard
    await ann.taps("Berlin")
    ann.expect_only("Your clock: Berlin, where it is now 08:00", "Kept", "At what time shall I write")
    assert "How I feel" in ann.keyboard
    await ann.taps("09:00")
    ann.expect_only("each day at 09:00", "How openly may my messages speak")
    await ann.taps("Discreet")
    ann.expect_only("stay discreet", "Which day is your first")
    await ann.taps("Tomorrow")
    ann.expect_only("Your first day: Tue 2 Mar", "You are set.*Tue 2 Mar at 09:00")
    await house.until("09:00")
    ann.nothing_more()
    await house.until("09:00")
    ann.expect_only("time for your daily check")
    house.nothing_more()


async def test_a_refused_consent_can_be_given_later(house: House) -> None:
    ann = await house.invite()
    await ann.opens_the_link()
    await ann.taps("English", *["Read on"] * 4, "I do not agree")
    ann.expect("Only your Telegram number and this answer are kept, and your care does not depend on Steady")
    ann.read()
    await ann.taps("Read it again")
    ann.expect_only("Before we begin")
    await ann.taps("I agree$")
    ann.expect("that is kept")
    ann.read()
    house.nothing_more()


QUESTIONS = (
    "under-18",
    "allergy",
    "pregnancy",
    "breastfeeding",
    "liver",
    "kidney",
    "opioids-recent",
    "opioid-medicines",
)


async def test_a_worrying_answer_waits_for_the_clinician_who_starts_the_course(house: House) -> None:
    """One patient for each question; what each waits for is a person's decision, and nothing else."""
    assert tuple(question.id for question in house.content.screening) == QUESTIONS
    for number, question in enumerate(QUESTIONS):
        answer = ("Yes", "Not sure")[number % 2]
        ann = await house.invite(f"Ann {number}")
        await ann.opens_the_link()
        await ann.taps("English", *["Read on"] * 4, "I agree$", *["No$"] * number, answer, *["No$"] * (7 - number))
        told = ann.expect("something your clinic wants to look at.*nothing starts").text
        assert "wrong" in told, "nobody is blamed"
        ann.read()
        card = house.clinicians.expect(f"Routine · case {ann.code}.*Joining: ")
        assert house.content.texts.plain(f"screened-{question}", "en") in card.text
        assert ann.name not in card.text
        await house.forward(hours=1)
        ann.nothing_more()
        await house.lee.taps("Start the course", chat=house.clinicians, on=card)
        house.clinicians.expect("Nurse Lee decided to start")
        house.clinicians.read()
        ann.expect("Good news.*you can begin")
        ann.expect("Where are you")
        ann.read()
        await ann.taps("Berlin", "09:00", "Discreet", "Tomorrow")
        ann.expect("You are set")
        ann.read()


async def test_a_clinician_may_decide_not_to_start(house: House) -> None:
    ann = await house.invite()
    await ann.opens_the_link()
    await ann.taps("English", *["Read on"] * 4, "I agree$", *["No$"] * 7, "Yes")
    ann.read()
    await house.lee.taps("Do not start", chat=house.clinicians)
    house.clinicians.expect("Nurse Lee decided not to start")
    refused = ann.expect_only("decided not to start this course for now.*not your fault")[0]
    assert CRISIS in refused.text
    await house.grey.forges(f"screen:{ann.code}:yes", chat=house.clinicians)
    assert house.grey.toast == "That is decided already."
    await ann.says("But I would like to")
    ann.expect_only("Your course is closed.*call your clinic")
    await ann.says("/start")
    ann.expect_only("Your course is closed")


async def test_a_stranger_gets_one_neutral_sentence_and_nothing_else(house: House) -> None:
    eve = await house.person("Eve")
    for said in ("/start", "hello", "/start 1234567890abcdef", "/report", "/today", "/stop", "/invite", "/pause K7QFM"):
        await eve.says(said)
        answer = eve.last.text
        assert "invitation" in answer
        assert not any(word in answer.lower() for word in ("naltrexone", "clinic", "patient", "harbour"))
        assert len(eve.read()) == 1, said
    await eve.forges("taken:1")
    await eve.forges("ack:1")
    eve.nothing_more()
    house.nothing_more()


async def test_a_used_invite_is_good_for_nobody_else(house: House) -> None:
    ann = await house.invite()
    await ann.opens_the_link()
    eve = await house.person("Eve")
    await eve.says(f"/start {ann.token}")
    eve.expect_only("has been used already")
    ann.read()
    await ann.opens_the_link()
    ann.expect_only("companion for the next 12 weeks")


async def test_an_expired_invite_says_so(house: House) -> None:
    ann = await house.invite()
    await house.forward(hours=72)
    await ann.opens_the_link()
    ann.expect_only("no longer valid")


async def test_of_two_who_race_for_one_invite_one_wins(house: House) -> None:
    ann = await house.invite()
    eve = await house.person("Eve")
    for person in (ann, eve):
        await house.call("POST", f"/people/{person.id}/say", text=f"/start {ann.token}")
    await house.settle()
    answers = "companion for the next|has been used already"
    said = sorted(person.expect_only(answers)[0].text[:5] for person in (ann, eve))
    assert said == ["Hello", "This "], "chats are served beside each other: either may be first"


async def test_joining_asks_the_same_question_again_after_start(house: House) -> None:
    ann = await house.invite()
    await ann.opens_the_link()
    await ann.taps("English", *["Read on"] * 4, "I agree$", "No$", "No$")
    asked = ann.last.text
    ann.read()
    await ann.says("/start")
    assert [said.text for said in ann.new] == [asked]
    ann.read()
    await ann.says("What do you mean?")
    ann.expect("please answer this first")
    assert ann.expect_only(".*")[0].text == asked


async def test_buttons_of_earlier_steps_change_nothing(house: House) -> None:
    ann = await house.invite()
    await ann.opens_the_link()
    await ann.taps("English", *["Read on"] * 4)
    agreement = ann.newest_with_buttons
    await ann.taps("I agree$", "No$")
    question = ann.last.text
    ann.read()
    for data in ("language:en", "about:1", "consent:no", "screening:under-18:yes", "hour:0800", "wording:plain"):
        await ann.forges(data, on=agreement)
        assert "answered already" in str(ann.toast), data
    await ann.forges("first-day:2027-03-02", on=agreement)
    ann.nothing_more()
    await ann.says("/start")
    assert ann.last.text == question


async def test_no_button_leads_past_consent_and_screening(house: House) -> None:
    ann = await house.invite()
    await ann.opens_the_link()
    ann.read()
    for data in ("wrong-zone", "zone:Europe/Berlin", "setting:zone", "restart", "taken:1", "screening:liver:no"):
        await ann.forges(data)
    await ann.says("/start")
    assert "companion for the next 12 weeks" in ann.last.text


async def test_no_button_leads_past_the_clinicians_decision(house: House) -> None:
    ann = await house.invite()
    await ann.opens_the_link()
    await ann.taps("English", *["Read on"] * 4, "I agree$", *["No$"] * 7, "Yes")
    await ann.forges("wrong-zone")
    await ann.says("/start")
    assert "something your clinic wants to look at" in ann.last.text


async def test_a_former_patient_joins_a_second_course_and_the_first_stays_as_it_was(house: House) -> None:
    ann = await house.joined(regimen="low-dose", day=84)
    await house.until("09:00")
    old = ann.expect("daily check")
    await ann.taps("Taken", on=old)
    await house.call("PUT", f"/people/{house.lee.id}/script", rules=CLOSES_CASES)
    await house.forward(hours=24 * 190)
    await house.call("PUT", f"/people/{house.lee.id}/script", rules=[])
    assert (await house.course(ann)).status.value == "closed"
    states, cases = await house.states(ann), len(await house.cases(ann))
    house.clinicians.read()
    again = await house.invite_person(ann, "alcohol-50")
    again.read()
    await again.opens_the_link()
    again.expect_only("companion for the next 12 weeks")
    house.clinicians.expect(f"Case {again.code} has joined.*earlier course here, as case {ann.code}")
    await again.taps(*JOINING_ANSWERS, "Berlin", "09:00", "Discreet", "Tomorrow")
    again.expect("You are set")
    await house.until("09:00")
    await again.taps("Taken", "All fine")
    assert await house.states(again) == ["taken"]
    await ann.taps("Change this|Undo|All fine|Taken", on=old)
    again.read()
    assert (await house.states(ann), len(await house.cases(ann))) == (states, cases)
    assert (await house.course(ann)).status.value == "closed"
    await again.opens_the_link()
    again.expect_only("In danger, call")


async def test_a_patient_who_stopped_may_begin_anew_while_followed_up(house: House) -> None:
    ann = await house.joined(day=30)
    await ann.says("/stop")
    await ann.taps("Yes, stop the course")
    again = await house.invite_person(ann, "alcohol-50")
    again.read()
    await again.opens_the_link()
    again.expect_only("companion for the next 12 weeks")
    assert (await house.course(ann)).status.value == "closed"
    await house.forward(hours=24 * 40)
    assert not any("How are things going" in said.text for said in again.everything)


@pytest.mark.parametrize("begins", [True, False])
async def test_an_invite_is_not_spent_on_a_course_that_runs(house: House, begins: bool) -> None:
    ann = await house.joined(begins=begins)
    more = await house.invite_person(ann, "opioid-50")
    more.read()
    await more.opens_the_link()
    more.expect_only("have a course with Steady already.*left this invitation unused")
    ann.read()
    await ann.opens_the_link()
    ann.expect_only("In danger, call")
    kim = await house.person("Kim")
    await kim.says(f"/start {more.token}")
    kim.expect_only("companion for the next 12 weeks")


@pytest.mark.parametrize("token", ["unknown", "expired", "used"])
async def test_a_former_patient_needs_an_invite_that_holds(house: House, token: str) -> None:
    ann = await house.joined(day=30)
    await ann.says("/stop")
    await ann.taps("Yes, stop the course")
    again = await house.invite_person(ann, "alcohol-50", hours=1)
    if token == "used":
        kim = await house.person("Kim")
        await kim.says(f"/start {again.token}")
    elif token == "expired":
        await house.forward(hours=2)
    again.read()
    await again.says("/start abc" if token == "unknown" else f"/start {again.token}")
    again.expect_only({"unknown": "In danger, call", "used": "used already", "expired": "no longer valid"}[token])
    assert (await house.course(ann)).status.value == "follow-up"
