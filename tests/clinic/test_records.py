"""What is on record comes out whole, as plain data, and free text only when it is asked for."""

import json
from pathlib import Path

import pytest

from bot.clock import MovableClock
from care.refusals import NotFound
from clinic.found_clinic import found_clinic
from clinic.records import course_list, open_case_records, patient_record
from clinic.ward import Ward
from storage.migrate import upgrade
from storage.patients import add_invited
from storage.store import Store
from tests.bot.house import CONTENT, FOUNDING, NOW, enrol, found, write


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path.as_posix()}/steady.db"
    upgrade(address)
    found(address)
    enrol(address)
    return address


def read(url: str, query):
    store = Store(url, MovableClock(NOW).now)
    try:
        return store.read(query).result()
    finally:
        store.close()


def record(url: str, code: str = "KT4RM", **options):
    return read(url, lambda session: patient_record(session, CONTENT, code, **options))


def test_a_ledger_line_keeps_what_was_answered_and_how_it_came_to_be(url: str) -> None:
    first, second, _ = record(url)["ledger"]
    assert first | {"history": None} == {
        "day": 1, "date": "2026-11-28", "part": 1, "amount_mg": 50, "state": "taken",
        "due_at": "2026-11-28T09:00:00Z", "taken_at": "2026-11-28T09:00:00Z", "answered_at": "2026-11-30T09:00:00Z",
        "answered_by": "patient", "reason": None, "prompts_sent": 0, "history": None,
    }  # fmt: skip
    assert second["history"] == [
        {
            "at": "2026-11-30T09:00:00Z", "before": "open", "after": "skipped", "by": "patient", "taken_at": None,
            "reason": "felt-bad",
        }
    ]  # fmt: skip


def test_a_case_says_why_in_words(url: str) -> None:
    (case,) = record(url)["cases"]
    assert (case["level"], case["state"], case["owner"], case["outcome"]) == ("urgent", "open", None, None)
    (alert,) = case["alerts"]
    assert alert["reason"].endswith(": grade 3 of 4")
    assert (alert["fact"], alert["subject"], alert["value"], alert["day"]) == ("grade", "nausea", 3, 3)


def test_the_rest_of_the_record_is_plain(url: str) -> None:
    found = record(url)
    assert found["consent"] == {"version": "2026-11", "language": "en", "given": True, "at": "2026-11-30T09:00:00Z"}
    assert found["screening"] == {"adult": "yes"}
    assert found["course"]["reminder_at"] == "08:30"
    assert found["reports"][0]["dose"] == {"day": 3, "part": 1}
    assert found["zone"] == "Europe/Paris"
    assert json.loads(json.dumps(found)) == found


def test_free_text_leaves_only_when_asked_for(url: str) -> None:
    assert "secret words" not in json.dumps(record(url))
    shown = record(url, with_notes=True)
    assert shown["notes"]["texts"][0]["text"] == "secret words of mine"
    assert shown["cases"][0]["alerts"][0]["quote"] == "secret words of mine"


def test_an_unknown_code_is_refused(url: str) -> None:
    with pytest.raises(NotFound):
        record(url, "NOBODY")


def test_a_patient_without_a_course_is_shown_empty(url: str) -> None:
    def invite(ward: Ward) -> None:
        clinic = found_clinic(ward, **{**FOUNDING, "name": "Hill Clinic"})
        add_invited(ward.work, clinic, case_code="EMPTY", token="t", expires_at=NOW, invited_by=None)

    write(url, invite)
    found = record(url, "empty")
    assert (found["course"], found["ledger"], found["consent"], found["zone"]) == (None, [], None, None)


def test_lists_go_by_case_code(url: str) -> None:
    assert [case["code"] for case in read(url, lambda session: open_case_records(session, CONTENT))] == ["KT4RM"]
    (course,) = read(url, course_list)
    assert (course["code"], course["status"], course["day"]) == ("KT4RM", "active", 3)
