"""A day of a course: the question, and every way to answer it."""

from tests.stories.house import House


async def test_the_question_comes_at_the_patients_own_hour(house: House) -> None:
    ann = await house.joined(hour="09:00")
    kim = await house.joined("Kim", hour="09:00", zone="America/New_York")
    await house.until("08:59")
    house.nothing_more()
    await house.until("09:00")
    asked = ann.expect("09:00, time for your daily check")
    assert asked.labels == ("✓ Taken", "Later", "Not today")
    kim.nothing_more()
    await ann.taps("Taken", "All fine")
    ann.read()
    await house.until("09:00", zone=kim.zone)
    kim.expect_only("09:00, time for your daily check")
    house.nothing_more()


async def test_taken_is_recorded_with_its_hour_and_followed_by_how_are_you(house: House) -> None:
    ann = await house.joined()
    await house.until("09:20")
    ann.read()
    await ann.taps("Taken")
    record = ann.expect("Recorded: taken at 09:20")
    assert record.labels == ("At another time", "Undo")
    ann.expect_only("How are you feeling?")
    assert await house.states(ann) == ["taken"]
