"""Colleagues are let in by a link, a number and an admin, and lose everything at once when they leave."""

from __future__ import annotations

import re

import pytest

from storage.clinics import staff_of
from storage.reading import Session
from tests.stories.house import House
from tests.stories.people import Person
from tests.stories.test_cases import urgent


async def invited(house: House, name: str = "Amir") -> str:
    """Let the admin make an invitation; return the link's payload."""
    await house.grey.says(f"/staff invite {name}")
    said = house.grey.expect_only(f"Invitation to work for Harbour Clinic, for {name}.*t.me")[0]
    found = re.search(r"start=(team-\S+)", said.text)
    assert found is not None
    return found[1]


async def working(house: House) -> list[str]:
    def query(session: Session) -> list[str]:
        return sorted(post.name for post in staff_of(session, house.clinic_id))

    return await house.look(query)


async def let_in(house: House, name: str = "Amir") -> Person:
    token = await invited(house, name)
    amir = await house.person(name, role="clinician")
    await amir.says(f"/start {token}")
    await house.grey.taps("Yes, let in")
    amir.read()
    house.grey.read()
    return amir


async def test_a_colleague_is_let_in_by_link_number_and_admin(house: House) -> None:
    token = await invited(house)
    amir = await house.person("Amir", role="clinician")
    await amir.says(f"/start {token}")
    claimed = amir.expect_only(r"invited to work for Harbour Clinic as Amir.*this number: \d{4}")[0]
    number = re.search(r"\d{4}", claimed.text)
    assert number is not None
    house.grey.expect_only(f"Somebody has opened the invitation of Amir.*number {number[0]}")
    await amir.says("/cases")
    amir.expect_only("invitation only")
    assert "Amir" not in await working(house)
    await house.grey.taps("Yes, let in")
    amir.expect_only("You work for Harbour Clinic from now on")
    house.grey.expect_only("Amir works here from now on. Let in by Dr Grey")
    await amir.says("/cases")
    amir.expect_only("No open case")
    menus = [scope for scope in house.world.bot.commands if str(amir.id) in scope]
    assert len(menus) == 1
    assert {one["command"] for one in house.world.bot.commands[menus[0]]} >= {"cases", "patients", "report", "staff"}


async def test_a_link_works_once_for_a_day_and_only_with_a_yes(house: House) -> None:
    token = await invited(house)
    amir, eve = await house.person("Amir"), await house.person("Eve")
    await eve.says(f"/start {token}")
    eve.read()
    await amir.says(f"/start {token}")
    amir.expect_only("used already")
    await house.grey.taps("^No$")
    eve.expect_only("was not confirmed")
    house.grey.read()
    await house.grey.forges("staff-admit:1:yes")
    assert "decided already" in str(house.grey.toast)
    token = await invited(house)
    await house.forward(hours=25)
    await amir.says(f"/start {token}")
    amir.expect_only("no longer valid")
    await amir.says("/start team-made-up")
    amir.expect_only("invitation only")
    assert await working(house) == ["Dr Grey", "Nurse Lee"]


async def test_a_claim_is_confirmed_by_an_admin_of_that_clinic_only(house: House) -> None:
    token = await invited(house)
    amir, far = await house.person("Amir"), await house.person("Dr Far", role="clinician")
    await house.found("Far Clinic", far)
    await amir.says(f"/start {token}")
    for person in (amir, far, house.lee):
        await person.says("/help")
        await person.forges("staff-admit:1:yes")
        assert person.toast is not None
    assert "Amir" not in await working(house)
    await house.forward(hours=25)
    await house.grey.taps("Yes, let in")
    assert "no longer valid" in str(house.grey.toast)


