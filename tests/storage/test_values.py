"""Instants and words on their way into the database and back: UTC, known, and nothing else."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Dialect, literal, select
from sqlalchemy.exc import StatementError

from care.doses import DoseState
from storage.columns import UtcDateTime, Word
from storage.store import Store
from tests.storage.ward import done, write

NOON = datetime(2026, 11, 2, 12, 0, 0, 7, tzinfo=UTC)


def round_trip(store: Store, value: object, kind: UtcDateTime | Word) -> object:
    return done(store.read(lambda session: session.connection().scalar(select(literal(value, kind)))))


@pytest.mark.parametrize("hours", [0, 3, -11])
def test_an_instant_comes_back_in_utc_to_the_microsecond(store: Store, hours: int) -> None:
    given = NOON.astimezone(timezone(timedelta(hours=hours)))
    found = round_trip(store, given, UtcDateTime())
    assert isinstance(found, datetime)
    assert (found, found.tzinfo, found.microsecond) == (NOON, UTC, 7)


def test_an_instant_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="time zone"):
        round_trip(store, NOON.replace(tzinfo=None), UtcDateTime())


def test_a_word_comes_back_as_what_it_was(store: Store) -> None:
    assert round_trip(store, DoseState.TAKEN, Word(DoseState)) is DoseState.TAKEN
    assert round_trip(store, "taken", Word(DoseState)) is DoseState.TAKEN
    assert round_trip(store, None, Word(DoseState)) is None


def test_a_word_that_nobody_knows_is_refused_both_ways(store: Store) -> None:
    with pytest.raises(StatementError):
        round_trip(store, "lost", Word(DoseState))
    read = Word(DoseState).result_processor(dialect_of(store), None)
    assert read is not None
    with pytest.raises(KeyError):
        read("lost")


def dialect_of(store: Store) -> Dialect:
    return write(store, lambda work: work.connection.dialect)
