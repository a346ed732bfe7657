"""A town on real code, its clock, people and network decided by a seed (N2)."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from content.loader import Content, load_content
from tests.simulation.invariants import INVARIANTS
from tests.simulation.world import Town, found_town

EVERYTHING_EVERY = 500
"""Steps between two looks at all that there is."""


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content()


def lived(file: Path, content: Content, template: Path, *, patients: int, days: int, seed: str) -> Town:
    """Live through it. After every step what it changed must hold, and everything every so often."""
    file.write_bytes(template.read_bytes())
    town = found_town(f"sqlite:///{file}", content, patients=patients, seed=seed)
    steps = 0

    def check() -> None:
        nonlocal steps
        steps += 1
        watch = town.lab.watch
        wrong = watch.broken() + (watch.all_broken() if steps % EVERYTHING_EVERY == 0 else [])
        assert wrong == [], f"seed {seed}, step {steps}, {town.lab.clock.now}: {watch.all_broken()}"

    town.live(days, check)
    assert town.lab.watch.all_broken() == []
    over = {what: n for what, n in town.received.items() if n > 1 + town.ambiguous[what]}
    assert over == {}, "a letter arrived more often than Telegram kept us in the dark about it"
    town.lab.close()
    return town


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
