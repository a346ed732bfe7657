"""What clinicians do with a case: take it, say how it ended, read what was written. And what the clock does with it."""

from __future__ import annotations

from care.escalation import CLOSES, CaseState, Outcome, comes_back, next_step, tries_again
from care.refusals import NotFound, Refusal, Stale
from care.triage import Level
from clinic.case_card import said_lines
from clinic.ladder import policy
from clinic.letters import body, words
from clinic.people import case_for
from clinic.show_case import show_case
from clinic.ward import Visit, Ward
from storage.cases import alerts_of, set_case
from storage.outbox import Letter, add_letter
from storage.queues import Lane
from storage.tables import Case

NOTHING_ARRANGED = {"offered_to": None, "offered_at": None, "snoozed_by": None, "snoozed_until": None}


def acknowledge(visit: Visit, *, case_id: int) -> None:
    """Make the presser the case's owner; it stays open until an outcome is recorded. The first press wins."""
    case, post = case_for(visit, case_id)
    if case.state is CaseState.CLOSED:
        raise Stale("refused-case-closed")
    if case.state is CaseState.ACKNOWLEDGED and case.owner is not None:
        if case.owner_id == post.id:
            visit.toast = words("toast-yours-already")
            return
        raise Stale("refused-case-owned", name=case.owner.name)
    case.owner = post
    set_case(
        visit.work,
        case,
        "case-acknowledged",
        state=CaseState.ACKNOWLEDGED,
        acknowledged_at=visit.now,
        outcome=None,
        step=0,
        next_step_at=comes_back(policy(post.clinic), case.level, now=visit.now),
        **NOTHING_ARRANGED,
    )
    visit.toast = words("toast-yours")
    show_case(visit, case, anew=False)


def record_outcome(visit: Visit, *, case_id: int, outcome: Outcome) -> None:
    """Record how a case ended, or that the patient could not be reached: then it comes back to be tried again."""
    case, post = case_for(visit, case_id)
    if case.state is CaseState.CLOSED:
        raise Stale("refused-case-closed")
    if outcome is Outcome.ERASED:
        raise NotFound("refused-unknown-button")
    if case.owner_id is None:
        raise Refusal("refused-acknowledge-first")
    if outcome in CLOSES:
        set_case(
            visit.work,
            case,
            "case-closed",
            state=CaseState.CLOSED,
            outcome=outcome,
            closed_at=visit.now,
            closed_by=post.id,
            next_step_at=None,
            **NOTHING_ARRANGED,
        )
    else:
        set_case(
            visit.work,
            case,
            "case-not-reached",
            state=CaseState.ACKNOWLEDGED,
            outcome=outcome,
            step=0,
            next_step_at=tries_again(policy(post.clinic), case.level, now=visit.now),
            **NOTHING_ARRANGED,
        )
    visit.toast = words(f"toast-outcome-{'closed' if outcome in CLOSES else 'again'}")
    show_case(visit, case, anew=False)


def visit_case(ward: Ward, case: Case) -> None:
    """The next step of a case is due: nobody has acknowledged it, or nobody has said how it ended. It speaks again."""
    if case.state is CaseState.CLOSED:
        set_case(ward.work, case, "case-at-rest", next_step_at=None)
        return
    is_back = case.state is CaseState.ACKNOWLEDGED
    step = 0 if is_back else case.step + 1
    clinic = case.patient.clinic
    set_case(
        ward.work,
        case,
        "case-reopened" if is_back else "case-repeated",
        state=CaseState.OPEN,
        step=step,
        next_step_at=next_step(policy(clinic), case.level, now=ward.now, step=step, zone=clinic.time_zone),
        snoozed_by=None,
        snoozed_until=None,
    )
    if is_back or case.level > Level.ROUTINE:  # a routine case nobody has taken speaks in the digest
        show_case(ward, case, anew=True, is_news=False)


def read_note(visit: Visit, *, case_id: int) -> None:
    """Send what the patient wrote to the presser's private chat, for clinics that keep quotes out of the shared one."""
    case, post = case_for(visit, case_id)
    quoted = {alert.hearing_id or -alert.id: alert for alert in alerts_of(visit.work.session, case.id) if alert.quote}
    texts = [words("card-private", code=case.patient.case_code)]
    texts += [line for alert in list(quoted.values())[-5:] for line in said_lines(visit, alert)]
    letter = Letter(chat_id=post.telegram_id, body=body(visit.caller.language, texts), lane=Lane.REPLY)
    add_letter(visit.work, letter)
    visit.work.record("note-read", patient_id=case.patient_id, clinic_id=case.clinic_id, case=case.id)
    visit.toast = words("toast-sent-private")
