"""What the ledger keeps: other hours, corrections, undo, days that nobody asked about."""

from __future__ import annotations

import pytest

from care.calendar import local
from tests.stories.house import ZONE, House


async def test_taken_at_another_time_by_button_or_typed(house: House) -> None:
    ann = await house.joined()
    await house.until("11:00")
    await ann.taps("Taken", "At another time")
    asked = ann.expect("When was it")
    assert asked.labels[:4] == ("30 min ago", "1 hour ago", "2 hours ago", "3 hours ago")
    await ann.taps("2 hours ago")
    ann.expect("taken at 09:00")
    await ann.taps("At another time")
    ann.read()
    for typed, answer in (("25:99", "could not read"), ("23:00", "still ahead"), ("8.45", "taken at 08:45")):
        await ann.says(typed)
        ann.expect(answer)
    dose = (await house.ledger(ann))[0]
    assert dose.taken_at is not None
    assert local(dose.taken_at, ZONE).strftime("%H:%M") == "08:45"


async def test_yesterday_can_be_answered_and_corrected_and_keeps_its_history(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00", days=1)
    asked = ann.new[-1]
    assert asked.has("Yesterday: taken")
    await ann.taps("Yesterday: taken")
    assert await house.states(ann) == ["taken", "open"]
    await ann.presses("Today")
    yesterday = ann.expect("Yesterday: .*Recorded: taken")
    await ann.taps("Change this", on=yesterday)
    await ann.taps("Not today", "I forgot", on=yesterday)
    assert await house.states(ann) == ["skipped", "open"]
    history = await house.history((await house.ledger(ann))[0])
    assert history == [("open", "unknown"), ("unknown", "taken"), ("taken", "open"), ("open", "skipped")]


async def test_older_days_are_the_clinics_to_correct(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    old = ann.expect("daily check")
    await house.until("09:00", days=1)
    ann.read()
    await ann.taps("Taken", on=old)
    assert "too long ago" in str(ann.toast)
    assert (await house.states(ann))[0] == "unknown"


async def test_an_old_reminders_button_answers_its_own_day(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    old = ann.expect("daily check")
    await house.until("09:00")
    await ann.taps("Taken", on=old)
    assert await house.states(ann) == ["taken", "open"]


async def test_undo_opens_the_day_again(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    await ann.taps("Taken", "Undo")
    ann.expect("Today, planned for 09:00")
    assert await house.states(ann) == ["open"]
    await ann.taps("Taken")
    assert await house.states(ann) == ["taken"]


async def test_undone_before_its_hour_the_day_is_still_asked_about(house: House) -> None:
    ann = await house.joined()
    await ann.presses("Today")
    await ann.taps("Taken", "Undo")
    ann.read()
    await house.until("09:00")
    ann.expect_only("time for your daily check")


async def test_a_day_we_were_down_is_missed_by_us_and_nothing_stale_is_sent(house: House) -> None:
    ann = await house.joined()
    await house.stop_steady()
    house.clock.move_to(house.clock.now().replace(hour=23, minute=30))
    await house.call("PUT", "/clock", now=house.clock.now().isoformat())
    await house.start_steady()
    await house.settle()
    assert await house.states(ann) == ["missed-by-us", "open"]
    house.clinicians.expect("Steady was not at work")
    house.nothing_more()
    await house.until("09:00")
    ann.expect_only("time for your daily check")


async def test_telegram_being_away_all_day_blames_nobody(house: House) -> None:
    ann = await house.joined()
    await house.fault("status", status=502, method="sendMessage")
    await house.until("23:59")
    await house.call("DELETE", "/faults")
    await house.until("08:00")
    ann.nothing_more()
    assert await house.states(ann) == ["missed-by-us", "open"]


async def test_after_some_hours_away_the_newest_question_still_comes(house: House) -> None:
    ann = await house.joined()
    await house.fault("status", status=502, method="sendMessage")
    await house.until("10:00")
    await house.call("DELETE", "/faults")
    await house.until("10:30")
    assert ann.new, "what was owed comes late, but it comes"
    await ann.taps("Taken")
    assert await house.states(ann) == ["taken"]


@pytest.mark.parametrize("hours", [3, 13])
async def test_a_move_to_another_zone_moves_the_question(house: House, hours: int) -> None:
    ann = await house.joined()
    await ann.says("/settings")
    ann.expect("Daily message: 09:00.*Berlin.*Discreet")
    await ann.taps("Change the city")
    ann.read()
    city, zone = {3: ("Dubai", "Asia/Dubai"), 13: ("Honolulu", "Pacific/Honolulu")}[hours]
    await ann.says(city)
    ann.expect("Your clock")
    ann.read()
    await house.until("09:00", zone=zone)
    await ann.taps("Taken")
    ann.read()
    await house.until("09:00", zone=zone)
    ann.expect("09:00, time for")
    days = [dose.day for dose in await house.ledger(ann)]
    assert days == sorted(set(days)), "each day once"
