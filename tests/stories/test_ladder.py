"""Whom an alert reaches, and when: the ladder, the second chat, the digest."""

from __future__ import annotations

from datetime import timedelta

from storage.audit import find_breaches
from tests.stories.duty import events, on_duty, page, urgent
from tests.stories.house import House


async def test_a_page_climbs_from_the_chat_to_everybody_on_time(house: House) -> None:
    moss = await on_duty(house)
    ann = await page(house)
    house.nothing_more()
    await house.forward(minutes=9, seconds=59)
    house.nothing_more()
    await house.forward(seconds=1)  # 10 minutes: again, and tier 1
    house.clinicians.expect_only("Second message")
    house.lee.expect_only(f"EMERGENCY.*{ann.code}")
    moss.nothing_more()
    await house.forward(minutes=10)  # 20: tier 2, and the second channel: no second chat, so the admins
    house.clinicians.expect_only("Repeated 2 times")
    for person in (house.lee, moss, house.grey):
        person.expect_only("EMERGENCY")
    await house.forward(minutes=10)  # 30: the admins
    for chat in (house.clinicians, house.lee, moss, house.grey):
        chat.expect_only("Repeated 3 times")
    for times in range(4, 9):  # and then every half hour, for ever
        await house.forward(minutes=29, seconds=59)
        house.nothing_more()
        await house.forward(seconds=1)
        for chat in (house.clinicians, house.lee, moss, house.grey):
            assert not chat.expect_only(f"Repeated {times} times")[0].silent


async def test_acknowledging_in_private_edits_every_copy_in_place(house: House) -> None:
    moss = await on_duty(house)
    await page(house)
    await house.forward(minutes=30)
    copies = {chat: chat.last for chat in (house.clinicians, house.lee, moss, house.grey)}
    for chat in copies:
        chat.read()
        assert copies[chat].has("Acknowledge")
    await moss.taps("Acknowledge")
    for chat, copy in copies.items():
        owned = chat.expect_only("Dr Moss has this since")[0]
        assert owned.message == copy.message
        assert not owned.has("Acknowledge")
    await house.lee.forges(copies[house.lee].data[0], on=copies[house.lee])
    assert house.lee.toast == "Dr Moss has this case."
    await house.forward(minutes=59)
    house.nothing_more()


async def test_an_older_copy_is_taken_back_when_a_newer_one_comes(house: House) -> None:
    await on_duty(house)
    await page(house)
    await house.forward(minutes=10)
    first = house.lee.expect("EMERGENCY")
    await house.forward(minutes=10)
    assert not house.lee.shows(first)
    assert house.lee.shows(house.lee.expect("EMERGENCY"))


async def test_the_second_chat_is_told_at_20_minutes_and_can_acknowledge(house: House) -> None:
    await on_duty(house)
    ward = await house.room("supergroup", house.grey, house.lee, title="Ward")
    offered = ward.expect("Shall the clinicians' alerts come to this chat")
    assert offered.has("As the second chat of Harbour")
    await house.lee.taps("As the second", chat=ward)
    assert house.lee.toast == "That is not yours to do."
    await house.grey.taps("As the second", chat=ward)
    ward.expect_only("comes here too from now on. Set by Dr Grey")
    await page(house)
    await house.forward(minutes=19)
    ward.nothing_more()
    await house.forward(minutes=1)
    ward.expect_only("EMERGENCY")
    house.grey.nothing_more()
    await house.lee.taps("Acknowledge", chat=ward)
    ward.expect_only("Nurse Lee has this")
    assert any("Nurse Lee has this" in text for text in house.clinicians.read())


async def test_an_urgent_case_climbs_slower_and_pages_once_it_is_out_of_time(house: House) -> None:
    moss = await on_duty(house)
    await urgent(house)
    await house.forward(hours=1, minutes=59)
    house.nothing_more()
    await house.forward(minutes=1)
    assert not house.lee.expect_only("Urgent, today")[0].silent
    house.clinicians.expect_only("Second message")
    moss.nothing_more()
    await house.forward(hours=4)
    moss.expect_only("Urgent, today")
    house.lee.expect_only("Urgent, today")
    await house.forward(hours=4)
    house.grey.expect("Urgent, today")
    for _ in range(3):
        moss.read()
        await house.forward(hours=4)
        moss.expect_only("Urgent, today")


async def test_a_routine_case_is_shown_without_a_sound_and_speaks_in_one_digest_a_day(house: House) -> None:
    ann, kim = await house.joined(begins=False), await house.joined("Kim", begins=False)
    for patient in (ann, kim):
        await patient.says("I have a question about my holiday")
        assert house.clinicians.expect(f"Routine · case {patient.code}").silent
        patient.read()
    await house.until("07:59")
    house.nothing_more()
    for day in range(3):
        await house.forward(minutes=1)
        digest = house.clinicians.expect_only(f"Daily digest.*2 routine cases.*{ann.code}.*{kim.code}")[0]
        assert not digest.silent, "once a day it may ring"
        assert digest.text.count(ann.code) == 1, day
        await house.forward(hours=23, minutes=59)
        house.nothing_more()


async def test_nothing_open_is_no_digest(house: House) -> None:
    await house.forward(hours=48)
    house.nothing_more()
    assert await events(house, "digest-empty") == 2


async def test_a_case_without_an_outcome_comes_back_and_climbs_again(house: House) -> None:
    moss = await on_duty(house)
    await page(house)
    await house.lee.taps("Acknowledge", chat=house.clinicians)
    house.clinicians.read()
    await house.forward(minutes=59)
    house.nothing_more()
    await house.forward(minutes=1)
    house.clinicians.expect_only("Nurse Lee took this on .*no outcome has been recorded")
    house.lee.expect_only("no outcome has been recorded")
    await house.forward(minutes=20)
    moss.expect_only("no outcome has been recorded")
    await moss.taps("Reached, safe")
    moss.expect_only("Closed: reached and safe")
    await house.forward(hours=2)
    moss.nothing_more()


async def test_getting_worse_is_never_held_back(house: House) -> None:
    """A patient who says it again and again is heard each time, in whatever state their case is."""
    ann, _ = await urgent(house)
    for number in range(12):
        if number % 3 == 1:
            await house.lee.taps("Acknowledge", chat=house.clinicians)
            house.clinicians.read()
        await ann.forges("worse:headache")
        said = house.clinicians.expect("getting worse")
        assert not said.silent
        assert said.has("Acknowledge")
        house.clinicians.read()


async def test_a_level_never_drops_by_itself(house: House) -> None:
    ann = await page(house)
    await ann.says("I feel better now")
    await ann.forges("grade:0:headache:1")
    assert all("EMERGENCY" in text for text in house.clinicians.read())
    assert (await house.cases(ann))[0].level.word == "emergency"


async def test_an_alert_nobody_answers_goes_on_for_days(house: House) -> None:
    """Over HTTP, two days: no gap between two rings is longer than half an hour and a minute."""
    await on_duty(house)
    ann = await page(house)
    last = house.clock.now()
    for _ in range(96):
        await house.forward(minutes=31)
        case = (await house.cases(ann))[0]
        assert case.spoke_at is not None
        assert case.next_step_at is not None
        assert case.next_step_at - case.spoke_at <= timedelta(minutes=30)
        assert house.clock.now() - case.spoke_at <= timedelta(minutes=31)
        assert case.spoke_at > last - timedelta(minutes=31)
        last = case.spoke_at
    assert house.lee.new, "tier 1 has been told all along"
    assert await house.look(lambda session: find_breaches(session, now=house.clock.now())) == []
