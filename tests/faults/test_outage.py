"""We were away, or Telegram repeats itself: nobody is asked about yesterday, nothing counts twice (B9, E1, E3, E4)."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import datetime, timedelta

import pytest

from care.doses import DoseState
from storage.reading import Session
from storage.tables import Dose
from tests.faults.clinic import Cast, Enrolled, found
from tests.faults.ledger import on_record
from tests.stories.house import House


async def enrol(house: House, count: int, due: datetime) -> list[Enrolled]:
    """Put so many patients of a clinic of their own straight into the database."""
    grey = await house.person("Dr Brown", role="clinician")
    chat = await house.room("supergroup", grey, title="Second clinic")
    people = [(await house.person(f"P{number}")).id for number in range(count)]
    cast = Cast(grey.id, chat.chat, people)
    return await asyncio.to_thread(found, house.steady.store, house.content, cast, [due] * count)


def sent_since(house: House, number: int) -> Counter[int]:
    """Return how many messages each chat got after that call."""
    ring = (entry for entry in house.world.calls.ring if entry["n"] > number and entry["ok"])
    return Counter(int(entry["params"]["chat_id"]) for entry in ring if entry["method"] == "sendMessage")


def newest(house: House) -> int:
    return house.world.calls.ring[-1]["n"] if house.world.calls.ring else 0


def states(session: Session) -> Counter[tuple[int, DoseState]]:
    return Counter((dose.day, dose.state) for dose in session.query(Dose))


async def away(house: House, **span: float) -> None:
    """Stop, let the time go by on both sides, and start again."""
    await house.stop_steady()
    later = house.clock.now() + timedelta(**span)
    house.clock.move_to(later)
    await house.call("PUT", "/clock", now=later.isoformat())
    await house.start_steady()


@pytest.mark.parametrize("count", [60, pytest.param(500, marks=pytest.mark.nightly)])
async def test_after_26_hours_nobody_hears_of_yesterday(house: House, count: int) -> None:
    now = house.clock.now()
    everybody = await enrol(house, count, now + timedelta(hours=1))
    await house.forward(minutes=1)
    since = newest(house)
    await away(house, hours=26)
    await house.settle()
    got = sent_since(house, since)
    assert max(got[one.telegram_id] for one in everybody) <= 1
    kept = await house.look(states)
    assert kept[10, DoseState.MISSED_BY_US] == count
    assert not kept[10, DoseState.UNKNOWN]
    texts = [entry["params"].get("text", "") for entry in house.world.calls.ring if entry["n"] > since]
    assert not [text for text in texts if "quiet word" in text]


async def test_a_restart_loop_says_nothing_again(house: House, rng: random.Random) -> None:
    everybody = await enrol(house, 10, house.clock.now() + timedelta(minutes=1))
    since = newest(house)
    await house.forward(minutes=2)
    for _ in range(12):
        await away(house, seconds=rng.randint(1, 50))
    await house.settle()
    got = sent_since(house, since)
    assert {got[one.telegram_id] for one in everybody} == {1}


async def act(house: House, everybody: list[Enrolled]) -> None:
    """Let everybody take the dose, say how it feels, take the answer back and give it again."""
    for number, one in enumerate(everybody):
        deeds = ("taken:{}", f"grade:{{}}:headache:{number % 3}", "undo:{}", "taken:{}")
        for data in deeds:
            await house.call("POST", f"/people/{one.telegram_id}/tap", data=data.format(one.dose), forge=True)
    await house.settle()


async def test_updates_tripled_and_shuffled_change_nothing(house: House, seed: str) -> None:
    everybody = await enrol(house, 12, house.clock.now() + timedelta(minutes=1))
    await house.forward(minutes=2)
    await act(house, everybody)
    once = await asyncio.to_thread(on_record, house.database_url)
    before = newest(house)
    await house.call("POST", "/updates/repeat", last=48, times=3, shuffle=True, seed=seed)
    await house.settle()
    assert await asyncio.to_thread(on_record, house.database_url) == once
    assert not sent_since(house, before)
    assert once["change 1 open taken patient"] == 2


async def test_what_lay_in_the_outbox_for_a_day_is_dropped_or_late_but_never_stale(house: House) -> None:
    ann = await house.joined()
    await house.until("08:59")
    await house.fault("status", status=502, method="^send")
    await ann.presses("Help now")
    await house.forward(minutes=2)
    await house.stop_steady()
    await house.call("DELETE", "/faults")
    await away_again(house, hours=25)
    await house.settle()
    said = ann.read()
    assert sum("We are glad you pressed this" in text for text in said) == 1
    assert sum("daily check" in text for text in said) == 1  # today's; yesterday's went stale in the outbox
    assert sum("EMERGENCY" in text for text in house.clinicians.read()) >= 1


async def away_again(house: House, **span: float) -> None:
    later = house.clock.now() + timedelta(**span)
    house.clock.move_to(later)
    await house.call("PUT", "/clock", now=later.isoformat())
    await house.start_steady()
