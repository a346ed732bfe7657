"""Looking at cases: the whole history of one, and the next few of a storm."""

from __future__ import annotations

from clinic.case_card import reason_of
from clinic.letters import reply, words
from clinic.people import case_for
from clinic.show_case import show_card
from clinic.storms import gravest, refresh_storm, storm_for
from clinic.ward import Visit
from content.values import Words
from storage.cases import alerts_of, cases_of
from storage.clinics import find_post
from storage.tables import Case

MOST_ALERTS = 40
"""Alerts in one history; earlier ones are counted."""


def show_history(visit: Visit, *, case_id: int) -> None:
    """Show everything in a case, and how the patient's earlier cases ended, in the chat where it was asked for."""
    case, _post = case_for(visit, case_id)
    visit.work.record("history-shown", patient_id=case.patient_id, clinic_id=case.clinic_id, case=case.id)
    texts = [words("history-head", code=case.patient.case_code)]
    earlier = [one for one in cases_of(visit.work.session, case.patient_id) if one.id < case.id]
    texts += [_ended(visit, one) for one in earlier[-5:]]
    alerts = alerts_of(visit.work.session, case.id)
    if len(alerts) > MOST_ALERTS:
        texts.append(words("card-earlier", count=len(alerts) - MOST_ALERTS))
    for alert in alerts[-MOST_ALERTS:]:
        at = visit.clock_of_clinic(case.patient.clinic, alert.raised_at).replace(tzinfo=None)
        level = words(f"level-{alert.level.word}")
        texts.append(words("history-line", at=at, level=level, reason=reason_of(visit, alert)))
    reply(visit, *texts, tight=True)


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
