"""What may be arranged about a case that has an owner: put it off until a named hour, or hand it to a colleague."""

from __future__ import annotations

from datetime import timedelta

from care.escalation import SNOOZES, CaseState, comes_back, may_snooze
from care.refusals import NotAllowed, NotFound, Refusal, Stale
from clinic.ladder import policy
from clinic.letters import Button, Rows, reply, rewrite, tell_chat, words
from clinic.people import case_for
from clinic.show_case import show_case
from clinic.ward import Visit
from content.values import Words
from storage.cases import set_case
from storage.clinics import staff_of
from storage.queues import Lane
from storage.tables import Case, Staff

MOST_COLLEAGUES = 20


def _owned_case(visit: Visit, case_id: int) -> tuple[Case, Staff]:
    case, post = case_for(visit, case_id)
    if case.state is CaseState.CLOSED:
        raise Stale("refused-case-closed")
    if case.owner_id is None:
        raise Refusal("refused-acknowledge-first")
    return case, post


def offer_arrangements(visit: Visit, *, case_id: int) -> None:
    """Show for how long a case may be put off, and who else could take it."""
    case, _post = _owned_case(visit, case_id)
    visit.work.record("arrangements-shown", clinic_id=case.clinic_id, case=case.id)
    rows: list[list[Button]] = [[Button(_span(m), "put-off", (case.id, m)) for m in SNOOZES[case.level]]]
    for colleague in staff_of(visit.work.session, case.clinic_id)[:MOST_COLLEAGUES]:
        if colleague.id != case.owner_id:
            label = words("button-hand-to", name=colleague.name)
            rows.append([Button(label, "hand", (case.id, colleague.id))])
    reply(visit, words("ask-arrange", code=case.patient.case_code), buttons=rows)


def _span(minutes: int) -> Words:
    if minutes % 60:
        return words("button-put-off-minutes", count=minutes)
    return words("button-put-off-hours", count=minutes // 60)


def put_off_case(visit: Visit, *, case_id: int, minutes: int) -> None:
    """Let a case rest for a while: it always comes back, and it says who put it off."""
    case, post = _owned_case(visit, case_id)
    if not may_snooze(case.level, minutes):
        raise Refusal("refused-put-off")
    until = visit.now + timedelta(minutes=minutes)
    set_case(visit.work, case, "case-put-off", next_step_at=until, snoozed_by=post.id, snoozed_until=until)
    at = visit.clock_of_clinic(post.clinic, until).replace(tzinfo=None)
    rewrite(visit, words("case-put-off", code=case.patient.case_code, name=post.name, at=at))
    show_case(visit, case, anew=False)


def offer_hand_over(visit: Visit, *, case_id: int, staff_id: int) -> None:
    """Ask a colleague to take a case. Until they accept, its owner stays its owner."""
    case, post = _owned_case(visit, case_id)
    colleague = next((one for one in staff_of(visit.work.session, case.clinic_id) if one.id == staff_id), None)
    if colleague is None:
        raise NotFound("refused-not-found")
    if colleague.id == case.owner_id:
        raise Stale("refused-theirs-already", name=colleague.name)
    set_case(visit.work, case, "hand-over-offered", offered_to=colleague.id, offered_at=visit.now)
    code = case.patient.case_code
    rewrite(visit, words("hand-over-asked", code=code, name=colleague.name))
    tell_chat(
        visit,
        post.clinic,
        colleague.telegram_id,
        words("hand-over-question", code=code, name=post.name),
        buttons=_answers(case),
        lane=Lane.PAGE,
    )
    show_case(visit, case, anew=False)


def _answers(case: Case) -> Rows:
    yes = Button("button-take-over", "take-over", (case.id, "yes"), "success")
    return [[yes, Button("button-not-me", "take-over", (case.id, "no"))]]


def answer_hand_over(visit: Visit, *, case_id: int, answer: str) -> None:
    """The colleague who was asked accepts or declines; nobody else can."""
    case, post = _owned_case(visit, case_id)
    if case.offered_to is None:
        raise Stale("refused-not-offered")
    if case.offered_to != post.id:
        raise NotAllowed("refused-offered-to-another")
    code, before = case.patient.case_code, case.owner
    if answer == "no":
        set_case(visit.work, case, "hand-over-declined", offered_to=None, offered_at=None)
        rewrite(visit, words("hand-over-declined-by-you", code=code))
    else:
        case.owner = post
        set_case(
            visit.work,
            case,
            "case-handed-over",
            state=CaseState.ACKNOWLEDGED,
            acknowledged_at=visit.now,
            step=0,
            next_step_at=comes_back(policy(post.clinic), case.level, now=visit.now),
            offered_to=None,
            offered_at=None,
            snoozed_by=None,
            snoozed_until=None,
        )
        rewrite(visit, words("hand-over-yours", code=code))
    if before is not None:
        key = "hand-over-declined" if answer == "no" else "hand-over-accepted"
        tell_chat(visit, post.clinic, before.telegram_id, words(key, code=code, name=post.name), lane=Lane.REPLY)
    show_case(visit, case, anew=False)
