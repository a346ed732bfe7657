"""A group is never sent more than it takes in a minute, and the last places are kept for pages."""

from datetime import UTC, datetime, timedelta

from bot.pacing import KEPT_FOR_PAGES, WINDOW, Pace, Rest

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
