"""Routes die: a chat is deleted, the bot thrown out, a right lost, a person blocks. Another way is used at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clinic.ward import Ward
from storage.clinics import get_clinic
from storage.reading import Session
from storage.routes import failing_routes
from tests.stories.house import House
from tests.stories.people import Patient


async def page(house: House) -> Patient:
    ann = await house.joined(begins=False)
    await ann.presses("Help now")
    ann.read()
    return ann


async def failing(house: House) -> list[tuple[int, str | None]]:
    routes = await house.look(lambda session: failing_routes(session, house.clinic_id))
    return [(route.chat_id, route.trouble) for route in routes]


async def kill(house: House, how: str) -> None:
    chat = house.clinicians.chat
    if how == "deleted":
        await house.call("POST", f"/chats/{chat}/delete")
    elif how == "thrown out":
        await house.call("POST", f"/chats/{chat}/remove_bot")
    else:
        await house.fault("status", status=403, chat=chat)
    await house.settle()


@pytest.mark.parametrize("how", ["deleted", "thrown out", "refused"])
async def test_a_page_finds_another_way_at_once(house: House, how: str) -> None:
    house.allows("failed")
    await kill(house, how)
    began = house.clock.now()
    ann = await page(house)
    await house.forward(seconds=59)
    told = [person for person in (house.grey, house.lee) if any(ann.code in said.text for said in person.new)]
    assert house.grey in told
    assert how in ("thrown out", "deleted") or house.lee in told, "everybody, while the chat takes nothing"
    house.grey.expect("clinicians' chat")
    assert house.clock.now() - began < timedelta(seconds=60)
    assert how == "refused" or not house.clinicians.new
    await house.grey.taps("Acknowledge")
    house.grey.expect("Dr Grey has this")
    assert (await house.cases(ann))[0].state.value == "acknowledged"


@pytest.mark.parametrize("how", ["thrown out", "deleted"])
async def test_a_page_that_is_open_already_is_shown_elsewhere_when_its_chat_dies(house: House, how: str) -> None:
    house.allows("failed")
    ann = await page(house)
    house.clinicians.expect("EMERGENCY")
    await kill(house, how)
    house.grey.expect(ann.code)
    await house.grey.taps("Acknowledge")
    assert (await house.cases(ann))[0].owner_id is not None


async def test_the_admins_are_told_once_and_the_operator_too(house: House) -> None:
    house.allows("failed")
    await house.write(lambda ward: _operator(ward, house.lee.id))
    await house.fault("status", status=403, chat=house.clinicians.chat)
    await page(house)
    await house.forward(minutes=30)
    assert len([text for text in house.grey.read() if "cannot be delivered" in text]) == 1
    assert len([text for text in house.lee.read() if "A route to the clinicians" in text]) == 1


def _operator(ward: Ward, chat: int) -> None:
    from clinic.operator import OPERATOR_CHAT
    from storage.marks import set_chat_mark

    set_chat_mark(ward.work, OPERATOR_CHAT, chat)


async def test_a_quarter_hourly_test_finds_a_dead_route_before_an_alert_does(house: House) -> None:
    await house.steady.watch.routes.run()
    assert await failing(house) == []
    house.nothing_more()
    chat = house.clinicians.chat
    house.world.chats[chat].members[house.world.bot.id].status = "restricted"
    house.world.chats[chat].members[house.world.bot.id].rights = {"can_send_messages": False}
    await house.steady.watch.routes.run()
    await house.settle()
    assert await failing(house) == [(chat, "no right to write")]
    house.grey.expect_only("cannot be delivered to the clinicians' chat")
    await house.steady.watch.routes.run()
    await house.settle()
    house.nothing_more()


def events(session: Session) -> int:
    return int(session.connection().exec_driver_sql("select count(*) from events").scalar_one())


async def test_a_look_each_minute_finds_a_dead_chat_and_writes_nothing_while_it_lives(house: House) -> None:
    house.steady.watch.stop()
    await house.joined(begins=False)
    before = await house.look(events)
    for _ in range(3):
        await house.steady.watch.look_at_chats()
    assert await house.look(events) == before
    await house.steady.watch.heartbeat.beat()
    assert "chat" not in await house.steady.watch.heartbeat.ailments()
    await house.fault("status", status=400, says="Bad Request: chat not found", chat=house.clinicians.chat)
    await house.steady.watch.look_at_chats()
    await house.settle()
    house.grey.expect_only("cannot be delivered to the clinicians' chat")
    assert "chat" in await house.steady.watch.heartbeat.ailments()
    after = await house.look(events)
    await house.steady.watch.look_at_chats()
    assert await house.look(events) == after, "what is known to be dead is the quarter-hourly test's"


async def test_a_clinic_that_has_patients_is_not_well_without_a_chat(house: House) -> None:
    house.steady.watch.stop()
    moss = await house.person("Dr Moss", role="clinician")
    await house.found("Hill Clinic", moss)  # no chat yet, and nobody whose alerts would need one
    assert "chat" not in await house.steady.watch.heartbeat.ailments()
    await house.joined(begins=False)
    assert "chat" not in await house.steady.watch.heartbeat.ailments()
    await kill(house, "thrown out")
    assert "chat" in await house.steady.watch.heartbeat.ailments()
    house.grey.read()


async def test_a_route_that_works_again_gets_what_it_missed(house: House) -> None:
    house.allows("failed")
    await house.fault("status", status=403, chat=house.clinicians.chat)
    ann = await page(house)
    house.clinicians.nothing_more()
    await house.call("DELETE", "/faults")
    await house.steady.watch.routes.run()
    await house.settle()
    house.clinicians.expect(f"EMERGENCY.*{ann.code}")
    house.grey.expect("takes messages again")
    assert await failing(house) == []


async def test_a_clinician_who_blocks_is_noticed_and_passed_over(house: House) -> None:
    moss = await house.person("Dr Moss", role="clinician")
    await house.write(lambda ward: _hire(ward, house, moss.id))
    await house.grey.says("/oncall set 1 Lee daily 00:00-24:00")
    await house.grey.says("/oncall set 2 Moss daily 00:00-24:00")
    house.grey.read()
    await house.lee.does("block")
    house.grey.expect_only("Nurse Lee of Harbour Clinic cannot be reached")
    await page(house)
    await house.forward(minutes=20)
    moss.expect("EMERGENCY")
    await house.lee.does("unblock")
    assert await failing(house) == []


def _hire(ward: Ward, house: House, telegram_id: int) -> None:
    from storage.clinics import add_staff
    from storage.tables import Role

    clinic = get_clinic(ward.work.session, house.clinic_id)
    add_staff(ward.work, clinic, telegram_id=telegram_id, name="Dr Moss", role=Role.CLINICIAN)


async def test_a_page_to_somebody_who_cannot_be_reached_is_not_waited_for(house: House) -> None:
    house.allows("failed")
    moss = await house.person("Dr Moss", role="clinician")
    await house.write(lambda ward: _hire(ward, house, moss.id))
    await house.grey.says("/oncall set 1 Lee daily 00:00-24:00")
    await house.grey.says("/oncall set 2 Moss daily 00:00-24:00")
    house.grey.read()
    await house.fault("status", status=403, chat=house.lee.id)
    await page(house)
    await house.forward(minutes=10)
    house.lee.nothing_more()
    moss.expect("EMERGENCY")


async def test_a_second_chat_that_is_lost_is_told_and_its_step_goes_to_the_admins(house: House) -> None:
    ward = await house.room("supergroup", house.grey, house.lee, title="Ward")
    await house.grey.taps("As the second", chat=ward)
    await house.call("POST", f"/chats/{ward.chat}/remove_bot")
    await house.settle()
    house.grey.expect_only("removed from the second chat")
    await page(house)
    await house.forward(minutes=20)
    house.grey.expect("EMERGENCY")


async def test_a_group_that_becomes_a_supergroup_keeps_its_cards(house: House) -> None:
    group = await house.room("group", house.grey, house.lee)
    await house.grey.taps("Yes, for Harbour", chat=group)
    ann = await page(house)
    group.expect("EMERGENCY")
    moved = await house.call("POST", f"/chats/{group.chat}/migrate")
    assert moved
    await house.forward(minutes=10)
    new = house.world.chats[group.chat].migrated_to
    assert new is not None
    assert any(ann.code in (one.text or "") for one in house.world.chats[new].messages.values())
    assert await failing(house) == []


async def test_another_chat_shows_what_is_open_from_the_moment_it_is_bound(house: House) -> None:
    ann = await page(house)
    house.clinicians.expect("EMERGENCY")
    new = await house.room("supergroup", house.grey, house.lee)
    await house.grey.taps("Yes, for Harbour", chat=new)
    new.expect(f"EMERGENCY.*{ann.code}")
    await house.lee.taps("Acknowledge", chat=new)
    house.clinicians.nothing_more()


async def test_a_card_that_cannot_be_said_is_said_plainly(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.allows("failed", "error")
    real = type(house.content.texts).say

    def broken(self: object, key: str, *more: object) -> str:
        if key == "card-line":
            raise KeyError("a translator's mistake")
        return real(self, key, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(type(house.content.texts), "say", broken)
    ann = await page(house)
    plain = house.clinicians.expect_only(f"Case {ann.code}: emergency. The full message could not be shown")[0]
    house.grey.expect("could not be put into words")
    await house.lee.taps("Acknowledge", chat=house.clinicians, on=plain)
    assert (await house.cases(ann))[0].state.value == "acknowledged"


async def test_a_patient_out_of_reach_is_a_case_told_once(house: House) -> None:
    house.allows("failed")
    ann = await house.joined(regimen="opioid-50", day=20)
    await house.fault("status", status=403, chat=ann.id)
    await house.until("09:00")
    house.clinicians.expect("Urgent.*Cannot be reached by Telegram")
    await house.lee.taps("Acknowledge", "Advice given", chat=house.clinicians)
    house.clinicians.read()
    await house.forward(hours=24)
    assert not any("Cannot be reached" in text for text in house.clinicians.read())


async def test_a_channel_that_takes_the_right_to_post_away_is_left_for_another_way_at_once(house: House) -> None:
    channel = await house.room("channel", house.grey, house.lee)
    await house.grey.taps("Yes, for Harbour", chat=channel)
    ann = await page(house)
    channel.expect("EMERGENCY")
    await house.call("POST", f"/chats/{channel.chat}/rights", can_post_messages=False)
    await house.settle()
    assert await failing(house) == [(channel.chat, "no right to write")]
    for person in (house.grey, house.lee):
        person.expect(ann.code)


@pytest.mark.parametrize("says", ["Bad Request: TOPIC_CLOSED", "Bad Request: message thread not found"])
async def test_a_closed_topic_is_a_dead_route(house: House, says: str) -> None:
    house.allows("failed")
    await house.fault("status", status=400, says=says, method="^sendMessage$", chat=house.clinicians.chat)
    ann = await page(house)
    for person in (house.grey, house.lee):
        person.expect(ann.code)
    house.grey.expect("cannot be delivered to the clinicians' chat")
    assert await failing(house)
