"""Putting a case off and handing it over: what is asked, of whom, and what every column says afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from care.escalation import CaseState, Outcome
from care.refusals import NotAllowed, NotFound, Refusal, Stale
from care.triage import Level
from clinic.arrange_case import answer_hand_over, offer_arrangements, offer_hand_over, put_off_case
from clinic.ward import Ward
from clinic.work_case import record_outcome
from storage.cases import set_case
from storage.clinics import add_staff, get_clinic, staff_of
from storage.queues import Event, Lane, OutboxRow
from storage.tables import Role
from tests.clinic.one_case import card_of, case_of, done, events, held, own, refused, said
from tests.clinic.wing import CHAT, GREY, LEE, MOSS, Wing
from tests.conftest import MovedClock

ACTIONS: list[tuple[Any, dict[str, Any]]] = [
    (offer_arrangements, {}),
    (put_off_case, {"minutes": 5}),
    (offer_hand_over, {"staff_id": 1}),
    (answer_hand_over, {"answer": "yes"}),
]


@pytest.fixture
def wing(wing_on_sqlite: Wing) -> Wing:
    return wing_on_sqlite


def staff(wing: Wing) -> dict[int, int]:
    """Return the posts by the person's Telegram id."""
    return wing.do(lambda ward: {one.telegram_id: one.id for one in staff_of(ward.work.session, wing.clinic_id)})


def letters(wing: Wing, chat: int, lane: Lane, kind: str = "send") -> list[dict[str, Any]]:
    """Return what the last unit owes this chat in this lane."""

    def unit(ward: Ward) -> list[dict[str, Any]]:
        rows = ward.work.session.query(OutboxRow).filter_by(chat_id=chat, lane=lane, kind=kind)
        return [said(ward, row) for row in rows.order_by(OutboxRow.id) if row.created_at == ward.now]

    return wing.do(unit)


def pressed_message(wing: Wing) -> list[Any]:
    """Return what the message whose button was pressed says now."""

    def unit(ward: Ward) -> list[Any]:
        rows = ward.work.session.query(OutboxRow).filter_by(chat_id=CHAT, edits_message=1)
        return [said(ward, row)["texts"] for row in rows]

    (texts,) = wing.do(unit)
    return list(texts)


@pytest.mark.parametrize(("action", "values"), ACTIONS, ids=lambda one: getattr(one, "__name__", None))
def test_nothing_is_arranged_about_a_case_that_nobody_has_or_that_is_over(
    wing: Wing, case_id: int, action: Any, values: dict[str, Any]
) -> None:
    refusal = refused(wing, action, case_id=case_id, **values)
    assert (type(refusal), refusal.key) == (Refusal, "refused-acknowledge-first")
    own(wing, case_id)
    done(wing, record_outcome, case_id=case_id, outcome=Outcome.REACHED_SAFE)
    refusal = refused(wing, action, case_id=case_id, **values)
    assert (type(refusal), refusal.key) == (Stale, "refused-case-closed")


@pytest.mark.parametrize(
    ("level", "spans"),
    [
        pytest.param(Level.EMERGENCY, [("minutes", 5), ("minutes", 15)], id="an emergency"),
        pytest.param(Level.URGENT, [("hours", 1), ("hours", 4), ("hours", 8)], id="an urgent case"),
    ],
)
def test_what_may_be_arranged_is_shown(wing: Wing, case_id: int, level: Level, spans: list[tuple[str, int]]) -> None:
    lee = own(wing, case_id)
    wing.do(lambda ward: set_case(ward.work, case_of(ward, case_id), "prepared", level=level))
    done(wing, offer_arrangements, case_id=case_id)
    (shown,) = letters(wing, CHAT, Lane.REPLY)
    assert shown["texts"] == [["ask-arrange", {"code": wing.case(case_id).patient.case_code}]]
    first, *others = shown["buttons"]
    assert [one["label"] for one in first] == [[f"button-put-off-{unit}", {"count": count}] for unit, count in spans]
    minutes = [count * (60 if unit == "hours" else 1) for unit, count in spans]
    assert [one["data"] for one in first] == [f"put-off:{case_id}:{count}" for count in minutes]
    posts = {GREY: "Dr Grey", MOSS: "Dr Moss"}
    assert [row[0]["label"] for row in others] == [["button-hand-to", {"name": name}] for name in posts.values()]
    assert [row[0]["data"] for row in others] == [f"hand:{case_id}:{staff(wing)[one]}" for one in posts]
    assert lee not in [int(row[0]["data"].split(":")[2]) for row in others]

    def event(ward: Ward) -> tuple[Any, ...]:
        row = ward.work.session.query(Event).filter_by(name="arrangements-shown").one()
        return row.clinic_id, row.facts

    assert wing.do(event) == (wing.clinic_id, {"case": case_id})


