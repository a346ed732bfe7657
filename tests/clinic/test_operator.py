"""The same trouble a thousand times is no thousand messages: whoever runs the server must want to read them (H5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest

from clinic.check_books import tell_of_breaches
from clinic.operator import OPERATOR_CHAT
from clinic.routes import note_trouble, note_well
from clinic.undelivered import tell_of_failing, tell_of_parked
from clinic.ward import Ward
from storage.audit import Breach
from storage.clinics import get_clinic
from storage.marks import set_chat_mark
from storage.queues import OutboxRow
from storage.reading import Session
from tests.clinic.wing import CHAT, GREY, Wing
from tests.conftest import MovedClock

OPERATOR = 77
TIMES = 1000
EVERY = timedelta(seconds=13)
SPACING = timedelta(minutes=10)


def lose_and_find(ward: Ward) -> None:
    clinic = get_clinic(ward.work.session, 1)
    note_trouble(ward, clinic, CHAT, "not found")
    note_well(ward, clinic, CHAT)


TROUBLES: dict[str, Callable[[Ward], None]] = {
    "an update is parked": lambda ward: tell_of_parked(ward.work, ward.content),
    "a visit fails": lambda ward: tell_of_failing(ward.work, ward.content, "case", 3, 5),
    "the books are wrong": lambda ward: tell_of_breaches(ward, [Breach("case-without-step", (1,))]),
    "a route comes and goes": lose_and_find,
}


def letters_to(session: Session, chat: int) -> list[OutboxRow]:
    return [row for row in session.query(OutboxRow).order_by(OutboxRow.id) if row.chat_id == chat]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_the_same_trouble_a_thousand_times_is_a_message_in_ten_minutes_at_most(
    wing: Wing, clock: MovedClock, trouble: str
) -> None:
    clock.forward(minutes=57)  # so that the first hour ends soon
    wing.do(lambda ward: set_chat_mark(ward.work, OPERATOR_CHAT, OPERATOR))
    for _ in range(TIMES):
        wing.do(TROUBLES[trouble])
        clock.forward(seconds=EVERY.total_seconds())
    told = wing.store.read(lambda session: letters_to(session, OPERATOR)).result()
    gaps = [after.created_at - before.created_at for before, after in pairwise(told)]
    assert all(gap >= SPACING for gap in gaps), gaps
    assert TIMES * EVERY / timedelta(hours=1) - 1 <= len(told) <= TIMES * EVERY / timedelta(hours=1) + 2
    assert not [row.dedupe_key for row in told if str(CHAT) in (row.dedupe_key or "")]


def test_without_an_operator_the_admins_are_told_as_seldom(wing: Wing, clock: MovedClock) -> None:
    clock.forward(minutes=59, seconds=50)
    for _ in range(60):
        wing.do(TROUBLES["an update is parked"])
        clock.forward(seconds=1)
    assert len(wing.store.read(lambda session: letters_to(session, GREY)).result()) == 1
