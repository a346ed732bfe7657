"""Read what belongs to the reader: common questions, and what its codes are called in the catalogues."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from care.reading.said import FLAGS, SYMPTOMS
from content.needed_texts import Need
from content.toml_tables import Table


@dataclass(frozen=True)
class HeardNames:
    """The catalogue's id for each code that can be heard; codes without one are left out."""

    symptoms: Mapping[str, str]
    flags: Mapping[str, str]


def read_questions(table: Table) -> tuple[str, ...]:
    """Return the ids of the common questions, the first to be answered first. Text key: `common-<id>`."""
    ids = []
    for row in table.many("questions"):
        ids.append(row.text("id"))
        row.text("source")
        row.finish()
    table.finish()
    return tuple(ids)


def needs_of_questions(table: Table, questions: Collection[str]) -> Iterator[Need]:
    """Yield the answers, and what is said when none fits."""
    for name in questions:
        yield table, f"common-{name}"
    yield table, "common-unsure"


def read_heard(table: Table, *, symptoms: Collection[str], flags: Collection[str]) -> HeardNames:
    """Return the names of what is heard; a code that is missing or a name nobody knows is noted on the table."""
    named = {
        "symptoms": _names(table.one("symptoms"), SYMPTOMS, symptoms),
        "flags": _names(table.one("flags"), FLAGS, flags),
    }
    table.finish()
    return HeardNames(symptoms=named["symptoms"], flags=named["flags"])


def _names(table: Table, codes: Collection[str], known: Collection[str]) -> dict[str, str]:
    names = {}
    for code in codes:
        name = table.text(code, "")
        if name and name not in known:
            table.note(f"{code}: there is no {name}")
        if name:
            names[code] = name
    table.finish()
    return names
