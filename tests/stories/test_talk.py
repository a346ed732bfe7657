"""Clinic and patient write to each other, and every word stays with the case."""

from __future__ import annotations

from clinic.ward import Ward
from storage.clinics import get_clinic, set_clinic
from storage.desk import Message
from storage.reading import Session
from tests.stories.house import House
from tests.stories.people import Patient, Said
from tests.stories.test_cases import urgent

LONG = "First line of it.\n" + "word " * 800


async def messages(house: House) -> list[tuple[str, str]]:
    def query(session: Session) -> list[tuple[str, str]]:
        rows = session.query(Message).order_by(Message.id)
        return [(row.direction.value, row.text) for row in rows]

    return await house.look(query)


async def replied(house: House, text: str, *, name: str = "Annabel") -> tuple[Patient, Said]:
    """Let Nurse Lee take an urgent case and write to its patient by a reply in the group."""
    ann, card = await urgent(house, name)
    await house.lee.taps("Acknowledge", chat=house.clinicians)
    house.clinicians.read()
    await house.lee.says(text, chat=house.clinicians.chat, reply_to=card.message)
    return ann, card


async def test_a_reply_under_the_card_reaches_the_patient_from_the_clinic(house: House) -> None:
    ann, card = await replied(house, "How is the headache <now>?")
    said = ann.expect_only(r"Your clinic writes:.*How is the headache <now>\?")[0]
    assert "Lee" not in said.text, "the clinic has not asked for names"
    assert said.labels == ("Answer",)
    assert "clinic" not in said.text[:100].lower(), "the lock screen stays discreet"
    house.clinicians.expect(f"On its way to case {ann.code}")
    edited = house.clinicians.expect("Nurse Lee wrote: How is the headache <now>")
    assert edited.message == card.message
    house.nothing_more()


async def test_the_patients_answer_rings_with_the_owner_and_shows_on_the_card(house: House) -> None:
    ann, card = await replied(house, "How is the headache now?")
    ann.read()
    house.clinicians.read()
    await ann.says("Better & better")
    ann.expect_only("passed this to your team")
    rung = house.lee.expect_only(f"Case {ann.code}, which is yours, answers:.*Better & better")[0]
    assert not rung.silent
    assert rung.labels == ("Write to patient", "History")
    edited = house.clinicians.expect_only("the patient answered: Better & better")[0]
    assert edited.message == card.message
    assert await messages(house) == [("out", "How is the headache now?"), ("in", "Better & better")]
    await house.lee.says("Good to hear", reply_to=rung.message)
    ann.expect_only("Good to hear")
    house.lee.expect_only("On its way to case")


async def test_without_an_owner_the_answer_rings_in_the_chat(house: House) -> None:
    ann, card = await urgent(house)
    await house.lee.says("Are you there?", chat=house.clinicians.chat, reply_to=card.message)
    house.clinicians.expect("nobody has taken yet")
    house.clinicians.read()
    await ann.taps("Answer")
    ann.expect("Please write your answer now.*call 112")
    await ann.says("Yes")
    rung = house.clinicians.expect(f"Case {ann.code} answers:.*Yes")
    assert not rung.silent
    house.lee.nothing_more()
    await house.grey.says("Good", chat=house.clinicians.chat, reply_to=rung.message)
    ann.expect("Your clinic writes:.*Good")


async def test_the_name_is_shown_only_if_the_clinic_wants_it(house: House) -> None:
    await house.lee.says("/policy names on")
    house.lee.expect("Only an admin")
    await house.grey.says("/policy names perhaps")
    house.grey.expect("/policy names on, or /policy names off")
    await house.grey.says("/policy names on")
    house.grey.expect("names is on from now on")
    await house.grey.says("/policy")
    house.grey.expect("names on")
    ann, _ = await replied(house, "Hello")
    ann.expect("Your clinic writes:.*Hello.*Nurse Lee")
    await house.grey.says("/policy names off")
    await house.lee.says("Bye", chat=house.clinicians.chat, reply_to=house.clinicians.newest_with_buttons.message)
    assert "Lee" not in ann.expect("Bye").text


async def test_the_button_leads_to_the_private_chat_also_from_a_channel(house: House) -> None:
    channel = await house.room("channel", house.grey, house.lee)
    await house.grey.taps("Yes, for Harbour", chat=channel)
    ann = await house.joined()
    await ann.says("something small")
    ann.read()
    channel.read()
    await house.lee.taps("Write to patient", chat=channel)
    assert "private chat" in str(house.lee.toast)
    asked = house.lee.expect_only(f"To case {ann.code}. What you write here next goes to the patient")[0]
    assert len(asked.labels) == 6
    await house.lee.says("We have seen it.")
    ann.expect_only("Your clinic writes:.*We have seen it")
    house.lee.expect_only(f"On its way to case {ann.code}.*nobody has taken yet")
    channel.expect_only("Nurse Lee wrote: We have seen it")
    await house.lee.says("And this is for nobody")
    house.lee.expect_only("Steady for clinicians")
    ann.nothing_more()
    await house.lee.taps("Write again")
    house.lee.expect(f"To case {ann.code}")


