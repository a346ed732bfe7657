"""A message between clinic and patient found its way closed: its writer is told, an answer rings elsewhere."""

from __future__ import annotations

from clinic.hear_answer import ring
from clinic.letters import tell_chat, words
from clinic.show_case import show_case
from clinic.ward import Ward
from storage.cases import find_case, lock_open_case
from storage.desk import Direction
from storage.patients import lock
from storage.queues import Lane
from storage.talk import find_message


def words_did_not_arrive(ward: Ward, subject: str, chat: int) -> None:
    """A letter about `subject` was refused for good. If it carried a message, whoever should know hears of it."""
    kind, _, number = subject.partition(":")
    if kind not in ("message", "answer"):
        return
    message = find_message(ward.work.session, int(number))
    if message is None:
        return
    patient = lock(ward.work.session, message.patient_id)  # before the case, as everywhere
    if kind == "answer" and message.direction is Direction.IN and message.case_id is not None:
        case = find_case(ward.work.session, message.case_id)
        if case is not None:
            ring(ward, case, message.id, message.text, without=chat)
        return
    if message.staff is not None and message.staff.removed_at is None:
        failed = words("written-failed", code=patient.case_code)
        key = f"written-failed:{message.id}"
        tell_chat(ward, patient.clinic, message.staff.telegram_id, failed, lane=Lane.PAGE, dedupe_key=key)
    case = lock_open_case(ward.work.session, patient.id)
    if case is not None:
        show_case(ward, case, anew=False)
