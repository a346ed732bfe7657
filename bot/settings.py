"""The settings of one installation: read once, frozen, and refused with every mistake named.

No sentence in here ever repeats a value: a token or a password may have been pasted into the wrong line.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "STEADY_"
ENV_FILE = Path(".env")
SECRET_SHAPE = re.compile(r"[A-Za-z0-9_-]{16,256}")
MAILBOX_SHAPE = re.compile(r"[^\s@<>,]+@[^\s@<>,]+")
TOKEN_SHAPE = re.compile(r"[0-9]+:[A-Za-z0-9_-]{3,}")

MUST_BE = {
    "bot_token": "must look like 123456:ABC-def, as BotFather gave it, without quotes or spaces",
    "api_url": "must be an http or https address such as https://api.telegram.org",
    "home": "must be a folder",
    "bots": "must be a folder with a file NAME.env for each bot",
    "bot": "must be the name of one of the bots",
    "database_url": "must be sqlite:///path/to/steady.db or postgresql://user:password@host/name",
    "host": "must be an address of this machine, such as 127.0.0.1 or 0.0.0.0",
    "port": "must be a whole number from 1 to 65535",
    "log_level": "must be DEBUG, INFO, WARNING or ERROR",
    "log_format": "must be console or json",
    "sends_per_second": "must be a number from 0 (no limit) to 1000",
    "master_key": "must be 32 bytes in base64 or hexadecimal: `steady keys new` makes one",
    "master_key_file": "must be the file with the master key",
    "master_key_command": "must be a command that writes the master key",
    "webhook_url": "must be the https address at which Telegram reaches us, as in https://bot.clinic.example",
    "webhook_secret": "must be 16 to 256 letters, digits, - or _, and stand beside STEADY_WEBHOOK_URL",
    "poll_seconds": "must be a whole number from 0 to 50",
    "group_sends_per_minute": "must be a whole number from 0 (no limit) to 20",
    "operator_chat": "must be the numeric id of a chat, such as 123456789",
    "heartbeat_url": "must be an http or https address that your monitor gave you",
    "mail_url": "must be smtps://user:password@host or smtp://user:password@host:587, and stand beside "
    "STEADY_MAIL_FROM and STEADY_MAIL_TO",
    "mail_from": "must be a mail address such as steady@clinic.example",
    "mail_to": "must be one or more mail addresses, with commas between them",
    "tick_seconds": "must be a number above 0 and at most 60",
}
TOKENLESS = (
    "STEADY_BOT_TOKEN is missing: ask @BotFather for a bot and put its token into .env (`steady demo` needs none)"
)


class BadSettings(Exception):
    """Steady cannot start like this; `sentences` name everything that is missing or wrong."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(sentences))


def _check_token(token: SecretStr) -> SecretStr:
    if not TOKEN_SHAPE.fullmatch(token.get_secret_value()):
        raise ValueError
    return token


def _check_secret(secret: SecretStr) -> SecretStr:
    if not SECRET_SHAPE.fullmatch(secret.get_secret_value()):
        raise ValueError
    return secret


