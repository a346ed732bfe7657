"""Show a case wherever it is to be seen: one card in each chat, edited in place, sent anew when it must ring."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from care.escalation import CaseState, rings
from care.triage import Level
from clinic.case_card import card_buttons, card_texts
from clinic.ladder import audience
from clinic.letters import body
from clinic.storms import is_stormy, join_storm, refresh_storm, speak_storm
from clinic.ward import Ward
from storage.cases import alerts_of, set_case
from storage.clinics import lock_clinic
from storage.copies import copies_of, get_storm, rewrite_waiting, rewrite_waiting_edit, set_copy
from storage.courses import find_course
from storage.duty import Copy
from storage.outbox import Letter, add_letter
from storage.queues import Lane
from storage.tables import Case

Card = Callable[[], dict[str, Any]]
"""A case's card, written when it is first asked for."""


def lane_of(case: Case) -> Lane:
    """Return how urgently a case is sent as it stands."""
    if rings(case.level, case.step):
        return Lane.PAGE
    return Lane.TASK if case.level is Level.URGENT else Lane.DIGEST


def show_case(ward: Ward, case: Case, *, anew: bool, is_news: bool = True) -> None:
    """Show the case as it now stands: in its messages, or, with `anew`, in new ones that ring, as far as it climbed.

    Without `is_news` it only rings again: a storm that stands for it says of it what it said before.
    """
    copies = {copy.chat_id: copy for copy in copies_of(ward.work.session, case.id)}
    anew = anew or not copies
    chats = audience(ward, case) if anew else []
    # Of a thousand cases in a storm nobody reads a card, and each would be written anew at every step.
    written = cache(lambda: _card(ward, case))
    for chat, copy in copies.items():
        if chat not in chats:
            _refresh(ward, case, copy, written, is_news=is_news)
    if any(chat in copies and copies[chat].storm_id is not None for chat in chats):
        lock_clinic(ward.work.session, case.clinic_id)
    placed = [_place(ward, case, chat, copies.get(chat), written, is_news=is_news) for chat in chats]
    if anew:
        set_case(ward.work, case, "case-shown", card_id=placed[0] if placed else None, spoke_at=ward.now)
        if not placed:
            ward.work.record("nobody-to-tell", clinic_id=case.clinic_id, case=case.id)


def show_card(ward: Ward, case: Case, chat: int) -> None:
    """Give a case a card of its own in a chat, whatever stands for it there now."""
    row = add_letter(ward.work, _letter(case, chat, _card(ward, case), Lane.REPLY))
    set_copy(ward.work, case, chat, letter_id=row)


def _card(ward: Ward, case: Case) -> dict[str, Any]:
    language = case.patient.clinic.languages[0]
    quiet = lane_of(case) is Lane.DIGEST
    alerts, course = alerts_of(ward.work.session, case.id), find_course(ward.work.session, case.patient_id)
    assert course is not None
    texts, buttons = card_texts(ward, case, alerts, course), card_buttons(ward, case, alerts, course)
    written = body(language, texts, buttons=buttons, quiet=quiet, tight=True)
    return {**written, "plainly": {"code": case.patient.case_code, "level": case.level.word, "case": case.id}}


def _letter(case: Case, chat: int, written: dict[str, Any], lane: Lane, **more: Any) -> Letter:
    return Letter(chat_id=chat, body=written, lane=lane, clinic_id=case.clinic_id, **more)


def _place(ward: Ward, case: Case, chat: int, copy: Copy | None, written: Card, *, is_news: bool) -> int | None:
    """Send a card to a chat in place of the one that is there; return the row that shows the case now."""
    clinic, lane = case.patient.clinic, lane_of(case)
    if copy is not None and copy.storm_id is not None:
        return speak_storm(ward, copy.storm_id, lane, is_news=is_news)
    if copy is None and is_stormy(ward, clinic, chat):
        return join_storm(ward, clinic, case, chat, lane)
    if copy is not None and copy.letter_id is not None:
        if rewrite_waiting(ward.work, copy.letter_id, written(), lane):
            return copy.letter_id
        take_back = _letter(case, chat, {}, Lane.TASK, kind="delete", edits_row=copy.letter_id)
        add_letter(ward.work, take_back)
    row = add_letter(ward.work, _letter(case, chat, written(), lane))
    set_copy(ward.work, case, chat, letter_id=row)
    return row


def _refresh(ward: Ward, case: Case, copy: Copy, written: Card, *, is_news: bool) -> None:
    if copy.storm_id is not None:
        storm = get_storm(ward.work.session, copy.storm_id) if is_news else None
        if storm is not None:
            refresh_storm(ward, storm)
    elif copy.letter_id is not None:
        edit_in_place(ward, case, copy.chat_id, copy.letter_id, written())


def edit_in_place(ward: Ward, case: Case, chat: int, row: int, written: dict[str, Any]) -> None:
    """Let an earlier letter say this instead; what has not gone yet, letter or edit, says it at once."""
    quiet = {**written, "quiet": True} if case.state is not CaseState.OPEN else written
    if rewrite_waiting(ward.work, row, quiet, Lane.DIGEST) or rewrite_waiting_edit(ward.work, row, written):
        return
    add_letter(ward.work, _letter(case, chat, written, Lane.TASK, kind="edit", edits_row=row))
