"""Who may not write to a patient, and what goes to nobody."""

from __future__ import annotations

import pytest

from clinic.ward import Ward
from storage.clinics import find_staff, remove_staff
from storage.queues import Event
from tests.stories.house import House
from tests.stories.test_cases import urgent
from tests.stories.test_talk import messages

STRANGERS = "Only people of this clinic can write to its patients. Nothing was sent."


async def test_nobody_but_the_clinics_staff_writes_to_its_patients(house: House) -> None:
    ann, card = await urgent(house)
    far = await house.person("Dr Far", role="clinician")
    await house.found("Far Clinic", far)
    eve = await house.person("Eve")
    for person in (eve, far):
        await house.call("POST", f"/chats/{house.clinicians.chat}/members", person=person.id, status="member")
        await person.says("Take two", chat=house.clinicians.chat, reply_to=card.message)
        house.clinicians.expect_only(STRANGERS)
        for data in (f"write:{ann.code}", f"line-send:{ann.code}:0", f"write-back:{ann.code}", "write:NOBODY"):
            await person.forges(data, chat=house.clinicians)
            assert person.toast is not None
    await ann.forges(f"write:{ann.code}")
    await ann.forges("answer:1")
    ann.nothing_more()
    assert await messages(house) == []
    refused = await house.look(lambda session: session.query(Event).filter(Event.name == "refused").count())
    assert refused >= 8


async def test_removed_staff_write_to_nobody(house: House) -> None:
    ann, card = await urgent(house)
    await house.lee.taps("Write to patient", chat=house.clinicians)

    def remove(ward: Ward) -> None:
        for post in find_staff(ward.work.session, house.lee.id):
            remove_staff(ward.work, post)

    await house.write(remove)
    house.lee.read()
    await house.lee.says("Too late")
    house.lee.expect_only("invitation only")
    await house.lee.says("Too late", chat=house.clinicians.chat, reply_to=card.message)
    house.clinicians.expect_only(STRANGERS)
    ann.nothing_more()


async def test_a_reply_to_anything_else_goes_to_nobody(house: House) -> None:
    ann, card = await urgent(house)
    bound = next(said for said in house.clinicians.everything if "Alerts of" in said.text)
    await house.lee.says("For whom?", chat=house.clinicians.chat, reply_to=bound.message)
    house.clinicians.expect_only("belongs to no case, so nothing was sent")
    hers = await house.grey.says("/oncall", chat=house.clinicians.chat)
    house.clinicians.read()
    await house.lee.says("To a colleague", chat=house.clinicians.chat, reply_to=hers)
    await house.lee.does("photo", chat=house.clinicians.chat)
    number = await house.lee.says("Hello", chat=house.clinicians.chat, reply_to=card.message)
    ann.expect_only("Hello")
    house.clinicians.read()
    await house.lee.does("edit", chat=house.clinicians.chat, message=number, text="Hello Ann")
    house.clinicians.expect_only("An edit does not change what the patient has read")
    ann.nothing_more()


async def test_an_anonymous_admin_is_asked_for_a_name(house: House) -> None:
    ann, card = await urgent(house)
    await house.call(
        "POST", f"/chats/{house.clinicians.chat}/members", person=house.lee.id, status="administrator",
        anonymous=True,
    )  # fmt: skip
    await house.lee.says("Hello", chat=house.clinicians.chat, reply_to=card.message)
    house.clinicians.expect_only("without a name, so I cannot tell who you are")
    ann.nothing_more()


async def test_a_message_that_cannot_arrive_is_told_to_its_writer(house: House) -> None:
    house.allows("failed")
    ann, card = await urgent(house)
    await ann.does("block")
    house.clinicians.read()
    await house.lee.says("Hello?", chat=house.clinicians.chat, reply_to=card.message)
    house.clinicians.expect_only(f"{ann.code} has blocked Steady: a message would not arrive")
    await ann.does("unblock")
    house.world.people[ann.id].deactivated = True  # nobody tells us: the message itself finds out
    await house.lee.says("Hello again?", chat=house.clinicians.chat, reply_to=card.message)
    house.clinicians.expect("Nurse Lee wrote, and it could not be delivered")
    house.lee.expect_only(f"Your message to case {ann.code} could not be delivered.*Please call")


@pytest.mark.parametrize("status", ["invited", "joining"])
async def test_who_has_not_joined_can_or_cannot_be_written_to(house: House, status: str) -> None:
    ann = await house.invite()
    if status == "invited":
        await house.lee.forges(f"write:{ann.code}", chat=house.clinicians)
        assert "has not joined yet" in str(house.lee.toast)
        return
    await ann.opens_the_link()
    await ann.taps("English", *["Read on"] * 4, "I agree", "No$", "Not sure", *["No$"] * 6)
    card = house.clinicians.expect(f"case {ann.code}")
    ann.read()
    await house.lee.says("Which tablets do you mean?", chat=house.clinicians.chat, reply_to=card.message)
    ann.expect("Which tablets do you mean")
    await ann.says("The white ones")
    ann.expect_only("passed this to your team")
    house.clinicians.expect("answers:.*The white ones")
    assert [one for one, _ in await messages(house)] == ["out", "in"]
