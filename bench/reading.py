"""How fast messages are read, and whether time grows with length and no faster."""

from __future__ import annotations

import time
from dataclasses import dataclass

from care.reading import Reader
from content.reader_files import load_reader
from lab.corpus import BLIND, read_rows

UNITS = ("no ", "? ", "threw up, no headache but dizzy. ", "aeiou", "\n", "три таблетки ")
SHORT = 10_000


@dataclass(frozen=True)
class Figures:
    """What was measured; `growth` is how much longer, per character, a text of ten times the length takes."""

    load_seconds: float
    per_second: float
    growth: float


def measure() -> Figures:
    began = time.process_time()
    reader = load_reader()
    loaded = time.process_time() - began
    rows = [row for path in sorted(BLIND.glob("*.jsonl")) for row in read_rows([path])]
    began = time.process_time()
    for row in rows:
        reader.read(row["text"], language=row["lang"])
    pace = len(rows) / (time.process_time() - began)
    return Figures(loaded, pace, max(_growth(reader, unit) for unit in UNITS))


def _growth(reader: Reader, unit: str) -> float:
    short = (unit * SHORT)[:SHORT]
    return _seconds(reader, short * 10) / (10 * max(_seconds(reader, short), 1e-3))


def _seconds(reader: Reader, text: str) -> float:
    began = time.process_time()
    reader.read(text, language="en")
    return time.process_time() - began
