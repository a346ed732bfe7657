"""Read the common questions. The words that ask each one stand in the lexicons, as the concept `ask_<id>`."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from content.needed_texts import Need
from content.toml_tables import Table


def read_questions(table: Table) -> tuple[str, ...]:
    """Return the ids of the common questions, the first to be answered first."""
    ids = []
    for row in table.many("questions"):
        ids.append(row.text("id"))
        row.text("source")
        row.finish()
    table.finish()
    return tuple(ids)


def needs_of_questions(table: Table, questions: Collection[str]) -> Iterator[Need]:
    """Yield each question as clinicians read it, and its fixed answer."""
    for name in questions:
        yield table, f"question-{name}"
        yield table, f"answered-{name}"
