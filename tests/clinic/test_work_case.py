"""What a press or the clock does to a case: every column that it touches, and when it speaks next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from care.escalation import CaseState, Outcome
from care.refusals import NotFound, Refusal, Stale
from care.triage import Fact, Level
from clinic.ward import Ward
from clinic.work_case import acknowledge, read_note, record_outcome, visit_case
from storage.cases import add_alert, set_case
from storage.queues import Event, Lane, OutboxRow
from tests.clinic.one_case import (
    TAKEN_BACK,
    card_of,
    case_of,
    done,
    events,
    held,
    own,
    refused,
    said,
)
from tests.clinic.two_clinics import CONTENT
from tests.clinic.wing import GREY, LEE, MOSS, Wing
from tests.conftest import MovedClock


@pytest.fixture
def wing(wing_on_sqlite: Wing) -> Wing:
    return wing_on_sqlite


def test_who_acknowledges_owns_it_until_the_hour_of_its_outcome(wing: Wing, case_id: int, clock: MovedClock) -> None:
    before = card_of(wing, case_id)
    assert done(wing, acknowledge, case_id=case_id) == "toast-yours"
    case = wing.case(case_id)
    assert case.owner is not None
    assert case.owner.name == "Nurse Lee"
    assert held(case) == {
        "state": CaseState.ACKNOWLEDGED, "step": 0, "outcome": None, "acknowledged_at": clock.now, "closed_at": None,
        "closed_by": None, "next_step_at": clock.now + timedelta(minutes=45), "level": Level.EMERGENCY, **TAKEN_BACK,
    }  # fmt: skip
    assert "case-acknowledged" in events(wing)
    text, spoke_at = card_of(wing, case_id)
    assert ("Nurse Lee" in text, "Nurse Lee" in before[0]) == (True, False)
    assert spoke_at == before[1], "the card is edited in place: nothing rings"


def test_the_first_press_wins(wing: Wing, case_id: int) -> None:
    own(wing, case_id)
    refusal = refused(wing, acknowledge, MOSS, case_id=case_id)
    assert (type(refusal), refusal.key, refusal.values) == (Stale, "refused-case-owned", {"name": "Nurse Lee"})
    was = held(wing.case(case_id))
    assert done(wing, acknowledge, LEE, case_id=case_id) == "toast-yours-already"
    assert held(wing.case(case_id)) == was


def test_a_case_that_came_back_may_be_anybodys(wing: Wing, case_id: int) -> None:
    own(wing, case_id)
    wing.do(lambda ward: set_case(ward.work, case_of(ward, case_id), "prepared", state=CaseState.OPEN))
    assert done(wing, acknowledge, MOSS, case_id=case_id) == "toast-yours"


def test_one_that_nobody_has_any_more_may_be_too(wing: Wing, case_id: int) -> None:
    values = {"state": CaseState.ACKNOWLEDGED, "owner_id": None}
    wing.do(lambda ward: set_case(ward.work, case_of(ward, case_id), "prepared", **values))
    assert done(wing, acknowledge, MOSS, case_id=case_id) == "toast-yours"


ENDS = sorted(set(Outcome) - {Outcome.COULD_NOT_REACH, Outcome.ERASED})


@pytest.mark.parametrize("outcome", ENDS)
def test_an_outcome_closes_it(wing: Wing, case_id: int, clock: MovedClock, outcome: Outcome) -> None:
    lee, before = own(wing, case_id), card_of(wing, case_id)
    assert done(wing, record_outcome, case_id=case_id, outcome=outcome) == "toast-outcome-closed"
    assert held(wing.case(case_id)) == {
        "state": CaseState.CLOSED, "step": 2, "outcome": outcome, "acknowledged_at": None, "closed_at": clock.now,
        "closed_by": lee, "next_step_at": None, "level": Level.EMERGENCY, **TAKEN_BACK,
    }  # fmt: skip
    assert "case-closed" in events(wing)
    text, spoke_at = card_of(wing, case_id)
    assert text != before[0]
    assert spoke_at == before[1]


def test_an_attempt_that_reached_nobody_is_tried_again(wing: Wing, case_id: int, clock: MovedClock) -> None:
    own(wing, case_id)
    wing.do(
        lambda ward: set_case(ward.work, case_of(ward, case_id), "prepared", state=CaseState.OPEN, outcome=None),
    )
    before = card_of(wing, case_id)
    tried = done(wing, record_outcome, case_id=case_id, outcome=Outcome.COULD_NOT_REACH)
    assert tried == "toast-outcome-again"
    assert held(wing.case(case_id)) == {
        "state": CaseState.ACKNOWLEDGED, "step": 0, "outcome": Outcome.COULD_NOT_REACH, "acknowledged_at": None,
        "closed_at": None, "closed_by": None, "next_step_at": clock.now + timedelta(minutes=30),
        "level": Level.EMERGENCY, **TAKEN_BACK,
    }  # fmt: skip
    assert "case-not-reached" in events(wing)
    text, spoke_at = card_of(wing, case_id)
    assert text != before[0]
    assert spoke_at == before[1]


def test_what_cannot_be_done_to_a_case(wing: Wing, case_id: int) -> None:
    reached = {"case_id": case_id, "outcome": Outcome.REACHED_SAFE}
    refusal = refused(wing, record_outcome, **reached)
    assert (type(refusal), refusal.key) == (Refusal, "refused-acknowledge-first")
    refusal = refused(wing, record_outcome, case_id=case_id, outcome=Outcome.ERASED)
    assert (type(refusal), refusal.key) == (NotFound, "refused-unknown-button")
    own(wing, case_id)
    done(wing, record_outcome, **reached)
    for action, values in ((record_outcome, reached), (acknowledge, {"case_id": case_id})):
        refusal = refused(wing, action, **values)
        assert (type(refusal), refusal.key) == (Stale, "refused-case-closed")


@pytest.mark.parametrize(
    ("level", "owned", "step", "event", "wait", "rings"),
    [
        pytest.param(Level.EMERGENCY, False, 3, "case-repeated", 30, True, id="nobody took it: the next step"),
        pytest.param(Level.EMERGENCY, True, 0, "case-reopened", 10, True, id="no outcome: back from the first step"),
        pytest.param(Level.URGENT, False, 3, "case-repeated", 240, True, id="an urgent one"),
        pytest.param(Level.ROUTINE, False, 3, "case-repeated", (21 * 60 + 50), False, id="a routine one rests"),
        pytest.param(Level.ROUTINE, True, 0, "case-reopened", (21 * 60 + 50), True, id="and speaks when it comes back"),
    ],
)
def test_when_its_time_has_come_it_speaks_again(
    wing: Wing,
    case_id: int,
    clock: MovedClock,
    level: Level,
    owned: bool,
    step: int,
    event: str,
    wait: int,
    rings: bool,
) -> None:
    if owned:
        own(wing, case_id)

    def unit(ward: Ward) -> datetime:
        case = case_of(ward, case_id)
        case.level = level
        visit_case(ward, case)
        return ward.now - timedelta(hours=1, minutes=10)

    offered_at = wing.do(unit)
    case = wing.case(case_id)
    assert held(case) == {
        "state": CaseState.OPEN, "step": step, "outcome": Outcome.COULD_NOT_REACH, "acknowledged_at": None,
        "closed_at": None, "closed_by": None, "next_step_at": clock.now + timedelta(minutes=wait), "level": level,
        "offered_to": 98, "offered_at": offered_at, "snoozed_by": None, "snoozed_until": None,
    }  # fmt: skip
    assert event in events(wing)
    assert (case.spoke_at == clock.now) is rings


def test_a_closed_case_is_at_rest(wing: Wing, case_id: int, clock: MovedClock) -> None:
    own(wing, case_id)
    done(wing, record_outcome, case_id=case_id, outcome=Outcome.REACHED_SAFE)
    wing.do(lambda ward: set_case(ward.work, case_of(ward, case_id), "prepared", next_step_at=ward.now))
    was = held(wing.case(case_id))
    clock.forward(minutes=1)
    wing.do(lambda ward: visit_case(ward, case_of(ward, case_id)))
    assert held(wing.case(case_id)) == {**was, "next_step_at": None}
    assert events(wing) == ["case-at-rest"]


def test_what_was_written_is_read_by_whoever_asks_and_that_is_on_record(wing: Wing, case_id: int) -> None:
    def quote(ward: Ward) -> None:
        case, rule = case_of(ward, case_id), CONTENT.triage[0]
        course = wing.course_of(ward, case_id)
        for number in range(9):
            add_alert(
                ward.work, case, course, rule=rule, level=rule.level, fact=Fact("free-text"),
                quote=None if number == 8 else f"words {number}", hearing_id=900 if number in (3, 4) else None,
            )  # fmt: skip

    wing.do(quote)
    assert done(wing, read_note, GREY, case_id=case_id) == "toast-sent-private"

    def unit(ward: Ward) -> list[list[Any]]:
        (row,) = ward.work.session.query(OutboxRow).filter(OutboxRow.chat_id == GREY, OutboxRow.lane == Lane.REPLY)
        return said(ward, row)["texts"]

    head, *quotes = wing.do(unit)
    assert head == ["card-private", {"code": wing.case(case_id).patient.case_code}]
    assert [values["quote"] for _, values in quotes] == [f"words {number}" for number in (2, 4, 5, 6, 7)], (
        "the last five"
    )

    def event(ward: Ward) -> tuple[Any, ...]:
        row = ward.work.session.query(Event).filter(Event.name == "note-read").one()
        return row.patient_id, row.clinic_id, row.facts

    case = wing.case(case_id)
    assert wing.do(event) == (case.patient_id, case.clinic_id, {"case": case_id})
