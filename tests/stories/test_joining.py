"""Joining, from the link to the first day."""

from tests.stories.house import CRISIS, EMERGENCY, House


async def test_joining_asks_one_thing_after_the_other_and_ends_with_a_first_day(house: House) -> None:
    ann = await house.invite()
    await ann.opens_the_link()
    ann.expect("companion for the next 12 weeks")
    await ann.taps("English")
    ann.expect_only("We will speak English", "What Steady does")
    await ann.taps(*["Read on"] * 4)
    assert EMERGENCY in ann.expect("not emergency care").text
    ann.expect("Who sees what")
    ann.expect("What Telegram can see")
    agreement = ann.expect("Before we begin.*Harbour Clinic")
    assert agreement.labels == ("I agree", "I do not agree")
    ann.read()
    await ann.taps("I agree")
    ann.expect("that is kept with today's date")
    numbers = ann.expect("Help now button is always below").text
    assert EMERGENCY in numbers
    assert CRISIS in numbers
    assert "Help now" in ann.keyboard
    for _ in house.content.screening:
        assert ann.last.labels == ("No", "Yes", "Not sure")
        await ann.taps("No$")
    ann.read()
    assert "Share my location" in ann.keyboard
    await ann.taps("Berlin")
    ann.expect_only("Your clock: Berlin, where it is now 08:00", "Kept", "At what time shall I write")
    assert "How I feel" in ann.keyboard
    await ann.taps("09:00")
    ann.expect_only("each day at 09:00", "How openly may my messages speak")
    await ann.taps("Discreet")
    ann.expect_only("stay discreet", "Which day is your first")
    await ann.taps("Tomorrow")
    ann.expect_only("Your first day: Tue 2 Mar", "You are set.*Tue 2 Mar at 09:00")
    await house.until("09:00")
    ann.nothing_more()
    await house.until("09:00")
    ann.expect_only("time for your daily check")
    house.nothing_more()
