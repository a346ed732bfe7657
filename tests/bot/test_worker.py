"""One of many workers takes no more in hand than it can be at work on soon."""

from __future__ import annotations

from collections import deque
from typing import Any

import pytest

from bot.clock import SystemClock
from bot.worker import LOW, Worker


def worker(lanes: int) -> Worker:
    nobody: Any = None
    made = Worker(nobody, nobody, SystemClock(), may_work=lambda: True, holder="one of many")
    made._lanes.update({chat: deque() for chat in range(lanes)})
    return made


@pytest.mark.parametrize(
    ("lanes", "is_told", "is_time", "looks"),
    [
        pytest.param(0, False, False, True, id="nothing in hand"),
        pytest.param(1, False, False, False, id="something in hand, and nobody says that there is more"),
        pytest.param(1, True, False, True, id="something in hand, and there is more"),
        pytest.param(1, False, True, True, id="nobody said so for a second"),
        pytest.param(LOW, True, False, True, id="little in hand"),
        pytest.param(LOW + 1, True, True, False, id="much in hand: others may take it"),
    ],
)
def test_it_looks_for_more(lanes: int, is_told: bool, is_time: bool, looks: bool) -> None:
    one = worker(lanes)
    if is_told:
        one.tell()
    one._is_time = is_time
    assert one._has_room() is looks
