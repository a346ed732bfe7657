"""Invite a patient: a single-use link, a case code, and the regimen to use."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from care.refusals import BadAnswer, Refusal
from clinic.letters import Button, body, reply, rewrite, words
from clinic.people import own_clinic
from clinic.ward import Visit, Ward
from storage.courses import add_course
from storage.marks import find_mark
from storage.outbox import Letter, add_letter
from storage.patients import add_invited, find_by_code
from storage.queues import Lane
from storage.tables import Clinic

CODE_LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Letters and digits that are not mistaken for one another on paper or over the telephone."""
HOURS_VALID = 72
BOT_USERNAME = "bot-username"


@dataclass(frozen=True)
class Issued:
    """A new invite. `token` is shown once and never kept."""

    code: str
    token: str
    expires_at: datetime


def issue_invite(
    ward: Ward, clinic: Clinic, *, regimen: str, invited_by: int | None = None, hours: int = HOURS_VALID
) -> Issued:
    """Make a patient to come, a course of `regimen`, and the token that binds them to one Telegram id.

    Raises BadAnswer for a regimen nobody has written.
    """
    if regimen not in ward.content.regimens:
        raise BadAnswer("refused-regimen", known=", ".join(ward.content.regimens))
    token = secrets.token_urlsafe(16)
    patient, invite = add_invited(
        ward.work,
        clinic,
        case_code=_free_code(ward),
        token=token,
        expires_at=ward.now + timedelta(hours=hours),
        invited_by=invited_by,
    )
    add_course(ward.work, patient, regimen=regimen, version=ward.content.regimens[regimen].version)
    return Issued(patient.case_code, token, invite.expires_at)


def _free_code(ward: Ward) -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(5))
        if find_by_code(ward.work.session, code) is None:
            return code


def ask_invite(visit: Visit, *, said: str = "") -> None:
    """Invite at once when the command names a regimen, else ask which."""
    if said.strip():
        invite_patient(visit, regimen=said.strip().lower())
        return
    rows = [[Button(f"regimen-{name}", "invite", (name,))] for name in visit.content.regimens]
    reply(visit, words("ask-regimen"), buttons=rows)


def invite_patient(visit: Visit, *, regimen: str) -> None:
    """Send the invite link with its QR picture and the case code, in the chat where it was asked for."""
    clinic = own_clinic(visit)
    username = find_mark(visit.work.session, BOT_USERNAME)
    if username is None:
        raise Refusal("refused-no-username")
    post = next(post for post in visit.caller.posts if post.clinic_id == clinic.id)
    issued = issue_invite(visit, clinic, regimen=regimen, invited_by=post.id)
    link = f"https://t.me/{username}?start={issued.token}"
    until = visit.clock_of_clinic(clinic, issued.expires_at).replace(tzinfo=None)
    text = words("invite", code=issued.code, link=link, until=until, regimen=words(f"regimen-{regimen}"))
    if visit.message_id is not None:
        rewrite(visit, words("invite-made", code=issued.code))
    letter = Letter(
        chat_id=visit.caller.chat_id,
        body=body(visit.caller.language, [text], qr=link, secret=True),
        lane=Lane.REPLY,
        kind="photo",
    )
    add_letter(visit.work, letter)
