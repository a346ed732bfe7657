"""Owe messages: to the person who asked, to a patient, to a clinic. Words are chosen here, rendered when sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from clinic.ladder import chats_of_clinic
from clinic.ward import Visit, Ward
from content.values import Value, Words, encode
from storage.outbox import Letter, add_letter
from storage.queues import Lane
from storage.tables import Clinic, Patient

LONGEST_PRESS = 64
"""Bytes of callback data that Telegram carries."""


class Button(NamedTuple):
    """A button under a message: its label, and the action and arguments that pressing it asks for."""

    label: str | Words
    action: str
    args: tuple[str | int, ...] = ()
    style: str | None = None


Rows = Sequence[Sequence[Button]]


def press_data(action: str, *args: str | int) -> str:
    """Return the callback data for a press; raise ValueError when Telegram would not carry it."""
    data = ":".join([action, *map(str, args)])
    if len(data.encode()) > LONGEST_PRESS:
        raise ValueError(f"the button data of {action} is over {LONGEST_PRESS} bytes")
    return data


def words(key: str, **values: Value) -> Words:
    """Return a text with its values."""
    return Words(key, values)


def body(
    language: str, texts: Sequence[Words], *, buttons: Rows = (), keys: str | None = None, **extra: Any
) -> dict[str, Any]:
    """Return what an outbox row keeps of a message. `keys` names the keyboard below the chat, if it changes."""
    written: dict[str, Any] = {
        "language": language,
        "texts": [[text.key, encode(text.values)] for text in texts],
        "buttons": [[_written(button) for button in row] for row in buttons],
    }
    if keys is not None:
        written["keys"] = keys
    return {**written, **extra}


def _written(button: Button) -> dict[str, Any]:
    label = button.label
    written: dict[str, Any] = {
        "label": [label.key, encode(label.values)] if isinstance(label, Words) else [label, {}],
        "data": press_data(button.action, *button.args),
    }
    if button.style is not None:
        written["style"] = button.style
    return written


def reply(
    visit: Visit,
    *texts: Words,
    buttons: Rows = (),
    keys: str | None = None,
    lane: Lane = Lane.REPLY,
    tight: bool = False,
) -> None:
    """Answer the person who asked, in the chat where they asked; `tight` puts a line and no gap between texts."""
    caller = visit.caller
    letter = Letter(
        chat_id=caller.chat_id,
        body=body(caller.language, texts, buttons=buttons, keys=keys, tight=tight),
        lane=lane,
        patient_id=caller.patient.id if caller.patient and caller.is_private else None,
    )
    add_letter(visit.work, letter)


def rewrite(visit: Visit, *texts: Words, buttons: Rows = (), tight: bool = False) -> None:
    """Put these words and buttons in place of the message whose button was pressed; without one, answer."""
    if visit.message_id is None:
        reply(visit, *texts, buttons=buttons, tight=tight)
        return
    caller = visit.caller
    letter = Letter(
        chat_id=caller.chat_id,
        body=body(caller.language, texts, buttons=buttons, tight=tight),
        lane=Lane.REPLY,
        kind="edit",
        patient_id=caller.patient.id if caller.patient and caller.is_private else None,
        edits_message=visit.message_id,
    )
    add_letter(visit.work, letter)


def tell_patient(
    ward: Ward,
    patient: Patient,
    *texts: Words,
    buttons: Rows = (),
    lane: Lane = Lane.REPLY,
    subject: str | None = None,
    send_at: datetime | None = None,
    expires_at: datetime | None = None,
    dedupe_key: str | None = None,
    keys: str | None = None,
) -> int | None:
    """Owe a message to a patient who did not ask for it just now; nothing is owed to one who never joined.

    `send_at` (None: now) is for what the clock finds at night and nobody should be woken for. Returns the letter's row.
    """
    if patient.telegram_id is None:
        return None
    letter = Letter(
        chat_id=patient.telegram_id,
        body=body(patient.language, texts, buttons=buttons, keys=keys),
        lane=lane,
        patient_id=patient.id,
        subject=subject,
        send_at=send_at,
        expires_at=expires_at,
        dedupe_key=dedupe_key,
    )
    return add_letter(ward.work, letter)


def tell_clinic(ward: Ward, clinic: Clinic, *texts: Words, buttons: Rows = (), lane: Lane = Lane.TASK) -> None:
    """Owe a message to a clinic's clinicians, wherever they can be told things now."""
    chats = chats_of_clinic(ward, clinic)
    for chat in chats:
        tell_chat(ward, clinic, chat, *texts, buttons=buttons, lane=lane, quiet=lane is Lane.DIGEST)
    if not chats:
        ward.work.record("nobody-to-tell", clinic_id=clinic.id)


def tell_chat(
    ward: Ward,
    clinic: Clinic,
    chat: int,
    *texts: Words,
    buttons: Rows = (),
    lane: Lane = Lane.TASK,
    dedupe_key: str | None = None,
    quiet: bool = False,
    subject: str | None = None,
) -> int | None:
    """Owe a message about a clinic's work to one chat of its people; return the letter's row."""
    written = body(clinic.languages[0], texts, buttons=buttons, quiet=quiet, tight=True)
    letter = Letter(chat_id=chat, body=written, lane=lane, clinic_id=clinic.id, dedupe_key=dedupe_key, subject=subject)
    return add_letter(ward.work, letter)
