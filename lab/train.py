"""Learn the reader's weights from the corpus: `make train`. The same corpus and code give the same bytes."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from care.reading.features import BUCKETS, bucket, features, take_apart
from care.reading.lexicon import Lexicon
from care.reading.model import packed
from content.lexicon_files import read_lexicon
from lab.corpus import LABELS, Row, corpus_files, read_rows, target

CONTENT = Path(__file__).resolve().parent.parent / "content"
STRENGTH = 30.0
SMALLEST = 0.015  # of a label's largest weight; what is smaller is rounding


def lexicons() -> dict[str, Lexicon]:
    """Return the lexicons by language."""
    return {path.stem: read_lexicon(path) for path in sorted((CONTENT / "lexicons").glob("*.toml"))}


def matrix(rows: Sequence[Row], known: dict[str, Lexicon]) -> Any:
    """Return what the model sees of each message, a row each."""
    places: list[int] = []
    values: list[float] = []
    ends = [0]
    for row in rows:
        for group in features(take_apart(row["text"], known[row["lang"]]), row["lang"]):
            buckets = sorted({bucket(feature) for feature in group})
            places += buckets
            values += [(len(buckets) + 1) ** -0.5] * len(buckets)
        ends.append(len(places))
    return sparse.csr_matrix((values, places, ends), shape=(len(rows), BUCKETS))


def fit(seen: Any, said: Any) -> tuple[Any, float] | None:
    """Return weights and bias of one label, or None when it is too rare to learn."""
    clear = said >= 0
    if said[clear].sum() < 3:
        return None
    learner = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0, max_iter=300)
    learner.fit(seen[clear], said[clear])
    return learner.coef_[0], float(learner.intercept_[0])


def main() -> int:
    """Learn, and write weights and checksum."""
    rows = read_rows(corpus_files())
    seen = matrix(rows, lexicons())
    used = np.unique(seen.indices)
    seen = seen[:, used]
    said = np.array([target(row) for row in rows])
    weights: dict[int, dict[int, float]] = {}
    bias = [-9.0] * len(LABELS)
    for number in range(len(LABELS)):
        learnt = fit(seen, said[:, number])
        if learnt is None:
            continue
        bias[number] = learnt[1]
        least = SMALLEST * np.abs(learnt[0]).max()
        for place in np.flatnonzero(np.abs(learnt[0]) > least):
            weights.setdefault(int(used[place]), {})[number] = float(learnt[0][place])
    limits = {label: {"possible": -1.0, "certain": 1.0} for label in LABELS}
    data = packed(LABELS, bias, weights, dict.fromkeys(lexicons(), limits))
    (CONTENT / "reading" / "weights.bin").write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    (CONTENT / "reading" / "weights.sha256").write_text(f"{digest}  weights.bin\n", encoding="ascii")
    print(f"{len(rows)} messages, {len(weights)} features, {len(data)} bytes, {digest[:12]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
