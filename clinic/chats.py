"""Chats come and go: the clinicians' chat is bound by an admin, foreign ones are left, blocked ones are noticed."""

from __future__ import annotations

from care.courses import JOINED
from care.refusals import NotAllowed
from care.triage import Fact
from clinic.letters import Button, body, reply, rewrite, words
from clinic.people import post_in
from clinic.raise_alert import raise_alerts
from clinic.ward import Visit, Ward
from storage.clinics import find_clinic_of_chat, set_clinicians_chat, staff_of
from storage.courses import find_course
from storage.outbox import Letter, add_letter
from storage.outbox_chats import move_chat
from storage.patients import lock, set_patient
from storage.queues import Lane
from storage.tables import Patient, Role


def bot_added(visit: Visit) -> None:
    """The bot was added to a group or channel: an admin is asked to confirm there; from anybody else it leaves."""
    chat = visit.caller.chat_id
    if find_clinic_of_chat(visit.work.session, chat) is not None:
        return
    posts = [post for post in visit.caller.posts if post.role is Role.ADMIN]
    if not posts:
        visit.work.record("foreign-chat-left", chat=chat)
        add_letter(visit.work, Letter(chat_id=chat, body={}, lane=Lane.REPLY, kind="leave"))
        return
    visit.work.record("chat-offered", chat=chat)
    rows = [[Button(words("button-bind", clinic=post.clinic.name), "bind", (post.clinic_id,))] for post in posts]
    reply(visit, words("ask-bind"), buttons=rows)


def bind_chat(visit: Visit, *, clinic_id: int) -> None:
    """Send the clinic's alerts to this chat from now on. Only an admin of that clinic, and only there."""
    post = post_in(visit, clinic_id)
    if post.role is not Role.ADMIN or visit.caller.is_private:
        raise NotAllowed("refused-role")
    set_clinicians_chat(visit.work, post.clinic, visit.caller.chat_id)
    rewrite(visit, words("bound", clinic=post.clinic.name, name=post.name))


def bot_removed(visit: Visit) -> None:
    """The bot was removed from a chat. If it was a clinic's, alerts go to the admin until another is bound."""
    clinic = find_clinic_of_chat(visit.work.session, visit.caller.chat_id)
    if clinic is None:
        return
    set_clinicians_chat(visit.work, clinic, None)
    tell_admins(visit, clinic.id, "chat-lost")


def tell_admins(ward: Ward, clinic_id: int, key: str) -> None:
    """Owe a message to every admin of a clinic, each in their private chat."""
    for post in staff_of(ward.work.session, clinic_id):
        if post.role is Role.ADMIN:
            written = body(post.clinic.languages[0], [words(key, clinic=post.clinic.name)])
            add_letter(ward.work, Letter(chat_id=post.telegram_id, body=written, lane=Lane.PAGE, clinic_id=clinic_id))


def move_clinic_chat(visit: Visit, *, new_chat: int) -> None:
    """Telegram gave the clinicians' chat a new id: a group became a supergroup."""
    follow_chat(visit, visit.caller.chat_id, new_chat)


def follow_chat(ward: Ward, old: int, new: int) -> None:
    """Use a chat's new id for its clinic and for all that is owed to it; unknown chats are not followed."""
    clinic = find_clinic_of_chat(ward.work.session, old)
    if clinic is None:
        return
    set_clinicians_chat(ward.work, clinic, new)
    move_chat(ward.work, old, new)


def patient_blocked(visit: Visit) -> None:
    """The patient blocked the bot: that is a reason to look, told once."""
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
    """The patient unblocked the bot."""
    if visit.caller.patient is not None:
        set_patient(visit.work, visit.caller.patient, "patient-returned", unreachable_since=None)


def reject_press(visit: Visit) -> None:
    """A press that no button of ours carries: nothing happens."""
    visit.toast = words("refused-unknown-button")


def ignore(visit: Visit) -> None:
    """An update that asks for nothing: ticked off and forgotten."""
