"""Where the master key comes from: the environment, a file, a command, or the file that `steady init` made."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bot.settings import Settings
from storage.masters import MasterKey, Masters, NoMasterKey, new_master, read_masters

FOLDER, FILE = "keys", "master.key"
PATIENCE = 30
"""Seconds that a command may take to bring the key."""
KEYLESS = (
    "There is no master key, and what patients say is not kept without one: set STEADY_MASTER_KEY_FILE,"
    " STEADY_MASTER_KEY_COMMAND or STEADY_MASTER_KEY, or let `steady init` make one (`steady keys new` for a database"
    " that is there already)."
)


def masters_of(settings: Settings) -> Masters:
    """Return the master keys of an installation, read when they are first needed and again when one is not known."""
    return Masters(lambda: load_masters(settings))


def load_masters(settings: Settings) -> Sequence[MasterKey]:
    """Read the master keys; raise NoMasterKey in a sentence for the operator. No sentence repeats what was read."""
    try:
        if settings.master_key is not None:
            return read_masters(settings.master_key.get_secret_value())
        if settings.master_key_command is not None:
            return read_masters(_ask(settings.master_key_command))
        return read_masters(_read(key_file(settings)))
    except NoMasterKey as error:
        said = str(error)
        is_whole = said.endswith((".", "?"))
        raise NoMasterKey(said if is_whole else f"The master key cannot be used: {said}.") from None


def key_file(settings: Settings) -> Path:
    """Return the file that holds the master key, if it is a file that does."""
    return settings.master_key_file or settings.home / FOLDER / FILE


def is_file_kept(settings: Settings) -> bool:
    """Return whether the key comes from a file, which we may then write."""
    return settings.master_key is None and settings.master_key_command is None


def _read(path: Path) -> str:
    if not path.exists():
        raise NoMasterKey(KEYLESS)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise NoMasterKey(f"Others on this machine can read the master key: chmod 600 {path}.")
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise NoMasterKey(f"{path} cannot be read: is it the file with the master key, and is it yours?") from None


def _ask(command: str) -> str:
    try:
        told = subprocess.run(shlex.split(command), capture_output=True, text=True, timeout=PATIENCE, check=True)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        # Its own words may hold what it was to bring.
        raise NoMasterKey(f"STEADY_MASTER_KEY_COMMAND brought no key ({type(error).__name__}).") from None
    return told.stdout


def make_key_file(path: Path) -> MasterKey:
    """Put a new key first into the file, which nobody else may read; keys that were in it stay behind it."""
    key = new_master()
    before = path.read_text(encoding="ascii") if path.exists() else ""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(f"{key.written()}  # {key.id}\n{before}")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return key
