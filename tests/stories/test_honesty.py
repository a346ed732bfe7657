"""Whatever goes wrong on the way, nobody reads "sent", "delivered" or "told" of what has not arrived (G6)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.stories.house import House
from tests.stories.people import Chat, Patient
from tests.stories.test_talk import replied

NEWS = "Please ring the ward today"
CLAIMS = re.compile(r"\b(sent|delivered|arrived|received|been told|has read)\b", re.IGNORECASE)
DENIALS = re.compile(r"(could|can) ?not be delivered|was not sent|nothing was sent|did not arrive", re.IGNORECASE)
FOR_GOOD: tuple[dict[str, Any], ...] = (
    {"kind": "status", "status": 403},
    {"kind": "status", "status": 400, "says": "Bad Request: chat not found"},
    {"kind": "status", "status": 400, "says": "Bad Request: something new"},
)
FOR_NOW: tuple[dict[str, Any], ...] = (
    {"kind": "status", "status": 500}, {"kind": "status", "status": 502}, {"kind": "401"},
    {"kind": "429", "retry_after": 30}, {"kind": "html"}, {"kind": "reset"},
    {"kind": "timeout_before", "seconds": 0.01},
)  # fmt: skip
"""Each of these comes before Telegram takes the message: it has not arrived."""


def claims(*chats: Chat) -> list[str]:
    """Return what any of these chats was told as if it had happened."""
    texts = [said.text for chat in chats for said in chat.everything]
    return [text for text in texts if CLAIMS.search(DENIALS.sub("", text))]


def has_it(patient: Patient) -> bool:
    return any(NEWS in said.text for said in patient.everything)


async def answered_in_vain(house: House, fault: dict[str, Any]) -> tuple[Patient, list[str]]:
    """Lee answers a patient whom nothing reaches. Return her, and what the clinic had been told before."""
    ann, card = await replied(house, "Hello")
    before = claims(house.clinicians, house.lee, house.grey)
    await house.fault(method="^sendMessage$", chat=ann.id, **fault)
    await house.lee.says(NEWS, chat=house.clinicians.chat, reply_to=card.message)
    await house.forward(minutes=3)
    assert not has_it(ann)
    return ann, before


@pytest.mark.parametrize("fault", FOR_NOW, ids=lambda one: f"{one['kind']}-{one.get('status', '')}")
async def test_what_is_still_on_its_way_is_said_to_be(house: House, fault: dict[str, Any]) -> None:
    house.allows("error")
    ann, before = await answered_in_vain(house, fault)
    house.clinicians.expect(f"On its way to case {ann.code}")
    assert claims(house.clinicians, house.lee, house.grey) == before
    await house.call("DELETE", "/faults")
    await house.forward(minutes=10)
    assert has_it(ann)
    assert not any("could not be delivered" in said.text for said in house.lee.everything)


@pytest.mark.parametrize("fault", FOR_GOOD, ids=lambda one: str(one.get("says", one["status"])))
async def test_what_was_refused_is_told_to_its_writer_and_on_the_card(house: House, fault: dict[str, Any]) -> None:
    house.allows("failed", "error")
    ann, before = await answered_in_vain(house, fault)
    house.lee.expect(f"Your message to case {ann.code} could not be delivered")
    house.clinicians.expect("wrote, and it could not be delivered")
    assert claims(house.clinicians, house.lee, house.grey) == before


@pytest.mark.parametrize("fault", FOR_NOW[:3], ids=lambda one: f"{one['kind']}-{one.get('status', '')}")
async def test_a_patient_who_cannot_be_told_of_a_move_is_not_said_to_know(house: House, fault: dict[str, Any]) -> None:
    house.allows("error")
    ann = await house.joined(day=3)
    before = claims(house.clinicians, house.lee, house.grey)
    await house.fault(method="^sendMessage$", chat=ann.id, **fault)
    await house.lee.says(f"/reschedule {ann.code} hour 11:30")
    house.lee.expect("daily question moved to 11:30.*is being told")
    assert claims(house.clinicians, house.lee, house.grey) == before


async def test_a_page_that_did_not_leave_is_not_counted_as_delivered(house: House) -> None:
    """What the outbox calls sent has Telegram's number; everything else is owed still."""
    house.allows("error")
    ann = await house.joined()
    await house.fault("status", status=502, method="^sendMessage$", chat=house.clinicians.chat)
    await ann.presses("Help now")
    await house.forward(minutes=2)
    assert not any("EMERGENCY" in said.text for said in house.clinicians.everything)
    case = (await house.cases(ann))[0]
    assert case.state.value == "open"
    assert case.next_step_at is not None
    await house.call("DELETE", "/faults")
    await house.forward(minutes=5)
    house.clinicians.expect("EMERGENCY")
