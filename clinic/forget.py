"""/forget: a patient has their data deleted, in two steps, here and as far as Telegram allows in the chats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from clinic.end_case import end_case
from clinic.letters import Button, body, reply, rewrite, tell_clinic, words
from clinic.raise_alert import numbers_of
from clinic.ward import Visit, Ward
from storage.clinics import get_clinic
from storage.forgetting import Erased, Shown, erase
from storage.outbox import Letter, add_letter
from storage.queues import Lane
from storage.tables import Clinic, Patient

YOUNG = timedelta(hours=47)
"""Telegram lets a bot delete its messages for 48 hours; an hour is left for the way there."""
MOST_AT_ONCE = 100
ERASURE = "erasure"
"""The subject of what is left to do in chats: its rows are deleted as soon as they are done."""


def ask_forget(visit: Visit) -> None:
    """Say what deleting means here, and what the clinic has to keep."""
    clinic = visit.patient.clinic
    visit.work.record("forget-asked", patient_id=visit.patient.id)
    held = words("ask-forget-held", clinic=clinic.name, years=clinic.record_years)
    rows = [
        [Button("button-forget-once", "forget", ("once",), "danger")],
        [Button("privacy-copy", "export")],
        [Button("button-forget-not", "forget", ("no",))],
    ]
    reply(visit, held if clinic.record_years else words("ask-forget"), buttons=rows)


def forget(visit: Visit, *, answer: str) -> None:
    """Take the first step, the second, or none."""
    if answer == "no":
        visit.work.record("forget-declined", patient_id=visit.patient.id)
        rewrite(visit, words("forget-not"))
    elif answer == "once":
        visit.work.record("forget-asked-again", patient_id=visit.patient.id)
        rows = [
            [Button("button-forget-twice", "forget", ("twice",), "danger")],
            [Button("button-forget-not", "forget", ("no",))],
        ]
        rewrite(visit, words("ask-forget-again"), buttons=rows)
    else:
        _forget(visit)


def _forget(visit: Visit) -> None:
    language, numbers = visit.caller.language, numbers_of(visit.patient.clinic)
    erase_patient(visit, visit.patient, language)
    visit.caller = replace(visit.caller, patient=None, course=None)
    reply(visit, words("forgotten", **numbers))


def erase_patient(ward: Ward, patient: Patient, language: str) -> None:
    """Erase a patient, empty the chats as far as Telegram allows, and tell the clinic."""
    clinic = patient.clinic
    end_case(ward, patient.id)
    erased = erase(ward.work, patient, keeps_minimum=clinic.record_years > 0)
    clinic = get_clinic(ward.work.session, erased.clinic_id)
    for letter in _removals(ward, erased, language, clinic):
        add_letter(ward.work, letter)
    tell_clinic(ward, clinic, words("erased-clinic", code=erased.case_code))


def _removals(ward: Ward, erased: Erased, language: str, clinic: Clinic) -> Iterator[Letter]:
    young = [one for one in erased.messages if one.sent_at > ward.now - YOUNG]
    for chat in dict.fromkeys(one.chat_id for one in young):
        ids = [one.message_id for one in young if one.chat_id == chat]
        for start in range(0, len(ids), MOST_AT_ONCE):
            yield _letter(chat, "clear", {"messages": ids[start : start + MOST_AT_ONCE]}, Lane.TASK)
    for one in _old(erased.messages, young):
        spoken = clinic.languages[0] if one.is_clinics else language
        key = "case-erased" if one.is_clinics else "redacted-message"
        letter = _letter(one.chat_id, "edit", body(spoken, [words(key)]), Lane.DIGEST)
        yield letter._replace(edits_message=one.message_id)


def _old(shown: Iterable[Shown], young: list[Shown]) -> list[Shown]:
    return [one for one in shown if one not in young]


def _letter(chat: int, kind: str, written: dict[str, Any], lane: Lane) -> Letter:
    return Letter(chat_id=chat, body=written, lane=lane, kind=kind, subject=ERASURE)