async def test_the_list_shows_who_works_here_and_admins_set_tiers(house: House) -> None:
    await house.lee.says("/staff", chat=house.clinicians.chat)
    shown = house.clinicians.expect_only("Who works for Harbour Clinic.*Dr Grey · admin.*Nurse Lee · clinician")[0]
    assert shown.labels == ()
    await invited(house, "Kim")
    await house.grey.says("/staff")
    mine = house.grey.expect("Kim · invited, until")
    assert mine.labels == ("Dr Grey", "Nurse Lee")
    await house.grey.taps("Nurse Lee", "Tier 2")
    assert "Nurse Lee · clinician · tier 2" in house.grey.last.text
    await house.grey.taps("No tier", "Back")
    assert "tier" not in house.grey.last.text.split("Press a name")[0].replace("clinician", "")
    await house.lee.says("/help")
    house.lee.read()
    for data in ("staff:2", "staff-tier:2:1", "staff-leave:1", "staff-gone:1", "staff-tier:2:9"):
        await house.lee.forges(data)
        assert house.lee.toast is not None
    house.lee.nothing_more()


async def test_who_is_removed_loses_everything_at_once(house: House) -> None:
    ann, card = await urgent(house)
    await house.lee.taps("Acknowledge", chat=house.clinicians)
    await house.lee.says("/cases")
    await house.lee.taps(ann.code)
    mine = house.lee.expect("Urgent, today · case")
    await house.lee.taps("Write to patient", on=mine)
    await house.grey.says("/staff")
    house.lee.read()
    house.clinicians.read()
    await house.grey.taps("Nurse Lee", "^Remove", "Yes, remove")
    assert "Nurse Lee was removed by Dr Grey. Please take them out" in house.grey.last.text
    house.lee.expect_only("You no longer work for Harbour Clinic here")
    assert not house.lee.shows(mine), "the card in their own chat is taken back"
    anew = house.clinicians.expect("It is open again")
    assert anew.has("Acknowledge")
    for said in ("/cases", f"/patient {ann.code}", "/staff", "For the draft"):
        await house.lee.says(said)
        house.lee.expect_only("invitation only")
    await house.lee.forges("ack:1", chat=house.clinicians, on=anew)
    assert house.lee.toast == "This works by invitation only."
    assert not [scope for scope in house.world.bot.commands if str(house.lee.id) in scope]
    ann.read()
    await ann.presses("Help now")
    await house.forward(minutes=40)
    house.lee.nothing_more()
    assert card.labels
    assert await working(house) == ["Dr Grey"]


async def test_somebody_who_left_may_come_back(house: House) -> None:
    amir = await let_in(house)
    await house.grey.says("/staff")
    await house.grey.taps("Amir", "^Remove", "Yes, remove")
    amir.read()
    house.grey.read()
    token = await invited(house)
    await amir.says(f"/start {token}")
    await house.grey.taps("Yes, let in")
    assert "Amir" in await working(house)


REFUSED = {
    "another word": ("/staff dance", "Write it like one of these"),
    "no name": ("/staff invite", "add the colleague's name"),
    "too long a name": ("/staff invite " + "x" * 4000, "add the colleague's name"),
    "a name that is taken": ("/staff invite nurse  LEE", "Somebody called nurse LEE works here already"),
}


@pytest.mark.parametrize(("said", "answer"), REFUSED.values(), ids=list(REFUSED))
async def test_what_cannot_be_invited(house: House, said: str, answer: str) -> None:
    await house.grey.says(said)
    house.grey.expect_only(answer)


async def test_invitations_are_for_admins_in_private(house: House) -> None:
    await house.lee.says("/staff invite Eve")
    house.lee.expect_only("Only an admin")
    await house.grey.says("/staff invite Eve", chat=house.clinicians.chat)
    house.clinicians.expect_only("ask for it in your private chat")
    await house.grey.says("/staff")
    await house.grey.taps("Dr Grey", "^Remove")
    assert "the last admin" in str(house.grey.toast)
    names = '<b>"Amir" & Co</b>'
    await house.grey.says(f"/staff invite {names}")
    assert names in house.grey.last.text
