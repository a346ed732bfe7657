"""A group is never sent more than it takes in a minute, and the last places are kept for pages."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.pacing import KEPT_FOR_PAGES, SECOND, WINDOW, BotPace, Pace, Rest

NOW = datetime(2027, 3, 1, 7, 0, tzinfo=UTC)


def test_the_last_places_of_a_minute_are_for_pages() -> None:
    pace = Pace(18)
    rests = [pace.rest_after(-1, NOW + timedelta(seconds=second)) for second in range(18)]
    assert rests[: 18 - KEPT_FOR_PAGES - 1] == [None] * 13
    assert rests[13] == Rest(NOW + WINDOW, pages_too=False)
    assert rests[17] == Rest(NOW + WINDOW, pages_too=True)


def test_what_is_a_minute_old_counts_no_more() -> None:
    pace = Pace(5)
    assert [pace.rest_after(-1, NOW + number * WINDOW) for number in range(9)][1:] == [
        Rest(NOW + (number + 1) * WINDOW, pages_too=False) for number in range(1, 9)
    ]


def test_private_chats_and_no_limit_never_rest() -> None:
    assert [Pace(18).rest_after(7, NOW) for _ in range(99)] == [None] * 99
    unlimited = Pace(0)
    assert [unlimited.rest_after(-7, NOW) for _ in range(99)] == [None] * 99


async def test_a_bot_never_has_more_than_its_second_holds_in_telegrams_count() -> None:
    pace, now, sent = BotPace(30), 100.0, 0
    for _ in range(60):  # letters that are answered at once, asked for again and again within one second
        room, only_pages = pace.room(now, 8)
        await pace.leave(room, room if only_pages else 0)
        pace.answered(now, room)
        sent += room
        now += 0.01
    assert sent == 30
    assert pace.room(now, 8) == (0, True)
    assert pace.room(now + SECOND, 8)[0] > 0


async def test_what_is_on_its_way_holds_its_place_until_it_is_answered() -> None:
    pace = BotPace(2)
    await pace.leave(2, pages=2)
    assert pace.room(1000.0, 8) == (0, True)
    pace.answered(1000.0)
    assert pace.room(1000.0 + SECOND, 8)[0] == 1


async def test_the_next_look_comes_with_the_next_place() -> None:
    pace = BotPace(30)
    await pace.leave(30, pages=30)
    pace.answered(1000.0)
    pace.answered(1000.5, 29)
    assert pace.room(1001.0, 8) == (0, True)
    assert pace.wait(1001.0) == pytest.approx(SECOND - 1.0, abs=1e-6)
    assert pace.wait(1000.0) == pytest.approx(1 / 30)


async def test_a_page_takes_a_place_at_once_and_others_leave_evenly() -> None:
    pace = BotPace(30)
    assert pace.room(0.0, 8) == (3, False)
    await pace.leave(3, pages=0)
    assert pace.room(0.0, 8) == (8, True)


async def test_a_bot_without_a_limit_always_has_room() -> None:
    pace = BotPace(0)
    await pace.leave(8, pages=0)
    assert pace.room(0.0, 8) == (8, False)