def test_no_more_colleagues_than_a_message_can_take(wing: Wing, case_id: int) -> None:
    own(wing, case_id)

    def many(ward: Ward) -> None:
        clinic = get_clinic(ward.work.session, wing.clinic_id)
        for number in range(100, 130):
            add_staff(ward.work, clinic, telegram_id=number, name=f"N{number}", role=Role.CLINICIAN)

    wing.do(many)
    done(wing, offer_arrangements, case_id=case_id)
    (shown,) = letters(wing, CHAT, Lane.REPLY)
    assert len(shown["buttons"]) == 1 + 20 - 1, "twenty of the staff, its owner among them"


def test_a_case_that_is_put_off_says_until_when_and_by_whom(wing: Wing, case_id: int, clock: MovedClock) -> None:
    lee, before, card = own(wing, case_id), held(wing.case(case_id)), card_of(wing, case_id)
    done(wing, put_off_case, case_id=case_id, minutes=15)
    until = clock.now + timedelta(minutes=15)
    arranged = {"next_step_at": until, "snoozed_by": lee, "snoozed_until": until}
    assert held(wing.case(case_id)) == {**before, **arranged}
    assert "case-put-off" in events(wing)
    ((key, values),) = pressed_message(wing)
    assert (key, values["code"], values["name"]) == ("case-put-off", wing.case(case_id).patient.case_code, "Nurse Lee")
    assert values["at"] == {"datetime": "2026-11-02T10:25:00"}, "on the clinic's wall, in Berlin"
    assert card_of(wing, case_id) == (card_of(wing, case_id)[0], card[1])
    assert card_of(wing, case_id)[0] != card[0]


def test_nobody_puts_a_case_off_for_long(wing: Wing, case_id: int) -> None:
    own(wing, case_id)
    refusal = refused(wing, put_off_case, case_id=case_id, minutes=16)
    assert (type(refusal), refusal.key) == (Refusal, "refused-put-off")


def test_a_colleague_is_asked_and_until_then_nothing_changes(wing: Wing, case_id: int, clock: MovedClock) -> None:
    lee, posts, before, card = own(wing, case_id), staff(wing), held(wing.case(case_id)), card_of(wing, case_id)
    done(wing, offer_hand_over, case_id=case_id, staff_id=posts[MOSS])
    case = wing.case(case_id)
    assert case.owner_id == lee
    assert held(case) == {**before, "offered_to": posts[MOSS], "offered_at": clock.now}
    assert "hand-over-offered" in events(wing)
    code = case.patient.case_code
    assert pressed_message(wing) == [["hand-over-asked", {"code": code, "name": "Dr Moss"}]]
    (asked,) = letters(wing, MOSS, Lane.PAGE)
    assert asked["texts"] == [["hand-over-question", {"code": code, "name": "Nurse Lee"}]]
    assert [(one["label"][0], one["data"], one.get("style")) for one in asked["buttons"][0]] == [
        ("button-take-over", f"take-over:{case_id}:yes", "success"),
        ("button-not-me", f"take-over:{case_id}:no", None),
    ]
    after = card_of(wing, case_id)
    assert (after[0] != card[0], after[1]) == (True, card[1])


