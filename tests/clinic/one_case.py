"""One case that has been through much, and ways to see all of it: for tests of what a press does to a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from care.escalation import CaseState, Outcome
from care.refusals import Refusal
from care.triage import Fact
from clinic.ward import Ward
from storage.bodies import Envelope, open_body
from storage.cases import find_case, set_case
from storage.clinics import set_clinic
from storage.copies import copies_of
from storage.queues import Event, OutboxRow
from storage.tables import Case
from tests.clinic.two_clinics import CONTENT
from tests.clinic.wing import LEE, Wing, visit
from tests.conftest import MovedClock

TAKEN_BACK = {"offered_to": None, "offered_at": None, "snoozed_by": None, "snoozed_until": None}
COLUMNS = (
    "state", "step", "outcome", "acknowledged_at", "closed_at", "closed_by", "next_step_at", "level", *TAKEN_BACK,
)  # fmt: skip


def worn_case(wing: Wing, clock: MovedClock) -> int:
    """Open a case that has climbed, was tried in vain, was put off and offered to somebody; that was ten minutes ago.

    Its clinic wants an outcome within 45 minutes.
    """
    opened = wing.open_case(Fact("help-now"))

    def climbed(ward: Ward) -> None:
        case = case_of(ward, opened)
        set_clinic(ward.work, case.patient.clinic, "policy-set", {}, options={"waits": {"page-outcome": 45}})
        past = ward.now - timedelta(hours=1)
        set_case(
            ward.work, case, "prepared", step=2, outcome=Outcome.COULD_NOT_REACH, next_step_at=past, offered_to=98,
            offered_at=past, snoozed_by=99, snoozed_until=past,
        )  # fmt: skip

    wing.do(climbed)
    clock.forward(minutes=10)
    return opened


def case_of(ward: Ward, case_id: int) -> Case:
    case = find_case(ward.work.session, case_id)
    assert case is not None
    return case


def own(wing: Wing, case_id: int, telegram_id: int = LEE) -> int:
    """Let somebody have the case; return the id of their post."""

    def take(ward: Ward) -> int:
        case = case_of(ward, case_id)
        post = visit(ward.work, CONTENT, telegram_id).caller.posts[0]
        case.owner = post
        set_case(ward.work, case, "prepared", state=CaseState.ACKNOWLEDGED)
        return post.id

    return wing.do(take)


def held(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in COLUMNS}


def done(wing: Wing, action: Callable[..., None], telegram_id: int = LEE, **values: object) -> str | None:
    """Let somebody press; return the key of what they are told in passing."""

    def unit(ward: Ward) -> str | None:
        pressing = visit(ward.work, CONTENT, telegram_id)
        action(pressing, **values)
        return pressing.toast and pressing.toast.key

    return wing.do(unit)


def refused(wing: Wing, action: Callable[..., None], telegram_id: int = LEE, **values: object) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        done(wing, action, telegram_id, **values)
    return refusal.value


def events(wing: Wing) -> list[str]:
    """Return the names of what the last unit wrote down."""

    def query(ward: Ward) -> list[str]:
        rows = ward.work.session.query(Event).order_by(Event.id)
        return [row.name for row in rows if row.at == ward.now]

    return wing.do(query)


def card_of(wing: Wing, case_id: int) -> tuple[str, datetime | None]:
    """Return what the case's card says, and when the case was last sent anew."""

    def unit(ward: Ward) -> tuple[str, datetime | None]:
        copy = copies_of(ward.work.session, case_id)[0]
        row = ward.work.session.get_one(OutboxRow, copy.letter_id)
        return str(said(ward, row)), case_of(ward, case_id).spoke_at

    return wing.do(unit)


def said(ward: Ward, row: OutboxRow) -> dict[str, Any]:
    envelope = Envelope(row.chat_id, row.patient_id, row.clinic_id, row.created_at)
    return open_body(ward.work.connection, envelope, row.body)
