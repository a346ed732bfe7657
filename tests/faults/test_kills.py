"""Killed at any moment, Steady loses nothing and says nothing twice but what was on its way (A1, A2, A4)."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.store import Store
from tests.conftest import MovedClock
from tests.faults.integrity import broken_postgres, broken_sqlite
from tests.faults.server import PostgresServer
from tests.faults.sweep import Sweep, sweep

IN_FLIGHT = 12
"""Chats that the sender serves side by side: so many prompts may be on their way when we die, one for each."""


def expect_the_contract(done: Sweep, broken: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    found, ends = done.found, done.kills + done.crashes
    with capsys.disabled():
        print(f"\n{done.kills} kills, {done.crashes} crashes of the server, seed {done.seed}: {found}")
    assert broken == []
    assert (found.lost_doses, found.doubled_doses) == (0, 0)
    assert (found.lost_alerts, found.doubled_alerts, found.lost_prompts, found.left_over) == (0, 0, 0, 0)
    assert found.twice_in_one_life == 0
    assert found.alert_copies <= ends
    assert found.prompt_copies <= IN_FLIGHT * ends


def sweep_sqlite(url: str, home: Path, kills: int, seed: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = sweep(url, home, kills=kills, seed=seed)
    expect_the_contract(done, broken_sqlite(url), capsys)


def test_30_kills_on_sqlite(fresh_sqlite: str, tmp_path: Path, seed: str, capsys: pytest.CaptureFixture[str]) -> None:
    sweep_sqlite(fresh_sqlite, tmp_path, 30, seed, capsys)


@pytest.mark.parametrize("stops", [12, *(pytest.param(50, marks=pytest.mark.nightly, id=f"50-{n}") for n in range(4))])
def test_told_to_stop_under_load_it_leaves_in_time_and_says_nothing_again(
    fresh_sqlite: str, tmp_path: Path, seed: str, stops: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """A4: what every update of the program does to it. What was on its way is finished first, so nothing is copied."""
    done = sweep(fresh_sqlite, tmp_path, kills=stops, seed=seed, is_gentle=True)
    expect_the_contract(done, broken_sqlite(fresh_sqlite), capsys)
    assert (done.found.alert_copies, done.found.prompt_copies) == (0, 0)


@pytest.mark.nightly
def test_30_kills_and_crashes_on_postgres(
    own_postgres: PostgresServer,
    fill_postgres_template: Callable[[str], None],
    tmp_path: Path,
    seed: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sweep_postgres(own_postgres, fill_postgres_template, tmp_path, (30, seed), capsys)


def sweep_postgres(
    server: PostgresServer,
    fill: Callable[[str], None],
    home: Path,
    how: tuple[int, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    url = server.database(f"sweep_{zlib.crc32(how[1].encode())}")
    fill(url)
    done = sweep(url, home, kills=how[0], seed=how[1], other_crash=server.restart_after_crash)
    expect_the_contract(done, broken_postgres(server, url), capsys)


@pytest.mark.nightly
@pytest.mark.parametrize("part", range(8))
def test_600_kills_on_sqlite(
    fresh_sqlite: str, tmp_path: Path, seed: str, part: int, capsys: pytest.CaptureFixture[str]
) -> None:
    sweep_sqlite(fresh_sqlite, tmp_path, 75, f"{seed}/{part}", capsys)


@pytest.mark.nightly
@pytest.mark.parametrize("part", range(6))
def test_450_kills_and_crashes_on_postgres(
    own_postgres: PostgresServer,
    fill_postgres_template: Callable[[str], None],
    tmp_path: Path,
    seed: str,
    part: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sweep_postgres(own_postgres, fill_postgres_template, tmp_path, (75, f"{seed}/{part}"), capsys)


def test_a_log_cut_anywhere_holds_whole_transactions_only(
    fresh_sqlite: str, tmp_path: Path, clock: MovedClock, seed: str
) -> None:
    """A5: the power goes while the log is written. Whatever is left of it, an update is done or it never came."""
    from tests.faults.cut_log import cut_everywhere, written

    store = Store(fresh_sqlite, clock)
    file = written(store, fresh_sqlite, tmp_path)
    store.close()
    assert cut_everywhere(file, tmp_path, times=60, seed=seed) == []
