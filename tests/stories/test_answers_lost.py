"""The small answer to a press is lost or comes too late: what was pressed is recorded all the same."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.house import House

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.mark.parametrize(
    "fault", [{"kind": "status", "status": 400}, {"kind": "reset"}, {"kind": "half_json"}, {"kind": "html"}],
    ids=lambda fault: fault["kind"],
)  # fmt: skip
async def test_a_press_that_cannot_be_answered_is_recorded_all_the_same(house: House, fault: dict[str, Any]) -> None:
    """B7: Telegram takes no answer to a press ("query is too old"), or nobody hears that it did."""
    ann = await house.joined()
    await house.until("09:00")
    await house.fault(method="answerCallbackQuery", **fault)
    await ann.taps("Taken", "Fine")
    assert await house.states(ann) == ["taken"]
    await ann.presses("Help now")
    await house.lee.taps("Acknowledge", chat=house.clinicians)
    house.clinicians.expect("Nurse Lee has this")


@pytest.mark.parametrize("rounds", [1, pytest.param(83, marks=pytest.mark.nightly)])
async def test_ten_taps_and_an_old_button_are_one_event(house: House, rounds: int) -> None:
    """F4 and B7: tapped ten times while no answer to a press arrives, in time or at all."""
    ann = await house.joined()
    await house.fault("status", method="answerCallbackQuery", status=400, says=TOO_OLD)
    for day in range(1, rounds + 1):
        await house.until("09:00")
        asked = ann.expect("daily check")
        for _ in range(10):
            await ann.forges(asked.data[0], on=asked)
        dose = (await house.ledger(ann))[-1]
        assert await house.history(dose) == [("open", "taken")], day
        await ann.forges(f"undo:{dose.id}")
        await ann.forges(asked.data[0], on=asked)
        assert await house.history(dose) == [("open", "taken"), ("taken", "open"), ("open", "taken")], day
        ann.read()
