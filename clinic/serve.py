"""Serve one update: who is it, may they, do it, and tick the update off, all in one unit of work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from care.courses import Status
from care.refusals import Refusal
from clinic.consent import ask_again, must_ask_again
from clinic.letters import reply
from clinic.people import Sender, find_caller, standings
from clinic.permissions import check_allowed
from clinic.ward import Visit
from content.loader import Content
from content.values import Value, Words
from storage.courses import heard
from storage.inbox import mark_done
from storage.work import Work

Action = Callable[..., None]


@dataclass(frozen=True)
class Call:
    """One thing somebody asked for: the action, its arguments, and the update that asked."""

    action: Action
    sender: Sender
    row_id: int
    update_id: int
    message_id: int | None = None
    is_press: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Toast:
    """What a press is answered with in passing, and in which language."""

    said: Words
    language: str


def serve(work: Work, content: Content, call: Call) -> Toast | None:
    """Do what was asked and tick the update off; return the words for the press, if there are any.

    Raises Refusal when it cannot be done: then nothing happened, and `refuse` says so in a unit of its own.
    """
    work.cause = f"update:{call.update_id}"
    mark_done(work, call.row_id)
    caller = find_caller(work, content, call.sender)
    check_allowed(call.action, standings(caller), is_private=caller.is_private)
    visit = Visit(work, content, caller, call.message_id)
    if must_ask_again(visit, call.action, call.values):
        ask_again(visit)
        return _toast(visit)
    _hear(visit)
    call.action(visit, **call.values)
    return _toast(visit)


def _toast(visit: Visit) -> Toast | None:
    return None if visit.toast is None else Toast(visit.toast, visit.caller.language)


def _hear(visit: Visit) -> None:
    """Whatever a patient does in private is a sign of life, and silence is counted from it."""
    course = visit.caller.course
    if visit.caller.is_private and course is not None and course.status is Status.ACTIVE:
        heard(visit.work, course, silent_at=visit.silence_from(course))


def refuse(work: Work, content: Content, call: Call, refusal: Refusal) -> Toast | None:
    """Say why something was not done, and tick the update off. A press is told in passing, a message in the chat.

    Nothing else changes, but that somebody is there: an old button is pressed by a patient who is not silent.
    """
    work.cause = f"update:{call.update_id}"
    mark_done(work, call.row_id)
    said = Words(refusal.key, _speakable(refusal.values))
    visit = Visit(work, content, find_caller(work, content, call.sender), None)
    _hear(visit)
    patient = visit.caller.patient
    whose = patient.id if patient is not None and visit.caller.is_private else None
    work.record("refused", patient_id=whose, action=call.action.__name__, why=refusal.key)
    if call.is_press:
        return Toast(said, visit.caller.language)
    reply(visit, said)
    return None


def _speakable(values: Mapping[str, object]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if isinstance(value, str | int | Words)}
