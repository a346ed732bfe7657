"""A week of ordinary life, and of a rush: the monitor outside hears from us every minute, and never alarms (H1)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from content.loader import Content
from tests.monitor import Monitor, open_monitor, patience
from tests.stories.casts import CLOSES_CASES, KINDS
from tests.stories.house import House
from tests.stories.test_storm import raise_one

PATIENTS = (("alcohol-50", "skipping"), ("opioid-50", "steady"), ("opioid-50", "silent"), ("low-dose", "forgetful"))
RUSH = 60
DAY = 24 * 60


@pytest.fixture
async def clinic(
    fresh_sqlite: str, tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch, tls: object
) -> AsyncIterator[House]:
    """A house whose chat of clinicians takes as many messages a minute as Telegram allows, and no more."""
    monkeypatch.setattr("ssl.create_default_context", lambda *_args, **_more: tls)
    async with AsyncExitStack() as rooms:
        house = House(tmp_path, fresh_sqlite, content, rooms, group_pace=18)
        await house.open()
        try:
            yield house
            await house.check()
        finally:
            await house.stop_steady()


async def be_watched(house: House, monitor: Monitor) -> None:
    """Let the bot tell the monitor; its watch is asked by hand, for it goes by the real clock."""
    house.steady.watch.stop()
    house.steady.watch.heartbeat._url = monitor.url
    await house.steady.watch.test_routes()


async def live_a_minute(house: House, number: int) -> None:
    await house.forward(minutes=1)
    watch, ticks = house.steady.watch, house.steady.ticks
    ticks._marked_at = None  # it counts the real clock's seconds, and hardly any have passed
    await ticks.make_rounds()
    await watch.look_for_late()
    await watch.look_at_chats()
    if number % 15 == 0:
        await watch.test_routes()
    if number % 60 == 0:
        await watch.check_books()
    await watch.beat()


@pytest.mark.parametrize("days", [1, pytest.param(7, marks=pytest.mark.nightly)])
async def test_no_alarm_without_a_fault(clinic: House, days: int) -> None:
    for regimen, kind in PATIENTS:
        patient = await clinic.joined(f"{kind} {regimen}", regimen=regimen)
        script = next(one.script for one in KINDS if one.name == kind)
        await clinic.call("PUT", f"/people/{patient.id}/script", rules=list(script))
    await clinic.call("PUT", f"/people/{clinic.lee.id}/script", rules=CLOSES_CASES)
    with open_monitor(lambda: clinic.clock.now().timestamp(), patience()) as monitor:
        await be_watched(clinic, monitor)
        for number in range(days * DAY):
            if number % DAY == 11 * 60:  # many cry for help at once
                for _ in range(RUSH):
                    await clinic.write(lambda ward: raise_one(ward, clinic.clinic_id) and None)
            if number % DAY == 20 * 60:  # an upgrade
                await clinic.stop_steady()
                await clinic.start_steady()
                await be_watched(clinic, monitor)
            await live_a_minute(clinic, number)
        assert monitor.alarms() == []
        assert len(monitor.signs) == days * DAY
