"""What the long run would call growth, on made-up looks; and at night the run itself, for some minutes (N6)."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.integrity import broken_sqlite
from tests.soak.long_run import run
from tests.soak.samples import FLOORS, Sample, growth, judge

LOOK = Sample(0, memory=200, tasks=8, threads=10, descriptors=18, database=3, calls=6, blocks=900_000, log=4)
HOUR = range(0, 3600, 10)
MINUTES = 8


def looks(rng: random.Random, changed: Callable[[int], dict[str, float]]) -> list[Sample]:
    """Return an hour of looks that go up and down with the work, changed at each second as given."""
    noisy = (replace(LOOK, seconds=at, memory=200 + rng.uniform(-2, 2), tasks=8 + rng.choice((0, 0, 5))) for at in HOUR)
    return [replace(one, **changed(int(one.seconds))) for one in noisy]  # type: ignore[arg-type]


def test_up_and_down_is_no_growth(rng: random.Random) -> None:
    verdict = judge(looks(rng, lambda _: {}), warm=600)
    assert verdict.faults == []
    assert abs(verdict.memory) < 0.01


@pytest.mark.parametrize(("rise", "is_too_much"), [(0.04, False), (0.06, True)])
def test_memory_may_grow_by_five_percent(rng: random.Random, rise: float, is_too_much: bool) -> None:
    noise = looks(rng, lambda at: {"memory": 200 * (1 + rise * at / 3600) + rng.uniform(-2, 2)})
    assert bool(judge(noise, warm=0).faults) is is_too_much


def test_one_peak_bends_nothing() -> None:
    values = [200.0] * 100
    values[50:55] = [900.0] * 5
    assert growth(list(range(100)), values) == 0


def test_what_happens_before_it_is_warm_does_not_count(rng: random.Random) -> None:
    cold = looks(rng, lambda at: {"memory": 100.0, "threads": 2} if at < 600 else {})
    assert judge(cold, warm=600).faults == []
    assert judge(cold, warm=0).faults == ["threads grew by 8"]


@pytest.mark.parametrize("name", FLOORS)
def test_one_more_of_what_must_not_grow_is_growth(rng: random.Random, name: str) -> None:
    leaking = looks(rng, lambda at: {name: getattr(LOOK, name) + at // 2400})
    assert judge(leaking, warm=600).faults == [f"{name} grew by 1"]


def test_connections_to_telegram_may_be_as_many_as_the_pools_allow(rng: random.Random) -> None:
    assert judge(looks(rng, lambda at: {"calls": 5 + at // 300}), warm=0).faults == []
    assert judge(looks(rng, lambda at: {"calls": 5 + at // 100}), warm=0).faults == ["40 connections to Telegram"]


def test_too_few_looks_are_no_verdict() -> None:
    with pytest.raises(ValueError, match="only 5 looks"):
        judge([replace(LOOK, seconds=at) for at in range(5)], warm=0)


@pytest.mark.nightly
def test_some_minutes_under_load_leave_nothing_behind(
    fresh_sqlite: str, tmp_path: Path, seed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    done = run(fresh_sqlite, tmp_path, seconds=MINUTES * 60, per_second=10, seed=seed, note=lambda _: None)
    verdict = judge(done.samples, warm=MINUTES * 60 / 2)
    with capsys.disabled():
        print(f"\n{verdict}, {dict(done.done)}")
    assert (done.left_over, done.trouble, done.exit_code) == (0, [], 0)
    assert broken_sqlite(fresh_sqlite) == []
    assert verdict.faults == []
