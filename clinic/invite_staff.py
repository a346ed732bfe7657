"""Let a colleague in: a single-use link that expires, and an admin who confirms that the right person opened it."""

from __future__ import annotations

import secrets
from datetime import timedelta

from care.refusals import BadAnswer, NotAllowed, NotFound, Refusal, Stale
from clinic.invite_patient import BOT_USERNAME
from clinic.letters import Button, body, reply, rewrite, tell_chat, words
from clinic.menus import owe_menu
from clinic.people import own_clinic, post_in
from clinic.ward import Visit
from storage.clinics import add_staff, find_staff, staff_of
from storage.desk import StaffInvite
from storage.joining_staff import (
    add_staff_invite,
    claim_staff_invite,
    decide_staff_invite,
    find_staff_invite,
    lock_staff_invite,
)
from storage.marks import find_mark
from storage.outbox import Letter, add_letter
from storage.queues import Lane
from storage.tables import Clinic, Role, Staff

PREFIX = "team-"
"""What the payload of a link to join the staff begins with."""
HOURS_VALID = 24
LONGEST_NAME = 120


def admin_of(visit: Visit, clinic_id: int) -> Staff:
    """Return the caller's post in this clinic; raise NotAllowed unless they are an admin of it."""
    post = post_in(visit, clinic_id)
    if post.role is not Role.ADMIN:
        raise NotAllowed("refused-admins-only")
    return post


def invite_colleague(visit: Visit, *, name: str) -> None:
    """Make a link for one colleague, valid for a day. Only an admin, and only in private: it is a secret."""
    clinic = own_clinic(visit)
    post = admin_of(visit, clinic.id)
    if not visit.caller.is_private:
        raise NotAllowed("refused-staff-private")
    username = find_mark(visit.work.session, BOT_USERNAME)
    if username is None:
        raise Refusal("refused-no-username")
    called = _read_name(visit, clinic, name)
    token = PREFIX + secrets.token_urlsafe(16)
    expires_at = visit.now + timedelta(hours=HOURS_VALID)
    add_staff_invite(
        visit.work, clinic, name=called, role=Role.CLINICIAN, token=token, invited_by=post, expires_at=expires_at
    )
    until = visit.clock_of_clinic(clinic, expires_at).replace(tzinfo=None)
    link = f"https://t.me/{username}?start={token}"
    text = words("staff-invite", name=called, clinic=clinic.name, until=until, link=link)
    written = body(visit.caller.language, [text], secret=True)
    add_letter(visit.work, Letter(chat_id=visit.caller.chat_id, body=written, lane=Lane.REPLY))


def _read_name(visit: Visit, clinic: Clinic, name: str) -> str:
    called = " ".join(name.split())
    if not 0 < len(called) <= LONGEST_NAME or not called.isprintable():
        raise BadAnswer("refused-staff-name")
    if any(post.name.casefold() == called.casefold() for post in staff_of(visit.work.session, clinic.id)):
        raise BadAnswer("refused-staff-name-taken", name=called)
    return called


def open_staff_invite(visit: Visit, token: str) -> None:
    """Somebody opened a link to join the staff: they get a number to read out, and the admins are asked who it is."""
    invite = find_staff_invite(visit.work.session, token)
    if invite is None:
        visit.work.record("invite-unknown")
        reply(visit, words("stranger"))
        return
    who = visit.caller.telegram_id
    if any(post.clinic_id == invite.clinic_id for post in find_staff(visit.work.session, who)):
        raise Stale("refused-staff-already")
    if invite.claimed_by is not None or invite.decided_at is not None:
        raise Stale("refused-invite-used")
    if invite.expires_at <= visit.now:
        raise Stale("refused-invite-expired")
    number = f"{secrets.randbelow(10_000):04}"
    if not claim_staff_invite(visit.work, invite, who, number=number):
        raise Stale("refused-invite-used")
    reply(visit, words("staff-claimed", clinic=invite.clinic.name, name=invite.name, number=number))
    _ask_admins(visit, invite)


def _ask_admins(visit: Visit, invite: StaffInvite) -> None:
    yes = Button("button-staff-admit", "staff-admit", (invite.id, "yes"), "success")
    rows = [[yes, Button("button-staff-turn-away", "staff-admit", (invite.id, "no"), "danger")]]
    question = words("staff-question", name=invite.name, clinic=invite.clinic.name, number=invite.number or "")
    for post in staff_of(visit.work.session, invite.clinic_id):
        if post.role is Role.ADMIN:
            tell_chat(visit, invite.clinic, post.telegram_id, question, buttons=rows, lane=Lane.REPLY)


def admit_colleague(visit: Visit, *, invite_id: int, answer: str) -> None:
    """An admin says whether whoever opened the link is the colleague it is for. Until then they can do nothing."""
    invite = lock_staff_invite(visit.work.session, invite_id)
    if invite is None or invite.claimed_by is None:
        raise NotFound("refused-not-found")
    post = admin_of(visit, invite.clinic_id)
    if invite.decided_at is not None:
        raise Stale("refused-decided-already")
    if invite.expires_at <= visit.now:
        raise Stale("refused-invite-expired")
    decide_staff_invite(visit.work, invite, post, accepted=answer == "yes")
    if answer == "yes":
        newcomer = add_staff(
            visit.work, invite.clinic, telegram_id=invite.claimed_by, name=invite.name, role=invite.role
        )
        owe_menu(visit, newcomer, is_staff=True)
    rewrite(visit, words(f"staff-decided-{answer}", name=invite.name, by=post.name))
    written = body(invite.clinic.languages[0], [words(f"staff-told-{answer}", clinic=invite.clinic.name)])
    add_letter(visit.work, Letter(chat_id=invite.claimed_by, body=written, lane=Lane.REPLY))
