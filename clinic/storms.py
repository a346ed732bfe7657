"""A storm: more cases at once than a chat can take. One message stands for them all and is edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from care.policy import STORM_WINDOW
from care.refusals import Stale
from clinic.ladder import policy
from clinic.letters import Button, Rows, body, words
from clinic.people import post_in
from clinic.ward import Visit, Ward
from content.values import Words
from storage.cases import find_case
from storage.clinics import get_clinic, lock_clinic
from storage.copies import (
    Stormed,
    add_storm,
    cases_in,
    count_fresh,
    find_storm,
    get_storm,
    hasten_waiting,
    rewrite_waiting,
    rewrite_waiting_edit,
    set_copy,
    set_storm,
)
from storage.duty import Storm
from storage.outbox import Letter, add_letter
from storage.queues import Lane
from storage.tables import Case, Clinic

EDIT_EVERY = timedelta(seconds=15)
SPEAK_EVERY = timedelta(seconds=60)
"""However many cases press, a storm rings no oftener than this."""
CODES_IN_A_LINE = 100
MOST_CODES = 500
SHOWN_AT_ONCE = 5


def is_stormy(ward: Ward, clinic: Clinic, chat: int) -> bool:
    """Return whether a further case in this chat joins a storm instead of getting a card of its own."""
    storm = find_storm(ward.work.session, chat)
    if storm is not None and storm.joined_at > ward.now - STORM_WINDOW:
        return True
    fresh = count_fresh(ward.work.session, chat, since=ward.now - STORM_WINDOW)
    return fresh >= policy(clinic).storm_after


def join_storm(ward: Ward, clinic: Clinic, case: Case, chat: int, lane: Lane) -> int | None:
    """Let the chat's storm stand for a case too; return the row that shows it."""
    lock_clinic(ward.work.session, clinic.id)
    storm = find_storm(ward.work.session, chat) or add_storm(ward.work, clinic, chat)
    set_copy(ward.work, case, chat, letter_id=storm.letter_id, storm_id=storm.id)
    set_storm(ward.work, storm, joined_at=ward.now)
    if storm.letter_id is None:
        _say(ward, storm, lane)
    else:
        refresh_storm(ward, storm, lane)
    return storm.letter_id


def speak_storm(ward: Ward, storm_id: int, lane: Lane, *, is_news: bool) -> int | None:
    """One of a storm's cases rings: the storm is sent anew, once for all that ring within a minute.

    The caller holds the clinic: another of its cases may be ringing. Without `is_news` the storm says what it said:
    what waits goes no later than `lane`, and no list is made again. A storm of a thousand would else be listed a
    thousand times for every step of its cases.
    """
    storm = get_storm(ward.work.session, storm_id)
    assert storm is not None
    if storm.letter_id is None or storm.spoke_at <= ward.now - SPEAK_EVERY:
        _say(ward, storm, lane)
    elif is_news:
        refresh_storm(ward, storm, lane)
    else:
        hasten_waiting(ward.work, storm.letter_id, lane)
    return storm.letter_id


def _say(ward: Ward, storm: Storm, lane: Lane) -> None:
    written = _body(ward, storm)
    if storm.letter_id is not None:
        if rewrite_waiting(ward.work, storm.letter_id, written, lane):
            return
        add_letter(ward.work, _letter(storm, {}, Lane.TASK, kind="delete", edits_row=storm.letter_id))
    row = add_letter(ward.work, _letter(storm, written, lane))
    set_storm(ward.work, storm, letter_id=row, spoke_at=ward.now, shown_at=ward.now)


def refresh_storm(ward: Ward, storm: Storm, lane: Lane = Lane.DIGEST) -> None:
    """Bring a storm's message up to date, at most every 15 seconds; it ends with its last open case."""
    if storm.letter_id is None:
        return
    left = cases_in(ward.work.session, storm.id)
    if not left and storm.closed_at is None:
        set_storm(ward.work, storm, closed_at=ward.now)
    written = _body(ward, storm, left)
    row = storm.letter_id
    if rewrite_waiting(ward.work, row, written, lane) or rewrite_waiting_edit(ward.work, row, written):
        return
    at = max(ward.now, storm.shown_at + EDIT_EVERY)
    add_letter(ward.work, _letter(storm, written, Lane.TASK, kind="edit", edits_row=row, send_at=at))
    set_storm(ward.work, storm, shown_at=at)


def _letter(storm: Storm, written: dict[str, Any], lane: Lane, **more: Any) -> Letter:
    return Letter(chat_id=storm.chat_id, body=written, lane=lane, clinic_id=storm.clinic_id, **more)


def _body(ward: Ward, storm: Storm, left: Sequence[Stormed] | None = None) -> dict[str, Any]:
    clinic = get_clinic(ward.work.session, storm.clinic_id)
    cases = cases_in(ward.work.session, storm.id) if left is None else left
    if not cases:
        return body(clinic.languages[0], [words("storm-over")], tight=True)
    return body(clinic.languages[0], [*_texts(cases)], buttons=_buttons(storm, cases), tight=True)


def _texts(cases: Sequence[Stormed]) -> list[Words]:
    free = sum(not case.is_owned for case in cases)
    texts = [words("storm-head", count=len(cases)), words("storm-owned", free=free, owned=len(cases) - free)]
    shown = cases[:MOST_CODES]
    for level in sorted({case.level for case in shown}, reverse=True):
        codes = [case.code for case in shown if case.level is level]
        total = sum(case.level is level for case in cases)
        texts.append(words(f"storm-{level.word}", count=total))
        for begin in range(0, len(codes), CODES_IN_A_LINE):
            texts.append(words("storm-codes", codes=" ".join(codes[begin : begin + CODES_IN_A_LINE])))
    if len(cases) > len(shown):
        texts.append(words("storm-more", count=len(cases) - len(shown)))
    return texts


def _buttons(storm: Storm, cases: Sequence[Stormed]) -> Rows:
    count = min(SHOWN_AT_ONCE, len(cases))
    return [[Button(words("button-storm", count=count), "storm", (storm.id,), "primary")]]


def gravest(ward: Ward, storm: Storm) -> list[Case]:
    """Return the next few cases of a storm to look at: what nobody owns first, the gravest and oldest of it."""
    cases = sorted(cases_in(ward.work.session, storm.id), key=lambda one: one.is_owned)
    found = (find_case(ward.work.session, one.case_id) for one in cases[:SHOWN_AT_ONCE])
    return [case for case in found if case is not None]


def storm_for(visit: Visit, storm_id: int) -> Storm:
    """Return a storm of this chat; raise for one that is over, or of another clinic or chat."""
    storm = get_storm(visit.work.session, storm_id)
    if storm is None or storm.closed_at is not None or storm.chat_id != visit.caller.chat_id:
        raise Stale("refused-storm-over")
    post_in(visit, storm.clinic_id)
    return storm
