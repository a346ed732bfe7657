"""Looking at cases: the whole history of one, and the next few of a storm."""

from __future__ import annotations

from datetime import datetime

from clinic.case_card import reason_of
from clinic.letters import words
from clinic.pages import page_of, place_of, show_page, turners
from clinic.people import case_for
from clinic.show_case import show_card
from clinic.storms import gravest, refresh_storm, storm_for
from clinic.talk_lines import MOST_IN_A_HISTORY, talk_lines
from clinic.ward import Visit
from content.values import Words
from storage.cases import alerts_of, cases_of
from storage.clinics import find_post
from storage.tables import Case
from storage.talk import messages_in

MOST_EARLIER = 20
"""Earlier cases of a patient in one history."""


def show_history(visit: Visit, *, case_id: int, page: int | None = None) -> None:
    """Show everything in a case and how the patient's earlier cases ended, page by page, where it was asked for."""
    case, _post = case_for(visit, case_id)
    visit.work.record("history-shown", patient_id=case.patient_id, clinic_id=case.clinic_id, case=case.id)
    shown = page_of(visit, visit.caller.language, _lines(visit, case), page or 1)
    head = words("history-head", code=case.patient.case_code)
    texts = [head, *place_of(shown), *shown.lines]
    show_page(visit, texts, turners(shown, "history", case.id), number=page)


def _lines(visit: Visit, case: Case) -> list[Words]:
    """Return how the earlier cases ended, then what happened in this one: reports and messages, the oldest first."""
    session, clinic = visit.work.session, case.patient.clinic
    earlier = [one for one in cases_of(session, case.patient_id) if one.id < case.id]
    is_open = clinic.shows_quotes or visit.caller.is_private
    happened: list[tuple[datetime, Words]] = []
    for alert in alerts_of(session, case.id):
        at = visit.clock_of_clinic(clinic, alert.raised_at).replace(tzinfo=None)
        level = words(f"level-{alert.level.word}")
        happened.append((alert.raised_at, words("history-line", at=at, level=level, reason=reason_of(visit, alert))))
        if alert.quote is not None and is_open:
            happened.append((alert.raised_at, words("card-quote", quote=alert.quote[:MOST_IN_A_HISTORY])))
    messages = messages_in(session, case.id)
    said = talk_lines(visit, clinic, messages, most=MOST_IN_A_HISTORY, is_open=is_open)
    happened += [(message.at, line) for message, line in zip(messages, said, strict=True)]
    happened += _deeds(visit, case)
    ended = [_ended(visit, one) for one in earlier[-MOST_EARLIER:]]
    return [*ended, *(line for _, line in sorted(happened, key=lambda one: one[0]))]


def _deeds(visit: Visit, case: Case) -> list[tuple[datetime, Words]]:
    """Return who took the case and how it ended, as far as the case itself remembers."""
    deeds: list[tuple[datetime, Words]] = []
    if case.owner is not None and case.acknowledged_at is not None:
        at = visit.clock_of_clinic(case.patient.clinic, case.acknowledged_at).replace(tzinfo=None)
        deeds.append((case.acknowledged_at, words("card-owned", name=case.owner.name, at=at)))
    if case.outcome is not None and case.closed_at is not None:
        at = visit.clock_of_clinic(case.patient.clinic, case.closed_at).replace(tzinfo=None)
        deeds.append((case.closed_at, words("card-closed", outcome=words(f"outcome-{case.outcome}"), at=at)))
    return deeds


def _ended(visit: Visit, case: Case) -> Words:
    clinic = case.patient.clinic
    opened = visit.clock_of_clinic(clinic, case.opened_at).date()
    by = find_post(visit.work.session, case.closed_by)
    outcome = words(f"outcome-{case.outcome}") if case.outcome else words("outcome-none")
    name = by.name if by is not None else "–"
    level = words(f"level-{case.level.word}")
    return words("history-case", day=opened, level=level, outcome=outcome, name=name)


def show_from_storm(visit: Visit, *, storm_id: int) -> None:
    """Give the next few cases of a storm cards of their own, the gravest that nobody owns first."""
    storm = storm_for(visit, storm_id)
    cases = gravest(visit, storm)
    for case in cases:
        show_card(visit, case, storm.chat_id)
    visit.work.record("storm-looked-at", clinic_id=storm.clinic_id, storm=storm.id, cases=len(cases))
    refresh_storm(visit, storm)
