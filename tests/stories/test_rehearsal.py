"""Once an hour nobody calls for help: it leaves no trace, nobody sees it, and its absence is noticed (H3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import bot.rehearsal
import clinic.rehearse
from bot.heartbeat import Heartbeat
from tests.stories.full_house import dump, fill
from tests.stories.house import House
from tests.stories.test_full_house import opened

RENEWED_MEANWHILE = {"leases"}
"""By the real clock, every five seconds, whatever a story does."""


async def quiet_beat(house: House) -> bool:
    house.steady.ticks._marked_at = None
    await house.steady.ticks.make_rounds()
    return await house.steady.watch.heartbeat.beat()


def held(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what will have been shown in each rehearsal."""
    pages: list[Any] = []
    real = bot.rehearsal.render
    monkeypatch.setattr(bot.rehearsal, "render", lambda content, body: pages.append(real(content, body)))
    return pages


async def test_a_rehearsal_leaves_every_table_as_it_was_and_nobody_hears_of_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.steady.watch.stop()
    house.steady.ticks.stop()
    await fill(house)
    await house.settle()
    pages, calls = held(monkeypatch), len(await house.call("GET", "/calls?after=0&method=^send"))
    before = await house.look(dump)
    for hour in range(1, 13):  # each in another language and with another regimen
        await house.steady.watch.heartbeat._rehearsal._hold()
        assert len(pages) == hour
        house.clock.move_to(house.clock.now().replace(hour=house.clock.now().hour + 1))
    after = await house.look(dump)
    assert {name for name in before if before[name] != after[name]} <= RENEWED_MEANWHILE
    assert len({page.text for page in pages}) > len(house.content.languages)
    assert len(await house.call("GET", "/calls?after=0&method=^send")) == calls


async def test_who_comes_after_a_rehearsal_has_a_key_that_is_kept(house: House) -> None:
    """What was undone gave out ids, on SQLite the very ones that come next: no key made under them may live on."""
    house.steady.watch.stop()
    for _ in range(3):
        await house.steady.watch.heartbeat._rehearsal._hold()
    moss = await house.person("Dr Moss", role="clinician")
    await house.found("Hill Clinic", moss)
    bea = await house.enrol("Bea")
    await bea.presses("Help now")
    house.clinicians.expect(f"EMERGENCY.*{bea.code}")
    await house.stop_steady()
    await house.start_steady()  # with no key at hand but what the database holds
    counted = await house.look(opened)
    assert counted["staff"] == 3
    assert counted["patients"] == 1
    for chat in (bea, house.clinicians, house.grey, house.lee):
        chat.read()


async def test_once_an_hour_and_not_before(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.steady.watch.stop()
    pages = held(monkeypatch)
    for minute in range(3 * 60 + 1):
        if minute:
            await house.forward(minutes=1)
        assert await quiet_beat(house)
    assert len(pages) == 4
    house.nothing_more()


def nothing(*_: object, **__: object) -> None:
    """Do nothing in place of something that has to be done."""


def broken(*_: object, **__: object) -> None:
    raise KeyError("words")


BREAKS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "no case is opened": lambda patch: patch.setattr(clinic.rehearse, "raise_alerts", nothing),
    "nobody is paged": lambda patch: patch.setattr("clinic.raise_alert.show_case", nothing),
    "nobody can take it": lambda patch: patch.setattr(clinic.rehearse, "acknowledge", nothing),
    "its card cannot be said": lambda patch: patch.setattr(bot.rehearsal, "render", broken),
}


@pytest.mark.parametrize("how", BREAKS)
async def test_its_absence_is_noticed_within_75_minutes(
    house: House, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    house.allows("error")
    house.steady.watch.stop()
    pinged: list[int] = []
    minute = 0

    async def ping(_self: Heartbeat, _url: str) -> None:
        pinged.append(minute)

    monkeypatch.setattr(Heartbeat, "_ping", ping)
    house.steady.watch.heartbeat._url = "http://127.0.0.1:1/ping"
    assert await quiet_beat(house)
    BREAKS[how](monkeypatch)
    for minute in range(1, 76):  # noqa: B007  (what is pinged notes it)
        await house.forward(minutes=1)
        await quiet_beat(house)
    assert max(pinged) + 3 <= 75, "a monitor that waits three minutes alarms too late"
    assert min(pinged) == 0
    assert len(pinged) > 60, "one hour-old rehearsal is old enough"
