"""The daily digest: what is routine and still open, once a day at the clinic's hour, in one message."""

from __future__ import annotations

from collections.abc import Sequence

from care.calendar import local_date
from care.escalation import next_digest
from care.triage import Level
from clinic.case_card import reason_of
from clinic.ladder import chats_of_clinic, policy
from clinic.letters import tell_chat, words
from clinic.ward import Ward
from content.values import Words
from storage.cases import alerts_of, open_cases
from storage.clinics import set_clinic
from storage.outbox_chats import pseudonym
from storage.queues import Lane
from storage.tables import Case, Clinic

MOST_CASES = 25
"""Cases named in one digest; more are counted."""


def visit_digest(ward: Ward, clinic: Clinic) -> None:
    """Send the clinic's digest of this day, if there is anything to say, and plan the next one."""
    after = next_digest(policy(clinic), now=ward.now, zone=clinic.time_zone)
    cases = open_cases(ward.work.session, clinic.id)
    routine = [case for case in cases if case.level <= Level.ROUTINE]
    event = "digest-sent" if cases else "digest-empty"
    set_clinic(ward.work, clinic, event, {"routine": len(routine), "open": len(cases)}, digest_at=after)
    if not cases:
        return
    day = local_date(ward.now, clinic.time_zone)
    texts = _texts(ward, cases, routine)
    for chat in chats_of_clinic(ward, clinic):
        key = f"digest:{clinic.id}:{pseudonym(ward.work, chat)}:{day.isoformat()}"
        tell_chat(ward, clinic, chat, words("digest-head", day=day), *texts, lane=Lane.DIGEST, dedupe_key=key)


def _texts(ward: Ward, cases: Sequence[Case], routine: Sequence[Case]) -> list[Words]:
    graver = len(cases) - len(routine)
    texts = [words("digest-graver", count=graver)] if graver else []
    texts.append(words("digest-routine", count=len(routine)))
    texts += [_line(ward, case) for case in routine[:MOST_CASES]]
    if len(routine) > MOST_CASES:
        texts.append(words("digest-more", count=len(routine) - MOST_CASES))
    return texts


def _line(ward: Ward, case: Case) -> Words:
    alerts = alerts_of(ward.work.session, case.id)
    hours = int((ward.now - case.opened_at).total_seconds() // 3600)
    reason = reason_of(ward, alerts[-1]) if alerts else words("digest-no-reason")
    owner = words("digest-owner", name=case.owner.name) if case.owner else words("digest-nobody")
    more = max(len(alerts) - 1, 0)
    return words("digest-line", code=case.patient.case_code, reason=reason, more=more, hours=hours, owner=owner)
