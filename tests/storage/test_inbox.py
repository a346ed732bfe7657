"""The inbox keeps every update once, hands them out in order, and is stopped by none."""

import json
import random
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from storage.due import look_ahead
from storage.inbox import (
    MOST_ATTEMPTS,
    WAITS,
    Arrival,
    Unusable,
    Waiting,
    add_updates,
    arrival,
    claim_waiting,
    count_parked,
    count_waiting,
    find_waiting,
    mark_done,
    set_back,
)
from storage.queues import Event
from storage.retention import keep_periods
from storage.store import Store
from tests.conftest import MovedClock
from tests.storage.ward import done, write


def arrive(store: Store, *ids: int, chat: int = 1) -> int:
    return write(store, lambda work: add_updates(work, [Arrival(n, chat, f'{{"update_id": {n}}}') for n in ids]))


def waiting(store: Store, *, held: tuple[int, ...] = (), most: int = 200) -> list[Waiting]:
    return done(store.read(lambda session: find_waiting(session, now=store.clock(), held=held, most=most)))


def update_ids(rows: list[Waiting]) -> list[int]:
    return [json.loads(row.raw)["update_id"] for row in rows]


def fail(store: Store, row_id: int) -> bool:
    return write(store, lambda work: set_back(work, row_id, "ValueError"))


def test_a_failure_of_the_database_never_counts_against_an_update(store: Store, clock: MovedClock) -> None:
    arrive(store, 7)
    (row,) = waiting(store)
    for _ in range(3 * MOST_ATTEMPTS):
        assert write(store, lambda work: set_back(work, row.id, "OperationalError", counts=False))
        assert not waiting(store)
        clock.forward(seconds=1)
        assert [one.attempts for one in waiting(store)] == [0]
    assert done(store.read(count_parked)) == 0


def test_an_update_that_comes_twice_is_kept_once(store: Store) -> None:
    assert [arrive(store, 7), arrive(store, 7), arrive(store, 7, 8)] == [1, 0, 1]
    assert update_ids(waiting(store)) == [7, 8]


def test_one_batch_may_name_an_update_twice(store: Store) -> None:
    assert arrive(store, 7, 7) == 1


def test_a_lower_number_than_the_highest_is_still_new(store: Store) -> None:
    arrive(store, 900)
    assert arrive(store, 5, 899, 900) == 2  # Telegram starts anew at random after a quiet week


def test_nothing_arrives(store: Store) -> None:
    assert arrive(store) == 0


def test_within_a_batch_the_lowest_number_is_first(store: Store, rng: random.Random) -> None:
    ids = rng.sample(range(10_000), 150)
    assert arrive(store, *ids) == 150
    assert update_ids(waiting(store)) == sorted(ids)


def test_what_came_first_is_first(store: Store) -> None:
    arrive(store, 50)
    arrive(store, 3)
    assert update_ids(waiting(store)) == [50, 3]
    assert update_ids(waiting(store, most=1)) == [50]


def test_a_full_chat_hides_nobody_behind_it(store: Store) -> None:
    arrive(store, *range(300))
    arrive(store, 300, chat=2)
    assert len(waiting(store)) == 200
    asked = {"now": store.clock(), "held": (), "full": (1,)}
    assert update_ids(done(store.read(lambda session: find_waiting(session, **asked)))) == [300]  # type: ignore[arg-type]
    claim = {"held": (), "full": (1,), "holder": "one", "mine": (), "lasts": timedelta(seconds=9)}
    assert update_ids(write(store, lambda work: claim_waiting(work, **claim))) == [300]  # type: ignore[arg-type]


def test_what_is_held_already_is_left_out(store: Store) -> None:
    arrive(store, 1, 2, 3)
    first, _, third = waiting(store)
    assert update_ids(waiting(store, held=(first.id, third.id))) == [2]


def test_what_is_done_is_not_handed_out_again(store: Store, clock: MovedClock) -> None:
    arrive(store, 1, 2)
    row = waiting(store)[0]
    write(store, lambda work: mark_done(work, row.id))
    assert update_ids(waiting(store)) == [2]
    assert arrive(store, 1) == 0
    assert done(store.read(count_waiting)) == 1


def test_a_failed_update_waits_and_the_others_do_not(store: Store, clock: MovedClock) -> None:
    arrive(store, 1, 2)
    assert fail(store, waiting(store)[0].id)
    assert update_ids(waiting(store)) == [2]
    assert done(store.read(lambda session: look_ahead(session, now=clock.now))).next_at == clock.now + WAITS[0]
    clock.now += WAITS[0] - timedelta(microseconds=1)
    assert update_ids(waiting(store)) == [2]
    clock.now += timedelta(microseconds=1)
    assert update_ids(waiting(store)) == [1, 2]


