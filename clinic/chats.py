"""Chats come and go: the clinicians' chat is bound by an admin, foreign ones are left, blocked ones are noticed."""

from __future__ import annotations

from care.courses import JOINED
from care.refusals import NotAllowed, Refusal, Stale
from care.triage import Fact
from clinic.letters import Button, reply, rewrite, words
from clinic.operator import tell_operator
from clinic.people import post_in
from clinic.raise_alert import raise_alerts
from clinic.routes import note_well, person_gone, show_open_cases, tell_admins
from clinic.ward import Visit, Ward
from storage.clinics import find_clinic_of_chat, find_clinic_of_second, set_clinic, set_clinicians_chat
from storage.copies import drop_copies_in, move_copies_of_chat
from storage.courses import find_course
from storage.outbox import Letter, add_letter
from storage.outbox_chats import change_of_chat, move_chat, pseudonym
from storage.patients import lock, set_patient
from storage.queues import Lane
from storage.routes import forget_route
from storage.tables import Patient, Role, Staff
from storage.talk import move_anchors


def bot_added(visit: Visit) -> None:
    """The bot was added to a group or channel: an admin is asked to confirm there; from anybody else it leaves."""
    chat = visit.caller.chat_id
    if find_clinic_of_chat(visit.work.session, chat) or find_clinic_of_second(visit.work.session, chat):
        return
    posts = [post for post in visit.caller.posts if post.role is Role.ADMIN]
    if not posts:
        visit.work.record("foreign-chat-left", chat=pseudonym(visit.work, chat))
        add_letter(visit.work, Letter(chat_id=chat, body={}, lane=Lane.REPLY, kind="leave"))
        return
    visit.work.record("chat-offered", chat=pseudonym(visit.work, chat))
    rows = [[Button(words("button-bind", clinic=post.clinic.name), "bind", (post.clinic_id,))] for post in posts]
    for post in posts:
        if post.clinic.clinicians_chat is not None:
            label = words("button-bind-second", clinic=post.clinic.name)
            rows.append([Button(label, "bind-second", (post.clinic_id,))])
    reply(visit, words("ask-bind"), buttons=rows)


def bind_chat(visit: Visit, *, clinic_id: int) -> None:
    """Send the clinic's alerts to this chat from now on. Only an admin of that clinic, and only there."""
    post = _admin_here(visit, clinic_id)
    before = post.clinic.clinicians_chat
    if before not in (None, visit.caller.chat_id):
        drop_copies_in(visit.work, before)
    set_clinicians_chat(visit.work, post.clinic, visit.caller.chat_id)
    note_well(visit, post.clinic, visit.caller.chat_id)
    rewrite(visit, words("bound", clinic=post.clinic.name, name=post.name))
    show_open_cases(visit, post.clinic)


def bind_second_chat(visit: Visit, *, clinic_id: int) -> None:
    """Send what nobody answers to this chat too. Only an admin of that clinic, only there, and not the first chat."""
    post = _admin_here(visit, clinic_id)
    chat = visit.caller.chat_id
    if chat == post.clinic.clinicians_chat:
        raise Stale("refused-first-chat")
    if post.clinic.clinicians_chat is None:
        raise Refusal("refused-first-chat-first")
    facts = change_of_chat(visit.work, post.clinic.second_chat, chat)
    set_clinic(visit.work, post.clinic, "second-chat-set", facts, second_chat=chat)
    note_well(visit, post.clinic, chat)
    rewrite(visit, words("bound-second", clinic=post.clinic.name, name=post.name))


def _admin_here(visit: Visit, clinic_id: int) -> Staff:
    post = post_in(visit, clinic_id)
    if post.role is not Role.ADMIN or visit.caller.is_private:
        raise NotAllowed("refused-role")
    return post


def bot_removed(visit: Visit) -> None:
    """The bot was removed from a chat. If it was a clinic's, alerts go to the admins until another is bound."""
    chat = visit.caller.chat_id
    second = find_clinic_of_second(visit.work.session, chat)
    if second is not None:
        set_clinic(visit.work, second, "second-chat-set", change_of_chat(visit.work, chat, None), second_chat=None)
        forget_route(visit.work, second.id, chat)
        tell_admins(visit, second.id, "second-chat-lost")
    clinic = find_clinic_of_chat(visit.work.session, chat)
    if clinic is None:
        return
    set_clinicians_chat(visit.work, clinic, None)
    forget_route(visit.work, clinic.id, chat)
    drop_copies_in(visit.work, chat)
    tell_admins(visit, clinic.id, "chat-lost")
    about = f"route:{pseudonym(visit.work, chat)}"
    tell_operator(visit, about, words("operator-route", clinic=clinic.name), admins_know=True)
    show_open_cases(visit, clinic)


def move_clinic_chat(visit: Visit, *, new_chat: int) -> None:
    """Telegram gave the clinicians' chat a new id: a group became a supergroup."""
    follow_chat(visit, visit.caller.chat_id, new_chat)


def follow_chat(ward: Ward, old: int, new: int) -> None:
    """Use a chat's new id for its clinic and for all that is owed to it; unknown chats are not followed."""
    clinic = find_clinic_of_chat(ward.work.session, old)
    second = find_clinic_of_second(ward.work.session, old)
    if clinic is not None:
        set_clinicians_chat(ward.work, clinic, new)
    if second is not None:
        set_clinic(ward.work, second, "second-chat-set", change_of_chat(ward.work, old, new), second_chat=new)
    if clinic is not None or second is not None:
        move_chat(ward.work, old, new)
        move_copies_of_chat(ward.work, old, new)
        move_anchors(ward.work, old, new)


def patient_blocked(visit: Visit) -> None:
    """Somebody blocked the bot. A patient who did is a reason to look, told once; of a clinician the admins hear."""
    person_gone(visit, visit.caller.telegram_id, is_back=False)
    if visit.caller.patient is not None:
        note_unreachable(visit, visit.caller.patient)


def note_unreachable(ward: Ward, patient: Patient) -> None:
    """A patient cannot be reached by Telegram: keep since when, and tell the clinic once."""
    patient = lock(ward.work.session, patient.id)
    if patient.unreachable_since is not None:
        return
    set_patient(ward.work, patient, "patient-unreachable", unreachable_since=ward.now)
    course = find_course(ward.work.session, patient.id)
    if course is not None and course.status in JOINED:
        raise_alerts(ward, course, [Fact("unreachable")])


def patient_returned(visit: Visit) -> None:
    """Somebody unblocked the bot."""
    person_gone(visit, visit.caller.telegram_id, is_back=True)
    if visit.caller.patient is not None:
        set_patient(visit.work, visit.caller.patient, "patient-returned", unreachable_since=None)


def refuse_anonymous(visit: Visit) -> None:
    """An admin who writes in the name of the group is nobody to us: what is done here has a person's name to it."""
    visit.work.record("refused", action="command", why="refused-anonymous")
    reply(visit, words("refused-anonymous"))


def reject_press(visit: Visit) -> None:
    """A press that no button of ours carries: nothing happens."""
    visit.toast = words("refused-unknown-button")


def ignore(visit: Visit) -> None:
    """An update that asks for nothing: ticked off and forgotten."""
