"""Several bots in one installation: one folder with a file of settings for each, and nothing between them.

Each bot has clinics of its own, in a schema of its own in the one PostgreSQL database, or in an SQLite file of its own.
Why so, and what it costs: `docs/decisions/0013-a-schema-for-each-bot.md`.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

from pydantic_settings import DotEnvSettingsSource

from bot.master_keys import is_file_kept, key_file
from bot.settings import ENV_FILE, PREFIX, BadSettings, Settings, checked, names_in, read_settings, setting_name
from storage.engines import in_schema

NAME_SHAPE = re.compile(r"[a-z][a-z0-9_]{0,29}")
OWN = ("bot_token", "heartbeat_url", "webhook_url", "webhook_secret")
"""What no two bots may share: it stands in a bot's own file."""
SHARED = ("bots", "bot", "home", "database_url", "master_key", "master_key_file", "master_key_command")
"""What is one for all, or follows from it."""


def read_bots(*, needs_token: bool = True, only: bool = True, env_file: Path | None = ENV_FILE) -> list[Settings]:
    """Return the settings of every bot of this installation, or of the one that STEADY_BOT names (`only`).

    Without STEADY_BOTS there is one. Raises BadSettings naming everything that is missing or wrong.
    """
    common = read_settings(needs_token=False, env_file=env_file)
    if common.bots is None and common.bot:
        raise BadSettings([f"{setting_name('bot')} names one of several bots, and {setting_name('bots')} is not set"])
    if common.bots is None:
        return [read_settings(needs_token=needs_token, env_file=env_file)]
    folder = common.bots
    files = sorted(folder.glob("*.env")) if folder.is_dir() else []
    wrong = [f"{setting_name(name)} stands in each bot's own file when there are several" for name in _given(common)]
    wrong += [] if files else [f"{setting_name('bots')} must be a folder with a file NAME.env for each bot"]
    wrong += [f"{file.name}: a bot's name is small letters, digits and _" for file in files if not _is_name(file.stem)]
    known = [file.stem for file in files]
    if common.bot and common.bot not in known:
        wrong.append(f"{setting_name('bot')} must be one of: {', '.join(known)}")
    if wrong:
        raise BadSettings(wrong)
    bots = [_read(common, file, needs_token, env_file) for file in files]
    _refuse_pairs(bots)
    return [one for one in bots if not only or common.bot in ("", one.bot)]


def read_bot(*, env_file: Path | None = ENV_FILE) -> Settings:
    """Return the settings of the one bot that a command is about; raise BadSettings when it is not clear which."""
    bots = read_bots(needs_token=False, env_file=env_file)
    if len(bots) > 1:
        raise BadSettings([f"Say which bot: set {setting_name('bot')} to {' or '.join(one.bot for one in bots)}"])
    return bots[0]


def _given(common: Settings) -> list[str]:
    return [name for name in OWN if getattr(common, name) is not None]


def _is_name(stem: str) -> bool:
    return NAME_SHAPE.fullmatch(stem) is not None


def _read(common: Settings, file: Path, needs_token: bool, env_file: Path | None) -> Settings:
    name, own = file.stem, _own(file)
    wrong = sorted(set(own) - set(Settings.model_fields) | set(own) & set(SHARED))
    if wrong:
        raise BadSettings([f"{file.name}: {setting_name(one)} cannot stand in a bot's own file" for one in wrong])
    if needs_token and "bot_token" not in own:
        raise BadSettings([f"{file.name}: {setting_name('bot_token')} is missing"])
    given: dict[str, Any] = {"bot": name, "home": common.home / name, **own}
    given["database_url"] = _database(common, name)
    if is_file_kept(common):
        given["master_key_file"] = key_file(common)
    try:
        return checked(env_file, **given)
    except BadSettings as error:
        raise BadSettings([f"{file.name}: {sentence}" for sentence in error.sentences]) from None


def _own(file: Path) -> dict[str, str]:
    if os.name == "posix" and file.stat().st_mode & 0o077:
        raise BadSettings([f"{file.name} holds a token, and others on this machine can open it: chmod 600 {file}"])
    try:
        names = names_in(file)
        values = DotEnvSettingsSource(Settings, env_file=file)()
    except (OSError, UnicodeDecodeError):
        raise BadSettings([f"{file.name} cannot be read: is it a text file, and is it yours?"]) from None
    unknown = {name.removeprefix(PREFIX).lower(): "" for name in names}
    return unknown | {name: value for name, value in values.items() if value}


def _database(common: Settings, name: str) -> str:
    if common.database_url.startswith("sqlite"):
        return f"sqlite:///{(common.home / name).as_posix()}/steady.db"
    return in_schema(common.database_url, f"bot_{name}")


def _refuse_pairs(bots: list[Settings]) -> None:
    """Refuse two bots that would be one to Telegram, to the monitor, or on this machine."""
    tokens = Counter(one.token.partition(":")[0] for one in bots if one.bot_token is not None)
    monitors = Counter(one.heartbeat_url.get_secret_value() for one in bots if one.heartbeat_url is not None)
    ports = Counter(one.port for one in bots if one.webhook_url is not None)
    found: dict[str, Counter[Any]] = {"bot_token": tokens, "heartbeat_url": monitors, "port": ports}
    wrong = [name for name, counted in found.items() if any(count > 1 for count in counted.values())]
    if wrong:
        raise BadSettings([f"{setting_name(name)} is the same for two bots" for name in wrong])
