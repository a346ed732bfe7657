"""Routes that die are noticed: the other way is used at once, the admins and the operator are told, once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from care.escalation import CaseState
from care.triage import Level
from clinic.letters import body, words
from clinic.operator import tell_operator
from clinic.show_case import show_case
from clinic.ward import Visit, Ward
from content.values import Value
from storage.cases import find_case, open_cases, set_case
from storage.clinics import find_clinic_of_chat, find_clinic_of_second, find_staff, get_clinic, staff_of
from storage.copies import case_of_letter
from storage.outbox import Letter, add_letter
from storage.outbox_chats import pseudonym
from storage.queues import Lane
from storage.routes import find_route, note_route
from storage.tables import Case, Clinic, Role


@dataclass(frozen=True)
class RouteFinding:
    """What a test of one route found; `trouble` is a word for why it does not work, None when it does."""

    clinic_id: int
    chat_id: int
    trouble: str | None


def tell_admins(
    ward: Ward, clinic_id: int, key: str, *, but: int | None = None, dedupe_key: str | None = None, **values: Value
) -> None:
    """Owe a message to every admin of a clinic (`but` one: who cannot be reached), each in their private chat."""
    for post in staff_of(ward.work.session, clinic_id):
        if post.role is Role.ADMIN and post.telegram_id != but:
            written = body(post.clinic.languages[0], [words(key, clinic=post.clinic.name, **values)])
            once = None if dedupe_key is None else f"{dedupe_key}:{post.id}"
            chat = post.telegram_id
            letter = Letter(chat_id=chat, body=written, lane=Lane.PAGE, clinic_id=clinic_id, dedupe_key=once)
            add_letter(ward.work, letter)


def note_trouble(ward: Ward, clinic: Clinic, chat: int, trouble: str) -> bool:
    """Keep that a route does not work; when that is news, say so to whoever can mend it. Return whether it was news."""
    if not note_route(ward.work, clinic.id, chat, trouble=trouble):
        return False
    if chat == clinic.clinicians_chat:
        tell_admins(ward, clinic.id, "route-failed")
        _show_elsewhere(ward, clinic)
    elif chat == clinic.second_chat:
        tell_admins(ward, clinic.id, "second-route-failed")
    else:
        name = next((post.name for post in staff_of(ward.work.session, clinic.id) if post.telegram_id == chat), "?")
        tell_admins(ward, clinic.id, "person-route-failed", but=chat, name=name)
    tell_operator(
        ward, f"route:{pseudonym(ward.work, chat)}", words("operator-route", clinic=clinic.name), admins_know=True
    )
    return True


def note_well(ward: Ward, clinic: Clinic, chat: int) -> None:
    """Keep that a route works. A clinicians' chat that had not gets what it missed."""
    known = find_route(ward.work.session, clinic.id, chat)
    if known is None and chat not in (clinic.clinicians_chat, clinic.second_chat):
        return  # a person of whom nothing bad was known
    if note_route(ward.work, clinic.id, chat, trouble=None) and known is not None and chat == clinic.clinicians_chat:
        tell_admins(ward, clinic.id, "route-mended")
        show_open_cases(ward, clinic)


def _show_elsewhere(ward: Ward, clinic: Clinic) -> None:
    for case in open_cases(ward.work.session, clinic.id):
        if case.state is CaseState.OPEN and case.level >= Level.URGENT:
            show_case(ward, case, anew=True)


def show_open_cases(ward: Ward, clinic: Clinic) -> None:
    """Show every case that is not closed anew: the clinic has another place to see them."""
    for case in open_cases(ward.work.session, clinic.id):
        show_case(ward, case, anew=True)


def letter_did_not_arrive(ward: Ward, clinic: Clinic, chat: int, letter_id: int) -> bool:
    """A letter about a clinic's work found its route dead. Return whether it still has to be copied to another.

    A card is shown anew on the routes that work; a person who was to be paged is passed over, not waited for.
    """
    case = case_of_letter(ward.work.session, letter_id)
    is_news = note_trouble(ward, clinic, chat, "unreachable")
    if case is None:
        return chat == clinic.clinicians_chat
    held = find_case(ward.work.session, case.id)
    if held is None or held.state is CaseState.CLOSED:
        return False
    if chat == clinic.clinicians_chat:
        if not is_news or held.level < Level.URGENT or held.state is not CaseState.OPEN:
            show_case(ward, held, anew=True)
    elif is_news and held.state is CaseState.OPEN and held.level >= Level.URGENT:
        _pass_over(ward, held)
    return False


def _pass_over(ward: Ward, case: Case) -> None:
    if case.next_step_at is not None and case.next_step_at > ward.now:
        set_case(ward.work, case, "step-brought-forward", next_step_at=ward.now)


def note_tests(ward: Ward, found: Iterable[RouteFinding]) -> None:
    """Keep what a test of the routes found."""
    ward.work.record("routes-tested")
    for one in found:
        clinic = get_clinic(ward.work.session, one.clinic_id)
        if one.trouble is None:
            note_well(ward, clinic, one.chat_id)
        else:
            note_trouble(ward, clinic, one.chat_id, one.trouble)


def rights_changed(visit: Visit, *, can_write: bool) -> None:
    """What the bot may do in a chat has changed; if it is a clinic's, its route lives or dies with it."""
    chat = visit.caller.chat_id
    find = (find_clinic_of_chat, find_clinic_of_second)
    for clinic in filter(None, (one(visit.work.session, chat) for one in find)):
        if can_write:
            note_well(visit, clinic, chat)
        else:
            note_trouble(visit, clinic, chat, "no right to write")


def person_gone(ward: Ward, telegram_id: int, *, is_back: bool) -> None:
    """Somebody blocked the bot, or let it in again: if they work for a clinic, a route is dead or alive."""
    for post in find_staff(ward.work.session, telegram_id):
        if is_back:
            note_well(ward, post.clinic, telegram_id)
        else:
            note_trouble(ward, post.clinic, telegram_id, "blocked")
