"""Staff reply to a message of ours: under a case's card the words go to the patient, anywhere else to nobody."""

from __future__ import annotations

from care.escalation import CaseState
from care.refusals import BadAnswer, NotAllowed, Refusal, Stale
from clinic.letters import reply
from clinic.ward import Visit
from clinic.write_patient import hear_draft, write
from storage.outbox_chats import pseudonym
from storage.tables import Case
from storage.talk import case_under, is_storm


def reply_to_case(
    visit: Visit, *, replied: int, text: str, to_us: bool = True, is_edit: bool = False, is_anonymous: bool = False
) -> None:
    """Send a reply under a case's card to the patient, if staff of that clinic wrote it; tell them if it went nowhere.

    What strangers reply to, and what people reply to one another, is none of our business and is left alone.
    """
    chat = visit.caller.chat_id
    case = case_under(visit.work.session, chat, replied) if to_us else None
    if case is not None:
        _write_into(visit, case, text, is_edit=is_edit, is_anonymous=is_anonymous)
    elif to_us and visit.caller.posts:
        raise Refusal("refused-many-cases" if is_storm(visit.work.session, chat, replied) else "refused-no-case")
    else:
        visit.work.record("reply-left-alone", chat=pseudonym(visit.work, chat))


def _write_into(visit: Visit, case: Case, text: str, *, is_edit: bool, is_anonymous: bool) -> None:
    if is_anonymous:
        raise NotAllowed("refused-reply-anonymous")
    post = next((post for post in visit.caller.posts if post.clinic_id == case.clinic_id), None)
    if post is None:
        raise NotAllowed("refused-not-staff")
    if is_edit:
        raise BadAnswer("refused-edited")
    if not text.strip():
        raise BadAnswer("refused-only-text")
    if case.state is CaseState.CLOSED:
        raise Stale("refused-case-over", code=case.patient.case_code)
    reply(visit, write(visit, case.patient, post, text))


def hear_clinician(visit: Visit, text: str, replied: int | None, *, is_edit: bool) -> bool:
    """Take what staff type in private: a reply under a card, or what they began; return whether it was either."""
    if replied is not None and case_under(visit.work.session, visit.caller.chat_id, replied) is not None:
        reply_to_case(visit, replied=replied, text=text, is_edit=is_edit)
        return True
    return hear_draft(visit, text, is_edit=is_edit)