async def test_a_first_line_is_shown_before_it_is_sent(house: House) -> None:
    ann, _ = await urgent(house)
    await house.lee.taps("Write to patient", chat=house.clinicians)
    asked = house.lee.expect("To case")
    await house.lee.taps("When can we call")
    preview = house.lee.expect_only("Send this.*We would like to talk with you")[0]
    assert preview.message == asked.message
    ann.nothing_more()
    await house.lee.taps("Other lines", "We tried to call", "Send it")
    ann.expect_only("Your clinic writes:.*could not reach you")
    sent = house.lee.expect("On its way to case")
    await house.lee.forges(f"line-send:{ann.code}:2", on=sent)
    assert "Nothing waits to be sent" in str(house.lee.toast)
    ann.nothing_more()
    await house.lee.taps("Write again", "Cancel")
    house.lee.expect("Nothing was sent")
    await house.lee.says("hello?")
    ann.nothing_more()


async def test_an_old_draft_goes_to_nobody(house: House) -> None:
    ann, _ = await urgent(house)
    await house.lee.taps("Write to patient", chat=house.clinicians)
    await house.forward(minutes=31)
    house.lee.read()
    await house.lee.says("for whom was this again")
    house.lee.expect_only("more than half an hour ago.*not sent")
    ann.nothing_more()
    await house.lee.taps("Write again")
    await house.lee.says("/wrong")
    house.lee.expect("looks like a command, so it was not sent")
    await house.lee.does("photo")
    house.lee.expect("Only text can be passed on")
    await house.lee.says("right")
    ann.expect_only("right")


async def test_a_second_draft_takes_the_place_of_the_first(house: House) -> None:
    ann, _ = await urgent(house)
    kim, _ = await urgent(house, "Kim")
    await house.lee.forges(f"write:{ann.code}", chat=house.clinicians)
    await house.lee.forges(f"write:{kim.code}", chat=house.clinicians)
    await house.lee.says("Only for the second")
    kim.expect_only("Only for the second")
    ann.nothing_more()


async def test_what_is_as_long_as_a_message_can_be_arrives_whole(house: House) -> None:
    text = "<b>&" * 1024
    ann, _ = await replied(house, text)
    parts = [said.text for said in ann.new]
    assert len(parts) > 1
    assert "".join(part.split(":\n")[-1].lstrip("… \n") for part in parts).replace("\n", "") == text
    ann.read()
    house.clinicians.read()
    await ann.says(LONG)
    answers = " ".join(said.text for said in house.lee.new)
    assert answers.count("word") == LONG[:4096].count("word")
    assert [len(text) for _, text in await messages(house)] == [4096, len(LONG.strip()[:4096])]


async def test_a_clinic_that_keeps_words_out_of_its_chat_reads_them_in_private(house: House) -> None:
    def hide(ward: Ward) -> None:
        set_clinic(ward.work, get_clinic(ward.work.session, house.clinic_id), "quotes-hidden", {}, shows_quotes=False)

    await house.write(hide)
    ann, card = await urgent(house)
    await house.lee.says("Tell me your secret", chat=house.clinicians.chat, reply_to=card.message)
    await ann.says("It is a secret")
    assert "secret" not in " ".join(said.text for said in house.clinicians.everything)
    house.clinicians.expect("has answered. The words stay out of this chat")
    await house.grey.taps("Read in private", chat=house.clinicians)
    house.grey.expect("It is a secret")
    eve = await house.person("Eve")
    await house.call("POST", f"/chats/{house.clinicians.chat}/members", person=eve.id, status="member")
    await eve.forges("read-answer:2", chat=house.clinicians)
    assert eve.new == []


async def test_an_answer_to_a_closed_case_opens_a_new_one_and_rings(house: House) -> None:
    ann, card = await replied(house, "How are you?")
    await house.lee.taps("Reached, safe", chat=house.clinicians)
    house.clinicians.read()
    await house.lee.says("One more thing", chat=house.clinicians.chat, reply_to=card.message)
    house.clinicians.expect_only(f"That case is closed, so nothing was sent. /patient {ann.code}")
    ann.read()
    await ann.says("It came back")
    assert len(await house.cases(ann)) == 2
    house.clinicians.expect(f"Case {ann.code} answers:.*It came back")


async def test_much_later_words_are_no_answer_unless_they_say_so(house: House) -> None:
    ann, _ = await replied(house, "How are you?")
    message = ann.expect("How are you").message
    await house.forward(hours=73)
    house.lee.read()
    house.clinicians.read()
    await ann.says("Something else")
    assert len(await messages(house)) == 1
    assert "answers:" not in " ".join(house.lee.read())
    await ann.says("As for your question: well", reply_to=message)
    assert (await messages(house))[-1] == ("in", "As for your question: well")


async def test_the_history_is_a_tap_away_and_turns_its_pages_in_place(house: House) -> None:
    ann, card = await urgent(house)
    for number in range(1, 8):
        await house.lee.says(
            f"Question {number} " + "and so on " * 60, chat=house.clinicians.chat, reply_to=card.message
        )
        await ann.says(f"Answer {number}")
    house.clinicians.read()
    await house.lee.forges("history:1", chat=house.clinicians)
    first = house.clinicians.expect_only("from the first report on.*Page 1 of.*Headache: grade 3.*Question 1")[0]
    assert "Answer 7" not in first.text
    while house.clinicians.last.has("›"):
        await house.lee.taps("›", chat=house.clinicians)
    last = house.clinicians.last
    assert last.message == first.message
    assert "Answer 7" in last.text
    await house.lee.taps("‹", chat=house.clinicians)
    await house.lee.forges("history:1:9999", chat=house.clinicians)
    assert "Answer 7" in house.clinicians.last.text
    eve = await house.person("Eve")
    await house.call("POST", f"/chats/{house.clinicians.chat}/members", person=eve.id, status="member")
    house.clinicians.read()
    await eve.forges("history:1:1", chat=house.clinicians)
    house.clinicians.nothing_more()
