"""Settings: everything that is wrong is named, and nothing that was typed is repeated."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

import run
from bot.settings import BadSettings, Settings, env_warnings, read_settings, setting_name

TOKEN = "123456:AAcanary-canary-canary-canary-canary"
EXAMPLE = run.ROOT / ".env.example"


def refused(**options) -> BadSettings:
    with pytest.raises(BadSettings) as caught:
        read_settings(**options)
    return caught.value


def given(monkeypatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(setting_name(name), value)


def test_a_token_is_enough(monkeypatch) -> None:
    given(monkeypatch, bot_token=TOKEN)
    settings = read_settings()
    assert settings.token == TOKEN
    assert settings.api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite:///var/steady.db"
    assert (settings.port, settings.sends_per_second, settings.poll_seconds) == (8080, 28, 25)


def test_some_commands_need_no_token() -> None:
    settings = read_settings(needs_token=False)
    assert settings.bot_token is None
    with pytest.raises(BadSettings, match="STEADY_BOT_TOKEN is missing"):
        _ = settings.token


def test_a_missing_token_is_named() -> None:
    assert refused().sentences[0].startswith("STEADY_BOT_TOKEN is missing: ask @BotFather")


def test_everything_wrong_is_named_at_once(monkeypatch) -> None:
    given(
        monkeypatch, api_url="ftp://x", port="99999", log_format="xml", sends_per_second="-1", database_url="mysql://x"
    )
    named = [sentence.split()[0] for sentence in refused().sentences]
    assert named == [
        "STEADY_API_URL", "STEADY_DATABASE_URL", "STEADY_PORT", "STEADY_LOG_FORMAT", "STEADY_SENDS_PER_SECOND",
        "STEADY_BOT_TOKEN",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bot_token", "canary"),
        ("bot_token", "123456:canary canary"),
        ("bot_token", "bot123456:canary-canary"),
        ("bot_token", "'123456:canary"),
        ("api_url", "canary.example"),
        ("api_url", "file:///canary"),
        ("api_url", "https://api.telegram.org/?canary=1"),
        ("database_url", "canary"),
        ("database_url", "mysql://me:canary@host/name"),
        ("port", "canary"),
        ("port", "0"),
        ("log_level", "canary"),
        ("log_format", "canary"),
        ("sends_per_second", "nan"),
        ("poll_seconds", "51"),
        ("poll_seconds", "2.5"),
        ("tick_seconds", "0"),
        ("tick_seconds", "inf"),
    ],
)
def test_what_is_wrong_is_named_and_not_repeated(monkeypatch, name, value) -> None:
    given(monkeypatch, **{"bot_token": TOKEN, name: value})
    error = refused()
    assert [sentence.split()[0] for sentence in error.sentences] == [setting_name(name)]
    assert "canary" not in f"{error} {error!r} {error.__cause__} {error.__suppress_context__ or error.__context__}"


def test_what_people_type_is_understood(monkeypatch) -> None:
    given(monkeypatch, bot_token=f" {TOKEN} ", api_url="http://localhost:8081/", log_level="debug", log_format="JSON")
    settings = read_settings()
    assert settings.token == TOKEN
    assert (settings.api_url, settings.log_level, settings.log_format) == ("http://localhost:8081", "DEBUG", "json")


def test_the_environment_wins_over_the_file(monkeypatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"STEADY_BOT_TOKEN={TOKEN}\nSTEADY_PORT=1111\nSTEADY_POLL_SECONDS=5\nOTHER=1\n")
    given(monkeypatch, port="2222")
    settings = read_settings()
    assert (settings.port, settings.poll_seconds, settings.token) == (2222, 5, TOKEN)


def test_the_database_lives_at_home(monkeypatch, tmp_path: Path) -> None:
    given(monkeypatch, home=str(tmp_path))
    assert read_settings(needs_token=False).database_url == f"sqlite:///{tmp_path.as_posix()}/steady.db"


def test_a_file_that_is_no_text_is_a_plain_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"STEADY_PORT=\xff\xfe\x00")
    assert refused(needs_token=False).sentences[0].startswith(".env cannot be read")


def test_settings_do_not_change_and_do_not_print_the_token(monkeypatch) -> None:
    given(monkeypatch, bot_token=TOKEN)
    settings = read_settings()
    with pytest.raises(ValidationError):
        settings.port = 1
    assert "canary" not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_the_example_names_every_setting_and_no_other() -> None:
    named = re.findall(r"^(STEADY_\w+)=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(map(setting_name, Settings.model_fields))


def test_the_example_is_what_you_get_without_it() -> None:
    assert read_settings(needs_token=False, env_file=EXAMPLE) == read_settings(needs_token=False, env_file=None)


def test_each_line_of_the_example_is_explained() -> None:
    blocks = EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")
    assert all(block.startswith("# ") for block in blocks)


def test_a_file_that_others_can_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"STEADY_BOT_TOKEN={TOKEN}\n")
    file.chmod(0o644)
    assert [sentence for sentence in env_warnings() if "chmod 600" in sentence]
    file.chmod(0o600)
    assert env_warnings() == []


def test_a_setting_spelled_wrong_is_told(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# STEADY_OLD=1\nexport STEADY_PROT=1\nSTEADY_PORT=1\n")
    file.chmod(0o600)
    assert env_warnings() == ["STEADY_PROT in .env is no setting of Steady: is it spelled right?"]


def test_no_file_is_no_trouble() -> None:
    assert env_warnings() == []
