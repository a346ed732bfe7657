"""An alert ends only with a person."""

from __future__ import annotations

from clinic.ward import Ward
from storage.clinics import find_staff, remove_staff
from tests.stories.house import House
from tests.stories.people import Patient, Said


async def urgent(house: House, name: str = "Annabel") -> tuple[Patient, Said]:
    ann = await house.joined(name)
    await ann.says("/report")
    await ann.taps("Headache", "^Bad$")
    ann.read()
    return ann, house.clinicians.expect(f"Urgent, today · case {ann.code}")


async def test_acknowledging_names_the_owner_in_place(house: House) -> None:
    ann, card = await urgent(house)
    assert card.labels == ("Acknowledge", "Write to patient", "History")
    await house.lee.taps("Acknowledge", chat=house.clinicians)
    owned = house.clinicians.expect("Nurse Lee has this since .*An outcome is still needed")
    assert owned.message == card.message
    assert not owned.has("Acknowledge")
    house.nothing_more()
    assert (await house.cases(ann))[0].state.value == "acknowledged"


async def test_the_second_to_press_is_told_who_was_first(house: House) -> None:
    _, card = await urgent(house)
    await house.lee.taps("Acknowledge", chat=house.clinicians)
    await house.grey.forges(card.data[0], chat=house.clinicians, on=card)
    assert house.grey.toast == "Nurse Lee has this case."
    await house.lee.forges(card.data[0], chat=house.clinicians, on=card)
    assert house.lee.toast == "It is yours already."


async def test_nobody_else_can_touch_a_case(house: House) -> None:
    ann, card = await urgent(house)
    other = await house.person("Dr Far", role="clinician")
    await house.found("Far Clinic", other)
    eve = await house.person("Eve")
    for person in (eve, other):
        await house.call("POST", f"/chats/{house.clinicians.chat}/members", person=person.id, status="member")
        for data in (
            "ack:1",
            "outcome:1:reached-safe",
            f"pause:{ann.code}",
            f"screen:{ann.code}:yes",
            "bind:1",
            "read:1",
        ):
            await person.forges(data, chat=house.clinicians, on=card)
            assert person.toast in (
                "That is not yours to do.",
                "This works by invitation only.",
                "I cannot find that. It may belong to someone else, or be long over.",
            ), (person.name, data, person.toast)
    await ann.forges("ack:1")
    await house.lee.says(f"/release {ann.code}", chat=house.clinicians.chat)
    house.clinicians.expect("Nothing is held")
    assert (await house.cases(ann))[0].state.value == "open"
    house.nothing_more()


async def test_removed_staff_have_no_say_any_more(house: House) -> None:
    ann, card = await urgent(house)

    def remove(ward: Ward) -> None:
        for post in find_staff(ward.work.session, house.lee.id):
            remove_staff(ward.work, post)

    await house.write(remove)
    await house.lee.forges(card.data[0], chat=house.clinicians, on=card)
    assert house.lee.toast == "This works by invitation only."
    assert (await house.cases(ann))[0].owner is None


async def test_an_outcome_closes_and_nothing_speaks_again(house: House) -> None:
    ann, card = await urgent(house)
    await house.lee.taps("Acknowledge", "Reached, safe", chat=house.clinicians)
    house.clinicians.expect("Nurse Lee has this")
    closed = house.clinicians.expect("Closed: reached and safe")
    assert (closed.message, closed.labels) == (card.message, ())
    await house.forward(hours=30)
    house.clinicians.nothing_more()
    await house.lee.forges("outcome:1:appointment", chat=house.clinicians, on=card)
    assert "closed already" in str(house.lee.toast)
    assert (await house.cases(ann))[0].state.value == "closed"


async def test_an_outcome_needs_an_owner(house: House) -> None:
    _, card = await urgent(house)
    await house.lee.forges("outcome:1:reached-safe", chat=house.clinicians, on=card)
    assert "acknowledge the case first" in str(house.lee.toast)


async def test_not_reached_comes_back(house: House) -> None:
    await urgent(house)
    await house.lee.taps("Acknowledge", "Could not reach", chat=house.clinicians)
    house.clinicians.read()
    await house.forward(hours=3, minutes=59)
    house.clinicians.nothing_more()
    await house.forward(minutes=1)
    house.clinicians.expect_only("Last attempt: not reached")


async def test_acknowledged_without_an_outcome_comes_back(house: House) -> None:
    await urgent(house)
    await house.lee.taps("Acknowledge", chat=house.clinicians)
    house.clinicians.read()
    await house.forward(hours=23, minutes=59)
    house.clinicians.nothing_more()
    await house.forward(minutes=1)
    house.clinicians.expect("Nurse Lee took this on .* no outcome has been recorded. It is open again")
    house.lee.expect("no outcome has been recorded")


async def test_unacknowledged_it_repeats_until_somebody_does(house: House) -> None:
    ann = await house.joined(begins=False)
    await ann.presses("Help now")
    house.clinicians.expect("EMERGENCY")
    for minutes, words in (
        (10, "Second message"),
        (10, "Repeated 2 times"),
        (10, "Repeated 3 times"),
        (30, "Repeated 4"),
    ):
        await house.forward(minutes=minutes - 1)
        house.clinicians.nothing_more()
        await house.forward(minutes=1)
        again = house.clinicians.expect_only(words)[0]
        assert not again.silent
    await house.lee.taps("Acknowledge", chat=house.clinicians)
    house.clinicians.read()
    await house.forward(minutes=59)
    house.clinicians.nothing_more()


async def test_what_is_no_worse_is_edited_in_and_what_is_worse_speaks_anew(house: House) -> None:
    ann, card = await urgent(house)
    await ann.says("And I could not work today")
    edited = house.clinicians.expect_only("could not work today")[0]
    assert edited.message == card.message
    await house.lee.taps("Acknowledge", chat=house.clinicians)
    house.clinicians.read()
    await ann.presses("Help now")
    anew = house.clinicians.expect_only("EMERGENCY.*grade 3 of 4.*Help now pressed")[0]
    assert anew.message != card.message
    assert not house.clinicians.shows(card), "the older card is taken back"
    assert anew.has("Acknowledge"), "what was owned was something smaller"


async def test_the_clinicians_chat_never_shows_a_name_or_a_telegram_id(house: House) -> None:
    ann, _ = await urgent(house, "Annabel Unmistakable")
    await ann.says("I do not feel well")
    await ann.presses("Help now")
    await ann.says("/stop")
    await ann.taps("Yes, stop")
    everything = " ".join(said.text + " ".join(said.data) for said in house.clinicians.everything)
    assert "Unmistakable" not in everything
    assert str(ann.id) not in everything
    assert all(said.protected for said in house.clinicians.everything)
