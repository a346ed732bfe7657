"""A clock that jumps or is wrong is noticed, told of, and believed again only when another clock vouches for it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import clock_watch
from bot.clock import MovableClock, SystemClock, running
from bot.clock_watch import ASK_EVERY, ClockWatch, telegrams_clock
from storage.work import Work

NOW = datetime(2027, 3, 1, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Hands:
    """A clock that anybody may set, seconds that nobody can, and Telegram's clock (None: it does not answer)."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at, self.seconds, self.off, self.asked = NOW, 1000.0, timedelta(0), 0
        self.is_reached = True
        self.told: list[int] = []
        self.hastened = 0
        monkeypatch.setattr(
            clock_watch, "tell_operator", lambda _ward, _about, said: self.told.append(said.values["count"])
        )
        monkeypatch.setattr(clock_watch, "hasten", lambda _work: setattr(self, "hastened", self.hastened + 1))
        self.watch = ClockWatch(self, self, running=lambda: self.seconds, ask=self.ask)  # type: ignore[arg-type]

    content = None

    def now(self) -> datetime:
        return self.at

    async def ask(self) -> datetime | None:
        self.asked += 1
        return self.at - self.off if self.is_reached else None

    async def write(self, unit: Callable[[Work], None]) -> None:
        class Told:
            def record(self, *_: Any, **__: Any) -> None: ...

        unit(Told())  # type: ignore[arg-type]

    async def goes_on(self, seconds: float, jump: timedelta = timedelta(0)) -> bool:
        self.seconds += seconds
        self.at += timedelta(seconds=seconds) + jump
        await self.watch.look()
        return self.watch.is_doubtful


@pytest.fixture
async def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    made = Hands(monkeypatch)
    await made.watch.look()
    return made


async def test_a_clock_that_goes_like_any_other_is_trusted_and_asked_about_once(hands: Hands) -> None:
    assert [await hands.goes_on(10, timedelta(seconds=slip)) for slip in (0, 2, -2, 290, -290)] == [False] * 5
    assert (hands.told, hands.asked) == ([], 1)


@pytest.mark.parametrize("jump", [HOUR, -HOUR, 24 * 30 * HOUR, -24 * 30 * HOUR, timedelta(minutes=6)], ids=str)
async def test_a_jump_is_told_of_and_holds_until_telegram_agrees(hands: Hands, jump: timedelta) -> None:
    hands.off = jump
    assert await hands.goes_on(10, jump)
    assert await hands.goes_on(ASK_EVERY)
    assert hands.told[0] == abs(jump) / timedelta(minutes=1)
    assert hands.hastened == (2 + 1 if jump < timedelta(0) else 0)
    hands.off = timedelta(seconds=20)
    assert not await hands.goes_on(ASK_EVERY)


async def test_a_clock_set_right_again_is_told_of_and_trusted_at_once(hands: Hands) -> None:
    assert not await hands.goes_on(10, -HOUR)
    assert (hands.told, hands.hastened) == ([60], 1)


async def test_nobody_to_ask_leaves_the_doubt(hands: Hands) -> None:
    hands.is_reached = False
    assert await hands.goes_on(10, HOUR)
    assert await hands.goes_on(3600)
    hands.is_reached = True
    assert not await hands.goes_on(ASK_EVERY)


async def test_in_doubt_telegram_is_asked_once_a_minute(hands: Hands) -> None:
    hands.off = HOUR
    await hands.goes_on(10, HOUR)
    before = hands.asked
    for _ in range(60):
        await hands.goes_on(10)
    assert hands.asked - before == 10


async def test_a_machine_that_starts_with_a_wrong_clock_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    hands = Hands(monkeypatch)
    hands.off = 24 * HOUR
    await hands.watch.look()
    assert hands.watch.is_doubtful
    assert hands.told == [24 * 60]


async def test_one_that_starts_without_telegram_is_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    hands = Hands(monkeypatch)
    hands.is_reached = False
    await hands.watch.look()
    assert not hands.watch.is_doubtful


async def test_the_hour_of_any_answer_will_do_and_nobody_there_is_no_hour() -> None:
    async def refuse(_request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Date": "Mon, 01 Mar 2027 07:00:00 GMT", "Location": "/elsewhere"})

    application = web.Application()
    application.router.add_get("/", refuse)
    async with TestServer(application) as server:
        assert await telegrams_clock(str(server.make_url("/"))) == NOW
        gone = str(server.make_url("/"))
    assert await telegrams_clock(gone) is None


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=str)
async def test_where_no_other_clock_can_be_asked_a_jump_is_told_of_and_believed(
    monkeypatch: pytest.MonkeyPatch, jump: timedelta
) -> None:
    hands = Hands(monkeypatch)
    hands.watch = ClockWatch(hands, hands, running=lambda: hands.seconds, ask=None)  # type: ignore[arg-type]
    await hands.watch.look()
    assert not await hands.goes_on(10, jump)
    assert hands.told == [60]
    assert hands.hastened == (1 if jump < timedelta(0) else 0)


@pytest.mark.parametrize(("address", "vouches"), [("https://api.telegram.org", True), ("http://127.0.0.1:8081", False)])
async def test_only_telegrams_own_clock_is_asked(monkeypatch: pytest.MonkeyPatch, address: str, vouches: bool) -> None:
    asked: list[str] = []

    async def answer(api_url: str) -> datetime | None:
        asked.append(api_url)
        return None

    monkeypatch.setattr(clock_watch, "telegrams_clock", answer)
    desk: Any = None
    watch = clock_watch.clock_watch(desk, SystemClock(), address)
    assert watch is not None
    await watch.look()
    assert asked == ([address] if vouches else [])


def test_seconds_that_nobody_can_set_go_on() -> None:
    assert running() <= running()


def test_a_clock_moved_by_hand_has_no_watch() -> None:
    desk: Any = None
    assert clock_watch.clock_watch(desk, MovableClock(NOW), "http://127.0.0.1:1") is None
    assert clock_watch.clock_watch(desk, SystemClock(), "http://127.0.0.1:1") is not None
