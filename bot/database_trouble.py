"""What to tell the operator about a database that cannot be used. Its address is not repeated: it may hold a secret."""

from __future__ import annotations

from pathlib import Path

from storage.masters import NoMasterKey
from storage.troubles import Trouble, trouble_of

SENTENCES = {
    Trouble.ADDRESS: "STEADY_DATABASE_URL is not an address of a database: write sqlite:///path/to/steady.db or "
    "postgresql://user:password@host/name.",
    Trouble.NEWER: "The database was made by a newer Steady than this one: install that version, or a later one. "
    "Nothing was changed.",
    Trouble.FILE: "The file {file} cannot be opened: is the path right, and may this user write in its folder?",
    Trouble.READ_ONLY: "The file {file} cannot be written: give this user the right to write it and its folder.",
    Trouble.FOREIGN: "{file} is not a database of Steady: see STEADY_DATABASE_URL, or restore a backup.",
    Trouble.DAMAGED: "The file {file} is damaged: what it would show may be wrong. Keep a copy of it, look at the "
    "disk, and restore a backup.",
    Trouble.BUSY: "The database file {file} is held by another program: is a second Steady running?",
    Trouble.SERVER: "PostgreSQL does not answer: is it running, and are host and port in STEADY_DATABASE_URL right?",
    Trouble.LOGIN: "PostgreSQL does not let us in: are the user and password in STEADY_DATABASE_URL right, and may "
    "that user use the database?",
    Trouble.MISSING: "PostgreSQL has no database of the name in STEADY_DATABASE_URL: make it with createdb.",
}


def database_sentence(error: BaseException, url: str) -> str:
    """Return what is wrong with the database at `url` and what to do, in a sentence without its address."""
    if isinstance(error, NoMasterKey):
        return str(error)
    trouble = trouble_of(error)
    if trouble is Trouble.UNSAFE:
        return f"The database cannot be used: {error}."
    if trouble in SENTENCES:
        return SENTENCES[trouble].format(file=_file(url))
    return f"The database cannot be used ({type(error).__name__}): see STEADY_DATABASE_URL, and run `steady check`."


def _file(url: str) -> str:
    """Return the file of an SQLite address; there is nothing secret in it."""
    return str(Path(url.removeprefix("sqlite:///").partition("?")[0])) if url.startswith("sqlite:///") else "it names"
