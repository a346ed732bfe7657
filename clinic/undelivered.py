"""What could not be delivered is a fact, and somebody hears of it: the clinic of a patient, the admins of a clinic."""

from __future__ import annotations

from clinic.chats import follow_chat, note_unreachable, tell_admins
from clinic.ward import Ward
from content.loader import Content
from storage.cases import move_card
from storage.clinics import get_clinic, staff_of
from storage.outbox import Claimed, Letter, add_letter, end_letter, find_edited, put_back
from storage.patients import lock
from storage.queues import Lane, OutboxState
from storage.work import Work


def chat_moved(work: Work, content: Content, letter: Claimed, new_chat: int) -> None:
    """Telegram says that the chat has a new id: follow it, and send the letter there at once."""
    put_back(work, letter.id, send_at=work.now, reason="chat moved", is_unknown=False)
    follow_chat(Ward(work, content), letter.chat_id, new_chat)
    work.owes_letters = True


def letter_refused(work: Work, content: Content, letter: Claimed, fate: str, reason: str) -> None:
    """Telegram will not take this letter. An edit of a lost message is sent anew; a dead route is told to somebody."""
    ward = Ward(work, content)
    if fate == "lost-message":
        end_letter(work, letter.id, OutboxState.DROPPED, reason)
        if letter.clinic_id is not None and letter.kind == "edit":
            _send_anew(ward, letter)
        return
    end_letter(work, letter.id, OutboxState.FAILED, reason)
    work.record("letter-failed", patient_id=letter.patient_id, clinic_id=letter.clinic_id, letter=letter.id, fate=fate)
    if fate != "unreachable" or not letter.body:
        return
    if letter.patient_id is not None:
        note_unreachable(ward, lock(work.session, letter.patient_id))
    elif letter.clinic_id is not None:
        _use_other_route(ward, letter)


def _send_anew(ward: Ward, letter: Claimed) -> None:
    again = Letter(chat_id=letter.chat_id, body=letter.body, lane=letter.lane, clinic_id=letter.clinic_id)
    row, lost = add_letter(ward.work, again), find_edited(ward.work.session, letter.id)
    if row is not None and lost is not None:  # from now on the new message is the one to edit
        move_card(ward.work, lost, row)


def _use_other_route(ward: Ward, letter: Claimed) -> None:
    """The clinicians' chat takes nothing: every clinician gets it in private, and the admins are told why."""
    assert letter.clinic_id is not None
    clinic = get_clinic(ward.work.session, letter.clinic_id)
    if letter.chat_id != clinic.clinicians_chat:
        return
    for post in staff_of(ward.work.session, clinic.id):
        key = f"other-route:{letter.id}:{post.id}"
        copy = Letter(chat_id=post.telegram_id, body=letter.body, lane=letter.lane, dedupe_key=key)
        add_letter(ward.work, copy)
    tell_admins(ward, clinic.id, "route-failed")


def tell_operator(work: Work, clinics: list[int]) -> None:
    """Tell the admins, at most once an hour, that something a person sent was put aside."""
    hour = work.now.strftime("%Y-%m-%dT%H")
    for clinic_id in clinics:
        for post in staff_of(work.session, clinic_id):
            body = {"language": post.clinic.languages[0], "texts": [["operator-parked", {}]], "buttons": []}
            key = f"parked:{post.id}:{hour}"
            add_letter(work, Letter(chat_id=post.telegram_id, body=body, lane=Lane.TASK, dedupe_key=key))
