"""Rounds: everybody who is due, a few at a time, and nobody once the lease is another's."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot import ticks
from bot.clock import MovableClock
from bot.ticks import Ticks
from storage.due import Due, Visit
from storage.leases import Grip, LeaseLost

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
FEW = 16
"""What a page that is claimed during a round may find before it in the line, at most."""


class Line:
    """A desk whose units of work wait in one line; it notes how long that ever was."""

    def __init__(self) -> None:
        self.waiting = self.longest = 0

    async def read(self, query: Callable[[Any], Any]) -> Any:
        return query(None)

    async def write(self, unit: Callable[[Any], Any]) -> Any:
        self.waiting += 1
        self.longest = max(self.longest, self.waiting)
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        loop.call_soon(turn.set_result, None)
        await turn
        self.waiting -= 1
        return unit(None)


@pytest.fixture
def due(monkeypatch: pytest.MonkeyPatch) -> list[Due]:
    """Whoever is due; a visit takes them off the list."""
    waiting = [Due(Visit.TURN, number, NOW) for number in range(300)]
    monkeypatch.setattr(ticks, "find_due", lambda _session, now, most, asked: waiting[:most])
    monkeypatch.setattr(ticks, "make_visit", lambda _work, _content, one: waiting.remove(one))
    monkeypatch.setattr(ticks, "set_mark", lambda *_: None)
    monkeypatch.setattr(Ticks, "_note_absence", lambda *_: None)
    return waiting


def rounds(line: Line, grip: Callable[[], Grip | None]) -> Ticks:
    async def may_judge() -> bool:
        return True

    line.content = None  # type: ignore[attr-defined]
    made: Any = line
    nothing: Any = None
    return Ticks(made, MovableClock(NOW), grip=grip, every=60, may_judge=may_judge, housework=nothing)


async def test_a_round_never_puts_many_visits_before_what_is_said_or_paged_meanwhile(
    due: list[Due], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticks, "check_grip", lambda *_: None)
    line = Line()
    assert await rounds(line, lambda: Grip("rounds", 1)).make_rounds() == 300
    assert not due
    assert line.longest <= FEW


async def test_a_round_ends_when_its_lease_is_lost(due: list[Due], monkeypatch: pytest.MonkeyPatch) -> None:
    grips = [Grip("rounds", 1), Grip("rounds", 1)]

    def lost(*_: object) -> None:
        raise LeaseLost("rounds")

    monkeypatch.setattr(ticks, "check_grip", lost)
    await rounds(Line(), lambda: grips.pop() if grips else None).make_rounds()
    assert len(due) == 300


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> tuple[list[Due], list[list[int]]]:
    """Patients to be asked about a dose, and who was visited together; the seventh cannot be."""
    number = (ticks.UNITS_AT_ONCE + 1) * ticks.ASKED_AT_ONCE
    waiting, visits = [Due(Visit.PROMPT, one, NOW) for one in range(number)], list[list[int]]()

    def ask(_work: Any, _content: Any, some: list[Due]) -> None:
        visits.append([one.id for one in some])
        if any(one.id == 7 for one in some):
            raise LookupError("a row that cannot be read")
        for one in some:
            waiting.remove(one)

    monkeypatch.setattr(ticks, "find_due", lambda _session, now, most, asked: waiting[:asked])
    monkeypatch.setattr(ticks, "make_visit", lambda work, content, one: ask(work, content, [one]))
    monkeypatch.setattr(ticks, "ask_many", ask)
    for name in ("check_grip", "set_mark"):
        monkeypatch.setattr(ticks, name, lambda *_: None)
    monkeypatch.setattr(Ticks, "_note_absence", lambda *_: None)
    return waiting, visits


async def test_many_are_asked_in_one_unit_and_one_who_cannot_be_keeps_nobody_from_it(
    questions: tuple[list[Due], list[list[int]]],
) -> None:
    waiting, visits = questions
    line = Line()
    await rounds(line, lambda: Grip("rounds", 1)).make_rounds()
    assert [one.id for one in waiting] == [7]
    assert line.longest <= FEW
    unit, units = ticks.ASKED_AT_ONCE, ticks.UNITS_AT_ONCE
    assert visits[:units] == [[*range(n * unit, (n + 1) * unit)] for n in range(units)]
    assert visits[units : units + unit] == [[number] for number in range(unit)]
    assert visits[units + unit] == [*range(units * unit, (units + 1) * unit)]  # who is in trouble takes nobody's place
    assert sum(7 in visit for visit in visits) == 2


@pytest.mark.parametrize("gets_on", [True, False])
async def test_a_long_round_is_seen_to_be_alive_and_one_that_does_not_get_on_is_not(
    due: list[Due], monkeypatch: pytest.MonkeyPatch, gets_on: bool
) -> None:
    made: list[str] = []
    monkeypatch.setattr(ticks, "check_grip", lambda *_: None)
    monkeypatch.setattr(ticks, "MARK_EVERY", 0.0)
    monkeypatch.setattr(Ticks, "_note_round", lambda *_: made.append("made"))
    left = iter(range(50))
    if not gets_on:
        monkeypatch.setattr(ticks, "make_visit", lambda *_: None)
    await rounds(Line(), lambda: Grip("rounds", 1) if next(left, None) is not None else None).make_rounds()
    assert (len(made) > 3) is gets_on
    assert bool(due) is not gets_on
