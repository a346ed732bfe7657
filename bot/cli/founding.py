"""`steady init`: the database and the first clinic."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from bot.bots import read_bot
from bot.cli.desk import Mistake, open_desk, upgrade
from bot.master_keys import is_file_kept, key_file, make_key_file
from bot.settings import Settings
from clinic.found_clinic import found_clinic
from clinic.ward import Ward
from storage.masters import NoMasterKey

ASKED = {
    "name": "Name of the clinic",
    "time_zone": "Time zone, like Europe/London",
    "emergency_number": "Emergency number that patients call",
    "crisis_line": "Crisis line, day and night",
    "admin": "Telegram id of the first admin (a number; @userinfobot tells it)",
}


def init(
    name: str = typer.Option("", help="The clinic's name."),
    time_zone: str = typer.Option("", help="The clinic's time zone, like Europe/London."),
    emergency_number: str = typer.Option("", help="The number patients call in danger, like 112."),
    crisis_line: str = typer.Option("", help="A line to talk to somebody at any hour."),
    admin: str = typer.Option("", help="Telegram id of the first admin."),
    admin_name: str = typer.Option("Admin", help="Their name, as colleagues know them."),
    clinicians_chat: int | None = typer.Option(None, help="Id of the clinicians' chat; can be bound later."),
    language: list[str] = typer.Option(["en"], help="The clinic's languages, the first for its chat."),
    no_quotes: bool = typer.Option(False, "--no-quotes", help="Never quote patients in the clinicians' chat."),
) -> None:
    """Make the database and found a clinic. Asks for what is not given."""
    given = {"name": name, "time_zone": time_zone, "emergency_number": emergency_number, "crisis_line": crisis_line}
    told = _ask_missing({**given, "admin": admin})
    settings = read_bot()
    _make_database(settings)

    def found(ward: Ward) -> tuple[int, str]:
        clinic = found_clinic(
            ward,
            name=told["name"],
            time_zone=told["time_zone"],
            languages=language,
            emergency_number=told["emergency_number"],
            crisis_line=told["crisis_line"],
            admin_id=_number(told["admin"]),
            admin_name=admin_name,
            clinicians_chat=clinicians_chat,
            shows_quotes=not no_quotes,
        )
        return clinic.id, clinic.name

    with open_desk() as desk:
        number, called = desk.write(found)
    typer.echo(f"{called} is clinic {number}. Next: `steady check`, then `steady run`.")


MADE = (
    "A master key was made: {path}. It opens everything that is kept. Move it to another machine or disk, name"
    " its place with STEADY_MASTER_KEY_FILE or STEADY_MASTER_KEY_COMMAND, and keep a copy: without it all is lost."
)


def _make_database(settings: Settings) -> None:
    made = _make_key(settings)
    try:
        upgrade(settings)
    except NoMasterKey:
        if made is not None:  # the database has a key already, and another one in its place only misleads
            made.unlink()
        raise
    if made is not None:
        typer.echo(MADE.format(path=made))


def _make_key(settings: Settings) -> Path | None:
    """Make a master key where nobody has given one; return its file, or None."""
    path = key_file(settings)
    if not is_file_kept(settings) or path.exists():
        return None
    make_key_file(path)
    return path


def _ask_missing(given: dict[str, str]) -> dict[str, str]:
    missing = [key for key, value in given.items() if not value.strip()]
    if missing and not is_asking():
        flags = ", ".join(f"--{key.replace('_', '-')}" for key in missing)
        raise Mistake(f"Missing: {flags}.")
    ask: Callable[..., Any] = typer.prompt
    return {key: (ask(ASKED[key]) if key in missing else value) for key, value in given.items()}


def _number(text: str) -> int:
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def is_asking() -> bool:
    """Return whether somebody sits at a terminal and can be asked."""
    return sys.stdin.isatty()
