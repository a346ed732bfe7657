"""Leases: one holder at a time, and a number by which an earlier one is known."""

from concurrent.futures import Future
from datetime import timedelta
from select import select

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from storage import leases
from storage.inbox import AlreadyHandled, Arrival, Waiting, add_updates, claim_waiting, find_waiting, mark_done
from storage.leases import (
    Grip,
    LeaseLost,
    check_grip,
    end_frozen,
    find_holder,
    let_chats_go,
    let_go,
    take_lease,
    wait_shortly,
)
from storage.store import Store
from storage.troubles import is_away
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import done, write

LASTS = timedelta(seconds=20)


def take(store: Store, holder: str, dead: str | None = None) -> Grip | None:
    return write(store, lambda work: take_lease(work, "sending", holder=holder, lasts=LASTS, dead=dead))


def test_one_holds_a_lease_and_may_renew_it(store: Store, clock: MovedClock) -> None:
    assert take(store, "a") == Grip("sending", 1)
    clock.now += LASTS / 2
    assert take(store, "a") == Grip("sending", 1)
    clock.now += LASTS * 0.9
    assert take(store, "b") is None
    assert done(store.read(lambda session: find_holder(session, "sending"))) == "a"


def test_a_lease_that_ran_out_passes_on_with_a_higher_number(store: Store, clock: MovedClock) -> None:
    first = take(store, "a")
    clock.now += LASTS
    assert take(store, "b") == Grip("sending", 2)
    with pytest.raises(LeaseLost):
        write(store, lambda work: check_grip(work, first))  # type: ignore[arg-type]


def test_the_lease_of_the_dead_passes_on_at_once(store: Store) -> None:
    take(store, "a")
    assert take(store, "b", dead="c") is None
    assert take(store, "b", dead="a") == Grip("sending", 2)


def test_a_lease_let_go_passes_on_at_once(store: Store) -> None:
    take(store, "a")
    write(store, lambda work: let_go(work, "sending", holder="b"))
    assert take(store, "b") is None
    write(store, lambda work: let_go(work, "sending", holder="a"))
    assert take(store, "b") == Grip("sending", 2)


def test_of_many_who_want_it_at_once_one_gets_it(store: Store) -> None:
    asked: list[Future[Grip | None]] = [
        store.write(lambda work, holder=f"h{number}": take_lease(work, "rounds", holder=holder, lasts=LASTS))
        for number in range(20)
    ]
    assert [future.result().fence for future in asked if future.result() is not None] == [1]  # type: ignore[union-attr]


def test_what_a_stale_holder_means_to_write_is_not_written(store: Store, clock: MovedClock) -> None:
    stale = take(store, "a")
    write(store, lambda work: add_updates(work, [Arrival(1, 7, "{}")]))
    clock.now += LASTS
    take(store, "b")

    def late(work) -> None:
        mark_done(work, 1)
        check_grip(work, stale)

    with pytest.raises(LeaseLost):
        write(store, late)
    assert len(done(store.read(lambda session: find_waiting(session, now=clock.now, held=())))) == 1


def claim(store: Store, holder: str, held: tuple[int, ...] = ()) -> list[Waiting]:
    return write(store, lambda work: claim_waiting(work, held=held, holder=holder, mine=(), lasts=LASTS))


def test_workers_share_chats_and_never_one_chat(store: Store, clock: MovedClock) -> None:
    write(store, lambda work: add_updates(work, [Arrival(number, number % 3, "{}") for number in range(1, 10)]))
    mine = claim(store, "a")
    assert [row.id for row in mine] == list(range(1, 10))
    write(store, lambda work: add_updates(work, [Arrival(10, 5, "{}"), Arrival(11, 1, "{}")]))
    assert [row.chat_key for row in claim(store, "b")] == [5]
    clock.now += LASTS
    assert {row.chat_key for row in claim(store, "b")} == {0, 1, 2, 5}


