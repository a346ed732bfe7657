"""Learn the reader's weights from the corpus: `make train`. The same corpus and code give the same bytes."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from care.reading.features import BUCKETS, bucket, features, shares, take_apart
from care.reading.lexicon import Lexicon
from care.reading.model import Weights, packed
from care.reading.said import FLAGS
from content.lexicon_files import read_lexicon
from lab.corpus import LABELS, Row, corpus_files, mistyped, read_rows, target
from lab.net import Net, fit_nets
from lab.thresholds import Limits, choose
from lab.weighing import fit_weighing, weigh

CONTENT = Path(__file__).resolve().parent.parent / "content"
STRENGTH = 1.0
SMALLEST = 0.012  # of a label's largest weight; what is smaller is rounding
FEWEST = 8  # messages that must show a feature
# How much the sums count beside the net, by label.
SUMMED = np.array([0.4 if label in FLAGS else 0.5 for label in LABELS])
# Who is left out of learning together. The others are always learnt from: they wrote to teach, and are harder than
# what is read; limits and figures come from messages that were written to judge.
JUDGING = {"dev": "dev", **{f"blind{number}": ("even", "odd")[number % 2] for number in range(1, 40)}}
# Who wrote in the mix that is read, and who tells hardly any danger by its own words: a message counts by nearness.
NATURAL = frozenset(
    [
        *(f"en-{wave}" for wave in "mnopqrstuvwxyz"),
        *(f"en-a{wave}" for wave in "abcdefghijkl"),
        *(f"es-{wave}" for wave in "hijklm"),
        *(f"ru-{wave}" for wave in "hijk"),
    ]
)
RIDDLES = frozenset({"en-g", "es-f", "ru-f"})
NEAR, FAR = 3.0, 0.5


@dataclass(frozen=True)
class Seen:
    """What the model sees of the messages, clean ones first and mistyped copies after them, and what they say."""

    features: Any
    used: Any
    said: Any
    groups: Any
    nearness: Any
    clean: int


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


def see(rows: Sequence[Row]) -> Seen:
    """Return what there is to learn from.

    Every second message is there twice, once mistyped: what is learnt must not hang on spelling.
    """
    chance = Random(0)
    everything = [*rows, *(mistyped(row, chance) for row in rows[::2])]
    seen = matrix(everything, lexicons())
    used = np.flatnonzero(np.bincount(seen.indices, minlength=BUCKETS) >= FEWEST)
    writers = [row["writer"] for row in everything]
    return Seen(
        features=seen[:, used],
        used=used,
        said=np.array([target(row) for row in everything]),
        groups=np.array([group_of(writer) for writer in writers]),
        nearness=np.array([nearness_of(writer) for writer in writers]),
        clean=len(rows),
    )


def group_of(writer: str) -> str:
    """Return with whom a writer is left out of learning; nothing for who is always learnt from."""
    return JUDGING.get(writer.partition("-")[2], "")


def nearness_of(writer: str) -> float:
    """Return how much a message of this writer counts."""
    return NEAR if group_of(writer) or writer in NATURAL else FAR if writer in RIDDLES else 1.0


def fit_sums(seen: Any, said: Any, nearness: Any) -> tuple[Any, Any]:
    """Return weights by feature and label, and what each label starts from."""
    weights, bias = np.zeros((seen.shape[1], said.shape[1])), np.full(said.shape[1], -1.0)
    for number in range(said.shape[1]):
        clear = said[:, number] >= 0
        if said[clear, number].sum() < 3:
            continue
        learner = LinearSVC(C=STRENGTH, random_state=0, max_iter=60, tol=0.05)
        learner.fit(seen[clear], said[clear, number], sample_weight=nearness[clear])
        weights[:, number], bias[number] = learner.coef_[0], learner.intercept_[0]
    return weights, bias


def unseen_scores(seen: Seen) -> tuple[Any, Any]:
    """Return the scores of the judging messages by sums and by nets that never saw their writer; others have zeros."""
    sums, nets = np.zeros((seen.clean, len(LABELS))), np.zeros((seen.clean, len(LABELS)))
    for group in sorted(set(seen.groups) - {""}):
        held = seen.groups == group
        asked = np.flatnonzero(held[: seen.clean])
        learnt = seen.features[~held], seen.said[~held], seen.nearness[~held]
        weights, bias = fit_sums(*learnt)
        sums[asked] = seen.features[asked] @ weights + bias
        nets[asked] = fit_nets(*learnt).scores(seen.features[asked])
        print(f"held out {group}: {len(asked)} messages", flush=True)
    return sums, nets


def ratios(sums: Any, nets: Any) -> Any:
    """Return by how much the net's scores are scaled to be as wide as the sums'."""
    return sums.std(axis=0) / np.maximum(nets.std(axis=0), 1e-6)


def together(sums: Any, nets: Any, ratio: Any) -> Any:
    """Return the scores of both: flags go more by the net, all else more by the sums."""
    return sums * SUMMED + nets * ratio * (1 - SUMMED)


def weights_of(seen: Seen, sums: tuple[Any, Any], net: Net, ratio: Any) -> Weights:
    """Return both models as one table."""
    large = np.abs(sums[0]) > SMALLEST * np.abs(sums[0]).max(axis=0)
    table = np.hstack([np.where(large, sums[0] * SUMMED, 0.0), net.front])
    ratio = ratio * (1 - SUMMED)
    return Weights(
        labels=LABELS,
        bias=[float(value) for value in sums[1] * SUMMED + net.back_bias * ratio],
        hidden_bias=[float(value) for value in net.front_bias],
        out=[[float(value) for value in row] for row in net.back * ratio],
        table={int(number): row.tolist() for number, row in zip(seen.used, table, strict=True)},
    )


def main() -> int:
    """Learn, choose the limits, and write weights and checksum."""
    rows = read_rows(corpus_files())
    seen = see(rows)
    sums, nets = unseen_scores(seen)
    asked = np.flatnonzero(seen.groups[: seen.clean] != "")
    ratio = ratios(sums[asked], nets[asked])
    unseen, said = together(sums[asked], nets[asked], ratio), seen.said[asked]
    judging = [rows[number] for number in asked]
    weighing, limits = decided(judging, unseen, said)
    everything = seen.features, seen.said, seen.nearness
    learnt = weights_of(seen, fit_sums(*everything), fit_nets(*everything), ratio)
    data = packed(learnt, limits, weighing)
    (CONTENT / "reading" / "weights.bin").write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    (CONTENT / "reading" / "weights.sha256").write_text(f"{digest}  weights.bin\n", encoding="ascii")
    print(f"{len(rows)} messages, {len(data)} bytes, {digest[:12]}")
    report_unseen(judging, unseen, said, seen.groups[asked])
    return 0


def decided(rows: Sequence[Row], unseen: Any, said: Any) -> tuple[dict[str, list[float]], dict[str, Limits]]:
    """Return how flags are weighed and from where on a label is heard."""
    weighing = fit_weighing(unseen, said)
    return weighing, choose(weigh(unseen, weighing), said, np.array([row["lang"] for row in rows]))


def report_unseen(rows: Sequence[Row], unseen: Any, said: Any, groups: Any) -> None:
    """Print the figures on held-out writers, each apart; weighing and limits have not seen them either."""
    from care.reading.reader import reading_of_scores
    from lab.score import Score, add

    scores: dict[str, Score] = {}
    for group in sorted(set(groups)):
        others, held = np.flatnonzero(groups != group), np.flatnonzero(groups == group)
        weighing, limits = decided([rows[number] for number in others], unseen[others], said[others])
        for number, values in zip(held, weigh(unseen[held], weighing).tolist(), strict=True):
            row = rows[number]
            reading = reading_of_scores(dict(zip(LABELS, values, strict=True)), limits[row["lang"]], row["lang"])
            for name in (row["writer"], f"all {row['lang']}"):
                add(scores.setdefault(name, Score()), row, reading)
    for writer, score in sorted(scores.items()):
        figures = ", ".join(f"{name} {value:.3f}" for name, value in score.bars().items())
        print(f"{writer}: {figures}, plain raising {score.plain_raised / max(score.plain, 1):.3f}")


if __name__ == "__main__":
    with threadpool_limits(1):  # the order in which threads add up would change the last bits
        sys.exit(main())
