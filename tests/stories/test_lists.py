"""What clinicians look up in chat: open cases, the worklist, and one patient's record. Codes only, never a name."""

from __future__ import annotations

import pytest

from tests.stories.house import House
from tests.stories.people import Chat, Patient, Person
from tests.stories.test_cases import urgent


def where(house: House, place: str) -> tuple[Chat, dict[str, int]]:
    """Return the chat that is read, and what a command typed there says of it."""
    if place == "private":
        return house.lee, {}
    return house.clinicians, {"chat": house.clinicians.chat}


PLACES = pytest.mark.parametrize("place", ["group", "private"])


async def emergency(house: House, name: str) -> Patient:
    ann = await house.joined(name)
    await ann.presses("Help now")
    ann.read()
    return ann


@PLACES
async def test_open_cases_come_gravest_and_oldest_first(house: House, place: str) -> None:
    chat, here = where(house, place)
    await house.lee.says("/cases", **here)
    chat.expect("No open case")
    ann, _ = await urgent(house, "Ann")
    await house.forward(minutes=5)
    kim, _ = await urgent(house, "Kim")
    bob = await emergency(house, "Bob")
    await house.lee.taps("Acknowledge", chat=house.clinicians)
    chat.read()
    await house.lee.says("/cases", **here)
    listed = chat.expect(
        f"3 open cases.*🔴 {bob.code} · 0 min · Nurse Lee.*🟠 {ann.code} · 5 min · nobody.*🟠 {kim.code}"
    )
    assert listed.labels == (bob.code, ann.code, kim.code)
    await house.lee.taps(ann.code, chat=chat)
    card = chat.expect(f"Urgent, today · case {ann.code}")
    assert card.has("Acknowledge")
    await house.lee.taps("Acknowledge", chat=chat, on=card)
    chat.expect("Nurse Lee has this since")


@PLACES
async def test_long_lists_turn_their_pages_in_place(house: House, place: str) -> None:
    chat, here = where(house, place)
    for number in range(10):
        await urgent(house, f"Patient {number}") if number < 3 else await note(house, f"Patient {number}")
    chat.read()
    await house.lee.says("/cases", **here)
    first = chat.expect("10 open cases.*Page 1 of 2")
    assert first.labels[-1] == "2 ›"
    await house.lee.taps("2 ›", chat=chat)
    second = chat.expect("Page 2 of 2")
    assert second.message == first.message
    assert second.labels[-1] == "‹ 1"
    await house.lee.forges("cases:99", chat=chat, on=second)
    assert "Page 2 of 2" in chat.last.text


async def note(house: House, name: str) -> Patient:
    ann = await house.joined(name)
    await ann.says("something small")
    return ann


async def test_the_worklist_says_who_needs_a_person_next(house: House) -> None:
    await house.lee.says("/patients")
    house.lee.expect("No patients yet")
    quiet = await house.joined("Quiet", day=20)
    fine = await house.joined("Fine", day=10)
    invited = await house.invite("Invited")
    await house.until("09:00")
    await fine.taps("Taken")
    await house.until("09:00", days=2)
    await fine.taps("Taken")
    called, _ = await urgent(house, "Called")
    house.lee.read()
    await house.lee.says("/patients")
    listed = house.lee.expect("4 patients, the most pressing first")
    order = [listed.text.index(one.code) for one in (called, quiet, fine, invited)]
    assert order == sorted(order)
    assert f"{called.code} · day 1 of 84 · no doses yet · ☎ call" in listed.text
    assert f"{quiet.code} · day 23 of 84" in listed.text
    assert "silent for" in listed.text
    assert f"{invited.code} · invited" in listed.text
    await house.lee.taps("Due a call")
    assert "1 patient is due a call" in house.lee.last.text
    await house.lee.taps("Silent")
    only = house.lee.last
    assert quiet.code in only.text
    assert fine.code not in only.text
    await house.lee.says("/patients everybody")
    house.lee.expect("Write it like one of these")


