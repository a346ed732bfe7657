"""What an older version left in the clear is sealed before anything is served, and is nowhere afterwards."""

from pathlib import Path
from typing import Any

import pytest

from storage import patients
from storage.clinics import find_staff, get_clinic
from storage.desk import Message, StaffInvite
from storage.duty import Copy
from storage.engines import open_engine
from storage.inbox import find_waiting
from storage.migrate import upgrade
from storage.routes import find_route
from storage.seal_existing import seal_existing
from storage.sending import claim_due
from storage.store import Store
from storage.tables import Note
from storage.talk import case_under
from tests.conftest import MovedClock
from tests.storage.test_keyring import dump, scan
from tests.storage.test_migrations import EMPTY
from tests.storage.ward import done, write

BEFORE = "0005"
AT = "'2026-11-02 09:00:00.000000'"
OLD = (
    f"""insert into clinics (id, name, time_zone, languages, emergency_number, crisis_line, shows_quotes, created_at)
     values (1, 'Riverside', 'UTC', '["en"]', '999', '116', true, {AT})""",
    "update clinics set clinicians_chat = -7316404, second_chat = -7316405",
    f"""insert into staff (id, clinic_id, telegram_id, name, role, added_at)
     values (1, 1, 7316402, 'mark-name', 'admin', {AT})""",
    f"""insert into patients (id, clinic_id, case_code, telegram_id, language, wording, created_at)
     values (1, 1, 'AB12', 7316403, 'en', 'discreet', {AT})""",
    f"""insert into courses (id, patient_id, regimen, regimen_version, status, day, steps_taken, created_at)
     values (1, 1, 'alcohol-50', '1', 'active', 1, 0, {AT})""",
    f"insert into notes (id, course_id, about, text, at) values (1, 1, 'free-text', 'mark-words ☂', {AT})",
    f"""insert into cases (id, clinic_id, patient_id, level, state, opened_at, raised_at, step)
     values (1, 1, 1, 3, 'open', {AT}, {AT}, 0)""",
    f"""insert into messages (id, patient_id, direction, text, at) values (1, 1, 'in', 'mark-answer', {AT})""",
    f"""insert into staff_invites
     (id, clinic_id, name, role, token_hash, invited_by, created_at, expires_at, claimed_by)
     values (1, 1, 'mark-invited', 'clinician', 'x', 1, {AT}, {AT}, 7316406)""",
    f"insert into copies (id, case_id, chat_id, letter_id, placed_at) values (1, 1, 7316402, 1, {AT})",
    "insert into anchors (letter_id, case_id, chat_id) values (1, 1, 7316402)",
    f"insert into routes (chat_id, clinic_id, checked_at) values (7316402, 1, {AT})",
    f"""insert into storms (id, clinic_id, chat_id, opened_at, joined_at, spoke_at, shown_at)
     values (1, 1, -7316404, {AT}, {AT}, {AT}, {AT})""",
    f"""insert into inbox (id, update_id, chat_key, raw, state, attempts, received_at)
     values (1, 5, 7316403, '{{"mark": "update"}}', 'waiting', 0, {AT})""",
    f"""insert into outbox (id, chat_id, patient_id, kind, body, lane, send_at, state, attempts, created_at)
     values (1, 7316403, 1, 'send', '{{"mark": "letter"}}', 2, {AT}, 'waiting', 0, {AT})""",
)
NEEDLES = (
    "mark-name", "mark-words", '"mark"', "mark-answer", "mark-invited", "7316402", "7316403", "7316404", "7316405",
    "7316406",
)  # fmt: skip


@pytest.fixture
def empty_sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'old.db'}"


@pytest.fixture(params=EMPTY)
def old_url(request: pytest.FixtureRequest) -> str:
    url = str(request.getfixturevalue(request.param))
    upgrade(url, BEFORE)
    engine = open_engine(url)
    with engine.begin() as connection:
        for old in OLD:
            statement = old
            if engine.dialect.name == "postgresql":
                statement = statement.replace(".000000'", ".000000+00:00'")
            connection.exec_driver_sql(statement.replace("%", "%%"))
    engine.dispose()
    return url


def _desk(session: Any) -> tuple[Any, ...]:
    invite, copy, chat = session.get(StaffInvite, 1), session.get(Copy, 1), get_clinic(session, 1).clinicians_chat
    route = find_route(session, 1, 7316402)
    assert route is not None
    assert case_under(session, 7316402, 1) is None
    return session.get(Message, 1).text, invite.name, invite.claimed_by, chat, copy.chat_id


def test_what_was_in_the_clear_is_sealed_and_says_the_same(old_url: str, tmp_path: Path, clock: MovedClock) -> None:
    upgrade(old_url)
    store = Store(old_url, clock)
    assert seal_existing(store) == 17
    assert seal_existing(store) == 0
    assert [needle for needle in NEEDLES if needle.encode() in dump(store)] == []

    def query(session: Any) -> tuple[Any, ...]:
        patient = patients.find_person(session, 7316403)[0]
        assert patient is not None
        waiting = find_waiting(session, now=store.clock(), held=())[0]
        names = [post.name for post in find_staff(session, 7316402)]
        return patient.telegram_id, names, session.get(Note, 1).text, waiting.chat_key, waiting.raw

    assert done(store.read(query)) == (7316403, ["mark-name"], "mark-words ☂", 7316403, '{"mark": "update"}')
    assert done(store.read(_desk)) == ("mark-answer", "mark-invited", 7316406, -7316404, 7316402)
    (letter,) = write(store, lambda work: claim_due(work, resting=(), most=9))
    assert (letter.chat_id, letter.body) == (7316403, {"mark": "letter"})
    store.close()
    assert scan(tmp_path, *NEEDLES) == dict.fromkeys(NEEDLES, 0)