def test_only_a_colleague_who_does_not_have_it_can_be_asked(wing: Wing, case_id: int) -> None:
    lee = own(wing, case_id)
    refusal = refused(wing, offer_hand_over, GREY, case_id=case_id, staff_id=lee)
    assert (type(refusal), refusal.key) == (Stale, "refused-theirs-already")
    assert refusal.values == {"name": "Nurse Lee"}
    refusal = refused(wing, offer_hand_over, case_id=case_id, staff_id=999)
    assert (type(refusal), refusal.key) == (NotFound, "refused-not-found")


def offered(wing: Wing, case_id: int) -> dict[int, int]:
    """Let Lee have the case and offer it to Moss."""
    posts = staff(wing)
    own(wing, case_id)
    wing.do(lambda ward: set_case(ward.work, case_of(ward, case_id), "prepared", offered_to=posts[MOSS]))
    return posts


def answered(wing: Wing, case_id: int, answer: str) -> datetime | None:
    """Let Moss answer; return when the case was last sent anew, after a look that its card was brought up to date."""
    before = card_of(wing, case_id)
    done(wing, answer_hand_over, MOSS, case_id=case_id, answer=answer)
    after = card_of(wing, case_id)
    assert after[0] != before[0]
    assert after[1] == before[1], "nothing rings"
    return after[1]


def test_who_accepts_owns_it_from_then_on(wing: Wing, case_id: int, clock: MovedClock) -> None:
    posts = offered(wing, case_id)
    answered(wing, case_id, "yes")
    case = wing.case(case_id)
    assert case.owner_id == posts[MOSS]
    assert held(case) == {
        "state": CaseState.ACKNOWLEDGED, "step": 0, "outcome": Outcome.COULD_NOT_REACH, "acknowledged_at": clock.now,
        "closed_at": None, "closed_by": None, "next_step_at": clock.now + timedelta(minutes=45),
        "level": Level.EMERGENCY, "offered_to": None, "offered_at": None, "snoozed_by": None, "snoozed_until": None,
    }  # fmt: skip
    assert "case-handed-over" in events(wing)
    code = case.patient.case_code
    assert pressed_message(wing) == [["hand-over-yours", {"code": code}]]
    (told,) = letters(wing, LEE, Lane.REPLY)
    assert told["texts"] == [["hand-over-accepted", {"code": code, "name": "Dr Moss"}]]


def test_a_case_that_came_back_is_acknowledged_by_whoever_accepts_it(wing: Wing, case_id: int) -> None:
    offered(wing, case_id)
    wing.do(lambda ward: set_case(ward.work, case_of(ward, case_id), "prepared", state=CaseState.OPEN))
    answered(wing, case_id, "yes")
    assert wing.case(case_id).state is CaseState.ACKNOWLEDGED


def test_who_declines_leaves_it_where_it_was(wing: Wing, case_id: int) -> None:
    posts = offered(wing, case_id)
    before = held(wing.case(case_id))
    answered(wing, case_id, "no")
    case = wing.case(case_id)
    assert case.owner_id == posts[LEE]
    assert held(case) == {**before, "offered_to": None, "offered_at": None}
    assert "hand-over-declined" in events(wing)
    code = case.patient.case_code
    assert pressed_message(wing) == [["hand-over-declined-by-you", {"code": code}]]
    (told,) = letters(wing, LEE, Lane.REPLY)
    assert told["texts"] == [["hand-over-declined", {"code": code, "name": "Dr Moss"}]]


def test_nobody_answers_for_another(wing: Wing, case_id: int) -> None:
    offered(wing, case_id)
    refusal = refused(wing, answer_hand_over, GREY, case_id=case_id, answer="yes")
    assert (type(refusal), refusal.key) == (NotAllowed, "refused-offered-to-another")
    wing.do(lambda ward: set_case(ward.work, case_of(ward, case_id), "prepared", offered_to=None))
    refusal = refused(wing, answer_hand_over, MOSS, case_id=case_id, answer="yes")
    assert (type(refusal), refusal.key) == (Stale, "refused-not-offered")
