"""The small answer to a press is lost or comes too late: what was pressed is recorded all the same."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.house import House


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
