"""A thousand rows that nothing can handle, at the head of every queue: a page behind them goes out all the same."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import text, update

from care.escalation import CaseState
from care.triage import Level
from clinic.ward import Ward
from storage.inbox import add_updates, arrival
from storage.outbox import Letter, add_letter
from storage.queues import InboxRow, InboxState, Lane, OutboxRow, OutboxState
from storage.reading import Session
from storage.tables import Case
from tests.stories.house import House

MANY = 1000


async def poison_outbox(house: House, body: dict[str, Any], *, clinic_id: int | None = None) -> None:
    def unit(ward: Ward) -> None:
        for number in range(MANY):
            chat = house.clinicians.chat if number % 2 else 900_000 + number
            add_letter(ward.work, Letter(chat_id=chat, body=body, lane=Lane.PAGE, clinic_id=clinic_id))

    await house.write(unit)


def states(session: Session) -> set[str]:
    rows = session.query(OutboxRow).filter(OutboxRow.message_id.is_(None), OutboxRow.kind == "send")
    return {row.state.value for row in rows}


async def test_a_page_passes_a_thousand_letters_that_cannot_be_said(house: House) -> None:
    house.allows("error", "failed")
    ann = await house.joined(begins=False)
    await poison_outbox(house, {"language": "xx", "texts": [["no-such-text", {}]], "buttons": []})
    await ann.presses("Help now")
    house.clinicians.expect(f"EMERGENCY.*{ann.code}")
    assert await house.look(states) == {"failed"}
    assert len([text for text in house.grey.read() if "could not be put into words" in text]) == 1


async def test_a_page_passes_a_thousand_letters_that_nobody_sealed(house: House) -> None:
    house.allows("error", "failed")
    ann = await house.joined(begins=False)

    def unit(ward: Ward) -> None:
        for number in range(MANY):
            add_letter(ward.work, Letter(chat_id=900_000 + number, body={}, lane=Lane.PAGE))
        spoil = update(OutboxRow).where(OutboxRow.state == OutboxState.WAITING).values(body=b"{not ours")
        ward.work.session.execute(spoil)

    await house.write(unit)
    await ann.presses("Help now")
    house.clinicians.expect(f"EMERGENCY.*{ann.code}")


async def test_a_page_passes_a_thousand_cases_that_cannot_be_visited(house: House) -> None:
    house.allows("error", "breach")
    ann = await house.joined(begins=False)
    await ann.presses("Help now")
    house.clinicians.expect("EMERGENCY")

    def unit(ward: Ward) -> None:
        real = ward.work.session.query(Case).one()
        for number in range(MANY):
            at = ward.now - timedelta(hours=1, seconds=number)
            poison = Case(
                clinic_id=real.clinic_id, patient_id=real.patient_id, level=Level.EMERGENCY, state=CaseState.OPEN,
                opened_at=at, raised_at=at, step=0, next_step_at=at,
            )  # fmt: skip
            ward.work.session.add(poison)
        ward.work.session.flush()
        ward.work.session.execute(text("update cases set level = 99 where id > 1"))
        ward.work.record("spoiled")

    await house.write(unit)
    for _ in range(3):  # the rounds come again and again; the first see nothing but poison
        await house.steady.ticks.make_rounds()
    house.clock.move_to(house.clock.now() + timedelta(minutes=10))
    await house.steady.ticks.make_rounds()
    await house.steady.rest()
    house.clinicians.expect(f"EMERGENCY.*{ann.code}.*Second message")
    await house.write(_heal)


def _heal(ward: Ward) -> None:
    ward.work.session.execute(text("delete from cases where level = 99"))


async def test_a_page_passes_a_thousand_updates_that_are_no_updates(house: House) -> None:
    house.allows("error")
    ann = await house.joined(begins=False)

    def unit(ward: Ward) -> None:
        add_updates(ward.work, [arrival({"update_id": 10_000_000 + number}) for number in range(MANY)])
        rows = ward.work.session.query(InboxRow).filter(InboxRow.update_id >= 10_000_000)
        rows.update(
            {"raw": json.dumps({"update_id": "no number", "message": {"chat": 5}}).encode(), "received_at": ward.now}
        )

    await house.write(unit)
    await ann.presses("Help now")
    house.clinicians.expect(f"EMERGENCY.*{ann.code}")
    waiting = await house.look(lambda s: s.query(InboxRow).filter(InboxRow.state == InboxState.WAITING).count())
    assert waiting == MANY, "each waits for its next try, and none was in the way"
