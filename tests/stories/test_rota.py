"""Who is on call, and what a clinic has chosen: said, shown, refused."""

from __future__ import annotations

import pytest

from clinic.ward import Ward
from storage.clinics import find_staff, remove_staff
from tests.stories.duty import DUTY, events, on_duty, page
from tests.stories.house import House


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
