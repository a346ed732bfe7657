"""The outbox sends what is owed, the most urgent first, each letter by one sender, none after it is stale."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from care.escalation import CaseState
from care.triage import Level
from storage.cases import add_case, set_case
from storage.keyring import patients_key
from storage.outbox import add_letter, count_owed, drop_expired, drop_waiting
from storage.outbox_chats import move_chat
from storage.queues import Lane, OutboxRow, OutboxState
from storage.retention import keep_periods
from storage.sending import Claimed, claim_due, end_letter, mark_sent, put_back, release_claims
from storage.sent import find_sent
from storage.store import Store
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import done, letter, new_patient, write


def owe(store: Store, chat: int = 1, lane: Lane = Lane.REPLY, **values: Any) -> int:
    row_id = write(store, lambda work: add_letter(work, letter(chat, lane, **values)))
    assert row_id is not None
    return row_id


def claim(store: Store, *, resting: tuple[int, ...] = (), most: int = 100) -> list[Claimed]:
    return write(store, lambda work: claim_due(work, resting=resting, most=most))


def claimed_ids(store: Store, **how: Any) -> list[int]:
    return [one.id for one in claim(store, **how)]


def send(store: Store, row_id: int, message_id: int | None = 70) -> None:
    write(store, lambda work: mark_sent(work, row_id, message_id))


def row(store: Store, row_id: int) -> OutboxRow:
    return done(store.read(lambda session: session.get_one(OutboxRow, row_id)))


def state(store: Store, row_id: int) -> tuple[OutboxState, str | None]:
    found = row(store, row_id)
    return found.state, found.reason


def test_the_lower_lane_goes_first(store: Store, clock: MovedClock) -> None:
    owed = {lane: owe(store, lane=lane, send_at=clock.now - timedelta(minutes=lane)) for lane in reversed(Lane)}
    assert claimed_ids(store, most=2) == [owed[Lane.PAGE], owed[Lane.REPLY]]
    assert claimed_ids(store) == [owed[Lane.TASK], owed[Lane.REMINDER], owed[Lane.DIGEST]]


def test_within_a_lane_the_oldest_goes_first(store: Store, clock: MovedClock) -> None:
    late = owe(store, send_at=clock.now)
    early = owe(store, send_at=clock.now - timedelta(minutes=1))
    also_late = owe(store, send_at=clock.now)
    assert claimed_ids(store) == [early, late, also_late]


def test_nothing_leaves_before_its_time(store: Store, clock: MovedClock) -> None:
    owed = owe(store, send_at=clock.now + timedelta(minutes=1))
    assert claim(store) == []
    clock.forward(minutes=1)
    assert claimed_ids(store) == [owed]


def test_a_claimed_letter_is_nobody_elses(store: Store, clock: MovedClock) -> None:
    owed = owe(store)
    (one,) = claim(store)
    assert (one.id, one.attempts, one.body, one.kind) == (owed, 1, {"text": "hello"}, "send")
    assert claim(store) == []
    assert row(store, owed).claimed_at == clock.now


def test_many_senders_claim_each_letter_once(store: Store) -> None:
    owed = [owe(store, chat=n) for n in range(60)]
    futures = [store.write(lambda work: claim_due(work, resting=(), most=7)) for _ in range(20)]
    claims = [one.id for future in futures for one in done(future)]
    assert sorted(claims + claimed_ids(store)) == owed


@pytest.fixture
def half_claimed(fresh_postgres: str, clock: MovedClock) -> Iterator[tuple[Store, Store]]:
    """Two senders on one PostgreSQL."""
    stores = Store(fresh_postgres, clock), Store(fresh_postgres, clock)
    yield stores
    for one in stores:
        one.close()


def test_a_letter_another_sender_is_claiming_is_passed_over(half_claimed: tuple[Store, Store]) -> None:
    here, there = half_claimed
    first, second = owe(here), owe(here)

    def claim_slowly(work: Work) -> tuple[list[int], list[int]]:
        mine = [one.id for one in claim_due(work, resting=(), most=1)]
        return mine, claimed_ids(there)  # the other sender, while this unit is open

    assert write(here, claim_slowly) == ([first], [second])


def test_a_resting_chat_is_left_out(store: Store) -> None:
    owe(store, chat=1)
    other = owe(store, chat=2)
    assert claimed_ids(store, resting=(1,)) == [other]
    assert len(claim(store)) == 1


def test_a_stale_letter_is_never_claimed(store: Store, clock: MovedClock) -> None:
    owed = owe(store, expires_at=clock.now + timedelta(minutes=5))
    forever = owe(store)
    clock.forward(minutes=5)
    assert claimed_ids(store) == [forever]
    assert write(store, drop_expired) == 1
    assert state(store, owed) == (OutboxState.DROPPED, "expired")
    assert write(store, drop_expired) == 0


def test_a_letter_is_good_until_it_expires(store: Store, clock: MovedClock) -> None:
    owed = owe(store, expires_at=clock.now + timedelta(minutes=5))
    clock.now += timedelta(minutes=5) - timedelta(microseconds=1)
    assert write(store, drop_expired) == 0
    assert claimed_ids(store) == [owed]


def test_an_edit_waits_until_its_original_has_gone(store: Store) -> None:
    original = owe(store)
    edit = owe(store, kind="edit", edits_row=original)
    assert claimed_ids(store) == [original]
    assert claim(store) == []  # still on its way
    write(store, lambda work: put_back(work, original, send_at=work.now, reason="timed out", is_unknown=True))
    assert claimed_ids(store) == [original]
    send(store, original, 71)
    assert [(one.id, one.edits_message) for one in claim(store)] == [(edit, 71)]


def test_edits_that_wait_keep_nobody_from_going(store: Store) -> None:
    original = owe(store, chat=2, lane=Lane.DIGEST)
    for _ in range(5):
        owe(store, chat=2, lane=Lane.PAGE, kind="edit", edits_row=original)
    reply = owe(store, chat=1)
    assert claimed_ids(store, most=2) == [reply, original]


@pytest.mark.parametrize("end", [OutboxState.DROPPED, OutboxState.FAILED])
def test_an_edit_of_what_never_went_comes_without_a_message(store: Store, end: OutboxState) -> None:
    original = owe(store)
    edit = owe(store, kind="edit", edits_row=original)
    write(store, lambda work: end_letter(work, original, end, "no"))
    assert [(one.id, one.edits_message) for one in claim(store)] == [(edit, None)]


def test_an_edit_of_a_message_of_old_needs_no_row(store: Store) -> None:
    owe(store, kind="edit", edits_message=55)
    assert [one.edits_message for one in claim(store)] == [55]


def test_one_dedupe_key_is_owed_once(store: Store) -> None:
    owe(store, dedupe_key="prompt:1:1")
    assert write(store, lambda work: add_letter(work, letter(dedupe_key="prompt:1:1"))) is None
    (one,) = claim(store)
    send(store, one.id)
    assert write(store, lambda work: add_letter(work, letter(dedupe_key="prompt:1:1"))) is None


def test_letters_without_a_key_or_a_cause_are_all_owed(store: Store) -> None:
    assert len({owe(store), owe(store)}) == 2


def test_the_same_update_handled_twice_owes_the_same_letters(store: Store) -> None:
    def unit(work: Work) -> list[int | None]:
        work.cause = "update:9"
        return [add_letter(work, letter()), add_letter(work, letter())]

    first = write(store, unit)
    assert len({*first, None}) == 3
    assert write(store, unit) == [None, None]


def test_what_is_over_is_dropped_with_its_reason(store: Store) -> None:
    gone = owe(store, subject="dose:1")
    write(store, lambda work: claim_due(work, resting=(), most=1))
    waits, other = owe(store, subject="dose:1"), owe(store, subject="dose:2")
    write(store, lambda work: drop_waiting(work, "dose:1", "answered"))
    assert state(store, waits) == (OutboxState.DROPPED, "answered")
    assert state(store, gone)[0] is OutboxState.SENDING
    assert claimed_ids(store) == [other]


def test_what_was_on_its_way_when_we_died_is_sent_again(store: Store) -> None:
    owed, sent = owe(store), owe(store)
    claim(store)
    send(store, sent)
    assert write(store, release_claims) == 1
    assert state(store, owed) == (OutboxState.UNKNOWN, "restarted")
    assert [(one.id, one.attempts) for one in claim(store)] == [(owed, 2)]
    assert state(store, sent)[0] is OutboxState.SENT


def test_a_letter_put_back_waits_for_its_hour(store: Store, clock: MovedClock) -> None:
    owed = owe(store)
    claim(store)
    later = clock.now + timedelta(seconds=30)
    write(store, lambda work: put_back(work, owed, send_at=later, reason="retry after", is_unknown=False))
    assert (state(store, owed), claim(store)) == ((OutboxState.WAITING, "retry after"), [])
    clock.now = later
    assert claimed_ids(store) == [owed]


def test_a_sent_letter_keeps_its_message_id(store: Store, clock: MovedClock) -> None:
    owed = owe(store)
    claim(store)
    assert done(store.read(lambda session: find_sent(session, owed))) is None
    clock.forward(seconds=2)
    send(store, owed, 71)
    assert done(store.read(lambda session: find_sent(session, owed))) == 71
    assert row(store, owed).sent_at == clock.now


def test_what_is_owed_is_counted(store: Store, clock: MovedClock) -> None:
    now = clock.now
    owe(store)
    claim(store)
    owe(store, send_at=now + timedelta(hours=1))
    over = owe(store)
    write(store, lambda work: end_letter(work, over, OutboxState.FAILED, "blocked"))
    assert done(store.read(lambda session: (count_owed(session), count_owed(session, now=now)))) == (2, 1)


def test_a_chat_that_moved_gets_what_it_is_owed(store: Store) -> None:
    old, waits, other = owe(store, chat=5), owe(store, chat=5), owe(store, chat=6)
    write(store, lambda work: end_letter(work, old, OutboxState.SENT, ""))
    write(store, lambda work: move_chat(work, 5, -100))
    assert [row(store, one).chat_id for one in (old, waits, other)] == [5, -100, 6]


def test_old_letters_are_forgotten_but_not_what_is_owed_or_still_edited(store: Store, clock: MovedClock) -> None:
    kept_card, old_card, sent, failed, owed = (owe(store, chat=n) for n in range(5))

    def unit(work: Work) -> None:
        patient = new_patient(work)
        for card, end in ((kept_card, CaseState.ACKNOWLEDGED), (old_card, CaseState.CLOSED)):
            case = add_case(work, patient, Level.URGENT, next_step_at=None)
            set_case(work, case, "case-moved", card_id=card, state=end)
            mark_sent(work, card, 70)
        mark_sent(work, sent, 71)
        end_letter(work, failed, OutboxState.FAILED, "blocked")

    write(store, unit)
    clock.forward(hours=24 * 121)
    young = owe(store)
    send(store, young)
    write(store, keep_periods)
    left = done(store.read(lambda session: session.scalars(select(OutboxRow.id)).all()))
    assert sorted(left) == [kept_card, owed, young]


def test_letters_of_the_erased_make_room_for_those_behind_them(store: Store) -> None:
    patient = write(store, lambda work: new_patient(work).id)
    for chat in (1, 2, 3):
        owe(store, chat, Lane.PAGE, patient_id=patient)
    kept = owe(store, 4)
    write(store, lambda work: store.keyring.destroy(work.connection, patients_key(patient)))
    assert claimed_ids(store, most=2) == [kept]
