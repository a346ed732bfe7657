"""The leader dies or freezes: another leads within half a minute, and what comes back late writes nothing (F2)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.integrity import broken_postgres
from tests.faults.leaders import TAKEOVER, Leaders, lead
from tests.faults.server import PostgresServer
from tests.faults.test_kills import IN_FLIGHT

AT_ONCE = 4
"""Pairs of processes that are struck side by side: nearly all of the time is waiting for a lease to run out."""
PAIRS = 10
STRIKES = 20
"""On each pair, half of them kills and half freezes: 200 in all. More would take longer than a case that nobody
acknowledges waits for its next step, and what is sent then is no copy."""


def expect_one_leader(done: Leaders, broken: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    found, strikes = done.found, done.kills + done.freezes
    longest = max(done.takeovers)
    with capsys.disabled():
        print(
            f"\n{done.kills} leaders killed, {done.freezes} frozen, longest takeover {longest:.1f} s, "
            f"{done.writes} writes by leaders, {len(done.stale)} by others, seed {done.seed}: {found}"
        )
    assert broken == []
    assert done.writes > strikes, "the database saw nobody write: it proves nothing"
    assert done.stale == []
    assert longest <= TAKEOVER
    assert (found.lost_doses, found.doubled_doses) == (0, 0)
    assert (found.lost_alerts, found.doubled_alerts, found.lost_prompts, found.left_over) == (0, 0, 0, 0)
    assert found.twice_in_one_life == 0
    assert found.alert_copies <= strikes
    assert found.prompt_copies <= IN_FLIGHT * strikes


def database(server: PostgresServer, fill: Callable[[str], None], name: str) -> str:
    url = server.database(name)
    fill(url)
    return url


def test_a_killed_and_a_frozen_leader_on_postgres(
    own_postgres: PostgresServer,
    fill_postgres_template: Callable[[str], None],
    tmp_path: Path,
    seed: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url = database(own_postgres, fill_postgres_template, "leaders")
    done = lead(url, tmp_path, strikes=2, seed=seed)
    expect_one_leader(done, broken_postgres(own_postgres, url), capsys)


@pytest.mark.nightly
def test_a_hundred_killed_and_a_hundred_frozen_leaders_on_postgres(
    own_postgres: PostgresServer,
    fill_postgres_template: Callable[[str], None],
    tmp_path: Path,
    seed: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    urls = [database(own_postgres, fill_postgres_template, f"leaders_{part}") for part in range(PAIRS)]
    homes = [tmp_path / str(part) for part in range(PAIRS)]
    for home in homes:
        home.mkdir()
    with ThreadPoolExecutor(AT_ONCE) as pairs:
        sweeps = [
            pairs.submit(lead, url, home, strikes=STRIKES, seed=f"{seed}/{part}")
            for part, (url, home) in enumerate(zip(urls, homes, strict=True))
        ]
    for url, done in zip(urls, sweeps, strict=True):
        expect_one_leader(done.result(), broken_postgres(own_postgres, url), capsys)
