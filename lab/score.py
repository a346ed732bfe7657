"""Measure the reader: `make score`. The rules are those of the label schema (docs/reading.md)."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from care.reading import Reader, Reading
from care.reading.said import ANY, FLAGS
from content.reader_files import load_reader
from lab.corpus import BLIND, Row, read_rows

URGENT = ("suicidal", "emergency", "overdose")


@dataclass
class Tally:
    """Hits, misses and false alarms, per label."""

    hits: Counter[str] = field(default_factory=Counter)
    misses: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)

    def f1(self) -> float:
        """Over all labels together."""
        hits = self.hits.total()
        return share(2 * hits, 2 * hits + self.misses.total() + self.alarms.total())

    def recall(self, labels: Iterable[str] | None = None) -> float:
        """Over these labels together, or all."""
        chosen = list(labels) if labels is not None else [*self.hits, *self.misses]
        hits = sum(self.hits[label] for label in set(chosen))
        return share(hits, hits + sum(self.misses[label] for label in set(chosen)))


@dataclass
class Score:
    """What one set of messages in one language showed."""

    messages: int = 0
    symptoms: Tally = field(default_factory=Tally)
    negated: Tally = field(default_factory=Tally)
    flags: Tally = field(default_factory=Tally)
    severity: Counter[bool] = field(default_factory=Counter)
    dose: Counter[bool] = field(default_factory=Counter)
    dose_made: Counter[bool] = field(default_factory=Counter)
    flagged: int = 0
    all_missed: int = 0
    lookalikes: int = 0
    lookalikes_raised: int = 0
    plain: int = 0
    plain_raised: int = 0
    unread: int = 0
    errors: list[str] = field(default_factory=list)

    def bars(self) -> dict[str, float]:
        """Return the figures that are held to bars."""
        seen = [flag for flag in FLAGS if self.flags.hits[flag] + self.flags.misses[flag]]
        return {
            "flag recall": self.flags.recall(),
            "lowest flag": min((self.flags.recall([flag]) for flag in seen), default=1.0),
            "every flag missed": share(self.all_missed, self.flagged, nothing=0.0),
            "look-alikes raised": share(self.lookalikes_raised, self.lookalikes, nothing=0.0),
            "urgent recall": self.flags.recall(URGENT),
            "symptoms F1": self.symptoms.f1(),
            "negation F1": self.negated.f1(),
            "severity": share(self.severity[True], self.severity.total()),
            "dose where made": share(self.dose_made[True], self.dose_made.total()),
        }


def share(part: float, whole: float, *, nothing: float = 1.0) -> float:
    """Return part of whole, or `nothing` where there is nothing to be wrong about."""
    return part / whole if whole else nothing


def score_rows(reader: Reader, rows: Sequence[Row]) -> dict[str, Score]:
    """Return the scores by language."""
    scores: dict[str, Score] = {}
    for row in rows:
        reading = reader.read(row["text"], language=row["lang"])
        add(scores.setdefault(row["lang"], Score()), row, reading)
    return scores


def add(score: Score, row: Row, reading: Reading) -> None:
    """Add one message to a score."""
    score.messages += 1
    before = _wrong(score)
    background = set(row.get("background", ()))
    resolved = set(row.get("resolved", ()))
    heard, denied = {item.code for item in reading.symptoms}, set(reading.negated)
    _add_symptoms(score.symptoms, row, heard, denied, resolved, background)
    _add_negated(score.negated, row, heard, denied, resolved, background)
    _add_flags(score, row, set(reading.flags))
    if row["severity"] is not None:
        score.severity[reading.severity in (row["severity"], *row.get("either_severity", ()))] += 1
    right = any(reading.taken is value for value in (row["taken"], *row.get("either_taken", ())))
    score.dose[right] += 1
    if row["taken"] is not None:
        score.dose_made[right] += 1
    score.unread += not reading.understood and not reading.trivial
    if _wrong(score) != before:
        score.errors.append(_told(row, reading))


def _wrong(score: Score) -> tuple[int, ...]:
    tallies = (score.symptoms, score.negated, score.flags)
    counts = [counter.total() for tally in tallies for counter in (tally.misses, tally.alarms)]
    return (*counts, score.severity[False], score.dose[False])


def _add_symptoms(
    tally: Tally, row: Row, heard: set[str], denied: set[str], resolved: set[str], background: set[str]
) -> None:
    for code in set(row["symptoms"]) - background:
        met = code in heard or (code in resolved and code in denied)
        (tally.hits if met else tally.misses)[code] += 1
    allowed = {*row["symptoms"], *row.get("either_symptoms", ()), *resolved, *background}
    tally.alarms.update(heard - allowed)


def _add_negated(
    tally: Tally, row: Row, heard: set[str], denied: set[str], resolved: set[str], background: set[str]
) -> None:
    for code in set(row["negated"]) - background:
        met = code in denied or (code in resolved and code in heard)
        (tally.hits if met else tally.misses)[code] += 1
    allowed = {*row["negated"], *row.get("either_negated", ()), *resolved, *background}
    alarms = denied - allowed
    # Under "no side effects at all" every single denial is right too.
    tally.alarms.update(alarms & {ANY} if ANY in row["negated"] else alarms)


def _add_flags(score: Score, row: Row, raised: set[str]) -> None:
    said = set(row["flags"])
    score.flags.hits.update(said & raised)
    score.flags.misses.update(said - raised)
    score.flags.alarms.update(raised - said - set(row.get("either_flags", ())))
    if said:
        score.flagged += 1
        score.all_missed += not said & raised
    elif row.get("lookalike"):
        score.lookalikes += 1
        score.lookalikes_raised += bool(raised)
    elif not row.get("either_flags"):
        score.plain += 1
        score.plain_raised += bool(raised)


def _told(row: Row, reading: Reading) -> str:
    keys = ("symptoms", "negated", "severity", "flags", "taken")
    wanted = {key: row[key] for key in keys if row[key] not in (None, [])}
    got = {
        "symptoms": [item.code for item in reading.symptoms],
        "negated": list(reading.negated),
        "severity": reading.severity,
        "flags": [f"{flag} ({strength})" for flag, strength in reading.flags.items()],
        "taken": reading.taken,
    }
    spans = [f"{span.label}: {row['text'][span.start : span.end]!r}" for span in reading.spans]
    heard = {key: value for key, value in got.items() if value not in (None, [])}
    kind = " LOOK-ALIKE" if row.get("lookalike") else ""
    return f"{row['text']!r}{kind}\n    wanted {wanted}\n    heard  {heard}\n    from   {'; '.join(spans)}"


def report(scores: Mapping[str, Score]) -> str:
    """Return the figures as text."""
    lines: list[str] = []
    for language, score in scores.items():
        lines.append(
            f"\n== {language}: {score.messages} messages, {score.flagged} flagged, {score.lookalikes} look-alikes"
        )
        lines += [f"  {name:22}{value:6.3f}" for name, value in score.bars().items()]
        lines.append(f"  {'dose, all lines':22}{share(score.dose[True], score.dose.total()):6.3f}")
        lines.append(f"  {'plain raising a flag':22}{share(score.plain_raised, score.plain, nothing=0):6.3f}")
        lines.append(f"  {'unread words':22}{share(score.unread, score.messages):6.3f}")
        for title, tally in (("flag", score.flags), ("symptom", score.symptoms), ("negated", score.negated)):
            lines += [f"  {title} {row}" for row in _rows(tally)]
    return "\n".join(lines)


def _rows(tally: Tally) -> list[str]:
    out = []
    for label in sorted({*tally.hits, *tally.misses, *tally.alarms}):
        hits, misses, alarms = tally.hits[label], tally.misses[label], tally.alarms[label]
        precision, recall = share(hits, hits + alarms), share(hits, hits + misses)
        f1 = share(2 * hits, 2 * hits + misses + alarms)
        out.append(
            f"{label:18} precision {precision:.2f} recall {recall:.2f} F1 {f1:.2f}"
            f"  ({hits} hit, {misses} missed, {alarms} false)"
        )
    return out


def default_files() -> list[Path]:
    """Return the blind rounds, and the development messages where they are."""
    shared = Path(__file__).resolve().parent.parent.parent / "shared" / "reading"
    return [*sorted(BLIND.glob("*.jsonl")), *sorted(shared.glob("*.jsonl"))]


def main() -> int:
    """Print figures for each file, and every error unless told not to."""
    parser = argparse.ArgumentParser(prog="score")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--no-errors", action="store_true")
    options = parser.parse_args()
    reader = load_reader()
    for path in options.files or default_files():
        rows = read_rows([path])
        began = time.perf_counter()
        scores = score_rows(reader, rows)
        pace = len(rows) / max(time.perf_counter() - began, 1e-9)
        print(f"\n#### {os.path.relpath(path)}: {len(rows)} messages, {pace:.0f} a second")
        print(report(scores))
        if not options.no_errors:
            for language, score in scores.items():
                print(f"\n-- errors, {language}\n" + "\n".join(score.errors))
    return 0


if __name__ == "__main__":
    sys.exit(main())