def _check_address(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError
    return address.rstrip("/")


def _check_monitor(address: SecretStr) -> SecretStr:
    parts = urlsplit(address.get_secret_value())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError
    return address


def _check_mail(address: SecretStr) -> SecretStr:
    parts = urlsplit(address.get_secret_value())
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.port == 0:
        raise ValueError
    return address


def _check_mailboxes(written: str) -> str:
    if written and not all(MAILBOX_SHAPE.fullmatch(one.strip()) for one in written.split(",")):
        raise ValueError
    return written


def _check_database(url: str) -> str:
    if not re.match(r"(sqlite:///|postgresql(\+psycopg)?://)[^\s]", url):
        raise ValueError
    return url


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


class Settings(BaseSettings):
    """Everything an installation may choose. Each name is spelled STEADY_… outside; see .env.example."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True,
        hide_input_in_errors=True, str_strip_whitespace=True,
    )  # fmt: skip

    bot_token: Annotated[SecretStr, AfterValidator(_check_token)] | None = None
    api_url: Annotated[str, AfterValidator(_check_address)] = "https://api.telegram.org"
    bots: Annotated[Path, AfterValidator(Path.expanduser)] | None = None
    bot: str = ""
    home: Annotated[Path, AfterValidator(Path.expanduser)] = Path("var")
    database_url: Annotated[str, AfterValidator(_check_database)] = ""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8080
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = "INFO"
    log_format: Annotated[Literal["console", "json"], BeforeValidator(_lower)] = "console"
    sends_per_second: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] = 28
    master_key: SecretStr | None = None
    master_key_file: Annotated[Path, AfterValidator(Path.expanduser)] | None = None
    master_key_command: str | None = None
    webhook_url: Annotated[str, AfterValidator(_check_address)] | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_check_secret)] | None = None
    group_sends_per_minute: Annotated[int, Field(ge=0, le=20)] = 18
    operator_chat: Annotated[int, Field(ge=-(2**52), le=2**52)] | None = None
    heartbeat_url: Annotated[SecretStr, AfterValidator(_check_monitor)] | None = None
    mail_url: Annotated[SecretStr, AfterValidator(_check_mail)] | None = None
    mail_from: Annotated[str, AfterValidator(_check_mailboxes)] = ""
    mail_to: Annotated[str, AfterValidator(_check_mailboxes)] = ""
    poll_seconds: Annotated[int, Field(ge=0, le=50)] = 25
    tick_seconds: Annotated[float, Field(gt=0, le=60, allow_inf_nan=False)] = 10

    @model_validator(mode="before")
    @classmethod
    def _live_at_home(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Put the database into the home folder unless it was given a place of its own."""
        home = Path(given.get("home") or cls.model_fields["home"].default).expanduser()
        return {"database_url": f"sqlite:///{home.as_posix()}/steady.db", **given}

    @model_validator(mode="after")
    def _take_nothing_unsigned(self) -> Settings:
        """Refuse a webhook without a secret: anybody could bring forged updates."""
        if self.webhook_url is not None and self.webhook_secret is None:
            raise ValueError(setting_name("webhook_secret"))
        return self

    @model_validator(mode="after")
    def _know_both_ends_of_a_mail(self) -> Settings:
        if self.mail_url is not None and not (self.mail_from and self.mail_to):
            raise ValueError(setting_name("mail_url"))
        return self

    @property
    def secret(self) -> str | None:
        """Return the webhook's secret in the clear; only for Telegram, and for comparing with what it sends."""
        return None if self.webhook_secret is None else self.webhook_secret.get_secret_value()

    @property
    def token(self) -> str:
        """Return the bot's token in the clear; only for talking to Telegram. BadSettings when there is none."""
        if self.bot_token is None:
            raise BadSettings([TOKENLESS])
        return self.bot_token.get_secret_value()


def read_settings(*, needs_token: bool = True, env_file: Path | None = ENV_FILE) -> Settings:
    """Return the settings from the environment and `env_file`; the environment wins.

    Raises BadSettings naming everything missing or wrong, the token among it if `needs_token`.
    """
    try:
        settings = checked(env_file)
    except BadSettings as error:
        if needs_token and not _has_token(env_file):
            raise BadSettings([*error.sentences, TOKENLESS]) from None
        raise
    if needs_token and settings.bot_token is None:
        raise BadSettings([TOKENLESS])
    return settings


def checked(env_file: Path | None, **given: Any) -> Settings:
    """Return the settings; what is `given` wins over the environment, and that over the file. Raises BadSettings."""
    try:
        return Settings(_env_file=env_file, **given)  # type: ignore[call-arg]  # pydantic-settings' own argument
    except ValidationError as error:
        names = (_field(part["loc"], part["msg"]) for part in error.errors(include_input=False))
        raise BadSettings([_sentence(name) for name in dict.fromkeys(names)]) from None
    except (OSError, UnicodeDecodeError):
        raise BadSettings([f"{env_file} cannot be read: is it a text file, and is it yours?"]) from None


def env_warnings(env_file: Path = ENV_FILE) -> list[str]:
    """Return what to tell the operator about the file itself: who can read it, and names that mean nothing."""
    if not env_file.exists():
        return []
    warnings = []
    if os.name == "posix" and env_file.stat().st_mode & 0o077:
        warnings.append(f"{env_file} holds the token, and others on this machine can open it: chmod 600 {env_file}")
    unknown = sorted(names_in(env_file) - {setting_name(field) for field in Settings.model_fields})
    warnings += [f"{name} in {env_file} is no setting of Steady: is it spelled right?" for name in unknown]
    return warnings


def setting_name(field: str) -> str:
    """Return a setting's name outside: STEADY_API_URL for api_url."""
    return PREFIX + field.upper()


def _field(place: tuple[int | str, ...], said: str) -> str:
    """Return the setting that a mistake is about; a rule about several at once says its name itself."""
    return str(place[0]) if place else said.rpartition(PREFIX)[2].lower()


def _sentence(field: str) -> str:
    name = field.removeprefix(PREFIX.lower())
    return f"{setting_name(name)} {MUST_BE.get(name, 'cannot be used')}"


def names_in(env_file: Path) -> set[str]:
    """Return the names that a file gives values to, as they stand there."""
    text = env_file.read_text(encoding="utf-8", errors="replace")
    return set(re.findall(rf"^\s*(?:export\s+)?({PREFIX}\w+)\s*=", text, re.MULTILINE))


def _has_token(env_file: Path | None) -> bool:
    """Return whether a token was given at all, right or wrong: missing and wrong are two sentences."""
    name = setting_name("bot_token")
    if os.environ.get(name):
        return True
    if env_file is None or not env_file.exists():
        return False
    return bool(re.search(rf"^\s*(?:export\s+)?{name}\s*=\s*\S", env_file.read_text("utf-8", "replace"), re.MULTILINE))
