"""What is kept is sealed: it opens where it was written and nowhere else, and with the right key only."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from care.triage import Fact, Level, Rule
from storage import patients
from storage.cases import add_alert, add_case
from storage.clinics import add_staff, find_staff
from storage.courses import get_course
from storage.inbox import add_updates, arrival
from storage.keyring import KeyGone, Tampered, keyring_of, patients_key
from storage.marks import find_chat_mark, set_chat_mark, set_mark
from storage.masters import NoMasterKey, fixed, new_master, read_masters
from storage.outbox import add_letter
from storage.rotation import count_keys, rotate
from storage.sending import claim_due
from storage.store import Store
from storage.tables import Note, Patient, Role
from storage.work import Work
from tests.conftest import THROWAWAY, MovedClock
from tests.storage.ward import done, letter, new_clinic, new_course, write

RULE = Rule("nausea-severe", "grade", Level.URGENT, "reason-grade", None, "leaflet")
FACT = Fact("grade", "nausea", 3)
MARKERS = ("mark-of-the-words", "mark-of-the-quote", "mark-of-the-name", "mark-of-the-update", "mark-of-the-letter")
TELEGRAM_ID = 7_316_402_958


def fill(work: Work) -> int:
    """Keep something of every kind that is sealed; return the patient's id."""
    clinic = new_clinic(work)
    add_staff(work, clinic, telegram_id=TELEGRAM_ID + 1, name="mark-of-the-name", role=Role.ADMIN)
    course = new_course(work, clinic=clinic)
    patients.set_patient(work, course.patient, "bound", telegram_id=TELEGRAM_ID)
    patients.add_note(work, course, about="free-text", text="mark-of-the-words")
    case = add_case(work, course.patient, RULE.level, next_step_at=None)
    add_alert(work, case, course, rule=RULE, level=RULE.level, fact=FACT, quote="mark-of-the-quote")
    chat = {"id": TELEGRAM_ID}
    add_updates(work, [arrival({"update_id": 1, "message": {"chat": chat, "text": "mark-of-the-update"}})])
    add_letter(work, letter(TELEGRAM_ID, patient_id=course.patient_id, subject="mark"))
    set_chat_mark(work, "operator-chat", TELEGRAM_ID)
    owed = letter(TELEGRAM_ID)
    owed.body["text"] = "mark-of-the-letter"
    add_letter(work, owed)
    return course.patient_id


def scan(folder: Path, *needles: str) -> dict[str, int]:
    """Count what is found in the bytes of every file below a folder."""
    held = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return {needle: held.count(needle.encode()) for needle in needles}


def dump(store: Store) -> bytes:
    """Return everything in the database as text, as a backup would hold it."""
    found = []
    with store.engine.connect() as connection:
        for table in ("staff", "patients", "notes", "alerts", "inbox", "outbox", "events", "chats_in_hand", "marks"):
            for row in connection.execute(text(f"select * from {table}")):
                found.append(repr([bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]))
    return "\n".join(found).encode()


def test_nothing_is_readable_in_any_file(fresh_sqlite: str, tmp_path: Path, clock: MovedClock) -> None:
    store = Store(fresh_sqlite, clock)
    write(store, fill)
    needles = (*MARKERS, str(TELEGRAM_ID), str(TELEGRAM_ID + 1))
    assert scan(tmp_path, *needles) == dict.fromkeys(needles, 0)  # the log is not written back yet
    store.close()
    assert scan(tmp_path, *needles) == dict.fromkeys(needles, 0)


def test_nothing_is_readable_in_a_dump(store: Store) -> None:
    write(store, fill)
    held = dump(store)
    found = [needle for needle in (*MARKERS, str(TELEGRAM_ID)) if needle.encode() in held]
    assert found == []


def test_what_was_kept_comes_back(store: Store) -> None:
    patient_id = write(store, fill)

    def query(session: Any) -> tuple[Any, ...]:
        patient = patients.find_person(session, TELEGRAM_ID)[0]
        assert patient is not None
        return patient.id, patient.telegram_id, find_staff(session, TELEGRAM_ID + 1)[0].name, session.get(Note, 1).text

    assert done(store.read(query)) == (patient_id, TELEGRAM_ID, "mark-of-the-name", "mark-of-the-words")


def test_a_chat_remembered_by_name_comes_back_and_a_plain_number_is_none(store: Store) -> None:
    write(store, fill)
    assert done(store.read(lambda session: find_chat_mark(session, "operator-chat"))) == TELEGRAM_ID
    for written in (str(TELEGRAM_ID), "", "ab" * 16, "ab"):
        write(store, lambda work, one=written: set_mark(work, "operator-chat", one))  # type: ignore[misc]
        assert done(store.read(lambda session: find_chat_mark(session, "operator-chat"))) is None