async def test_a_patients_record_is_read_tab_by_tab(house: House) -> None:
    ann = await house.joined("Annabel Unmistakable", day=10)
    await house.until("09:00")
    await ann.taps("Not today", "I forgot")
    await ann.says("/report")
    await ann.taps("Headache", "^Bad$")
    await ann.says("My own words")
    house.lee.read()
    await house.lee.says(f"/patient {ann.code.lower()}")
    place = "day 10 of 84.*Taken 9 of 10.*Open case: urgent"
    overview = house.lee.expect(f"Case {ann.code} · 50 mg once a day.*{place}")
    for tab, words in (
        ("Timeline", "not taken: forgot.*grade 3.*first day.*opened the invitation.*invited"),
        ("Doses", "Not taken: forgot 1.*Day 10 .* not taken: forgot.*Day 9 .* taken at 09:00"),
        ("Symptoms", r"Headache: worst 3 \(day 10\), last 3"),
        ("Cases", "urgent, open \\(nobody yet\\).*Headache: grade 3 of 4"),
        ("Messages", "No messages yet"),
        ("Consent", "agreed"),
        ("Overview", "At present"),
    ):
        await house.lee.taps(tab)
        shown = house.lee.expect(words)
        assert shown.message == overview.message, tab
    everything = " ".join(said.text for said in house.lee.everything)
    assert "Unmistakable" not in everything
    assert str(ann.id) not in everything
    await house.lee.taps("Write to patient")
    house.lee.expect("To case")


async def test_a_new_patients_record_is_empty_and_says_so(house: House) -> None:
    ann = await house.invite()
    await house.lee.says(f"/patient {ann.code}")
    for tab in ("Timeline", "Doses", "Symptoms", "Cases", "Messages", "Consent"):
        await house.lee.taps(tab)
    assert "No answer yet" in house.lee.last.text


COMMANDS = ("/cases", "/patients", "/patient {}", "/report", "/staff", "/reschedule {}", "/resume {}", "/release {}")


async def test_what_is_typed_wrong_is_answered_and_changes_nothing(house: House) -> None:
    ann = await house.joined()
    for said, answer in (
        ("/patient", "add the case code"),
        ("/patient NOBODY", "There is no case NOBODY"),
        (f"/patient {'x' * 4000}", "There is no case XXXXXXXXXXXX"),
        ("/patient <b>", "There is no case <B>"),
        ("/resume", "add the case code"),
        ("/release", "add the case code"),
        ("/pause", "add the case code"),
    ):
        await house.lee.says(said)
        house.lee.expect_only(answer)
    for data in (
        f"patient:{ann.code}:bogus:1",
        f"patient:{ann.code}:doses:0",
        "patients:bogus:1",
        "cases:0",
        "case:99",
    ):
        await house.lee.forges(data)
        assert house.lee.toast is not None, data
        house.lee.nothing_more()


async def test_the_desk_is_for_staff_of_the_clinic_only(house: House) -> None:
    ann, card = await urgent(house)
    far, eve = await house.person("Dr Far", role="clinician"), await house.person("Eve")
    await house.found("Far Clinic", far)
    for said in COMMANDS:
        for person in (ann, eve):
            await person.says(said.format(ann.code))
    answers = " ".join([*ann.read(), *eve.read()])
    assert ann.code not in answers
    await far.says(f"/patient {ann.code}")
    far.expect_only("I cannot find that")
    await far.says("/cases")
    far.expect_only("No open case")
    await far.says("/patients")
    far.expect_only("No patients yet")
    for data in ("case:1", f"patient:{ann.code}:doses:1", f"write:{ann.code}"):
        await far.forges(data)
        assert "cannot find that" in str(far.toast)
    assert card.labels


async def test_a_clinics_patients_are_never_shown_in_anothers_chat(house: House) -> None:
    """Somebody may work for two clinics; the people who read along in a chat do not."""
    ann, _ = await urgent(house)
    far = await house.person("Dr Far", role="clinician")
    await house.found("Far Clinic", far, house.grey)
    other = await house.room("supergroup", far, house.grey)
    await far.taps("Yes, for Far Clinic", chat=other)
    other.read()
    await both(house.grey, other, f"/patient {ann.code}")
    other.expect_only("This chat does not belong to that clinic")
    await both(house.grey, other, "/cases")
    other.expect_only("No open case")
    await house.grey.forges("case:1", chat=other)
    assert "does not belong" in str(house.grey.toast)
    other.nothing_more()


async def both(person: Person, chat: Chat, text: str) -> None:
    await person.says(text, chat=chat.chat)
