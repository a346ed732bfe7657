"""Chats come, go and change their ids; letters find their way."""

from __future__ import annotations

import pytest

from clinic.letters import tell_clinic, words
from clinic.ward import Ward
from storage.clinics import get_clinic
from storage.outbox import count_owed
from storage.queues import Lane
from tests.stories.house import House
from tests.stories.people import Chat


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
@pytest.mark.parametrize("who", ["a stranger", "a patient", "a clinician"])
async def test_a_foreign_chat_is_left_without_a_word(house: House, kind: str, who: str) -> None:
    people = {"a stranger": house.person("Eve"), "a patient": house.joined()}
    by = await people.pop(who) if who in people else house.lee
    for unused in people.values():
        unused.close()
    made = await house.call("POST", "/chats", kind=kind, title="Friends", members=[by.id])
    await house.call("POST", f"/chats/{made['id']}/add_bot", admin=True, by=by.id)
    await house.settle()
    Chat(house, int(made["id"])).nothing_more()
    assert not house.world.chats[int(made["id"])].members[house.world.bot.id].is_in
    by.read()


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_an_admin_binds_another_chat(house: House, kind: str) -> None:
    new = await house.room(kind, house.grey, house.lee)
    new.expect("Shall the clinicians' alerts come to this chat")
    await house.lee.taps("Yes, for Harbour", chat=new)
    assert house.lee.toast == "That is not yours to do."
    await house.grey.taps("Yes, for Harbour", chat=new)
    new.expect_only("Alerts of Harbour Clinic come to this chat")
    ann = await house.joined()
    await ann.presses("Help now")
    new.expect("EMERGENCY")
    house.clinicians.nothing_more()
    await house.lee.taps("Acknowledge", chat=new)
    new.expect("Nurse Lee has this")


async def test_a_group_that_becomes_a_supergroup_keeps_its_alerts(house: House) -> None:
    group = await house.room("group", house.grey, house.lee)
    await house.grey.taps("Yes, for Harbour", chat=group)
    ann = await house.joined()
    await ann.says("something small")
    group.expect("Routine")
    moved = await house.call("POST", f"/chats/{group.chat}/migrate")
    await ann.presses("Help now")
    new = Chat(house, int(moved["migrated_to"] or moved["id"]))
    new.expect("EMERGENCY")
    await house.lee.taps("Acknowledge", chat=new)
    new.expect("Nurse Lee has this")
    await ann.says("thank you")
    assert len([said for said in new.new if "thank you" in said.text]) == 1


async def test_a_patient_who_blocks_is_told_to_the_clinic_once_and_may_return(house: House) -> None:
    house.allows("failed")
    ann = await house.joined(regimen="opioid-50", day=20)
    ann.read()
    await ann.does("block")
    house.clinicians.expect(f"Urgent.*case {ann.code}.*Cannot be reached by Telegram")
    await house.lee.taps("Acknowledge", "Advice given", chat=house.clinicians)
    house.clinicians.read()
    await house.until("12:00")
    house.clinicians.nothing_more()
    await ann.does("unblock")
    ann.read()
    await house.until("09:00")
    assert ann.new, "the daily question goes on"


async def test_without_the_clinicians_chat_alerts_go_to_the_admin_in_private(house: House) -> None:
    ann = await house.joined()
    await house.call("POST", f"/chats/{house.clinicians.chat}/remove_bot")
    await house.settle()
    house.grey.expect_only("was removed from the clinicians' chat")
    await ann.presses("Help now")
    house.grey.expect("EMERGENCY")
    await house.grey.taps("Acknowledge")
    house.grey.expect("Dr Grey has this")


async def test_a_chat_that_takes_nothing_is_told_to_everybody_in_private(house: House) -> None:
    house.allows("failed")
    ann = await house.joined()
    await house.fault("status", status=403, chat=house.clinicians.chat)
    await ann.presses("Help now")
    for person in (house.grey, house.lee):
        person.expect("EMERGENCY")
    house.grey.expect("cannot be delivered to the clinicians' chat")
    await house.lee.taps("Acknowledge")
    assert (await house.cases(ann))[0].state.value == "acknowledged"


async def test_one_chats_flood_limit_holds_up_nobody_else(house: House) -> None:
    ann, kim = await house.joined(), await house.joined("Kim")
    await house.fault("429", retry_after=30, chat=ann.id, times=1)
    await ann.says("one")
    await ann.says("/today")
    await kim.says("two")
    kim.expect_only("passed this to your team")
    ann.nothing_more()
    await house.forward(seconds=29)
    ann.nothing_more()
    await house.forward(seconds=1)
    ann.expect("passed this to your team")
    ann.expect_only("planned for 09:00")


@pytest.mark.parametrize("kind", ["timeout_before", "reset", "reset_after", "half_json", "status_after", "html"])
async def test_a_letter_whose_fate_is_unknown_comes_at_most_once_more(house: House, kind: str) -> None:
    house.allows("error")  # the library says so when an answer is no JSON
    ann = await house.joined()
    await house.fault(kind, method="sendMessage", chat=ann.id, times=1, seconds=0.01)
    await ann.says("hello")
    await house.forward(minutes=1)
    assert 1 <= len(ann.read()) <= 2


async def test_a_card_that_was_deleted_is_shown_anew(house: House) -> None:
    ann = await house.joined()
    await ann.says("something small")
    card = house.clinicians.expect("Routine")
    await house.call("POST", f"/chats/{house.clinicians.chat}/delete_message", message=card.message)
    await ann.says("and more")
    anew = house.clinicians.expect_only("Routine.*and more")[0]
    await ann.says("and yet more")
    assert house.clinicians.expect_only("and yet more")[0].message == anew.message


@pytest.mark.parametrize("times", [3, pytest.param(200, marks=pytest.mark.nightly)])
async def test_a_letter_on_its_way_to_a_group_that_moves_arrives_in_the_same_attempt(
    house: House, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """B4: the new id is Telegram's own answer to the letter; no update has told of it yet."""
    for number in range(times):
        group = await house.room("group", house.grey, house.lee, title=f"Ward {number}")
        await house.grey.taps("Yes, for Harbour", chat=group)
        foreign = await house.call("POST", "/chats", kind="group", title="Friends")
        with monkeypatch.context() as unread:
            unread.setattr(house.steady.worker, "_may_work", lambda: False)
            await house.call("POST", f"/chats/{foreign['id']}/migrate")
            moved = await house.call("POST", f"/chats/{group.chat}/migrate")
            new = int(moved["migrated_to"] or moved["id"])
            await house.write(lambda ward, n=number: _tell(ward, house.clinic_id, f"Page {n}"))  # type: ignore[misc]
            while await house.look(lambda session: count_owed(session, now=house.clock.now())):
                await house.steady.sender.look()
                await house.steady.sender.idle()
            texts = [one.text or "" for one in house.world.chats[new].messages.values()]
            assert sum(f"Page {number}" in text for text in texts) == 1
            assert await house.look(lambda session: get_clinic(session, house.clinic_id).clinicians_chat) == new
        await house.settle()
    for person in (house.grey, house.lee):
        person.read()


def _tell(ward: Ward, clinic_id: int, text: str) -> None:
    clinic = get_clinic(ward.work.session, clinic_id)
    tell_clinic(ward, clinic, words("written-failed", code=text), lane=Lane.PAGE)
    ward.work.record("told")
