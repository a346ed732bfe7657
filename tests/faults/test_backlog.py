"""Thousands of updates wait when we start (E2): nobody has missed what their answer among them says they took."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

import pytest

from care.doses import DoseState
from storage.reading import Session
from storage.tables import Alert, Dose
from tests.faults.test_outage import enrol
from tests.stories.house import House


def states(session: Session) -> Counter[tuple[int, str]]:
    return Counter((dose.day, dose.state.value) for dose in session.query(Dose))


@pytest.mark.parametrize(
    ("patients", "updates"), [(20, 200), pytest.param(500, 10_000, marks=pytest.mark.nightly)]
)  # fmt: skip
async def test_nothing_is_missed_that_waits_to_be_read(
    house: House, rng: random.Random, patients: int, updates: int
) -> None:
    everybody = await enrol(house, patients, house.clock.now() + timedelta(minutes=1))
    await house.forward(minutes=2)
    alerts = await house.look(lambda session: session.query(Alert).count())
    await house.stop_steady()
    later = house.clock.now() + timedelta(hours=18)  # the day is over; Telegram keeps what was said in it
    house.clock.move_to(later)
    await house.call("PUT", "/clock", now=later.isoformat())
    deeds = [(one.telegram_id, f"taken:{one.dose}") for one in everybody]
    deeds += [(rng.choice(everybody).telegram_id, "keep-going") for _ in range(updates - patients)]
    rng.shuffle(deeds)
    for who, data in deeds:
        await house.call("POST", f"/people/{who}/tap", data=data, forge=True)
    await house.start_steady()
    for _ in range(5):  # the clock does not wait for the reading: it looks at once, and again
        await house.steady.ticks.make_rounds()
        assert not (await house.look(states))[10, DoseState.UNKNOWN.value]
    await house.settle()
    kept = await house.look(states)
    assert kept[10, "taken"] == patients, kept
    assert not kept[10, "unknown"], "nobody who answered was judged to be silent"
    assert await house.look(lambda session: session.query(Alert).count()) == alerts, "and no clinician was told so"
