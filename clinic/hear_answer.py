"""What a patient answers goes into their case, and rings: with its owner, else in the clinicians' chat."""

from __future__ import annotations

from collections.abc import Sequence

from care.refusals import NotFound, Stale
from care.talk import is_answer
from care.triage import Level
from clinic.ladder import chats_of_clinic
from clinic.letters import Button, body, reply, tell_chat, words
from clinic.people import post_in
from clinic.raise_alert import numbers_of
from clinic.show_case import show_case
from clinic.ward import Visit, Ward
from content.pieces import in_pieces
from content.values import Words
from storage.cases import lock_open_case
from storage.desk import Direction
from storage.outbox import Letter, add_letter
from storage.patients import ask
from storage.queues import Lane
from storage.routes import failing_chats
from storage.tables import Case
from storage.talk import add_anchor, add_message, find_message, last_written, message_under

ANSWER = "answer"
"""The question that a patient's next text answers once they have pressed Answer."""


def begin_answer(visit: Visit, *, message_id: int) -> None:
    """Ask the patient for their answer to this message of the clinic's."""
    message = find_message(visit.work.session, message_id)
    if message is None or message.patient_id != visit.patient.id or message.direction is not Direction.OUT:
        raise NotFound("refused-not-found")
    ask(visit.patient, ANSWER, {"message": message.id})
    visit.work.record("answer-begun", patient_id=visit.patient.id, message=message.id)
    reply(visit, words("ask-answer", emergency=numbers_of(visit.patient.clinic)["emergency"]))


def is_asked_for(visit: Visit, replied: int | None) -> bool:
    """Return whether the patient pressed Answer, or replied to a message of the clinic's."""
    if visit.patient.awaits == ANSWER:
        return True
    return replied is not None and message_under(visit.work.session, visit.patient, replied) is not None


def answers_clinic(visit: Visit, replied: int | None) -> bool:
    """Return whether what the patient writes now belongs to what their clinic wrote to them."""
    last = last_written(visit.work.session, visit.patient.id)
    return is_answer(
        written_at=None if last is None else last.at, was_asked_for=is_asked_for(visit, replied), now=visit.now
    )


def pass_answer_on(visit: Visit, text: str) -> None:
    """Keep an answer in the patient's open case, show it there, and ring where somebody has the case."""
    patient = visit.patient
    if patient.awaits == ANSWER:
        ask(patient, None)
    case = lock_open_case(visit.work.session, patient.id)
    message = add_message(visit.work, patient, direction=Direction.IN, text=text, case=case)
    if case is None:  # triage has nothing to say of it, so there is no case either: a bug of the content, and kept
        return
    show_case(visit, case, anew=False)
    ring(visit, case, message.id, text)


def ring(ward: Ward, case: Case, message_id: int, text: str, *, without: int | None = None) -> None:
    """Tell whoever has the case what was answered; nobody has it, or they take no messages: tell the clinic."""
    owner, clinic = case.owner, case.patient.clinic
    broken = failing_chats(ward.work.session, clinic.id) | {without}
    if owner is not None and owner.removed_at is None and owner.telegram_id not in broken:
        _tell(ward, case, owner.telegram_id, "answered-owner", _said(text), message_id)
        return
    for chat in chats_of_clinic(ward, clinic):
        if chat != without:
            is_open = clinic.shows_quotes or chat > 0
            _tell(ward, case, chat, "answered" if is_open else "answered-closed-chat", _said(text) if is_open else [],
                  message_id)  # fmt: skip


def _said(text: str) -> list[Words]:
    return [words("answered-words", text=piece) for piece in in_pieces(text)]


def _tell(ward: Ward, case: Case, chat: int, head: str, said: Sequence[Words], message_id: int) -> None:
    """Owe the answer to one chat: in as many letters as it takes, the last with what can be done now."""
    clinic, code = case.patient.clinic, case.patient.case_code
    lane = Lane.PAGE if case.level is Level.EMERGENCY else Lane.TASK
    row = [Button("button-write", "write", (code,)), Button("button-history", "history", (case.id,))]
    if not said:
        row.insert(0, Button("button-read-answer", "read-answer", (message_id,)))
    letters = [[words(head, code=code), *said[:1]], *[[piece] for piece in said[1:]]]
    for number, texts in enumerate(letters, start=1):
        is_last = number == len(letters)
        subject = f"answer:{message_id}" if is_last else None
        buttons = [row] if is_last else []
        letter = tell_chat(ward, clinic, chat, *texts, buttons=buttons, lane=lane, subject=subject)
        if letter is not None:
            add_anchor(ward.work, case, letter_id=letter, chat_id=chat)


def read_answer(visit: Visit, *, message_id: int) -> None:
    """Send an answer to the presser's private chat, for clinics that keep such words out of the shared one."""
    message = find_message(visit.work.session, message_id)
    if message is None:
        raise NotFound("refused-not-found")
    patient = message.patient
    post = post_in(visit, patient.clinic_id)
    if message.direction is not Direction.IN:
        raise Stale("refused-not-found")
    visit.work.record("answer-read", patient_id=patient.id, clinic_id=patient.clinic_id, message=message.id)
    for texts in [[words("answer-private", code=patient.case_code)], *[[piece] for piece in _said(message.text)]]:
        letter = Letter(chat_id=post.telegram_id, body=body(visit.caller.language, texts), lane=Lane.REPLY)
        add_letter(visit.work, letter)
    visit.toast = words("toast-sent-private")
