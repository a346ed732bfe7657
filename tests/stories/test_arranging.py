"""What people arrange about a case: put it off, hand it over, look back; and who cannot."""

from __future__ import annotations

from tests.stories.duty import events, on_duty, page, urgent
from tests.stories.house import House


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
    await house.lee.taps("2 ›", chat=house.clinicians)
    pages = history.text + house.clinicians.expect_only("Page 2 of 2")[0].text
    assert pages.count("Unread words") == 10


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
