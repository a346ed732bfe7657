"""The labelled messages: where they are, how they are read, what a label asks of the reader."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

from care.reading.said import ANY, FLAGS, SEVERITIES, SYMPTOMS

Row = dict[str, Any]

SLIPS = 0.15  # of the longer words in a mistyped copy

CORPUS = Path(__file__).resolve().parent.parent / "content" / "reading" / "corpus"
BLIND = CORPUS.parent / "blind"
NEGATED = tuple(f"-{code}" for code in (*SYMPTOMS, ANY))
LABELS = (*FLAGS, *SYMPTOMS, *NEGATED, "taken", "untaken", *SEVERITIES, "lookalike", "plain")


def read_rows(paths: Iterable[Path]) -> list[Row]:
    """Return the messages in JSON-lines files, in the order of the files."""
    return [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def corpus_files(language: str = "*") -> list[Path]:
    """Return the files of the corpus, one per writer."""
    return sorted(CORPUS.glob(f"{language}/*.jsonl"))


def target(row: Row) -> list[int]:
    """Return, for each label, 1 (said), 0 (not said) or -1 (either answer is right: nothing to learn)."""
    said = [_either(flag, row["flags"], row.get("either_flags", ())) for flag in FLAGS]
    background = row.get("background", [])
    free = [*row.get("either_symptoms", ()), *background]
    said += [_either(code, row["symptoms"], free) for code in SYMPTOMS]
    free = [*row.get("either_negated", ()), *background]
    said += [_either(code, row["negated"], free) for code in (*SYMPTOMS, ANY)]
    said += [_either(value, [row["taken"]], row.get("either_taken", ())) for value in (True, False)]
    said += [_either(severity, [row["severity"]], row.get("either_severity", ())) for severity in SEVERITIES]
    return [*said, int(bool(row.get("lookalike"))), _plain(row)]


def _plain(row: Row) -> int:
    """Whether a message says nothing that a clinic must know; where that is open, nothing is learnt from it."""
    if any(row[key] not in (None, [], False) for key in ("symptoms", "negated", "flags", "severity")):
        return 0
    if row["taken"] is not None:
        return 0
    return -1 if any(row.get(key) for key in row if key.startswith("either_") or key == "background") else 1


def _either(value: Any, labelled: Iterable[Any], free: Iterable[Any]) -> int:
    # `is` and not `in` alone: 1 and True are equal, and None is a label too.
    if any(value is other or (isinstance(value, str) and value == other) for other in labelled):
        return 1
    return -1 if any(value is other or (isinstance(value, str) and value == other) for other in free) else 0


def mistyped(row: Row, chance: Random) -> Row:
    """Return the same message as hurried fingers write it: a slip or two, accents and marks gone now and then."""
    words = row["text"].split(" ")
    for place, word in enumerate(words):
        if len(word) > 4 and word.isalpha() and chance.random() < SLIPS:
            at = chance.randrange(1, len(word) - 2)
            swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            words[place] = swapped if chance.random() < 0.6 else word[:at] + word[at + 1 :]
    text = " ".join(words)
    if chance.random() < 0.3:
        text = "".join(mark for mark in text if mark not in ",.;:!?\u00bf\u00a1")
    return {**row, "text": text}
