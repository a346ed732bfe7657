"""Where, when and how: what people type when they join, and what they meant."""

import pytest

from tests.stories.house import House
from tests.stories.people import Patient


async def at_the_zone(house: House) -> Patient:
    ann = await house.invite()
    await ann.opens_the_link()
    await ann.taps("English", *["Read on"] * 4, "I agree$", *["No$"] * 8)
    ann.read()
    return ann


async def test_a_city_may_be_typed(house: House) -> None:
    ann = await at_the_zone(house)
    await ann.says("Atlantis under the sea")
    ann.expect_only("could not find that place.*what time it is")
    await ann.says("lisbon")
    ann.expect_only("Your clock: Lisbon, where it is now 07:00", "Kept", "At what time")


@pytest.mark.parametrize("typed", ["Leedss", "Liverpol", "Edinburg"])
async def test_a_city_that_is_only_close_is_offered_and_taken_on_a_press(house: House, typed: str) -> None:
    ann = await at_the_zone(house)
    await ann.says(typed)
    asked = ann.expect_only("Did you mean .*It is 07:00 there now")[0]
    city = asked.labels[0]
    assert (await house.course(ann)).patient.time_zone is None
    await ann.taps(city, on=asked)
    ann.expect_only(f"Your clock: {city}, where it is now 07:00", "Kept", "At what time")


async def test_a_wrong_guess_is_answered_by_another_name(house: House) -> None:
    ann = await at_the_zone(house)
    await ann.says("Manchestr")
    ann.expect_only("Which one is it")
    await ann.says("Liverpol")
    ann.expect_only("Did you mean Liverpool")
    await ann.says("Leeds")
    ann.expect_only("Your clock: Leeds, where it is now 07:00", "Kept", "At what time")


async def test_the_time_may_be_typed_instead_of_a_city(house: House) -> None:
    ann = await at_the_zone(house)
    await ann.says("25:99")
    ann.expect_only("could not find that place")
    await ann.says("8:02")
    choices = ann.expect_only("Which one is it")[0]
    assert len(choices.labels) > 1
    await ann.taps(choices.labels[0], on=choices)
    ann.expect("Your clock: .*where it is now 08:00")


async def test_a_location_may_be_shared_and_is_not_kept(house: House) -> None:
    ann = await at_the_zone(house)
    await ann.presses("Share my location", lat=40.71, lon=-74.0)
    ann.expect_only("Your clock: New York, where it is now 02:00", "Kept", "At what time")


async def test_a_wrong_clock_can_be_taken_back(house: House) -> None:
    ann = await at_the_zone(house)
    await ann.taps("Berlin")
    ann.read()
    await ann.taps("That is wrong")
    ann.expect_only("Where are you", "choose your clinic's")
    await ann.says("Tokyo")
    ann.expect_only("Your clock: Tokyo, where it is now 16:00", "Kept", "At what time")


@pytest.mark.parametrize("typed", ["25:99", "half past", "-1", "13 pm"])
async def test_an_hour_that_is_none_is_asked_again(house: House, typed: str) -> None:
    ann = await at_the_zone(house)
    await ann.taps("Berlin")
    ann.read()
    await ann.says(typed)
    ann.expect_only("could not read that as a time.*8:30")
    await ann.says("7:45")
    ann.expect_only("each day at 07:45", "How openly")


async def test_the_first_day_is_typed_and_must_be_near(house: House) -> None:
    ann = await at_the_zone(house)
    await ann.taps("Berlin", "09:00", "Plain")
    ann.expect("speak plainly")
    ann.read()
    await ann.says("whenever")
    ann.expect_only("could not read that as a date")
    await ann.says("2027-02-27")
    ann.expect_only("That day has passed")
    await ann.says("30.11.")
    ann.expect_only("too far ahead")
    await ann.says("4.3.")
    ann.expect_only("You are set.*Thu 4 Mar", "Your first day: Thu 4 Mar")
    await house.until("08:00", days=2)
    ann.nothing_more()
    await house.until("09:00")
    ann.expect_only("It is 09:00, time for your naltrexone, 50 mg")


async def test_a_first_day_pressed_too_late_is_not_planned(house: House) -> None:
    ann = await at_the_zone(house)
    await ann.taps("Berlin", "09:00", "Discreet")
    ann.read()
    await house.forward(hours=30)
    await ann.taps("Today")
    assert "has passed" in str(ann.toast)
    ann.nothing_more()


async def test_a_first_day_today_after_the_hour_asks_at_once(house: House) -> None:
    ann = await at_the_zone(house)
    await ann.taps("Berlin", "07:00", "Discreet", "Today")
    ann.expect("You are set. Today's message comes in a moment.*07:00")
    ann.expect("time for your daily check")
