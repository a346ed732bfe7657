"""A storm that rings again: once for all its cases, at the pace of the gravest. Without Telegram."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from care.triage import Fact
from clinic import storms
from clinic.rounds import make_visit
from clinic.ward import Ward
from storage.due import Due, Visit
from storage.duty import Copy, Storm
from storage.queues import Lane, OutboxRow, OutboxState
from storage.reading import Session
from tests.clinic.test_unanswered import own, send_all
from tests.clinic.wing import CHAT, Wing
from tests.conftest import MovedClock


def visit(wing: Wing, ward: Ward, *cases: int) -> None:
    for case_id in cases:
        make_visit(ward.work, wing.content, Due(Visit.CASE, case_id, ward.now))


def in_storm(session: Session) -> set[int]:
    return set(session.scalars(select(Copy.case_id).where(Copy.storm_id.is_not(None))))


def test_a_step_of_many_cases_lists_the_storm_once_for_each_chat(
    wing: Wing, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [wing.open_case() for _ in range(30)]
    wing.do(send_all)
    wing.do(lambda ward: ward.work.record("sent"))
    listed: list[int] = []

    def counting(session: Any, storm_id: int, *, ask: Any = storms.cases_in) -> Any:
        listed.append(storm_id)
        return ask(session, storm_id)

    monkeypatch.setattr(storms, "cases_in", counting)
    for minutes in (10, 10, 10, 30):  # to the top of the ladder: a case is news in a chat that it comes to
        clock.forward(minutes=minutes)
        listed.clear()
        wing.do(lambda ward: (visit(wing, ward, *cases), send_all(ward)))
    assert sorted(listed) == sorted(wing.store.read(lambda session: list(session.scalars(select(Storm.id)))).result())


def test_a_storm_that_waits_leaves_as_fast_as_its_gravest_case_rings(wing: Wing, clock: MovedClock) -> None:
    for _ in range(8):
        wing.open_case()
    task, page = wing.open_case(Fact("grade", "nausea", 3)), wing.open_case()
    assert {task, page} <= wing.store.read(in_storm).result()
    wing.do(lambda ward: own(ward, task))
    wing.do(lambda ward: (send_all(ward), ward.work.record("sent")))
    clock.forward(hours=25)  # what nobody said the end of comes back, and quietly

    def lane(session: Session) -> Lane:
        row = session.scalars(select(Storm.letter_id).where(Storm.chat_id == CHAT)).one()
        letter = session.get_one(OutboxRow, row)
        assert letter.state is OutboxState.WAITING
        return letter.lane

    wing.do(lambda ward: visit(wing, ward, task))
    assert wing.store.read(lane).result() is Lane.TASK
    clock.now += timedelta(seconds=20)
    wing.do(lambda ward: visit(wing, ward, page))
    assert wing.store.read(lane).result() is Lane.PAGE
