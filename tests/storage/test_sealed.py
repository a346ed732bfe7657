"""A sealed attribute is plain in memory and ciphertext in its column, in new rows, changed ones and read ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from storage import patients
from storage.clinics import add_staff, find_staff, set_staff
from storage.courses import get_course
from storage.duty import Route
from storage.keyring import Keyring, clinics_key, keyring_of, patients_key
from storage.sealed import Sealed, sealed_in
from storage.store import Store
from storage.tables import Note, Patient, Role, Staff
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import new_course, write


@pytest.fixture
def store(fresh_sqlite: str, clock: MovedClock) -> Iterator[Store]:
    opened = Store(fresh_sqlite, clock)
    write(opened, lambda work: new_course(work).id)
    yield opened
    opened.close()


def raw(work: Work, query: str) -> Any:
    """Return what the database holds."""
    work.session.flush()
    return work.connection.execute(text(query)).scalar_one()


def ring_of(work: Work) -> Keyring:
    return keyring_of(work.connection)


def key_of(work: Work, sealed: bytes) -> int:
    return int.from_bytes(sealed[1:9], "big")


def note(work: Work, words: str) -> Note:
    patients.add_note(work, get_course(work.session, 1), about="free-text", text=words)
    return work.session.query(Note).order_by(Note.id.desc()).limit(1).one()


def test_of_a_class_it_is_itself_and_of_a_record_its_value(store: Store) -> None:
    assert isinstance(Note.text, Sealed)
    assert sealed_in(Note) == (Note.text,)
    assert {one.column for one in sealed_in(Staff)} == {"telegram_sealed", "name_sealed"}
    assert sealed_in(object()) == ()
    assert Note().text is None
    assert write(store, lambda work: note(work, "words").text) == "words"


@pytest.mark.parametrize("words", ["words", "", "Zoë", "half a pair \ud800"])
def test_a_new_row_is_sealed_with_its_patients_key_in_its_own_place(store: Store, words: str) -> None:
    def unit(work: Work) -> None:
        made = note(work, words)
        kept = raw(work, "select text from notes")
        assert made.text_sealed == kept, "the record knows what was written"
        assert not work.session.is_modified(made)
        assert key_of(work, kept) == ring_of(work).make(work.connection, patients_key(1), at=work.now)
        plain = words.encode("utf-8", "surrogatepass")
        assert ring_of(work).open(work.connection, kept, f"notes|text|{made.id}".encode()) == plain

    write(store, unit)
    assert write(store, lambda work: work.session.get_one(Note, 1).text) == words


def test_what_belongs_to_a_clinic_is_under_the_clinics_key(store: Store) -> None:
    def unit(work: Work) -> None:
        clinic = get_course(work.session, 1).patient.clinic
        post = add_staff(work, clinic, telegram_id=55, name="Lee", role=Role.CLINICIAN)
        key_id = ring_of(work).make(work.connection, clinics_key(clinic.id), at=work.now)
        assert key_of(work, raw(work, "select name from staff")) == key_id
        assert ring_of(work).open(work.connection, post.name_sealed, f"staff|name|{post.id}".encode()) == b"Lee"

    write(store, unit)


def test_a_changed_value_is_sealed_anew_and_found_by_what_it_is_now(store: Store) -> None:
    def make(work: Work) -> bytes:
        clinic = get_course(work.session, 1).patient.clinic
        add_staff(work, clinic, telegram_id=55, name="Lee", role=Role.CLINICIAN)
        return bytes(raw(work, "select telegram_id from staff"))

    before = write(store, make)

    def change(work: Work) -> None:
        (post,) = find_staff(work.session, 55)
        set_staff(work, post, "changed", {}, telegram_id=56, name="Lee Moss")
        assert (post.telegram_id, post.name) == (56, "Lee Moss")

    write(store, change)

    def look(work: Work) -> None:
        assert find_staff(work.session, 55) == []
        (post,) = find_staff(work.session, 56)
        assert (post.telegram_id, type(post.telegram_id), post.name) == (56, int, "Lee Moss")
        index = ring_of(work).index("staff", 56)
        assert bytes(raw(work, "select telegram_index from staff")) == index
        assert bytes(raw(work, "select telegram_id from staff")) != before

    write(store, look)


def test_nothing_is_kept_as_nothing(store: Store) -> None:
    def take(work: Work) -> None:
        patient = work.session.get_one(Patient, 1)
        assert patient.telegram_id is None
        assert raw(work, "select count(*) from patients where telegram_id is null and telegram_index is null") == 1
        patients.set_patient(work, patient, "bound", telegram_id=7)

    def leave(work: Work) -> None:
        patient = work.session.get_one(Patient, 1)
        assert patient.telegram_id == 7
        patients.set_patient(work, patient, "left", telegram_id=None)
        assert raw(work, "select count(*) from patients where telegram_id is null and telegram_index is null") == 1

    write(store, take)
    write(store, leave)
    assert write(store, lambda work: work.session.get_one(Patient, 1).telegram_id) is None


def test_a_record_read_again_says_what_is_there_now_and_keeps_what_waits(store: Store) -> None:
    write(store, lambda work: note(work, "first").id)

    def unit(work: Work) -> None:
        session, made = work.session, work.session.get_one(Note, 1)
        sealed = ring_of(work).seal(work.connection, patients_key(1), b"second", b"notes|text|1")
        work.connection.execute(text("update notes set text = :sealed"), {"sealed": sealed})
        session.refresh(made, ["about"])
        assert made.text == "first", "it was not asked for"
        session.refresh(made, ["text_sealed"])
        assert made.text == "second"
        work.connection.execute(
            text("update notes set text = :sealed"),
            {"sealed": ring_of(work).seal(work.connection, patients_key(1), b"third", b"notes|text|1")},
        )
        session.refresh(made)
        assert made.text == "third"
        with session.no_autoflush:
            made.text = "mine"
            session.refresh(made, ["text_sealed"])
            assert made.text == "mine", "what was not written yet is not lost"
        work.record("looked")

    write(store, unit)


def test_two_values_of_one_new_row_are_both_sealed(store: Store) -> None:
    def unit(work: Work) -> tuple[bytes, bytes]:
        clinic = get_course(work.session, 1).patient.clinic
        add_staff(work, clinic, telegram_id=55, name="Lee", role=Role.CLINICIAN)
        return raw(work, "select name from staff"), raw(work, "select telegram_id from staff")

    name, number = write(store, unit)
    assert min(len(name), len(number)) > 21
    found = write(store, lambda work: [(one.name, one.telegram_id) for one in work.session.query(Staff)])
    assert found == [("Lee", 55)]


def test_a_change_is_sealed_also_beside_a_record_that_has_nothing_to_seal(store: Store) -> None:
    def make(work: Work) -> None:
        clinic = get_course(work.session, 1).patient.clinic
        post = add_staff(work, clinic, telegram_id=55, name="Lee", role=Role.CLINICIAN)
        with work.session.no_autoflush:
            work.session.add(Route(chat_id=5, clinic_id=clinic.id, failing_since=None, checked_at=work.now))
            post.name = "Lee Moss"
        work.session.flush()

    write(store, make)
    assert write(store, lambda work: work.session.query(Staff).one().name) == "Lee Moss"
