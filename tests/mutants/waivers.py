"""Mutants that may survive, one by one, each with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path

FILE = Path(__file__).with_name("waivers.toml")


def read_waivers(file: Path = FILE) -> dict[str, str]:
    """Return the reason of each waiver by the key of its mutant; raise ValueError when one is given twice."""
    rows = tomllib.loads(file.read_text(encoding="utf-8")).get("waived", [])
    reasons = {row["mutant"]: row["reason"] for row in rows}
    if len(reasons) != len(rows):
        raise ValueError("a mutant is waived twice")
    return reasons


def unfounded(waivers: Mapping[str, str], keys: Collection[str]) -> list[str]:
    """Return the waivers that match no mutant, or give no reason."""
    return [key for key, reason in waivers.items() if key not in keys or len(reason.split()) < 4]
