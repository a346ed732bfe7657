"""Read how people type an hour in words."""

from __future__ import annotations

from care.answers import Half, HourWords
from content.toml_tables import Table


def read_hours(table: Table) -> HourWords:
    """Return the words that may stand in a typed hour, in all languages."""
    times = table.one("times")
    words = HourWords(
        before=table.words("before"),
        after=table.words("after"),
        times={name.casefold(): times.clock(name) for name in times.names()},
        halves={row.text("called"): _read_half(row) for row in table.many("halves")},
    )
    times.finish()
    table.finish()
    return words


def _read_half(row: Table) -> Half:
    half = Half(
        first=row.whole("first", low=0, high=11),
        last=row.whole("last", low=0, high=11),
        is_from_noon=row.yes("from_noon"),
    )
    row.finish()
    return half
