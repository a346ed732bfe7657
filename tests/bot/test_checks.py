"""`steady check` against a real database and a stub of Telegram on this machine."""

from datetime import time
from pathlib import Path

import pytest

from bot.ask_telegram import NoAnswer, ask_telegram
from bot.checks import Check, run_checks, why_it_cannot_write
from bot.settings import Settings, read_settings, setting_name
from clinic.ward import Ward
from storage.cases import open_cases, set_case
from storage.clinics import add_staff, all_clinics, remove_staff, staff_of
from storage.inbox import MOST_ATTEMPTS, add_updates, arrival, find_waiting, set_back
from storage.migrate import upgrade
from storage.outbox import Letter, add_letter
from storage.queues import Lane, OutboxState
from storage.rota import add_shift
from storage.routes import note_route
from storage.sending import end_letter
from storage.tables import Role
from tests.bot.house import enrol, found, write


@pytest.fixture
def house(database: str, telegram) -> str:
    """An installation where all is well."""
    upgrade(database)
    found(database, clinicians_chat=-100)
    enrol(database)
    return database


def checked(**options) -> dict[str, Check]:
    checks = run_checks(read_settings(needs_token=False), **options)
    assert "canary" not in repr(checks)
    return {check.name: check for check in checks}


def failing(**options) -> dict[str, str]:
    return {name: check.sentence for name, check in checked(**options).items() if not check.ok}


def test_all_is_well(house: str) -> None:
    assert failing() == {}
    assert list(checked()) == [
        "settings", "env-file", "content", "texts", "master-key", "database", "migrations", "clinic", "numbers",
        "admin", "clinicians-chat", "time-zones", "inbox", "outbox", "routes", "rota", "books", "regimens", "rush",
        "token", "webhook", "chat-rights", "mail",
    ]  # fmt: skip


def test_a_missing_token_is_told(house: str, monkeypatch) -> None:
    monkeypatch.delenv(setting_name("bot_token"))
    assert "@BotFather" in failing()["token"]


def test_a_wrong_token_is_told(house: str, telegram) -> None:
    telegram.refuses("getMe", 401, "Unauthorized")
    told = failing()
    assert list(told) == ["token"]
    assert "revoked" in told["token"]


def test_a_telegram_that_is_not_there_is_told_without_its_address(house: str, monkeypatch) -> None:
    monkeypatch.setenv(setting_name("api_url"), "http://127.0.0.1:1")
    assert "is this machine online" in failing()["token"]


def test_what_is_no_bot_api_is_told(house: str, telegram) -> None:
    telegram.answers["getMe"] = b"<html>Bad gateway</html>"
    assert "no Bot API" in failing()["token"]


def test_an_answer_that_repeats_the_token_is_cleaned(house: str, telegram) -> None:
    telegram.refuses("getMe", 400, f"no such path /bot{read_settings().token}/getMe")
    assert "[token]" in failing()["token"]


def test_an_error_on_the_way_holds_no_token(monkeypatch) -> None:
    settings = Settings(bot_token="123456789:AAcanary-canary-canary-canary", api_url="http://127.0.0.1:1")
    with pytest.raises(NoAnswer) as caught:
        ask_telegram(settings, "getMe")
    assert "canary" not in f"{caught.value!r}{caught.value.__cause__}"
    assert caught.value.__suppress_context__


def test_a_webhook_in_the_way_is_told(house: str, telegram) -> None:
    telegram.answers["getWebhookInfo"] = {"url": "https://example.org/hook?secret=canary"}
    assert "https://example.org/hook" in failing()["webhook"]


@pytest.mark.parametrize(
    ("chat", "member", "told"),
    [
        ({"type": "group"}, {"status": "left"}, "Add it again"),
        ({"type": "group"}, {"status": "kicked"}, "Add it again"),
        ({"type": "group"}, {"status": "restricted", "can_send_messages": False}, "Lift the restriction"),
        ({"type": "group", "permissions": {"can_send_messages": False}}, {"status": "member"}, "only admins"),
        ({"type": "channel"}, {"status": "administrator", "can_post_messages": False}, "right to post"),
        ({"type": "channel"}, {"status": "member"}, "right to post"),
        ({"type": "private"}, {"status": "member"}, "Bind a group"),
    ],
)
def test_what_keeps_the_bot_from_writing_is_named(chat, member, told: str) -> None:
    assert told in str(why_it_cannot_write(chat, member))


@pytest.mark.parametrize(
    ("chat", "member"),
    [
        ({"type": "group"}, {"status": "member"}),
        ({"type": "group"}, {"status": "restricted", "can_send_messages": True}),
        ({"type": "supergroup", "permissions": {"can_send_messages": False}}, {"status": "administrator"}),
        ({"type": "channel"}, {"status": "administrator", "can_post_messages": True}),
    ],
)
def test_nothing_keeps_the_bot_from_writing(chat, member) -> None:
    assert why_it_cannot_write(chat, member) is None


def test_a_chat_the_bot_cannot_write_in_is_told(house: str, telegram) -> None:
    telegram.answers["getChatMember"] = {"status": "left"}
    assert "-100: it was removed" in failing()["chat-rights"]


def test_a_chat_that_is_gone_is_told(house: str, telegram) -> None:
    telegram.refuses("getChat", 400, "Bad Request: chat not found")
    assert "chat not found" in failing()["chat-rights"]


