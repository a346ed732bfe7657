"""The trail's signatures and links are made as they always were: else no older trail would hold."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

import pytest

from storage import chain
from storage.chain import FIRST, facts_hash, next_link, read_cut, sign, sign_cut, signature
from storage.keyring import AUDIT
from storage.store import Store
from storage.work import Work
from tests.storage.ward import write

KEY, SALT = b"k" * 32, b"s" * 16
EVENT: dict[str, Any] = {
    "at": datetime(2026, 11, 2, 9, 0, tzinfo=UTC), "actor": "staff:1", "name": "thing-done", "clinic_id": 2,
    "patient_id": None, "facts": {"b": 1, "a": "é"},
}  # fmt: skip
TOLD = b'["2026-11-02T09:00:00.000000+00:00", "staff:1", "thing-done", 2, null]'


def test_facts_are_hashed_with_their_salt_in_one_order() -> None:
    wanted = hashlib.sha256(SALT + '{"a":"é","b":1}'.encode()).digest()
    assert facts_hash(SALT, {"b": 1, "a": "é"}) == facts_hash(SALT, {"a": "é", "b": 1}) == wanted
    lone = facts_hash(SALT, {"a": "\ud800"})
    assert lone == hashlib.sha256(SALT + '{"a":"\ud800"}'.encode("utf-8", "surrogatepass")).digest()


def test_an_event_is_signed_with_all_that_it_says() -> None:
    assert signature(KEY, EVENT, b"hash") == hmac.digest(KEY, TOLD + b"hash", "sha256")


def test_a_link_holds_number_event_and_the_one_before() -> None:
    wanted = FIRST + (7).to_bytes(8, "big") + (9).to_bytes(8, "big") + b"mac"
    assert bytes(32) == FIRST
    assert next_link(FIRST, 7, 9, b"mac") == hashlib.sha256(wanted).digest()


def test_each_event_gets_a_salt_and_a_signature_of_its_own(fresh_sqlite: str, clock: Any) -> None:
    store = Store(fresh_sqlite, clock)
    write(store, lambda work: work.record("opened"))
    events = [dict(EVENT), dict(EVENT)]

    def unit(work: Work) -> bytes:
        sign(work.connection, events)
        return store.keyring.own[AUDIT]

    key = write(store, unit)
    assert [len(event["salt"]) for event in events] == [16, 16]
    assert events[0]["salt"] != events[1]["salt"]
    for event in events:
        assert event["mac"] == signature(key, event, facts_hash(event["salt"], event["facts"]))
    store.close()


def test_where_the_trail_was_cut_is_read_as_it_was_signed() -> None:
    cut = f"10:{b'link'.hex()}"
    written = f"{cut}:{hmac.new(KEY, b'cut:' + cut.encode(), 'sha256').hexdigest()}"
    assert sign_cut(KEY, 10, b"link") == written
    assert read_cut(KEY, written) == (10, b"link")


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(sign_cut(b"another" * 4, 10, b"link"), id="another key's"),
        pytest.param(sign_cut(KEY, 10, b"link").replace("10:", "11:"), id="another number"),
        pytest.param(f"{sign_cut(KEY, 10, b'link')}0", id="more than it should be"),
        pytest.param(f"10:{b'link'.hex()}", id="no signature"),
    ],
)
def test_a_cut_of_somebody_else_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"^the cut is not signed$"):
        read_cut(KEY, written)


def test_the_tables_keep_what_they_are_called() -> None:
    assert (chain.EVENTS.name, chain.LINKS.name) == ("events", "event_links")
    assert [column.name for column in chain.LINKS.columns] == ["seq", "event_id", "link"]
    assert [column.name for column in chain.LINKS.primary_key] == ["seq"]
    assert chain.LINKS.c.event_id.unique
    assert chain.LINKS.c.seq.autoincrement is False
