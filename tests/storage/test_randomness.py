"""Random bytes are nobody else's: not another caller's, not another thread's, not a forked process's."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from storage import randomness
from storage.randomness import STOCK, random_bytes


def test_no_bytes_are_given_twice_and_all_are_as_long_as_asked() -> None:
    given = [random_bytes(12) for _ in range(3 * STOCK // 12)]
    assert len({*given}) == len(given)
    assert {len(one) for one in given} == {12}


def test_threads_share_nothing() -> None:
    with ThreadPoolExecutor(4) as threads:
        given = list(threads.map(lambda _: random_bytes(12), range(1000)))
    assert len({*given}) == len(given)


def test_a_forked_process_has_a_stock_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    random_bytes(12)
    before = randomness._STOCK.bytes
    monkeypatch.setattr(os, "getpid", lambda: -1)
    random_bytes(12)
    assert randomness._STOCK.bytes != before
