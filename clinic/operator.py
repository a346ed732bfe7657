"""Tell whoever runs the server: the operator's own chat if there is one, else every admin. Never a flood of it."""

from __future__ import annotations

from datetime import timedelta

from clinic.letters import body
from clinic.ward import Ward
from content.values import Words
from storage.clinics import all_clinics, staff_of
from storage.marks import find_chat_mark
from storage.outbox import Letter, add_letter
from storage.outbox_chats import pseudonym
from storage.queues import Lane
from storage.sent import find_owed_at
from storage.tables import Role

OPERATOR_CHAT = "operator-chat"
"""The mark under which the running bot keeps where its operator is told things."""
HOUR = timedelta(hours=1)
SPACING = timedelta(minutes=10)
"""The least time between two messages about the same thing, also where one hour ends and the next begins."""


def tell_operator(ward: Ward, about: str, *texts: Words, lane: Lane = Lane.PAGE, admins_know: bool = False) -> None:
    """Owe the operator a message; about the same thing at most one in each hour of the clock, ten minutes apart.

    Without an operator's chat every admin gets it, unless they have been told in their own words (`admins_know`).
    """
    for chat, language in _chats(ward, admins_know):
        before, key = (
            f"operator:{about}:{pseudonym(ward.work, chat)}:{at:%Y-%m-%dT%H}" for at in (ward.now - HOUR, ward.now)
        )
        last = find_owed_at(ward.work.session, before)
        if last is None or ward.now - last >= SPACING:
            add_letter(ward.work, Letter(chat_id=chat, body=body(language, texts), lane=lane, dedupe_key=key))


def _chats(ward: Ward, admins_know: bool) -> list[tuple[int, str]]:
    known = find_chat_mark(ward.work.session, OPERATOR_CHAT)
    if known is not None:
        return [(known, "en")]
    if admins_know:
        return []
    found: dict[int, str] = {}
    for clinic in all_clinics(ward.work.session):
        for post in staff_of(ward.work.session, clinic.id):
            if post.role is Role.ADMIN:
                found.setdefault(post.telegram_id, clinic.languages[0])
    return list(found.items())