MOVES: dict[str, tuple[str, type[Exception], Callable[[Any], object]]] = {
    "a note to another row": (
        "update notes set text = (select text from notes where id = 2) where id = 1",
        Tampered,
        lambda session: session.get(Note, 1).text,
    ),
    "a note to plain words": ("update notes set text = 'hello'", Tampered, lambda session: session.get(Note, 1).text),
    "a name to a number": (
        "update patients set telegram_id = (select name from staff where id = 1)",
        Tampered,
        lambda session: session.get(Patient, 1).telegram_id,
    ),
    "a key that is gone": (
        "delete from data_keys where owner_kind = 'patient'",
        KeyGone,
        lambda session: session.get(Note, 1).text,
    ),
}


@pytest.mark.parametrize(("statement", "error", "look"), MOVES.values(), ids=MOVES)
def test_what_was_moved_or_changed_does_not_open(
    fresh_sqlite: str, clock: MovedClock, statement: str, error: type[Exception], look: Callable[[Any], object]
) -> None:
    store = Store(fresh_sqlite, clock)
    write(store, fill)
    write(store, lambda work: patients.add_note(work, get_course(work.session, 1), about="x", text="y") and None)
    changed = text(statement.replace("'hello'", "cast('hello' as blob)"))
    write(store, lambda work: work.session.execute(changed) and None)
    store.keyring.forget()
    with pytest.raises(error):
        done(store.read(look))
    store.close()


def test_a_letter_cannot_be_sent_to_another_chat(store: Store) -> None:
    write(store, lambda work: add_letter(work, letter(1)))
    write(store, lambda work: add_letter(work, letter(2)))
    swap = text("update outbox set chat_id = (select chat_id from outbox where id = 2) where id = 1")
    write(store, lambda work: work.session.execute(swap) and None)
    claimed = write(store, lambda work: claim_due(work, resting=(), most=9))
    assert [one.id for one in claimed if one.body] == [2]


def test_a_key_made_in_a_unit_that_fails_is_never_used_again(store: Store) -> None:
    def fails(work: Work) -> None:
        keyring_of(work.connection).make(work.connection, patients_key(77), at=work.now)
        raise RuntimeError("undone")

    with pytest.raises(RuntimeError, match="undone"):
        write(store, fails)
    with pytest.raises(KeyGone):
        write(store, lambda work: keyring_of(work.connection).seal(work.connection, patients_key(77), b"x", b""))


def test_without_its_master_key_a_database_opens_nothing(database_url: str, store: Store, clock: MovedClock) -> None:
    write(store, fill)
    other = Store(database_url, clock, fixed(new_master()))
    with pytest.raises(NoMasterKey, match="not among those configured"):
        done(other.read(lambda session: session.get(Note, 1)))
    other.close()


def test_after_a_rotation_the_old_master_opens_nothing(database_url: str, store: Store, clock: MovedClock) -> None:
    write(store, fill)
    new = new_master()
    store.keyring.masters = fixed(new, THROWAWAY)
    # Under load: units that seal and make keys run between the steps of the rotation.
    during = [store.write(lambda work, n=n: new_course(work, f"N{n}").id) for n in range(20)]  # type: ignore[misc]
    assert rotate(store) > 0
    during += [store.write(lambda work, n=n: new_course(work, f"M{n}").id) for n in range(20)]  # type: ignore[misc]
    assert len({done(future) for future in during}) == 40
    assert [(one.master_id, one.keys - one.opened) for one in done(store.read(count_keys))] == [(new.id, 0)]
    for master, opens in ((new, True), (THROWAWAY, False)):
        again = Store(database_url, clock, fixed(master))
        if opens:
            assert done(again.read(lambda session: session.get(Note, 1).text)) == "mark-of-the-words"
        else:
            with pytest.raises(NoMasterKey):
                done(again.read(lambda session: session.get(Note, 1).text))
        again.close()


@pytest.mark.parametrize("written", ["", "# only words", "c2hvcnQ=", "not base64 at all!"])
def test_what_is_no_master_key_is_refused(written: str) -> None:
    with pytest.raises(NoMasterKey):
        read_masters(written)


def test_a_master_key_does_not_print_itself() -> None:
    key = new_master()
    assert key.written() not in f"{key} {key!r} {(key,)}"
    assert read_masters(f"{key.written()}  # the new one\n{key.secret.hex()}") == (key, key)
