"""Dying at each crash point of a scripted day in turn changes nothing of what is on record (A3)."""

from __future__ import annotations

import ast
import asyncio
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.faults.integrity import broken_sqlite
from tests.faults.ledger import on_record
from tests.faults.scripted_day import Day, lived
from tests.house.source import read_tree
from tests.postgres import database

AT_ONCE = 3
LEAST = 100
"""Points of the day; fewer means that the day, or the sweep, has lost something."""
Fresh = Callable[[int], str]


def named_points() -> set[str]:
    """Return every crash point that the code names."""
    calls = (node for source in read_tree() if source.room for node in source.nodes if isinstance(node, ast.Call))
    named = (node for node in calls if isinstance(node.func, ast.Name) and node.func.id == "passes")
    return {ast.literal_eval(node.args[0]) for node in named}


@pytest.fixture
def sqlite_days(sqlite_template: Path, tmp_path: Path) -> Fresh:
    """A new database for each life."""
    return lambda number: f"sqlite:///{shutil.copy(sqlite_template, tmp_path / f'day-{number}.db')}"


@pytest.fixture
def postgres_days(postgres_server: str, postgres_template: str) -> Iterator[Fresh]:
    with ExitStack() as databases:

        def fresh(number: int) -> str:
            return databases.enter_context(_named(postgres_server, f"steady_day_{number}", postgres_template))

        yield fresh


@contextmanager
def _named(server: str, name: str, template: str) -> Iterator[str]:
    with database(server, name, template) as url:
        yield url


AWAY = {"event absence-told None"}


class Days:
    """The same day, once without a death and then with one at each of many points."""

    def __init__(self, fresh: Fresh, home: Path) -> None:
        self.fresh, self.home = fresh, home
        self.wrong: list[str] = []

    async def measure(self) -> list[str]:
        """Live the day undisturbed; return the names of the points on the way."""
        url = self.fresh(0)
        (self.home / "0").mkdir()
        day = await lived(url, self.home / "0", None)
        self.record, self.said = on_record(url), day.said()
        return (self.home / "0" / "trace").read_text().split()

    async def die_at(self, points: list[int]) -> None:
        """Live the day once for each of these points, a few lives side by side."""
        left = iter(points)

        async def some() -> None:
            for point in left:
                await self._die_at(point)

        await asyncio.gather(*(some() for _ in range(AT_ONCE)))

    async def _die_at(self, point: int) -> None:
        url = self.fresh(point)
        (self.home / str(point)).mkdir()
        day = await lived(url, self.home / str(point), point)
        self.wrong += [f"point {point}: {what}" for what in self._differences(day, url)]

    def _differences(self, day: Day, url: str) -> Iterator[str]:
        record, said = on_record(url), day.said()
        if lost := self.record - record:
            yield f"lost {dict(lost)}"
        # Whoever is dead while a quarter of an hour goes by was away, and says so when it is back.
        if doubled := Counter({what: n for what, n in (record - self.record).items() if what not in AWAY}):
            yield f"more than once {dict(doubled)}"
        if unsaid := self.said - said:
            yield f"never said {dict(unsaid)}"
        if too_often := [what for what, times in (said - self.said).items() if times > day.deaths]:
            yield f"said again and again {too_often}"
        if url.startswith("sqlite"):
            yield from broken_sqlite(url)


async def sweep(fresh: Fresh, home: Path, every: int, capsys: pytest.CaptureFixture[str], start: int = 1) -> None:
    days = Days(fresh, home)
    names = await days.measure()
    points = list(range(start, len(names) + 1, every))
    await days.die_at(points)
    with capsys.disabled():
        print(f"\ndied at {len(points)} of {len(names)} points: {dict(Counter(names[p - 1] for p in points))}")
    assert days.wrong == []
    assert len(names) >= LEAST
    assert set(names) == named_points(), "a crash point that nothing passes proves nothing"


async def test_a_day_on_sqlite_survives_a_death_at_every_eleventh_point(
    sqlite_days: Fresh, tmp_path: Path, seed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await sweep(sqlite_days, tmp_path, 11, capsys, start=1 + sum(seed.encode()) % 11)


@pytest.mark.nightly
async def test_a_day_on_postgres_survives_a_death_at_every_twentieth_point(
    postgres_days: Fresh, tmp_path: Path, seed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await sweep(postgres_days, tmp_path, 20, capsys, start=1 + sum(seed.encode()) % 20)


@pytest.mark.nightly
async def test_a_day_on_sqlite_survives_a_death_at_every_point(
    sqlite_days: Fresh, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await sweep(sqlite_days, tmp_path, 1, capsys)


@pytest.mark.nightly
async def test_a_day_on_postgres_survives_a_death_at_every_point(
    postgres_days: Fresh, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await sweep(postgres_days, tmp_path, 1, capsys)


def test_every_commit_and_every_call_has_a_point_before_and_after() -> None:
    assert named_points() == {"commit", "committed", "poll", "polled", "call", "called"}
    crossing = ('"COMMIT"', "engine.begin()", "_session.request(", "_session.post(")
    for source in read_tree():
        if source.room in ("storage", "bot") and source.path not in ("storage/migrate.py", "bot/demo/stage.py"):
            places = [line for line in source.lines if any(one in line for one in crossing)]
            passes = [line for line in source.lines if "passes(" in line]
            assert not places or len(passes) >= 2 * len(places), f"{source.path}: a place without crash points"
