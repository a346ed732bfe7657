"""The time zones that countries live by, under their present names."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def zone_table() -> tuple[tuple[str, str], ...]:
    """Return (country code, zone) of every zone that a country lives by: tzdata's `zone.tab`."""
    text = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((row[0], row[2]) for row in rows)


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Return the country code of each such zone."""
    return {zone: code for code, zone in zone_table()}
