"""The command line on a real database: records for programs, tables for people, sentences for mistakes."""

import json
import re
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli.commands import app
from bot.settings import setting_name
from storage.marks import set_mark
from storage.migrate import upgrade
from tests.bot.conftest import TOKEN
from tests.bot.house import enrol, found, write

INIT = [
    "init", "--name", "Harbour Clinic", "--time-zone", "Europe/London", "--emergency-number", "999",
    "--crisis-line", "116 123", "--admin", "4242", "--admin-name", "Dr Grey",
]  # fmt: skip


def steady(*typed: str, **options: Any) -> Result:
    return CliRunner().invoke(app, list(typed), env={"COLUMNS": "200"}, **options)


def records(*typed: str) -> Any:
    result = steady(*typed, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def assert_refused(result: Result, *words: str) -> None:
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    for word in words:
        assert word in result.stderr


@pytest.fixture
def clinic(database: str) -> str:
    assert steady(*INIT).exit_code == 0
    return database


def test_a_clinic_is_founded_with_its_first_admin(clinic: str) -> None:
    assert records("staff", "list") == [{"clinic": 1, "telegram_id": 4242, "name": "Dr Grey", "role": "admin"}]


def test_what_is_missing_is_named_by_its_flag(database: str) -> None:
    assert_refused(steady("init", "--name", "Harbour"), "--time-zone", "--emergency-number", "--crisis-line", "--admin")


@pytest.mark.parametrize(
    ("flag", "value", "said"),
    [
        ("--emergency-number", "call us", "emergency number"),
        ("--crisis-line", "<b>116 123</b>", "crisis line"),
        ("--time-zone", "London", "Europe/London"),
        ("--time-zone", "../etc/passwd", "Europe/London"),
        ("--admin", "@grey", "Telegram id"),
        ("--admin", "-100", "Telegram id"),
        ("--language", "xx", "There are: en"),
        ("--name", "two\nlines", "name of one line"),
    ],
)
def test_a_clinic_is_refused_for_what_is_wrong(database: str, flag: str, value: str, said: str) -> None:
    typed = [*INIT, flag, value]
    assert_refused(steady(*typed), said)
    assert records("staff", "list") == []


def test_there_are_no_two_clinics_of_one_name(clinic: str) -> None:
    assert_refused(steady(*INIT, "--name", "harbour clinic"), "already")


def test_a_person_is_asked_for_what_is_missing(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.founding.is_asking", lambda: True)
    typed = "Harbour Clinic\nEurope/London\n\n999\n116 123\n4242\nDr Grey\n"  # the empty line is asked again
    result = steady("init", input=typed)
    assert result.exit_code == 0, result.output
    assert "Harbour Clinic is clinic 1" in result.stdout


def test_an_invite_has_a_link_once_the_bots_name_is_known(clinic: str, telegram) -> None:
    issued = records("invite", "--regimen", "alcohol-50")
    assert issued["link"] == f"https://t.me/steady_test_bot?start={issued['start']}"
    assert [asked for asked, _ in telegram.asked] == ["getMe"]
    assert issued["expires_at"].endswith("Z")
    assert [course["code"] for course in records("patients")] == [issued["code"]]


def test_a_remembered_name_needs_no_telegram(clinic: str) -> None:
    write(clinic, lambda ward: set_mark(ward.work, "bot-username", "remembered_bot"))
    result = steady("invite", "--regimen", "low-dose", "--hours", "5")
    assert "https://t.me/remembered_bot?start=" in result.stdout


def test_an_invite_without_a_name_still_has_its_payload(clinic: str, telegram) -> None:
    telegram.refuses("getMe", 401, "Unauthorized")
    issued = records("invite", "--regimen", "alcohol-50")
    assert issued["link"] is None
    assert len(issued["start"]) == 22
    assert "401" in issued["note"]
    assert "t.me/NAME_OF_THE_BOT?start=PAYLOAD" in issued["note"]


def test_an_unknown_regimen_is_refused_with_those_there_are(clinic: str) -> None:
    assert_refused(steady("invite", "--regimen", "alcohol"), "no such regimen", "alcohol-50")


def test_several_clinics_must_be_told_apart(clinic: str) -> None:
    assert steady(*INIT, "--name", "Hill Clinic").exit_code == 0
    assert_refused(steady("invite", "--regimen", "alcohol-50"), "--clinic", "2 (Hill Clinic)")
    assert steady("invite", "--regimen", "alcohol-50", "--clinic", "2").exit_code == 0


def test_a_patient_is_shown_whole_and_without_their_words(clinic: str) -> None:
    enrol(clinic)
    record = records("patient", "kt4rm")
    assert record["adherence"] == {"taken": 1, "unknown": 1, "skipped": 1, "expected": 3, "low": 33, "high": 67}
    assert record["course"]["day"] == 3
    assert record["course"]["days"] == 84
    assert record["notes"] == {"count": 1}
    assert "secret words" not in json.dumps(record)
    assert "secret words" in json.dumps(records("patient", "KT4RM", "--notes"))


def test_a_patient_is_a_table_for_people(clinic: str) -> None:
    enrol(clinic)
    shown = steady("patient", "KT4RM").stdout
    for word in ("alcohol-50", "33 to 67 % of 3", "50 mg", "felt-bad", "nausea"):
        assert word in shown
    assert "secret words" not in shown


def test_an_unknown_patient_is_refused(clinic: str) -> None:
    assert_refused(steady("patient", "NOBODY"), "There is no case")


def test_open_cases_are_listed(clinic: str) -> None:
    enrol(clinic)
    (case,) = records("cases")
    assert (case["code"], case["level"], case["state"]) == ("KT4RM", "urgent", "open")
    assert "KT4RM" in steady("cases").stdout


def test_staff_come_and_go(clinic: str) -> None:
    assert steady("staff", "add", "77", "--name", "Nurse Lind").exit_code == 0
    assert [person["role"] for person in records("staff", "list")] == ["admin", "clinician"]
    assert steady("staff", "remove", "77").exit_code == 0
    assert "Nurse Lind" not in steady("staff", "list").stdout


def test_the_last_admin_stays(clinic: str) -> None:
    assert_refused(steady("staff", "remove", "4242"), "last admin")
    assert_refused(steady("staff", "add", "4242", "--name", "Dr Grey"), "last admin")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["staff", "remove", "5"], "Nobody with the id 5"),
        (["staff", "add", "0", "--name", "x"], "positive number"),
        (["staff", "add", "5", "--name", " "], "name of one line"),
    ],
)
def test_mistakes_about_staff_are_told(clinic: str, typed: list[str], said: str) -> None:
    assert_refused(steady(*typed), said)


