"""What a letter says is sealed for whom it is about, and bound to where it goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from storage.bodies import Envelope, envelope_of, open_body, seal_body
from storage.keyring import HOUSE, Tampered, clinics_key, patients_key
from storage.store import Store
from tests.conftest import MovedClock
from tests.storage.ward import new_course, write

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
BODY = {"texts": [["greeting", {"name": "Zoë \ud800"}]], "language": "en"}


@pytest.fixture
def store(fresh_sqlite: str, clock: MovedClock) -> Iterator[Store]:
    opened = Store(fresh_sqlite, clock)
    write(opened, lambda work: new_course(work) and None)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("envelope", "owner", "place"),
    [
        (Envelope(5, 1, 1, AT), patients_key(1), b"outbox|body|5|1|1|2026-11-02T09:00:00.000000+00:00"),
        (Envelope(5, None, 1, AT), clinics_key(1), b"outbox|body|5|None|1|2026-11-02T09:00:00.000000+00:00"),
        (Envelope(5, None, None, AT), HOUSE, b"outbox|body|5|None|None|2026-11-02T09:00:00.000000+00:00"),
    ],
    ids=["about a patient", "a clinic's", "our own"],
)
def test_a_body_is_under_the_nearest_key_and_opens_in_its_place_alone(
    store: Store, envelope: Envelope, owner: object, place: bytes
) -> None:
    assert (envelope.owner, envelope.place) == (owner, place)
    sealed = write(store, lambda work: seal_body(work.connection, envelope, BODY))
    assert write(store, lambda work: open_body(work.connection, envelope, sealed)) == BODY
    key_id = write(store, lambda work: store.keyring.make(work.connection, envelope.owner, at=work.now))
    assert int.from_bytes(sealed[1:9], "big") == key_id
    for other in (envelope._replace(chat_id=6), envelope._replace(created_at=AT.replace(microsecond=1))):
        with pytest.raises(Tampered):
            write(store, lambda work, one=other: open_body(work.connection, one, sealed))  # type: ignore[misc]


def test_nothing_is_kept_of_an_empty_body(store: Store) -> None:
    envelope = Envelope(5, None, None, AT)
    assert write(store, lambda work: seal_body(work.connection, envelope, {})) == b""
    assert write(store, lambda work: open_body(work.connection, envelope, b"")) == {}


def test_a_row_is_its_own_envelope() -> None:
    row: Any = SimpleNamespace(chat_id=5, patient_id=1, clinic_id=2, created_at=AT)
    assert envelope_of(row) == Envelope(5, 1, 2, AT)
