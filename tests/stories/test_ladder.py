"""Whom an alert reaches, and when: the ladder, the rota, the second chat, and what people arrange about a case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clinic.ward import Ward
from storage.audit import find_breaches
from storage.clinics import add_staff, find_staff, get_clinic, remove_staff
from storage.queues import Event
from storage.reading import Session
from storage.tables import Role
from tests.stories.house import House
from tests.stories.people import Patient, Person, Said

DUTY = "/oncall set 1 Lee daily 00:00-24:00"


async def on_duty(house: House) -> Person:
    """Nurse Lee is tier 1, Dr Moss tier 2, Dr Grey the admin; return Dr Moss."""
    moss = await house.person("Dr Moss", role="clinician")
    await house.write(lambda ward: _hire(ward, house, moss))
    await house.grey.says(DUTY, chat=house.clinicians.chat)
    await house.grey.says("/oncall set 2 Moss daily 00:00-24:00", chat=house.clinicians.chat)
    house.clinicians.read()
    return moss


def _hire(ward: Ward, house: House, person: Person) -> None:
    clinic = get_clinic(ward.work.session, house.clinic_id)
    add_staff(ward.work, clinic, telegram_id=person.id, name=person.name, role=Role.CLINICIAN)


async def page(house: House) -> Patient:
    ann = await house.joined(begins=False)
    await ann.presses("Help now")
    ann.read()
    house.clinicians.expect("EMERGENCY")
    return ann


async def urgent(house: House) -> tuple[Patient, Said]:
    ann = await house.joined(begins=False)
    await ann.says("/report")
    await ann.taps("Headache", "^Bad$")
    ann.read()
    return ann, house.clinicians.expect("Urgent, today")


async def events(house: House, name: str) -> int:
    def count(session: Session) -> int:
        return session.query(Event).filter(Event.name == name).count()

    return await house.look(count)


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


async def test_with_an_empty_rota_everybody_is_told_and_told_why(house: House) -> None:
    await page(house)
    await house.forward(minutes=10)
    for chat in (house.clinicians, house.grey, house.lee):
        assert "Nobody is on call" in chat.expect_only("EMERGENCY")[0].text


async def test_a_rota_that_names_somebody_who_left_is_noticed_and_passed_over(house: House) -> None:
    await on_duty(house)

    def leave(ward: Ward) -> None:
        for post in find_staff(ward.work.session, house.lee.id):
            remove_staff(ward.work, post)

    await house.write(leave)
    await page(house)
    await house.forward(minutes=10)
    house.lee.nothing_more()
    house.grey.expect("Nobody is on call")
    await house.steady.watch.check_books()
    await house.settle()
    house.grey.expect("names people who no longer work here: Nurse Lee")
    await house.steady.watch.check_books()
    await house.settle()
    house.grey.nothing_more()
    await house.grey.says("/oncall", chat=house.clinicians.chat)
    house.clinicians.expect("no longer work here: Nurse Lee")
    await house.grey.says("/oncall clear 1 Lee", chat=house.clinicians.chat)
    assert "no longer" not in house.clinicians.expect("On call, Harbour").text


async def test_oncall_says_who_is_on_now_and_next(house: House) -> None:
    await house.grey.says("/oncall set 1 Nurse Lee mon-fri 08:00-18:00")
    house.grey.expect("On call, Harbour")
    await house.grey.says("/oncall set 1 grey daily 18:00-08:00")
    shown = house.grey.expect("On call, Harbour")
    assert "Tier 1 now: Nurse Lee" in shown.text
    assert "from Mon 1 Mar, 18:00: Dr Grey" in shown.text
    assert "Tier 2 now: ⚠ nobody" in shown.text
    await house.lee.says("/oncall cover 1 Grey 2027-03-01 07:00-12:00")
    assert "Tier 1 now: Dr Grey" in house.lee.expect("On call").text
    await house.grey.says("/oncall holiday 2027-03-02")
    house.grey.expect("is a holiday")
    await house.forward(hours=24)
    await house.lee.says("/oncall")
    assert "Tier 1 now: ⚠ nobody" in house.lee.expect("On call").text, "a Sunday, and nobody has Sundays"


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ("set", "Write it like one of these"),
        ("set 3 Lee daily 08:00-18:00", '"3" is no tier'),
        ("set 1 Nobody daily 08:00-18:00", 'Nobody called "Nobody" works here. There are: Dr Grey, Nurse Lee'),
        ("set 1 e daily 08:00-18:00", "could be more than one person: Dr Grey, Nurse Lee"),
        ("set 1 Lee someday 08:00-18:00", '"someday" are no weekdays'),
        ("set 1 Lee daily 8-18", '"8-18" are no hours'),
        ("cover 1 Lee 2020-01-01 08:00-18:00", "over already"),
        ("cover 1 Lee tomorrow 08:00-18:00", '"tomorrow" is no date'),
        ("holiday yesterday", '"yesterday" is no date'),
        ("dance", "Write it like one of these"),
    ],
)
async def test_a_rota_command_that_cannot_be_read_says_how_and_changes_nothing(
    house: House, said: str, refusal: str
) -> None:
    await house.grey.says(f"/oncall {said}")
    house.grey.expect_only(refusal)
    assert not any([await events(house, name) for name in ("shift-added", "cover-added", "holiday-set")])


async def test_only_an_admin_sets_the_rota_and_no_stranger_sees_it(house: House) -> None:
    await house.lee.says(DUTY)
    house.lee.expect_only("Only an admin")
    eve, ann = await house.person("Eve"), await house.joined()
    await eve.says("/oncall")
    eve.expect_only("by invitation only")
    await ann.says("/oncall")
    ann.expect_only("not yours")
    assert not await events(house, "oncall-shown")


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


async def test_a_snooze_has_a_name_and_an_end(house: House) -> None:
    await urgent(house)
    await house.lee.taps("Acknowledge", "Put off / hand over", chat=house.clinicians)
    house.clinicians.expect("Nurse Lee has this")
    offer = house.clinicians.expect("put it off, or ask a colleague")
    assert offer.labels == ("In 1 hour", "In 4 hours", "In 8 hours", "↪ Dr Grey")
    await house.lee.taps("In 4 hours", chat=house.clinicians, on=offer)
    house.clinicians.expect("is put off until Mon 1 Mar, 12:00 by Nurse Lee")
    house.clinicians.expect_only("⏸ Put off until Mon 1 Mar, 12:00 by Nurse Lee")
    await house.forward(hours=3, minutes=59)
    house.nothing_more()
    await house.forward(minutes=1)
    house.clinicians.expect_only("It is open again")
    for minutes in (481, 0, 99999):
        await house.lee.forges(f"put-off:1:{minutes}", chat=house.clinicians)
    assert (await events(house, "case-put-off")) == 1


async def test_a_page_is_put_off_for_a_quarter_of_an_hour_at_most_and_never_without_an_owner(house: House) -> None:
    ann = await page(house)
    await house.lee.forges("put-off:1:15", chat=house.clinicians)
    assert "acknowledge the case first" in str(house.lee.toast)
    await house.lee.taps("Acknowledge", chat=house.clinicians)
    await house.lee.forges("put-off:1:16", chat=house.clinicians)
    assert "15 minutes at most" in str(house.lee.toast)
    assert (await house.cases(ann))[0].snoozed_until is None


async def test_a_case_is_handed_over_when_the_colleague_accepts_and_not_before(house: House) -> None:
    moss = await on_duty(house)
    ann, card = await urgent(house)
    await house.lee.taps("Acknowledge", "Put off / hand over", "↪ Dr Moss", chat=house.clinicians)
    house.clinicians.expect("Dr Moss is asked to take it over")
    house.clinicians.expect("↪ Dr Moss is asked to take this over, and has not answered yet")
    asked = moss.expect_only(f"Nurse Lee asks you to take over case {ann.code}")[0]
    assert (await house.cases(ann))[0].owner.name == "Nurse Lee"  # type: ignore[union-attr]
    await house.grey.forges(asked.data[0], chat=house.clinicians, on=card)
    assert house.grey.toast == "Somebody else was asked to take this case over."
    await moss.taps("I take it")
    moss.expect_only("is yours. An outcome is still needed")
    house.lee.expect_only("Dr Moss has taken over case")
    house.clinicians.expect("Dr Moss has this since")
    await moss.forges(asked.data[0], on=asked)
    assert moss.toast == "Nobody is asked to take this case over any more."


async def test_a_colleague_who_declines_leaves_it_where_it_was(house: House) -> None:
    moss = await on_duty(house)
    ann, _ = await urgent(house)
    await house.lee.taps("Acknowledge", "Put off / hand over", "↪ Dr Moss", chat=house.clinicians)
    await moss.taps("Not now")
    house.lee.expect_only("Dr Moss cannot take case")
    case = (await house.cases(ann))[0]
    assert (case.owner.name, case.offered_to) == ("Nurse Lee", None)  # type: ignore[union-attr]
    await house.forward(hours=24)
    house.lee.expect("no outcome has been recorded")


async def test_the_history_of_a_case_is_a_tap_away(house: House) -> None:
    ann, _ = await urgent(house)
    await house.lee.taps("Acknowledge", "Reached, safe", chat=house.clinicians)
    for number in range(10):
        await ann.says(f"note {number}")
    house.clinicians.read()
    await house.lee.taps("History", chat=house.clinicians)
    history = house.clinicians.expect_only("from the first report on")[0]
    assert "1 Mar: urgent, reached and safe (Nurse Lee)" in history.text
    assert history.text.count("Message from the patient") == 10


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


async def test_a_clinic_chooses_its_waits_and_thresholds_and_it_is_on_record(house: House) -> None:
    await house.lee.says("/policy page-first 5")
    house.lee.expect_only("page-first is 5 from now on")
    await house.lee.says("/policy page-first 8")
    house.lee.expect_only("That is looser than now")
    await house.grey.says("/policy page-first 8")
    house.grey.expect_only("page-first is 8 from now on")
    await house.lee.says("/policy rule grade-severe 2")
    house.lee.expect_only("Rule grade-severe: urgent from 2")
    await house.lee.says("/policy rule crisis-help-now routine")
    house.lee.expect_only("cannot be made that much looser")
    await house.lee.says("/policy")
    assert "● page-first 8" in house.lee.expect("What Harbour Clinic has chosen").text
    ann = await house.joined(begins=False)
    await ann.says("/report")
    await ann.forges("grade:0:headache:2")
    house.clinicians.expect("Urgent, today")
    await ann.presses("Help now")
    house.clinicians.expect("EMERGENCY")
    await house.forward(minutes=8)
    house.clinicians.expect("Second message")
    assert (await events(house, "policy-set"), await events(house, "triage-set")) == (2, 1)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ("page-first", "Write it like one of these"),
        ("page-first 0", "page-first must be from 2 to 30"),
        ("page-first soon", "Write a whole number"),
        ("tea-time 5", 'nothing called "tea-time"'),
        ("digest 25:00", "must be from 00:00 to 23:59"),
        ("digest 8", "Write an hour like 07:30"),
        ("rule nonsense 2", 'There is no rule "nonsense"'),
        ("rule worse 2", "has no number"),
        ("rule grade-severe dire", "Write it like one of these"),
    ],
)
async def test_a_choice_that_cannot_be_is_refused_and_changes_nothing(house: House, said: str, refusal: str) -> None:
    await house.grey.says(f"/policy {said}")
    house.grey.expect_only(refusal)
    assert not any([await events(house, name) for name in ("policy-set", "triage-set")])


async def test_a_stranger_in_the_group_can_press_nothing(house: House) -> None:
    ann, card = await urgent(house)
    eve = await house.person("Eve")
    await house.call("POST", f"/chats/{house.clinicians.chat}/members", person=eve.id, status="member")
    for data in ("ack:1", "history:1", "arrange:1", "put-off:1:60", "hand:1:2", "take-over:1:yes", "storm:1",
                 "bind-second:1"):  # fmt: skip
        await eve.forges(data, chat=house.clinicians, on=card)
        assert eve.toast == "This works by invitation only.", data
        await ann.forges(data)
        assert ann.toast in ("That is not yours to do.", "This works in another chat."), (data, ann.toast)
    house.nothing_more()
    assert (await house.cases(ann))[0].state.value == "open"


async def test_old_buttons_of_a_closed_case_say_so(house: House) -> None:
    ann, card = await urgent(house)
    await house.lee.taps("Acknowledge", "Reached, safe", chat=house.clinicians)
    house.clinicians.read()
    for data in ("ack:1", "outcome:1:appointment", "arrange:1", "put-off:1:60", "hand:1:2", "take-over:1:yes"):
        await house.grey.forges(data, chat=house.clinicians, on=card)
        assert "closed already" in str(house.grey.toast), data
    house.nothing_more()
    assert (await house.cases(ann))[0].outcome.value == "reached-safe"  # type: ignore[union-attr]


async def test_an_anonymous_admin_is_nobody_and_is_told_how_to_be_somebody(house: House) -> None:
    chat = house.clinicians.chat
    await house.call("POST", f"/chats/{chat}/members", person=house.grey.id, status="administrator", anonymous=True)
    await house.grey.says(DUTY, chat=chat)
    house.clinicians.expect_only("sent in the name of a chat")
    assert not await events(house, "shift-added")


async def test_what_is_refused_is_on_record(house: House) -> None:
    eve = await house.person("Eve")
    await eve.says("/oncall")
    await house.lee.says("/policy page-first 30")
    await house.lee.says("/oncall set 9 Lee daily 08:00-18:00")
    assert await events(house, "refused") == 3
