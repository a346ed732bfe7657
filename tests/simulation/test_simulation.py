"""A town on real code, its clock, people and network decided by a seed (N2)."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from content.loader import Content, load_content
from tests.simulation.invariants import INVARIANTS
from tests.simulation.living import lived


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content()


def test_a_town_lives_and_the_same_seed_lives_the_same(
    home: Path, content: Content, sqlite_template: Path, seed: str
) -> None:
    towns = [lived(home / f"{n}.db", content, sqlite_template, patients=5, days=4, seed=seed) for n in range(2)]
    assert towns[0].lab.trail == towns[1].lab.trail
    other = lived(home / "other.db", content, sqlite_template, patients=5, days=2, seed=seed + "!")
    assert other.lab.trail != towns[0].lab.trail
    assert len(INVARIANTS) >= 15


@pytest.mark.nightly
def test_200_patients_live_84_days(
    home: Path, content: Content, sqlite_template: Path, seed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.process_time()
    town = lived(home / "big.db", content, sqlite_template, patients=200, days=84, seed=seed)
    with capsys.disabled():
        print(
            f"\n200 patients x 84 days: {town.lab.steps} steps, {time.process_time() - began:.0f} s of CPU, seed {seed}"
        )


@pytest.mark.nightly
@pytest.mark.parametrize("part", range(500))
def test_many_small_towns(home: Path, content: Content, sqlite_template: Path, seed: str, part: int) -> None:
    lived(home / "small.db", content, sqlite_template, patients=4, days=12, seed=f"{seed}/{part}")
