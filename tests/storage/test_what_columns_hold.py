"""Of every column somebody has decided how it is kept. A new one fails here until somebody has.

Columns that can hold nothing but an instant, a date, an hour, a yes or no, a level or one of our words are left out,
and so are numbers that only point to rows of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Boolean, Column, Date, Time

from storage.chat_ids import ChatId
from storage.columns import Base, LevelWord, UtcDateTime, Word
from storage.sealed import sealed_in

SEALED, VEILED, KEYED, RANDOM = "sealed", "veiled", "keyed hash or signature", "random"
COUNT = "a number that says nothing of anybody's identity: a count, a day, a grade, an amount, a row of ours"
CODE = "a code from content/ or from this program, never what somebody typed"
OWN = "the installation's own: a place, a machine, a setting"
NEUTRAL = {COUNT, CODE, OWN}

HELD: dict[str, str] = {
    # sealed with the key of a patient, a clinic, or the installation
    "alerts.quote": SEALED, "inbox.raw": SEALED, "messages.text": SEALED, "notes.text": SEALED, "outbox.body": SEALED,
    "patients.telegram_id": SEALED, "staff.name": SEALED, "staff.telegram_id": SEALED, "staff_invites.name": SEALED,
    "data_keys.wrapped": SEALED,
    # what things are found or checked by
    "patients.telegram_index": KEYED, "staff.telegram_index": KEYED, "events.mac": KEYED, "events.redacted": KEYED,
    "event_links.link": KEYED, "invites.token_hash": KEYED, "staff_invites.token_hash": KEYED,
    "events.salt": RANDOM, "erasures.key_id": RANDOM, "patients.case_code": RANDOM, "staff_invites.number": RANDOM,
    # the installation's own
    "clinics.name": OWN, "clinics.time_zone": OWN, "clinics.languages": OWN, "clinics.emergency_number": OWN,
    "clinics.crisis_line": OWN, "clinics.options": OWN, "clinics.record_years": OWN, "chats_in_hand.holder": OWN,
    "leases.holder": OWN, "leases.name": OWN, "leases.fence": OWN, "marks.key": OWN, "marks.value": OWN,
    "data_keys.owner_kind": OWN, "data_keys.owner_id": OWN, "data_keys.master_id": OWN, "shifts.weekdays": OWN,
    # codes
    "alerts.rule": CODE, "alerts.reason": CODE, "alerts.fact": CODE, "alerts.subject": CODE, "consents.version": CODE,
    "consents.language": CODE, "corrections.kind": CODE, "corrections.subject": CODE, "courses.regimen": CODE,
    "courses.regimen_version": CODE, "doses.asks": CODE, "erasures.by": CODE, "events.actor": CODE, "events.name": CODE,
    "events.facts": CODE, "follow_ups.label": CODE, "follow_ups.answer": CODE, "hearings.language": CODE,
    "heard_items.subject": CODE, "inbox.trouble": CODE, "notes.about": CODE, "outbox.kind": CODE, "outbox.reason": CODE,
    "outbox.dedupe_key": CODE, "outbox.subject": CODE, "patients.language": CODE, "patients.time_zone": CODE,
    "patients.step": CODE, "patients.awaits": CODE, "patients.awaits_about": CODE, "patients.agreed": CODE,
    "reports.kind": CODE, "reports.subject": CODE, "routes.trouble": CODE, "screening_answers.question": CODE,
    "screening_answers.answer": CODE,
    # numbers
    **dict.fromkeys(
        (
            "alerts.value", "alerts.day", "alerts.hearing_id", "anchors.letter_id", "cases.step", "cases.offered_to",
            "cases.snoozed_by", "cases.card_id", "copies.letter_id", "courses.day", "courses.steps_taken",
            "courses.step_from_day", "courses.last_check_in_day", "covers.tier", "doses.day", "doses.part",
            "doses.amount_mg", "doses.prompts_sent", "doses.snoozes", "doses.row_from", "erasures.patient_id",
            "erasures.clinic_id", "event_links.seq", "event_links.event_id", "events.clinic_id", "events.patient_id",
            "heard_items.grade", "inbox.attempts", "inbox.update_id", "messages.letter_id", "outbox.patient_id",
            "outbox.clinic_id", "outbox.edits_message", "outbox.edits_row", "outbox.attempts", "outbox.message_id",
            "reports.day", "reports.grade", "shifts.tier", "staff.tier", "staff_invites.tier", "storms.letter_id",
        ),
        COUNT,
    ),
}  # fmt: skip


def needs_a_decision(column: Column[object]) -> bool:
    if isinstance(column.type, UtcDateTime | Date | Time | Boolean | Word | LevelWord) or column.foreign_keys:
        return False
    return not (column.primary_key and column.name == "id")


def columns() -> Iterator[tuple[str, Column[object]]]:
    for table in Base.metadata.sorted_tables:
        for column in table.c:
            yield f"{table.name}.{column.name}", column


def decided() -> dict[str, str]:
    """Return what was decided of each column; one that holds the id of a chat is veiled by its type."""
    return HELD | {name: VEILED for name, column in columns() if isinstance(column.type, ChatId)}


def test_of_every_column_somebody_has_decided() -> None:
    asked = {name for name, column in columns() if needs_a_decision(column)}
    assert asked == set(decided()), "say in HELD how a new column is kept, and take out one that is gone"


def test_what_is_called_sealed_is_a_sealed_attribute_or_sealed_by_its_own_module() -> None:
    by_attribute = {
        f"{mapper.local_table.name}.{mapper.attrs[one.column].columns[0].name}"  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
        for one in sealed_in(mapper.class_)
    }
    by_module = {"inbox.raw", "outbox.body", "data_keys.wrapped"}
    assert {name for name, how in HELD.items() if how == SEALED} == by_attribute | by_module


@pytest.mark.parametrize("name", sorted(name for name, column in columns() if re.search("name|text|phone|chat", name)))
def test_whatever_is_named_like_a_person_a_word_or_a_chat_is_sealed_or_says_why_not(name: str) -> None:
    assert decided().get(name, SEALED) in {SEALED, VEILED} or name in {
        "clinics.name", "leases.name", "events.name", "chats_in_hand.holder",
    }  # fmt: skip
