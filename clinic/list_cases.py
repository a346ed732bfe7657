"""The open cases of a clinic, the gravest and oldest first, and the card of any of them a press away."""

from __future__ import annotations

from care.escalation import CaseState
from care.refusals import Stale
from clinic.case_card import reason_of
from clinic.letters import Button, words
from clinic.pages import part_of, place_of, show_page, turners
from clinic.people import case_for, check_here, clinic_here
from clinic.show_case import show_card
from clinic.ward import Visit, Ward
from content.values import Words
from storage.cases import alerts_of, open_cases
from storage.copies import copies_of
from storage.outbox import Letter, add_letter
from storage.queues import Lane
from storage.tables import Case

ON_A_PAGE = 8


def list_cases(visit: Visit, *, page: int | None = None) -> None:
    """List the open cases, with a button for the card of each."""
    clinic = clinic_here(visit)
    cases = open_cases(visit.work.session, clinic.id)
    visit.work.record("cases-listed", clinic_id=clinic.id, cases=len(cases))
    part = part_of(cases, page or 1, ON_A_PAGE)
    for case in part.items:
        visit.work.record("case-listed", patient_id=case.patient_id, clinic_id=clinic.id, case=case.id)
    texts = [words("cases-head", count=len(cases)), *place_of(part), *(_line(visit, case) for case in part.items)]
    codes = [Button(words("button-code", code=case.patient.case_code), "case", (case.id,)) for case in part.items]
    rows = [codes[place : place + 4] for place in range(0, len(codes), 4)]
    show_page(visit, texts, [*rows, *turners(part, "cases")], number=page)


def _line(ward: Ward, case: Case) -> Words:
    alerts = alerts_of(ward.work.session, case.id)
    return words(
        "cases-line",
        sign=words(f"sign-{case.level.word}"),
        code=case.patient.case_code,
        age=age_of(int((ward.now - case.opened_at).total_seconds() // 60)),
        owner=words("digest-owner", name=case.owner.name) if case.owner is not None else words("digest-nobody"),
        reason=reason_of(ward, alerts[-1]) if alerts else words("digest-no-reason"),
        more=max(len(alerts) - 1, 0),
    )


def age_of(minutes: int) -> Words:
    """Return a span as people say it: minutes, then hours, then days."""
    if minutes < 60:
        return words("age-minutes", count=minutes)
    if minutes < 48 * 60:
        return words("age-hours", count=minutes // 60)
    return words("age-days", count=minutes // (24 * 60))


def bring_card(visit: Visit, *, case_id: int) -> None:
    """Show the card of a case here, in place of the one this chat had."""
    case, post = case_for(visit, case_id)
    check_here(visit, post.clinic)
    if case.state is CaseState.CLOSED:
        raise Stale("refused-case-over", code=case.patient.case_code)
    chat = visit.caller.chat_id
    for copy in copies_of(visit.work.session, case.id):
        if copy.chat_id == chat and copy.letter_id is not None and copy.storm_id is None:
            old = Letter(chat_id=chat, body={}, lane=Lane.REPLY, kind="delete", edits_row=copy.letter_id)
            add_letter(visit.work, old)
    show_card(visit, case, chat)
    visit.work.record("card-brought", patient_id=case.patient_id, clinic_id=case.clinic_id, case=case.id)
