"""One chat's limit is its own; what refuses one chat after another is the bot's, and is learnt from."""

from bot.flood import CHATS_IN_A_ROW, EVERY, LONGEST_HOLD, FloodSense
from bot.pacing import SECOND, BotPace


def take(sense: FloodSense, at: float, letters: int) -> None:
    """Let Telegram take so many letters in the second before `at`."""
    for number in range(letters):
        sense.taken(at - number / letters, at - number / letters)


def refuse(sense: FloodSense | BotPace, at: float, *chats: int, wait: float = 5.0) -> None:
    for chat in chats:
        sense.refused(at, chat, wait)


def test_one_chat_refused_again_and_again_slows_nobody() -> None:
    sense = FloodSense(30)
    refuse(sense, 100.0, *[7] * 50)
    assert (sense.hold(100.0), sense.rate(100.0), sense.is_in_doubt) == (0.0, 30, False)


def test_chats_refused_with_something_taken_between_slow_nobody() -> None:
    sense = FloodSense(30)
    for number in range(20):
        refuse(sense, 100.0 + number, number, number + 100)
        sense.taken(100.0 + number, 100.1 + number)
    assert (sense.hold(120.0), sense.rate(120.0)) == (0.0, 30)


def test_chat_after_chat_refused_holds_the_bot_and_lowers_its_pace_to_what_was_taken() -> None:
    sense = FloodSense(30)
    take(sense, 100.0, 20)
    refuse(sense, 100.0, *range(CHATS_IN_A_ROW - 1))
    assert sense.hold(100.0) == 0
    refuse(sense, 100.0, 99)
    assert sense.hold(101.0) == 4.0
    assert sense.rate(101.0) == 18


def test_a_storm_of_refusals_lowers_the_pace_once() -> None:
    sense = FloodSense(30)
    take(sense, 100.0, 20)
    refuse(sense, 100.0, *range(40))
    assert sense.rate(101.0) == 18


def test_a_burst_too_short_to_judge_by_halves_the_pace_at_most() -> None:
    sense = FloodSense(30)
    sense.taken(100.0, 100.0)
    refuse(sense, 100.1, 1, 2, 3)
    assert sense.rate(101.0) == 15


def test_the_pace_comes_back_step_by_step_and_no_further_than_told() -> None:
    sense = FloodSense(30)
    refuse(sense, 100.0, 1, 2, 3)
    assert [sense.rate(100.0 + steps * EVERY) for steps in (0, 1, 2, 10, 1000)] == [15, 16.5, 18, 30, 30]


def test_a_letter_that_left_before_the_refusals_ends_no_hold() -> None:
    sense = FloodSense(30)
    refuse(sense, 100.0, 1, 2, 3)
    sense.taken(99.9, 100.2)
    assert sense.hold(100.2) > 0
    sense.taken(100.3, 100.4)
    assert (sense.hold(100.4), sense.is_in_doubt) == (0.0, False)


def test_a_very_long_wait_is_asked_about_sooner() -> None:
    sense = FloodSense(30)
    refuse(sense, 100.0, 1, 2, 3, wait=3600)
    assert sense.hold(100.0) == LONGEST_HOLD


async def test_while_the_bot_is_held_a_page_asks_alone_and_then_any_letter_does() -> None:
    pace = BotPace(30)
    refuse(pace, 100.0, 1, 2, 3)
    assert pace.room(101.0, 8) == (1, True)
    assert pace.wait(101.0) == 4.0
    await pace.leave(1, pages=1)
    assert pace.room(101.0, 8) == (1, True)  # its answer may hang: a further page does not wait for it
    pace.answered(101.5)
    pace.refused(101.5, 4, 5.0)
    assert pace.room(106.4, 8) == (1, True)
    assert pace.room(106.6, 8) == (1, False)
    await pace.leave(1, pages=0)
    pace.answered(107.0)
    pace.taken(106.6, 107.0)
    assert pace.room(107.0 + SECOND, 8) == (1, False)  # a tenth of fifteen a second: evenly, and more slowly


async def test_a_bot_without_a_limit_learns_nothing() -> None:
    pace = BotPace(0)
    refuse(pace, 100.0, 1, 2, 3)
    assert pace.room(100.0, 8) == (8, False)
