"""Durations as a person writes them: "30 min", "2 h", "3 days"."""

from __future__ import annotations

import re
from datetime import timedelta

_SHAPE = re.compile(r"([1-9][0-9]{0,3}) (min|h|days?)")
_UNITS = {
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "day": timedelta(days=1),
    "days": timedelta(days=1),
}


def parse_duration(written: str) -> timedelta:
    """Return the duration written as "30 min", "2 h" or "3 days"; ValueError for anything else."""
    found = _SHAPE.fullmatch(written)
    if found is None:
        raise ValueError(f'"{written}" is not a duration; write "30 min", "2 h" or "3 days"')
    return int(found[1]) * _UNITS[found[2]]
