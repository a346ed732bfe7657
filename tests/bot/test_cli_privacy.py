"""The master key, the trail and who looked, on the command line."""

import json
import re
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.master_keys import make_key_file
from bot.settings import setting_name
from storage.migrate import upgrade
from storage.store import Store
from tests.bot.house import enrol
from tests.bot.test_cli import INIT, assert_refused, clinic, records, steady

__all__ = ["clinic"]
CODE = "KT4RM"


@pytest.fixture
def keyless(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings without a master key; return the folder of the installation."""
    monkeypatch.delenv(setting_name("master_key"))
    monkeypatch.setenv(setting_name("home"), str(tmp_path / "home"))
    return tmp_path / "home"


def test_the_first_init_makes_a_key_for_its_owner_only_and_says_to_move_it(keyless: Path) -> None:
    result = steady(*INIT)
    assert result.exit_code == 0, result.output
    assert "Move it to another machine or disk" in result.stdout
    key = keyless / "keys" / "master.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert key.read_text().split()[0] not in result.output
    assert records("staff", "list")[0]["name"] == "Dr Grey"


def test_without_a_key_nothing_runs_and_the_sentence_says_what_to_do(
    keyless: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(database)
    monkeypatch.setenv(setting_name("bot_token"), "123456789:AAcanary-canary-canary-canary")
    for command in (("run",), ("patients",), ("keys", "check")):
        assert_refused(steady(*command), "There is no master key", "STEADY_MASTER_KEY_FILE", "steady init")


def test_a_key_that_others_can_read_is_refused(keyless: Path) -> None:
    steady(*INIT)
    (keyless / "keys" / "master.key").chmod(0o644)
    assert_refused(steady("patients"), "Others on this machine can read the master key", "chmod 600")


def test_a_second_home_with_another_key_is_refused_and_leaves_no_key_behind(
    keyless: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steady(*INIT)
    monkeypatch.setenv(setting_name("bot_token"), "123456789:AAcanary-canary-canary-canary")
    first = keyless / "keys" / "master.key"
    monkeypatch.setenv(setting_name("home"), str(tmp_path / "second"))
    said = ("is locked with the master key", "not among those configured", "whatever their STEADY_HOME")
    assert_refused(steady(*INIT), *said)
    second = tmp_path / "second" / "keys" / "master.key"
    assert not second.exists()
    make_key_file(second)
    for command in (("run",), ("patients",), ("migrate",), ("keys", "check"), ("keys", "rotate")):
        assert_refused(steady(*command), *said)
    monkeypatch.setenv(setting_name("api_url"), "http://127.0.0.1:9")
    checked = steady("check", "--json")
    assert any(
        "is locked with the master key" in one["sentence"] for one in json.loads(checked.stdout) if not one["ok"]
    )
    monkeypatch.setenv(setting_name("master_key_file"), str(first))
    assert records("staff", "list")[0]["name"] == "Dr Grey"


def test_a_command_may_bring_the_key(keyless: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steady(*INIT)
    elsewhere = (keyless / "keys" / "master.key").rename(keyless / "elsewhere")
    monkeypatch.setenv(setting_name("master_key_command"), f"cat {elsewhere}")
    assert records("staff", "list")[0]["name"] == "Dr Grey"
    monkeypatch.setenv(setting_name("master_key_command"), "false")
    assert_refused(steady("patients"), "STEADY_MASTER_KEY_COMMAND brought no key")


def test_a_wrong_key_is_told_and_nothing_of_it_is_repeated(keyless: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steady(*INIT)
    monkeypatch.setenv(setting_name("master_key"), "not-a-key-canary")
    result = steady("patients")
    assert_refused(result, "32 bytes")
    assert "canary" not in result.output


def test_a_new_key_takes_over_and_the_old_one_opens_nothing(keyless: Path) -> None:
    steady(*INIT)
    file = keyless / "keys" / "master.key"
    old = file.read_text()
    assert "Next: `steady keys rotate`" in steady("keys", "new").stdout
    rotated = steady("keys", "rotate")
    assert re.search(r"\d+ data keys are now locked", rotated.stdout), rotated.output
    assert steady("keys", "check").exit_code == 0
    both = file.read_text()
    file.write_text(old)
    assert_refused(steady("staff", "list"), "not among those configured")
    file.write_text(both.splitlines()[0])
    assert records("staff", "list")[0]["name"] == "Dr Grey"


def test_who_looked_at_a_record_is_shown_to_whoever_asks(clinic: str) -> None:
    enrol(clinic, CODE)
    assert steady("patient", CODE, "--notes").exit_code == 0
    looks = records("audit", "show", CODE)
    assert [(look["who"], look["what"]) for look in looks] == [("operator", "record-read")]
    assert [look["what"] for look in records("audit", "show", CODE)][-1] == "trail-read"


def test_a_trail_that_was_changed_is_told(clinic: str) -> None:
    enrol(clinic, CODE)
    assert "are as they were written" in steady("audit", "verify").stdout
    store = Store(clinic, lambda: None)  # type: ignore[arg-type,return-value]
    with store.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.execute(text("update events set actor = 'staff:9' where id = 3"))
        connection.exec_driver_sql("COMMIT")
    store.close()
    result = steady("audit", "verify")
    assert result.exit_code == 1
    assert "event 3: changed" in result.output


def test_what_is_printed_for_programs_is_json(clinic: str) -> None:
    enrol(clinic, CODE)
    assert isinstance(json.loads(steady("audit", "show", CODE, "--json").stdout), list)