def test_the_bot_asks_about_itself(house: str, telegram) -> None:
    checked()
    assert ("getChatMember", {"chat_id": -100, "user_id": 987654321}) in telegram.asked


def test_no_database_is_told_and_none_is_made(database: str, telegram, tmp_path: Path) -> None:
    assert "steady init" in failing()["database"]
    assert list(tmp_path.glob("steady.db*")) == []


def test_a_database_without_tables_is_told(database: str, telegram, tmp_path: Path) -> None:
    (tmp_path / "steady.db").touch()
    assert "steady migrate" in failing()["migrations"]


def test_a_file_that_is_no_database_is_told(database: str, telegram, tmp_path: Path) -> None:
    (tmp_path / "steady.db").write_bytes(b"not a database, but long enough to look at" * 50)
    assert "is not a database of Steady" in failing()["database"]


def test_a_server_that_is_not_there_is_told_without_its_password(monkeypatch, telegram) -> None:
    monkeypatch.setenv(setting_name("database_url"), "postgresql://me:canary@127.0.0.1:1/steady")
    assert "PostgreSQL does not answer" in failing()["database"]


def test_no_clinic_is_told(database: str, telegram) -> None:
    upgrade(database)
    assert list(failing()) == ["clinic"]


def test_a_clinic_that_cannot_work_is_told(house: str) -> None:
    def spoil(ward: Ward) -> None:
        clinic = all_clinics(ward.work.session)[0]
        clinic.crisis_line, clinic.clinicians_chat, clinic.time_zone = " ", None, "Europe/Atlantis"
        remove_staff(ward.work, staff_of(ward.work.session, clinic.id)[0])

    write(house, spoil)
    told = failing()
    assert list(told) == ["numbers", "admin", "clinicians-chat", "time-zones"]
    assert "add the bot" in told["clinicians-chat"]
    assert "Europe/Atlantis" in told["time-zones"]


def test_a_patient_in_an_unknown_zone_is_named_by_code(house: str) -> None:
    enrol(house, "ZZZZZ", zone="Mars/Olympus")
    assert "ZZZZZ (Mars/Olympus)" in failing()["time-zones"]


def test_a_course_without_its_regimen_is_told(house: str) -> None:
    enrol(house, "ZZZZZ", regimen="retired-25")
    assert "retired-25" in failing()["regimens"]


def test_what_was_given_up_on_is_counted(house: str) -> None:
    def give_up(ward: Ward) -> None:
        add_updates(ward.work, [arrival({"update_id": 1})])
        (row,) = find_waiting(ward.work.session, now=ward.now, held=[])
        for _ in range(MOST_ATTEMPTS):
            set_back(ward.work, row.id, "ValueError")
        letter = add_letter(ward.work, Letter(chat_id=1, body={}, lane=Lane.REPLY))
        assert letter is not None
        end_letter(ward.work, letter, OutboxState.FAILED, "blocked")

    write(house, give_up)
    told = failing()
    assert told["inbox"].startswith("1 updates")
    assert told["outbox"].startswith("1 messages")


def test_spoiled_content_is_told(house: str, tmp_path: Path) -> None:
    told = failing(content_folder=tmp_path)
    assert "missing" in told["content"]
    assert "regimens" not in told


def test_an_open_env_file_is_told(house: str, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("STEADY_PORT=8080\n")
    (tmp_path / ".env").chmod(0o644)
    assert "chmod 600" in failing()["env-file"]


@pytest.mark.parametrize(("there", "ok"), [("https://bot.clinic.example/telegram", True), ("", False)])
def test_a_webhook_that_is_wanted_is_no_trouble(monkeypatch, house: str, telegram, there: str, ok: bool) -> None:
    monkeypatch.setenv(setting_name("webhook_url"), "https://bot.clinic.example")
    monkeypatch.setenv(setting_name("webhook_secret"), "a-secret-long-enough-0123456789")
    telegram.answers["getWebhookInfo"] = {"url": there}
    found = {check.name: check for check in run_checks(read_settings())}["webhook"]
    assert (found.ok, "canary" in found.sentence) == (ok, False)


def test_a_dead_route_a_wrong_rota_and_wrong_books_are_told(house: str) -> None:
    def spoil(ward: Ward) -> None:
        clinic = all_clinics(ward.work.session)[0]
        lee = add_staff(ward.work, clinic, telegram_id=7, name="Nurse Lee", role=Role.CLINICIAN)
        add_shift(ward.work, lee, tier=1, weekdays=range(7), starts=time(0), ends=time(0))
        remove_staff(ward.work, lee)
        note_route(ward.work, clinic.id, -100, trouble="forbidden")
        for case in open_cases(ward.work.session):
            set_case(ward.work, case, "spoiled", next_step_at=None)

    write(house, spoil)
    told = failing()
    assert "the clinicians' chat (forbidden)" in told["routes"]
    assert "names Nurse Lee" in told["rota"]
    assert "case-without-step" in told["books"]


def test_an_sqlite_that_can_lose_commits_is_told_of(house: str, monkeypatch) -> None:
    monkeypatch.setattr("bot.checks.risky_sqlite", lambda: "3.40.1")
    assert "SQLite 3.40.1 can lose commits" in checked()["database"].sentence
    monkeypatch.setattr("bot.checks.risky_sqlite", lambda: None)
    assert "SQLite" not in checked()["database"].sentence
