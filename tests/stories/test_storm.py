"""More alerts than a chat can take: all are there, none waits for another, and Telegram's limit is never met."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from care.triage import Fact
from clinic.invite_patient import issue_invite
from clinic.raise_alert import raise_alerts
from clinic.ward import Ward
from content.loader import Content
from storage.cases import open_cases
from storage.clinics import get_clinic
from storage.courses import find_course
from storage.patients import find_by_code
from tests.stories.house import House

MANY = 500


def raise_one(ward: Ward, clinic_id: int) -> str:
    """Somebody calls for help; return their case code."""
    issued = issue_invite(ward, get_clinic(ward.work.session, clinic_id), regimen="opioid-50")
    patient = find_by_code(ward.work.session, issued.code)
    assert patient is not None
    course = find_course(ward.work.session, patient.id)
    assert course is not None
    raise_alerts(ward, course, [Fact("help-now")])
    return issued.code


@pytest.fixture
async def limited(
    fresh_sqlite: str, tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    """A house whose Telegram holds to its limits, by the clock of the house."""
    async with AsyncExitStack() as rooms:
        house = House(tmp_path, fresh_sqlite, content, rooms, group_pace=18)
        await house.open()
        await house.forward(minutes=2)
        await house.call("PUT", "/limits", on=True, clock="sandbox")
        try:
            yield house
            await house.call("PUT", "/limits", on=False, clock="sandbox")
            await house.settle()
            await house.check()
        finally:
            await house.stop_steady()


async def sends(house: House) -> list[dict[str, Any]]:
    """Return every send, edit and removal in the clinicians' chat so far."""
    found = await house.call("GET", "/calls?after=0")
    return [
        call
        for call in found
        if call["method"] in ("sendMessage", "editMessageText", "deleteMessage")
        and str(call["params"].get("chat_id")) == str(house.clinicians.chat)
    ]


async def test_five_hundred_alerts_in_ten_seconds(limited: House) -> None:
    house, began, before = limited, limited.clock.now(), len(await sends(limited))
    codes: list[str] = []
    for second in range(10):
        for _ in range(MANY // 10):
            codes.append(await house.write(lambda ward: raise_one(ward, house.clinic_id)))
        await house.settle()
        if second == 0:
            house.clinicians.expect("EMERGENCY")
        await house.forward(seconds=1)
    assert house.clock.now() - began == timedelta(seconds=10)
    await house.forward(seconds=50)
    minute_one = (await sends(house))[before:]
    assert len(minute_one) <= 20, [call["method"] for call in minute_one]
    assert all(call["ok"] for call in minute_one), "the limit was never met"
    shown = " ".join(said.text for said in house.clinicians.everything)
    assert {code for code in codes if code not in shown} == set(), "all are represented"
    cases = await house.look(lambda session: open_cases(session, house.clinic_id))
    assert len(cases) == MANY
    assert all(case.next_step_at is not None for case in cases)


async def test_the_storm_climbs_as_one_and_its_cases_can_be_taken(house: House) -> None:
    for _ in range(20):
        await house.write(lambda ward: raise_one(ward, house.clinic_id))
    await house.settle()
    assert len([said for said in house.clinicians.new if "Not started" in said.text]) == 6
    await house.forward(seconds=30)
    storm = house.clinicians.expect("14 more cases in a short time.*nobody has yet: 14")
    house.clinicians.read()
    await house.forward(minutes=10)
    for chat in (house.clinicians, house.lee, house.grey):
        again = [said for said in chat.new if "more cases" in said.text]
        assert len({said.message for said in again}) == 1, "the storm rings once, not fourteen times"
        assert len(chat.read()) <= 9
    assert not house.clinicians.shows(storm)
    await house.lee.taps("Show the next 5", chat=house.clinicians)
    cards = [said for said in house.clinicians.new if said.has("Acknowledge")]
    assert len(cards) == 5
    await house.forward(seconds=30)
    house.clinicians.expect("9 more cases")
    await house.lee.taps("Acknowledge", chat=house.clinicians, on=cards[0])
    assert house.lee.toast is not None
    assert "It is yours" in house.lee.toast


async def test_a_storm_ends_with_its_last_case(house: House) -> None:
    for _ in range(7):
        await house.write(lambda ward: raise_one(ward, house.clinic_id))
    await house.settle()
    storm = house.clinicians.expect("1 more case")
    await house.lee.taps("Show the next one", chat=house.clinicians, on=storm)
    card = next(said for said in house.clinicians.new if said.has("Acknowledge") and said.message > storm.message)
    await house.forward(seconds=30)
    house.clinicians.expect("All cases of this message are closed or have cards of their own")
    await house.lee.forges(storm.data[0], chat=house.clinicians, on=storm)
    assert "each case has its own card" in str(house.lee.toast)
    await house.lee.taps("Acknowledge", "Reached, safe", chat=house.clinicians, on=card)
    house.clinicians.expect("Closed: reached and safe")


async def test_an_hour_of_storm_is_few_messages_for_each_clinician(house: House) -> None:
    for _ in range(60):
        await house.write(lambda ward: raise_one(ward, house.clinic_id))
    await house.settle()
    await house.forward(hours=1)
    rings = {said.message for said in house.lee.new if "more cases" in said.text}
    assert len(rings) <= 6


async def test_a_page_does_not_wait_for_a_group_that_tasks_have_filled(limited: House) -> None:
    house = limited
    for _ in range(30):  # clinicians who ask and ask
        await house.lee.says("/oncall", chat=house.clinicians.chat)
    asked = len([said for said in house.clinicians.read() if "On call" in said])
    assert asked < 18
    await house.write(lambda ward: raise_one(ward, house.clinic_id))
    await house.settle()
    house.clinicians.expect("EMERGENCY")
    await house.forward(minutes=5)
    answered = len([said for said in house.clinicians.read() if "On call" in said])
    assert asked + answered == 30, "and nothing is lost"
    assert all(call["ok"] for call in await sends(house))
