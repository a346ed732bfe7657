"""What was measured, as rows: on the screen, and in docs/performance.md with the machine it was measured on."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
PAGE, SCALING = DOCS / "performance.md", DOCS / "scaling.md"
CURVES = ("python -m bench workers", "python -m bench tick", "python -m bench due")
BEGIN, END = "<!-- curves: written by `python -m bench --write` -->", "<!-- end of the curves -->"


@dataclass(frozen=True)
class Row:
    """One figure: what, how much, the bar it should reach, and the command that measures it alone."""

    what: str
    figure: str
    bar: str
    command: str


def show(rows: Sequence[Row]) -> None:
    """Print the rows as a table."""
    wide = max((len(row.what) for row in rows), default=0)
    for row in rows:
        print(f"{row.what:<{wide}}  {row.figure:>24}  {row.bar:<22}  {row.command}", flush=True)


def write(rows: Sequence[Row], loads: tuple[float, float]) -> None:
    """Put the rows into docs/performance.md, in place of what was there, and the curves into docs/scaling.md."""
    measured = (
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {machine()}; load average {loads[0]:.1f} before,"
        f" {loads[1]:.1f} after (above 2: shared with other work)."
    )
    lines = [
        "# Performance",
        "",
        "Written by `python -m bench --write`; each row says how to measure it alone. Peers run in the same run.",
        "A row without a bar is there for comparison.",
        "",
        measured,
        "",
        *_table(rows),
        "",
    ]
    PAGE.write_text("\n".join(lines), encoding="utf-8")
    if curves := [row for row in rows if row.command in CURVES]:
        page = SCALING.read_text(encoding="utf-8")
        SCALING.write_text(with_curves(page, [measured, "", *_table(curves)]), encoding="utf-8")


def with_curves(page: str, lines: Sequence[str]) -> str:
    """Return the page with these lines between its two marks; ValueError if it has not both."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{SCALING.name} has no place for the curves")
    return "\n".join([before + BEGIN, "", *lines, "", END + after])


def _table(rows: Sequence[Row]) -> list[str]:
    head = ["| What | Measured | Bar | Command |", "| --- | --- | --- | --- |"]
    return [*head, *(f"| {row.what} | {row.figure} | {row.bar} | `{row.command}` |" for row in rows)]


def machine() -> str:
    """Return what these figures depend on."""
    info = Path("/proc/cpuinfo")
    names = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    model = next((line.partition(":")[2].strip() for line in names if line.startswith("model name")), "")
    python, lite = platform.python_version(), sqlite3.sqlite_version
    return f"{os.cpu_count()} × {model or platform.machine()}, {platform.system()}, Python {python}, SQLite {lite}"


def load() -> float:
    """Return how many processes want a core now (0.0 where the system does not say)."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
