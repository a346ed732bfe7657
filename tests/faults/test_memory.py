"""Denied memory under load, Steady ends at once and is whole after a restart, or does its work (A7)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.integrity import broken_postgres, broken_sqlite
from tests.faults.server import PostgresServer
from tests.faults.starving import Starving, starve
from tests.faults.test_kills import expect_the_contract

RESTART = 15.0


def expect_no_half_life(done: Starving, times: int, broken: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{dict(done.ends)}, ended within {done.slowest_end:.1f} s, answered {done.slowest_start:.1f} s after")
    assert done.hangs == []
    assert done.ended == times
    assert done.slowest_start <= RESTART
    expect_the_contract(done, broken, capsys)


@pytest.mark.parametrize("times", [1, pytest.param(50, marks=pytest.mark.nightly)])
def test_denied_memory_it_ends_at_once_or_works_on(
    fresh_sqlite: str, tmp_path: Path, seed: str, times: int, capsys: pytest.CaptureFixture[str]
) -> None:
    done = starve(fresh_sqlite, tmp_path, times=times, seed=seed)
    expect_no_half_life(done, times, broken_sqlite(fresh_sqlite), capsys)


@pytest.mark.nightly
def test_denied_memory_on_postgres_it_ends_at_once_or_works_on(
    own_postgres: PostgresServer,
    fill_postgres_template: Callable[[str], None],
    tmp_path: Path,
    seed: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url = own_postgres.database("starving")
    fill_postgres_template(url)
    done = starve(url, tmp_path, times=25, seed=seed)
    expect_no_half_life(done, 25, broken_postgres(own_postgres, url), capsys)
