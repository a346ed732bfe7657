"""What could not be delivered is a fact, and somebody hears of it: the clinic of a patient, the admins of a clinic."""

from __future__ import annotations

from typing import Any

from clinic.chats import follow_chat, note_unreachable
from clinic.ladder import chats_of_clinic
from clinic.letters import Button, body, words
from clinic.lost_words import words_did_not_arrive
from clinic.operator import tell_operator
from clinic.routes import letter_did_not_arrive
from clinic.ward import Ward
from content.loader import Content
from storage.cases import move_card
from storage.clinics import get_clinic
from storage.copies import move_copies_of_chat
from storage.outbox import Letter, add_letter
from storage.outbox_chats import move_chat, pseudonym
from storage.patients import lock
from storage.queues import Lane, OutboxState
from storage.sending import Claimed, end_letter, put_back
from storage.sent import find_edited
from storage.work import Work


def chat_moved(work: Work, content: Content, letter: Claimed, new_chat: int) -> None:
    """Telegram says that the chat has a new id: follow it, and send the letter there at once."""
    put_back(work, letter.id, send_at=work.now, reason="chat moved", is_unknown=False)
    follow_chat(Ward(work, content), letter.chat_id, new_chat)
    # Telegram's own word, so this letter goes there in any case: its clinic may have moved while it was on its way,
    # or the chat be no clinic's at all. At the old address it would be refused for ever.
    move_chat(work, letter.chat_id, new_chat)
    move_copies_of_chat(work, letter.chat_id, new_chat)
    work.owes_letters = True


def letter_refused(work: Work, content: Content, letter: Claimed, fate: str, reason: str) -> None:
    """Telegram will not take this letter. An edit of a lost message is sent anew; a dead route is told to somebody."""
    ward = Ward(work, content)
    if fate == "lost-message":
        end_letter(work, letter.id, OutboxState.DROPPED, reason)
        if letter.clinic_id is not None and letter.kind == "edit":
            _send_anew(ward, letter)
        return
    if letter.kind == "menu":  # somebody without an open chat has no menu to show, and nobody needs to look into that
        end_letter(work, letter.id, OutboxState.DROPPED, reason)
        return
    end_letter(work, letter.id, OutboxState.FAILED, reason)
    work.record("letter-failed", patient_id=letter.patient_id, clinic_id=letter.clinic_id, letter=letter.id, fate=fate)
    if not letter.body:
        return
    if letter.subject is not None:
        words_did_not_arrive(ward, letter.subject, letter.chat_id)
    if fate != "unreachable":
        _say_plainly(ward, letter)
    elif letter.patient_id is not None:
        note_unreachable(ward, lock(work.session, letter.patient_id))
    elif letter.clinic_id is not None:
        _use_other_route(ward, letter)


def letter_unsayable(work: Work, content: Content, letter: Claimed) -> None:
    """Our own words cannot be put together: what clinicians should have read is said in the plainest, never dropped."""
    end_letter(work, letter.id, OutboxState.FAILED, "cannot be said")
    work.record("letter-unsayable", patient_id=letter.patient_id, clinic_id=letter.clinic_id, letter=letter.id)
    _say_plainly(Ward(work, content), letter)


def _say_plainly(ward: Ward, letter: Claimed) -> None:
    written = letter.body if isinstance(letter.body, dict) else {}
    if letter.clinic_id is None or letter.kind == "delete" or written.get("is_plain"):
        tell_operator(ward, "undelivered", words("operator-undelivered"))
        return
    known = written.get("plainly")
    plain = Letter(chat_id=letter.chat_id, body=_plain_body(known), lane=letter.lane, clinic_id=letter.clinic_id)
    row = add_letter(ward.work, plain)
    edited = find_edited(ward.work.session, letter.id)
    if row is not None:
        move_card(ward.work, letter.id if edited is None else edited, row)
    tell_operator(ward, "unsayable", words("operator-unsayable"))


def _plain_body(known: Any) -> dict[str, Any]:
    """Return a card of three words and a button, in the language that every installation has."""
    if not isinstance(known, dict):
        return {**body("en", [words("plain-notice")]), "is_plain": True}
    case_id, code, level = int(known["case"]), str(known["code"]), str(known["level"])
    rows = [[Button("button-acknowledge", "ack", (case_id,)), Button("button-history", "history", (case_id,))]]
    return {**body("en", [words("plain-card", code=code, level=level)], buttons=rows), "is_plain": True}


def _send_anew(ward: Ward, letter: Claimed) -> None:
    again = Letter(chat_id=letter.chat_id, body=letter.body, lane=letter.lane, clinic_id=letter.clinic_id)
    row, lost = add_letter(ward.work, again), find_edited(ward.work.session, letter.id)
    if row is not None and lost is not None:  # from now on the new message is the one to edit
        move_card(ward.work, lost, row)


def _use_other_route(ward: Ward, letter: Claimed) -> None:
    """A clinic's chat or person takes nothing: what is owed goes by the ways that work, and the admins are told why."""
    assert letter.clinic_id is not None
    clinic = get_clinic(ward.work.session, letter.clinic_id)
    if not letter_did_not_arrive(ward, clinic, letter.chat_id, letter.id) or letter.kind != "send":
        return
    for chat in chats_of_clinic(ward, clinic):
        if chat != letter.chat_id:
            key = f"other-route:{letter.id}:{pseudonym(ward.work, chat)}"
            add_letter(ward.work, Letter(chat_id=chat, body=letter.body, lane=letter.lane, dedupe_key=key))


def tell_of_failing(work: Work, content: Content, visit: str, row: int, tries: int) -> None:
    """Something that is due fails again and again: it is set aside for longer and longer, and somebody hears of it."""
    work.record("visit-failing", visit=visit, row=row, tries=tries)
    tell_operator(Ward(work, content), "failing", words("operator-failing", count=tries), lane=Lane.TASK)


def tell_of_parked(work: Work, content: Content) -> None:
    """Tell the operator, at most once an hour, that something a person sent was put aside."""
    tell_operator(Ward(work, content), "parked", words("operator-parked"), lane=Lane.TASK)
