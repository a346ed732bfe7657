"""Whether everybody can be asked in time is known beforehand, by arithmetic."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.rush import Rush, worst_rush

NINE = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def due(*minutes: tuple[int, int]) -> list[datetime]:
    """Return `(minute, how many)` as instants."""
    return [NINE + minute * MINUTE for minute, count in minutes for _ in range(count)]


def test_nobody_due_is_no_rush() -> None:
    assert worst_rush([], per_second=30) is None


@pytest.mark.parametrize(
    ("minutes", "worst"),
    [
        pytest.param([(0, 30)], Rush(NINE, 30, timedelta(seconds=1)), id="a second's worth"),
        pytest.param([(0, 18_000)], Rush(NINE, 18_000, 10 * MINUTE), id="ten minutes' worth"),
        pytest.param([(0, 1_800), (1, 1_800)], Rush(NINE, 1_800, MINUTE), id="each minute takes what is its own"),
        pytest.param(
            [(0, 3_600), (1, 1_800)], Rush(NINE, 3_600, 2 * MINUTE), id="what is left of one minute delays the next"
        ),
        pytest.param(
            [(0, 3_600), (1, 2_700)], Rush(NINE + MINUTE, 2_700, 2.5 * MINUTE), id="and may make it the worst"
        ),
        pytest.param([(0, 3_600), (60, 3_000)], Rush(NINE, 3_600, 2 * MINUTE), id="an hour clears everything"),
    ],
)
def test_the_worst_minute(minutes: list[tuple[int, int]], worst: Rush) -> None:
    assert worst_rush(due(*minutes), per_second=30) == worst


@given(st.lists(st.integers(0, 30), min_size=1, max_size=300), st.sampled_from([0.5, 1.0, 2.0]))
def test_it_is_what_a_queue_would_do(minutes: list[int], per_second: float) -> None:
    """Serve them one by one, the earliest first: the last of some minute is as late as we said."""
    free, latest = NINE, timedelta()
    for at in sorted(NINE + minute * MINUTE for minute in minutes):
        free = max(free, at) + timedelta(seconds=1 / per_second)
        latest = max(latest, free - at)
    worst = worst_rush([NINE + minute * MINUTE for minute in minutes], per_second=per_second)
    assert worst is not None
    assert abs(worst.late_by - latest) < timedelta(milliseconds=1)
