"""What a card and a history say of the messages between a clinic and its patient."""

from __future__ import annotations

from collections.abc import Sequence

from clinic.letters import words
from clinic.ward import Ward
from content.values import Words
from storage.desk import Direction, Message
from storage.queues import OutboxState
from storage.tables import Case, Clinic
from storage.talk import messages_in, states_of_letters

ON_A_CARD = 3
"""Messages shown on a card; earlier ones are counted."""
MOST_ON_A_CARD, MOST_IN_A_HISTORY = 200, 1200
"""Characters of one message that are shown."""


def card_talk(ward: Ward, case: Case) -> list[Words]:
    """Return the lines of a card about what was written: who, when, and, where the clinic shows quotes, what."""
    messages = messages_in(ward.work.session, case.id)
    shown = messages[-ON_A_CARD:]
    lines = talk_lines(ward, case.patient.clinic, shown, most=MOST_ON_A_CARD, is_open=case.patient.clinic.shows_quotes)
    if len(messages) > len(shown):
        lines.insert(0, words("card-written-earlier", count=len(messages) - len(shown)))
    return lines


def talk_lines(ward: Ward, clinic: Clinic, messages: Sequence[Message], *, most: int, is_open: bool) -> list[Words]:
    """Return one line for each message; its words, cut after `most`, only where they may be read (`is_open`)."""
    states = states_of_letters(ward.work.session, messages)
    return [_line(ward, clinic, one, states.get(one.id), most if is_open else 0) for one in messages]


def _line(ward: Ward, clinic: Clinic, message: Message, state: OutboxState | None, most: int) -> Words:
    at = ward.clock_of_clinic(clinic, message.at).replace(tzinfo=None)
    if message.direction is Direction.IN:
        return (
            words("card-answered", at=at, text=_cut(message.text, most)) if most else words("card-answered-only", at=at)
        )
    name = message.staff.name if message.staff is not None else "?"
    if state is OutboxState.FAILED:
        return words("card-written-lost", at=at, name=name)
    if not most:
        return words("card-written-only", at=at, name=name)
    return words("card-written", at=at, name=name, text=_cut(message.text, most))


def _cut(text: str, most: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
