"""Which texts only clinicians read: a language that is for patients only does without them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from content.fluent_files import Entry, Sheet
from content.toml_tables import Table


def read_clinicians_keys(table: Table, english: Sheet) -> frozenset[str]:
    """Return the keys of what only clinicians read. A name that fits no text is a problem: it would hide a mistake."""
    globs = table.words("reads")
    table.finish()
    places = {key: _place(entry) for key, entry in english.messages.items()}
    found: set[str] = set()
    for index, glob in enumerate(globs):
        fitting = {key for key, place in places.items() if fnmatchcase(place, glob)}
        if not fitting and places:
            table.note(f'no text is called "{glob}"', "reads", index)
        found |= fitting
    return frozenset(found)


def _place(entry: Entry) -> str:
    return f"{PurePosixPath(entry.file).stem}/{entry.key}"
