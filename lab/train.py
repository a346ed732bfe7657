"""Learn the reader's weights from the corpus: `make train`. The same corpus and code give the same bytes."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from scipy import sparse
from sklearn.svm import LinearSVC

from care.reading.features import BUCKETS, bucket, features, shares, take_apart
from care.reading.lexicon import Lexicon
from care.reading.model import packed
from content.lexicon_files import read_lexicon
from lab.corpus import LABELS, Row, corpus_files, mistyped, read_rows, target
from lab.thresholds import choose

CONTENT = Path(__file__).resolve().parent.parent / "content"
STRENGTH = 1.0
SMALLEST = 0.012  # of a label's largest weight; what is smaller is rounding
FEWEST = 3  # messages that must show a feature


def lexicons() -> dict[str, Lexicon]:
    """Return the lexicons by language."""
    return {path.stem: read_lexicon(path) for path in sorted((CONTENT / "lexicons").glob("*.toml"))}


def matrix(rows: Sequence[Row], known: dict[str, Lexicon]) -> Any:
    """Return what the model sees of each message, a row each."""
    places: list[int] = []
    values: list[float] = []
    ends = [0]
    for row in rows:
        groups = features(take_apart(row["text"], known[row["lang"]]), row["lang"])
        sets = [sorted({bucket(feature) for feature in group}) for group in groups]
        for buckets, share in zip(sets, shares([len(buckets) for buckets in sets]), strict=True):
            places += buckets
            values += [share] * len(buckets)
        ends.append(len(places))
    return sparse.csr_matrix((values, places, ends), shape=(len(rows), BUCKETS))


def fit(seen: Any, said: Any) -> tuple[Any, float] | None:
    """Return weights and bias of one label, or None when it is too rare to learn."""
    clear = said >= 0
    if said[clear].sum() < 3:
        return None
    learner = LinearSVC(C=STRENGTH, random_state=0, max_iter=60, tol=0.05)
    learner.fit(seen[clear], said[clear])
    return learner.coef_[0], float(learner.intercept_[0])


def unseen_scores(seen: Any, said: Any, writers: Any) -> Any:
    """Return every message's scores by a model that never saw its writer; one writer per language at a time."""
    folds = np.array([writer.partition("-")[2] for writer in writers])
    scores = np.full(said.shape, -9.0)

    def one(fold: str, number: int) -> tuple[Any, int, Any]:
        held = folds == fold
        learnt = fit(seen[~held], said[~held, number])
        return held, number, None if learnt is None else seen[held] @ learnt[0] + learnt[1]

    jobs = [(fold, number) for fold in sorted(set(folds)) for number in range(len(LABELS))]
    for held, number, score in Parallel(2, prefer="threads")(delayed(one)(*job) for job in jobs):
        if score is not None:
            scores[held, number] = score
    return scores


def main() -> int:
    """Learn, choose the limits, and write weights and checksum."""
    rows = read_rows(corpus_files())
    chance = Random(0)
    known = lexicons()
    # Each message twice, once mistyped: what is learnt must not hang on spelling. Only clean ones are measured.
    seen = matrix([*rows, *(mistyped(row, chance) for row in rows)], known)
    used = np.flatnonzero(np.bincount(seen.indices, minlength=BUCKETS) >= FEWEST)
    seen = seen[:, used]
    said = np.array([target(row) for row in rows])
    both = np.concatenate([said, said])
    unseen = unseen_scores(seen, both, [row["writer"] for row in (*rows, *rows)])[: len(rows)]
    tongues = np.array([row["lang"] for row in rows])
    lookalike = said[:, LABELS.index("lookalike")] == 1
    limits = {
        tongue: choose(unseen[tongues == tongue], said[tongues == tongue], lookalike[tongues == tongue], tongue)
        for tongue in sorted(set(tongues))
    }
    data = _learn(seen, both, used, limits)
    (CONTENT / "reading" / "weights.bin").write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    (CONTENT / "reading" / "weights.sha256").write_text(f"{digest}  weights.bin\n", encoding="ascii")
    print(f"{len(rows)} messages, {len(data)} bytes, {digest[:12]}")
    report_unseen(rows, unseen, limits)
    return 0


def _learn(seen: Any, said: Any, used: Any, limits: dict[str, Any]) -> bytes:
    weights: dict[int, dict[int, float]] = {}
    bias = [-9.0] * len(LABELS)
    learnt = Parallel(2, prefer="threads")(delayed(fit)(seen, said[:, number]) for number in range(len(LABELS)))
    for number, found in enumerate(learnt):
        if found is None:
            continue
        bias[number] = found[1]
        least = SMALLEST * np.abs(found[0]).max()
        for place in np.flatnonzero(np.abs(found[0]) > least):
            weights.setdefault(int(used[place]), {})[number] = float(found[0][place])
    return packed(LABELS, bias, weights, limits)


def report_unseen(rows: Sequence[Row], unseen: Any, limits: dict[str, Any]) -> None:
    """Print the figures on held-out writers, each writer apart."""
    from care.reading.reader import reading_of_scores
    from lab.score import Score, add

    scores: dict[str, Score] = {}
    for row, values in zip(rows, unseen, strict=True):
        reading = reading_of_scores(dict(zip(LABELS, values, strict=True)), limits[row["lang"]], row["lang"])
        add(scores.setdefault(row["writer"], Score()), row, reading)
    for writer, score in sorted(scores.items()):
        figures = ", ".join(f"{name} {value:.3f}" for name, value in score.bars().items())
        print(f"{writer}: {figures}, plain raising {score.plain_raised / max(score.plain, 1):.3f}")


if __name__ == "__main__":
    sys.exit(main())