def test_a_worker_lets_chats_go_that_it_has_nothing_more_of(store: Store) -> None:
    write(store, lambda work: add_updates(work, [Arrival(1, 7, "{}"), Arrival(2, 8, "{}"), Arrival(3, 7, "{}")]))
    first, second, third = claim(store, "a")
    write(store, lambda work: mark_done(work, first.id))
    assert claim(store, "b") == []
    asked = {"held": (second.id, third.id), "holder": "a", "mine": (8,), "lasts": LASTS}
    assert write(store, lambda work: claim_waiting(work, over=(7,), **asked)) == []  # type: ignore[arg-type]
    assert [row.id for row in claim(store, "b")] == [third.id]
    write(store, lambda work: let_chats_go(work, (7, 8), holder="c"))
    assert claim(store, "c") == [], "only its own"


def test_a_worker_that_stops_lets_go_of_the_chats_it_names(store: Store) -> None:
    write(store, lambda work: add_updates(work, [Arrival(number, number % 3, "{}") for number in range(1, 10)]))
    claim(store, "a")
    write(store, lambda work: let_chats_go(work, (0, 1, 2), holder="b"))
    assert claim(store, "b") == []
    write(store, lambda work: let_chats_go(work, (0, 2), holder="a"))
    assert {row.chat_key for row in claim(store, "b")} == {0, 2}
    write(store, lambda work: let_chats_go(work, (0, 1, 2), holder="a"))
    assert {row.chat_key for row in claim(store, "c")} == {1}


def test_workers_that_claim_at_once_take_each_chat_once(store: Store) -> None:
    write(store, lambda work: add_updates(work, [Arrival(number, number % 40, "{}") for number in range(200)]))
    asked = [
        store.write(lambda work, holder=f"w{n}": claim_waiting(work, held=(), holder=holder, mine=(), lasts=LASTS))
        for n in range(6)
    ]
    taken = [row.id for future in asked for row in future.result()]
    assert len(taken) == len(set(taken)) == 200


def test_an_update_counts_once_whoever_handles_it(store: Store) -> None:
    write(store, lambda work: add_updates(work, [Arrival(1, 7, "{}")]))
    write(store, lambda work: mark_done(work, 1))
    with pytest.raises(AlreadyHandled):
        write(store, lambda work: mark_done(work, 1))


def freeze_in_a_pipeline(connection: psycopg.Connection) -> None:
    """Lock the lease, and never send the end that the server waits for."""
    raw = connection.pgconn
    raw.enter_pipeline_mode()
    for statement in (b"BEGIN", b"SELECT name FROM leases FOR SHARE"):
        raw.send_query_params(statement, None)
    raw.send_flush_request()
    raw.flush()
    answers = 0
    while answers < 2:
        if raw.is_busy():
            assert select([raw.socket], [], [], 10)[0], "the server does not answer"
            raw.consume_input()
        elif raw.get_result() is not None:
            answers += 1


def plain(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""))


@pytest.mark.postgres
def test_who_froze_between_two_statements_of_a_pipeline_bars_nobody(
    fresh_postgres: str, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server takes such a session for active and waits for it for ever, with the lease locked."""
    monkeypatch.setattr(leases, "FROZEN_AFTER", timedelta(0))
    store = Store(fresh_postgres, clock)
    take(store, "a")
    frozen, copying = plain(fresh_postgres), plain(fresh_postgres)
    freeze_in_a_pipeline(frozen)
    with copying.cursor() as cursor, cursor.copy("COPY marks FROM STDIN"):
        clock.now += LASTS
        barred = store.write(lambda work: taken_shortly(work))
        with pytest.raises(DBAPIError) as error:
            done(barred)
        assert is_away(error.value)
        assert done(store.read(end_frozen)) == 1  # and not the one that copies
        assert take(store, "b") == Grip("sending", 2)
    copying.close()
    frozen.close()
    store.close()


def taken_shortly(work: Work) -> Grip | None:
    wait_shortly(work)
    return take_lease(work, "sending", holder="b", lasts=LASTS)
