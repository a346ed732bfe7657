"""Several bots in one installation: each from a file of its own, with nothing that two could share by mistake."""

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.bots import read_bot, read_bots
from bot.cli.commands import app
from bot.logs import HIDDEN, Redactor
from bot.settings import BadSettings, setting_name
from storage.engines import in_schema, schema_of
from tests.bot.house import FOUNDING

FIRST, SECOND = "111111:AAcanary_one-one-one-one-one-one-o", "222222:AAcanary_two-two-two-two-two-two-t"


def bot_file(folder: Path, name: str, **values: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}.env"
    file.write_text("".join(f"{setting_name(key)}={value}\n" for key, value in values.items()), encoding="utf-8")
    file.chmod(0o600)
    return file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two bots, north and south."""
    made = tmp_path / "bots"
    bot_file(made, "north", bot_token=FIRST)
    bot_file(made, "south", bot_token=SECOND, sends_per_second="20")
    monkeypatch.setenv(setting_name("bots"), str(made))
    monkeypatch.setenv(setting_name("home"), str(tmp_path / "var"))
    return made


def refused(**how: Any) -> tuple[str, ...]:
    with pytest.raises(BadSettings) as caught:
        read_bots(**how)
    assert "canary" not in str(caught.value)
    return caught.value.sentences


def test_without_a_folder_there_is_one_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(setting_name("bot_token"), FIRST)
    (only,) = read_bots()
    assert (only.token, only.bot) == (FIRST, "")


def test_one_of_several_bots_is_not_mistaken_for_the_only_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(setting_name("bot_token"), FIRST)
    monkeypatch.setenv(setting_name("bot"), "south")
    assert refused() == ("STEADY_BOT names one of several bots, and STEADY_BOTS is not set",)


def test_each_file_is_a_bot_with_a_home_and_a_database_of_its_own(folder: Path, tmp_path: Path) -> None:
    north, south = read_bots()
    assert [(one.bot, one.token, one.sends_per_second) for one in (north, south)] == [
        ("north", FIRST, 28),
        ("south", SECOND, 20),
    ]
    assert [one.home for one in (north, south)] == [tmp_path / "var" / name for name in ("north", "south")]
    assert north.database_url == f"sqlite:///{tmp_path}/var/north/steady.db"
    assert {one.master_key_file for one in (north, south)} == {None}  # the tests' key is in the environment


def test_a_key_in_a_file_is_one_for_all(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(setting_name("master_key"))
    assert {one.master_key_file for one in read_bots()} == {tmp_path / "var" / "keys" / "master.key"}


def test_on_postgres_each_is_in_a_schema_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = "postgresql://u:canary%40@db/steady"
    monkeypatch.setenv(setting_name("database_url"), address)
    urls = [one.database_url for one in read_bots()]
    assert [schema_of(url) for url in urls] == ["bot_north", "bot_south"]
    assert all(url.startswith(f"{address}?") for url in urls)
    assert schema_of(address) is None
    both = in_schema(f"{address}?connect_timeout=3&options=-cstatement_timeout%3D9000", "bot_x")
    assert schema_of(both) == "bot_x"
    assert "statement_timeout" in both


def test_a_command_is_about_one_bot_and_says_so_when_it_is_not_clear(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadSettings, match="set STEADY_BOT to north or south"):
        read_bot()
    monkeypatch.setenv(setting_name("bot"), "south")
    assert read_bot().token == SECOND
    assert [one.bot for one in read_bots(only=False)] == ["north", "south"]
    monkeypatch.setenv(setting_name("bot"), "west")
    assert refused() == ("STEADY_BOT must be one of: north, south",)


@pytest.mark.parametrize("name", ["bot_token", "heartbeat_url", "webhook_url", "webhook_secret"])
def test_what_no_two_may_share_is_not_said_for_all(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    values = {"bot_token": FIRST, "webhook_secret": "a-secret-of-canaries"}
    monkeypatch.setenv(setting_name(name), values.get(name, "https://bot.example/canary"))
    monkeypatch.setenv(setting_name("webhook_secret"), values["webhook_secret"]) if name == "webhook_url" else None
    assert f"{setting_name(name)} stands in each bot's own file when there are several" in refused()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "west.env: STEADY_BOT_TOKEN is missing"),
        ({"bot_token": "111111:AAcanary_other-other-other-other"}, "STEADY_BOT_TOKEN is the same for two bots"),
        ({"bot_token": "canary"}, "west.env: STEADY_BOT_TOKEN must look like"),
        ({"bot_token": "3:abc", "database_url": "sqlite:///x"}, "west.env: STEADY_DATABASE_URL cannot stand in"),
        ({"bot_token": "3:abc", "home": "/x"}, "west.env: STEADY_HOME cannot stand in"),
        ({"bot_token": "3:abc", "bot_tokn": "x"}, "west.env: STEADY_BOT_TOKN cannot stand in"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_bots_file_that_is_wrong_is_named(folder: Path, values: dict[str, str], sentence: str) -> None:
    bot_file(folder, "west", **values)
    assert refused()[0].startswith(sentence)


def test_two_bots_with_one_monitor_or_one_port_are_refused(folder: Path) -> None:
    """One that is well would hide from the monitor that the other is not."""
    for name, token in (("north", FIRST), ("south", SECOND)):
        bot_file(folder, name, bot_token=token, heartbeat_url="https://monitor.example/1")
    assert refused() == ("STEADY_HEARTBEAT_URL is the same for two bots",)
    for name, token in (("north", FIRST), ("south", SECOND)):
        hook = {"webhook_url": f"https://{name}.example", "webhook_secret": "a-secret-of-canaries"}
        bot_file(folder, name, bot_token=token, **hook)
    assert refused() == ("STEADY_PORT is the same for two bots",)


def test_a_file_that_others_can_read_or_with_a_bad_name_or_none_at_all_is_refused(folder: Path) -> None:
    (folder / "north.env").chmod(0o644)
    assert "chmod 600" in refused()[0]
    bot_file(folder, "North-West", bot_token=FIRST)
    assert refused() == ("North-West.env: a bot's name is small letters, digits and _",)
    for file in folder.iterdir():
        file.unlink()
    assert refused() == ("STEADY_BOTS must be a folder with a file NAME.env for each bot",)


def test_every_bots_token_stays_out_of_the_log() -> None:
    redact = Redactor(FIRST, SECOND).text
    for token in (FIRST, SECOND):
        assert redact(f"x {token.partition(':')[2]} {token}") == f"x {HIDDEN} {HIDDEN}"


def test_commands_found_one_bot_and_serve_and_check_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[list[str]] = []
    main = ModuleType("bot.main")
    main.run = lambda *bots, roles: served.append([one.bot for one in bots]) or 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "bot.main", main)
    steady = CliRunner()
    asked = ("name", "time_zone", "emergency_number", "crisis_line")
    told = [f"--{name.replace('_', '-')}={FOUNDING[name]}" for name in asked]
    monkeypatch.setenv(setting_name("api_url"), "http://127.0.0.1:9")  # nobody answers there
    monkeypatch.setenv(setting_name("bot"), "south")
    assert steady.invoke(app, ["init", *told, "--admin=7"]).exit_code == 0
    monkeypatch.delenv(setting_name("bot"))
    assert steady.invoke(app, ["run"]).exit_code == 0
    assert served == [["north", "south"]]
    checks = steady.invoke(app, ["check", "--json"]).stdout
    assert '"north: clinic"' in checks
    assert "Harbour Clinic is there." in checks
    rotated = steady.invoke(app, ["keys", "rotate"])
    assert rotated.exit_code == 0, rotated.output
    assert "set STEADY_BOT to north or south" in steady.invoke(app, ["patients"]).stderr
