"""We were away: what was due meanwhile is late, and each clinic hears of it once, in one message."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from care.calendar import instant_of, local, local_date
from clinic.ladder import chats_of_clinic
from clinic.letters import tell_chat, words
from clinic.ward import AWAY, Ward
from content.values import Words
from storage.clinics import all_clinics
from storage.marks import set_mark
from storage.outages import late_cases, late_prompts, late_turns
from storage.outbox_chats import pseudonym
from storage.tables import Clinic

LATE = timedelta(minutes=15)
"""From here on an absence is told of: half of the shortest wait between two questions. An upgrade takes less."""
TELEGRAM_KEEPS = timedelta(hours=24)
"""How long what patients sent waits for us at Telegram. After that it is gone, and nobody knows what it was."""
ASKS_FOR = timedelta(hours=24)
"""How long after such an absence a patient's next question says so."""


def note_absence(ward: Ward, since: datetime) -> None:
    """Tell each clinic what has been due since `since` and was not done. Before it is made up for, or none is left."""
    before = ward.now - LATE
    patients: dict[int, set[int]] = defaultdict(set)
    for clinic_id, patient_id in late_prompts(ward.work.session, before=before):
        patients[clinic_id].add(patient_id)
    for turn in late_turns(ward.work.session, before=before):
        asks_at = instant_of(local_date(turn.at, turn.zone), turn.reminder_at, turn.zone) if turn.reminder_at else None
        if asks_at is not None and asks_at <= before:
            patients[turn.clinic_id].add(turn.patient_id)
    cases = late_cases(ward.work.session, before=before)
    is_lossy = ward.now - since > TELEGRAM_KEEPS
    if is_lossy:
        set_mark(ward.work, AWAY, since.isoformat())
    for clinic in all_clinics(ward.work.session):
        late = len(patients[clinic.id]), cases[clinic.id]
        if any(late) or is_lossy:
            _tell(ward, clinic, since, *late, is_lossy=is_lossy)


def _tell(ward: Ward, clinic: Clinic, since: datetime, patients: int, cases: int, *, is_lossy: bool) -> None:
    began, ended = ward.clock_of_clinic(clinic, since), ward.clock_of_clinic(clinic)
    texts = [words("away-head", on=began.date(), at=began.time(), until_on=ended.date(), until_at=ended.time())]
    if patients:
        texts.append(words("away-patients", count=patients))
    if cases:
        texts.append(words("away-cases", count=cases))
    if is_lossy:
        lost = local(ward.now - TELEGRAM_KEEPS, clinic.time_zone)
        texts.append(words("away-lost", on=lost.date(), at=lost.time()))
    ward.work.record("absence-told", clinic_id=clinic.id, since=since.isoformat(), patients=patients, cases=cases)
    for chat in chats_of_clinic(ward, clinic):
        key = f"away:{clinic.id}:{pseudonym(ward.work, chat)}:{since:%Y-%m-%dT%H:%M}"
        tell_chat(ward, clinic, chat, *texts, dedupe_key=key)


def asks_again(ward: Ward, zone: str) -> list[Words]:
    """Return what a patient's next question says first when something they sent may have been lost; else nothing."""
    if ward.absence is None or ward.now - ward.absence[1] > ASKS_FOR:
        return []
    began = local(ward.absence[0], zone)
    return [words("away-note", on=began.date(), at=began.time())]