def test_an_update_is_parked_after_five_failures(store: Store, clock: MovedClock) -> None:
    arrive(store, 1, 2)
    row = waiting(store)[0]
    tries: list[bool] = []
    for wait in (*WAITS, timedelta()):
        assert [one.attempts for one in waiting(store) if one.id == row.id] == [len(tries)]
        tries.append(fail(store, row.id))
        clock.now += wait
    assert tries == [True] * (MOST_ATTEMPTS - 1) + [False]
    clock.forward(hours=48)
    assert update_ids(waiting(store)) == [2]
    assert (done(store.read(count_parked)), done(store.read(count_waiting))) == (1, 1)
    assert done(store.read(lambda session: look_ahead(session, now=clock.now))).next_at is None


def test_parking_names_the_error_and_never_its_words(store: Store) -> None:
    arrive(store, 1)
    row = waiting(store)[0]
    for _ in range(MOST_ATTEMPTS):
        fail(store, row.id)
    events = done(store.read(lambda session: session.scalars(select(Event)).all()))
    assert [(one.name, one.facts) for one in events] == [("update-parked", {"row": row.id, "trouble": "ValueError"})]


def test_what_was_handled_is_forgotten_after_its_time(store: Store, clock: MovedClock) -> None:
    arrive(store, 1, 2, 3)
    old, _, _ = waiting(store)
    write(store, lambda work: mark_done(work, old.id))
    clock.forward(hours=24 * 10)
    young = waiting(store)[0]
    write(store, lambda work: mark_done(work, young.id))
    write(store, keep_periods)
    assert arrive(store, 1, 2, 3) == 1
    assert done(store.read(count_waiting)) == 2


@pytest.mark.parametrize(
    ("update", "key"),
    [
        pytest.param({"message": {"chat": {"id": -7}, "from": {"id": 3}}}, -7, id="a message: its chat"),
        pytest.param({"callback_query": {"from": {"id": 3}}}, 3, id="a press without a message: who pressed"),
        pytest.param(
            {"callback_query": {"from": {"id": 3}, "message": {"chat": {"id": -7}}}}, -7, id="a press: its chat"
        ),
        pytest.param({"my_chat_member": {"chat": {"id": 9}, "from": {"id": 3}}}, 9, id="a membership: its chat"),
        pytest.param({"poll": {"id": "5"}}, 0, id="something else"),
        pytest.param({"message": "not an object"}, 0, id="malformed"),
        pytest.param({"message": {"chat": "x", "from": {"id": "y"}}}, 0, id="malformed inside"),
    ],
)
def test_the_lane_of_an_update(update: dict[str, Any], key: int) -> None:
    raw = {"update_id": 4, **update}
    assert arrival(raw) == Arrival(4, key, json.dumps(raw))


@pytest.mark.parametrize("update", [{}, {"update_id": "7"}, {"update_id": None}, {"update_id": True}])
def test_an_update_without_a_number_is_unusable(update: dict[str, Any]) -> None:
    with pytest.raises(Unusable):
        arrival(update)


def test_the_raw_text_comes_back_as_it_came_and_is_kept_sealed(store: Store) -> None:
    raw = {"update_id": 4, "message": {"text": "нет ☂", "chat": {"id": 1}}}
    write(store, lambda work: add_updates(work, [arrival(raw)]))
    assert json.loads(waiting(store)[0].raw) == raw
    kept = bytes(done(store.read(lambda session: session.scalar(text("select raw from inbox")))))
    assert "нет".encode() not in kept


def test_a_handled_update_keeps_nothing_of_what_was_said(store: Store) -> None:
    arrive(store, 4)
    write(store, lambda work: mark_done(work, waiting_id(work)))
    assert done(store.read(lambda session: session.scalar(text("select raw from inbox")))) == b""


def test_an_update_that_was_changed_in_the_database_is_nobodys_words(store: Store) -> None:
    arrive(store, 4, 5)
    write(
        store,
        lambda work: (
            work.session.execute(text("update inbox set raw = (select raw from inbox where update_id = 5)")) and None
        ),
    )
    assert [row.raw for row in waiting(store)] == ["", '{"update_id": 5}']


def waiting_id(work: Any) -> int:
    return find_waiting(work.session, now=work.now, held=())[0].id