@pytest.mark.parametrize("typed", [["patients"], ["cases"], ["staff", "list"], ["patient", "X"]])
def test_a_database_without_tables_is_a_sentence(database: str, typed: list[str]) -> None:
    assert_refused(steady(*typed), "steady init")


def test_a_database_that_cannot_be_reached_is_a_sentence_without_its_password(monkeypatch, database: str) -> None:
    monkeypatch.setenv(setting_name("database_url"), "postgresql://me:canary@127.0.0.1:1/steady")
    for typed in (["patients"], ["migrate"]):
        result = steady(*typed)
        assert_refused(result, "PostgreSQL does not answer")
        assert "canary" not in result.output


def _newer(file: Path) -> None:
    upgrade(f"sqlite:///{file.as_posix()}")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def _foreign(file: Path) -> None:
    file.write_bytes(b"not a database, but long enough to look at" * 50)


# what is there, the address, what is said
UNUSABLE: dict[str, tuple[Callable[[Path], Any], str, str]] = {
    "a folder": (Path.mkdir, "", "cannot be opened: is the path right"),
    "a path through a file": (Path.touch, "sqlite:///{}/sub/steady.db", "cannot be opened"),
    "a place where nobody may write": (lambda _: None, "sqlite:////proc/steady/steady.db", "may this user write"),
    "another file": (_foreign, "", "is not a database of Steady"),
    "a newer version": (_newer, "", "made by a newer Steady"),
    "no such scheme": (lambda _: None, "mysql://me:canary@host/steady", "STEADY_DATABASE_URL must be"),
    "no such port": (lambda _: None, "postgresql://me:canary@host:port/steady", "not an address of a database"),
    "in memory": (lambda _: None, "sqlite:///:memory:", "forgets everything"),
    "nobody at home": (lambda _: None, "postgresql://me:canary@127.0.0.1:1/steady", "PostgreSQL does not answer"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_run_says_what_is_wrong_with_its_database(monkeypatch, tmp_path: Path, case: str) -> None:
    prepare, url, said = UNUSABLE[case]
    file = tmp_path / "other.db"
    prepare(file)
    monkeypatch.setenv(setting_name("bot_token"), TOKEN)
    monkeypatch.setenv(setting_name("database_url"), url.format(file) if url else f"sqlite:///{file}")
    result = steady("run")
    assert_refused(result, said)
    assert "canary" not in result.output
    if case in ("another file", "a newer version"):
        assert_refused(steady("patients"), said)


def test_run_says_when_postgres_lets_nobody_in(monkeypatch, empty_postgres: str) -> None:
    monkeypatch.setenv(setting_name("bot_token"), TOKEN)
    for url, said in (
        (re.sub(r"/[^/]*$", "/no-such-database", empty_postgres), "no database of the name"),
        (re.sub(r"//[^@]*@", "//nobody:canary@", empty_postgres), "does not let us in"),
    ):
        monkeypatch.setenv(setting_name("database_url"), url)
        result = steady("run")
        assert_refused(result, said)
        assert "canary" not in result.output


def test_every_bad_setting_is_named(monkeypatch, database: str) -> None:
    monkeypatch.setenv(setting_name("port"), "x")
    monkeypatch.setenv(setting_name("log_format"), "x")
    result = steady("patients")
    assert result.exit_code == 1
    assert [line.split()[0] for line in result.stderr.splitlines()] == ["STEADY_PORT", "STEADY_LOG_FORMAT"]


def test_migrate_makes_the_tables(database: str) -> None:
    assert steady("migrate").exit_code == 0
    assert records("patients") == []


def test_run_needs_a_token(database: str) -> None:
    assert_refused(steady("run"), "STEADY_BOT_TOKEN is missing")


def test_run_and_demo_hand_over_and_return_their_code(monkeypatch, database: str) -> None:
    calls: list[Any] = []
    main, demo = ModuleType("bot.main"), ModuleType("bot.demo")
    main.run = lambda settings, roles: calls.append(settings.token) or 3  # type: ignore[attr-defined]
    demo.demo = lambda settings, port, open_browser: calls.append((port, open_browser)) or 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "bot.main", main)
    monkeypatch.setitem(sys.modules, "bot.demo", demo)
    monkeypatch.setenv(setting_name("bot_token"), TOKEN)
    assert steady("run").exit_code == 3
    assert steady("demo", "--port", "9000", "--no-browser").exit_code == 0
    assert steady("demo").exit_code == 0
    assert calls == [TOKEN, (9000, False), (8080, True)]


def test_what_is_typed_wrong_has_its_own_code() -> None:
    assert steady("patientz").exit_code == 2
    assert steady("patient").exit_code == 2


def test_a_check_that_fails_fails_the_command(clinic: str) -> None:
    result = steady("check", "--json")
    assert result.exit_code == 1
    assert "checks failed" in result.stderr
    assert {check["name"] for check in json.loads(result.stdout) if not check["ok"]} == {"clinicians-chat", "token"}


def test_a_check_names_bad_settings_too(monkeypatch) -> None:
    monkeypatch.setenv(setting_name("port"), "x")
    result = steady("check")
    assert result.exit_code == 1
    assert "STEADY_PORT" in result.stdout


def test_all_well_is_code_zero(database: str, telegram) -> None:
    steady("migrate")
    found(database, clinicians_chat=-100)
    result = steady("check")
    assert result.exit_code == 0, result.output
    assert "canary" not in result.output
