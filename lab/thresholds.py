"""From which score a label counts, chosen on messages whose writer the model had not seen.

Flags are weighed against each other: what one false alarm on a look-alike buys in recall is the same for all, and a
miss of an urgent flag weighs more. Everything else stands where its F-measure is best.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from care.reading.said import ANY, FLAGS, SEVERITIES, SYMPTOMS
from lab.corpus import LABELS

# How many look-alikes of the former blind rounds may raise anything; with fewer, too many danger signs are missed.
BUDGET = {"en": 0.14, "ru": 0.16, "es": 0.15}
URGENT = {"suicidal": 3.0, "emergency": 2.0, "overdose": 2.0, "dose_stop": 1.5}
LOST = 0.08  # of the messages whose every flag was missed may pass for plain talk
SURE = 0.9  # how often "certain" must be right
GRID = np.arange(-1.6, 1.6, 0.02)
Limits = dict[str, dict[str, float]]


def choose(scores: Any, said: Any, blind: Any, language: str) -> Limits:
    """Return the limits of one language from its out-of-writer scores; `blind` says which were written to judge."""
    lookalike = said[:, LABELS.index("lookalike")] == 1
    flagged = (said[:, : len(FLAGS)] == 1).any(axis=1)
    limits = _flags(scores, said, lookalike, flagged, lookalike & blind, BUDGET[language])
    for label in (*SYMPTOMS, *(f"-{code}" for code in (*SYMPTOMS, ANY))):
        limits[label] = {"possible": _best(scores, said, [label], beta=1.0)}
    for label in ("taken", "untaken"):
        limits[label] = {"possible": _best(scores, said, [label], beta=1.5)}
    grade = _best(scores, said, SEVERITIES, beta=2.5)
    for label in SEVERITIES:
        limits[label] = {"possible": grade}
    limits["plain"] = {"possible": _plain(scores, said, limits)}
    return {label: {name: round(float(value), 3) for name, value in limit.items()} for label, limit in limits.items()}


def _plain(scores: Any, said: Any, limits: Limits) -> float:
    """Return from where on a message in which nothing was heard needs nobody.

    What the flags missed must still reach a person: hardly any of it may pass for plain talk.
    """
    columns = [number for number, label in enumerate(LABELS) if label in limits and label not in SEVERITIES]
    heard = (scores[:, columns] > [limits[LABELS[number]]["possible"] for number in columns]).any(axis=1)
    missed = np.sort(scores[~heard & (said[:, : len(FLAGS)] == 1).any(axis=1), LABELS.index("plain")])[::-1]
    return float(missed[int(len(missed) * LOST)]) if len(missed) else float(GRID[-1])


def _flags(scores: Any, said: Any, lookalike: Any, flagged: Any, judging: Any, budget: float) -> Limits:
    """Return the limits of the flags: each flag's from all writers, what a false alarm costs from `judging` alone."""
    low, high = 0.01, 20.0
    for _ in range(30):
        price = (low * high) ** 0.5
        chosen = [_priced(scores[:, n], said[:, n], lookalike, flagged, flag, price) for n, flag in enumerate(FLAGS)]
        raised = (scores[:, : len(FLAGS)] > np.array(chosen)).any(axis=1)
        low, high = (price, high) if raised[judging].mean() > budget else (low, price)
    limits = {}
    for number, flag in enumerate(FLAGS):
        certain = max(chosen[number] + 0.15, _certain(scores[:, number], said[:, number]))
        limits[flag] = {"possible": chosen[number], "certain": certain}
    return limits


def _priced(score: Any, said: Any, lookalike: Any, flagged: Any, flag: str, price: float) -> float:
    """Return the limit at which hits minus the price of false alarms is greatest."""
    wrong = said == 0
    best, found = -np.inf, 0.0
    for limit in GRID:
        above = score > limit
        hits = (above & (said == 1)).sum() * URGENT.get(flag, 1.0)
        plain = (above & wrong & ~lookalike & ~flagged).sum() + 0.3 * (above & wrong & flagged).sum()
        worth = hits - price * ((above & lookalike).sum() + 0.5 * plain)
        if worth > best:
            best, found = worth, float(limit)
    return found


def _certain(score: Any, said: Any) -> float:
    """Return the lowest limit above which a flag was right often enough."""
    for limit in GRID:
        above = (score > limit) & (said >= 0)
        if above.sum() >= 10 and (said[above] == 1).mean() >= SURE:
            return float(limit)
    return float(GRID[-1])


def _best(scores: Any, said: Any, labels: Sequence[str], *, beta: float) -> float:
    columns = [LABELS.index(label) for label in labels]
    score, truth = scores[:, columns], said[:, columns]
    best, found = -1.0, -0.5
    for limit in GRID:
        above = score > limit
        hits = (above & (truth == 1)).sum()
        misses, alarms = (~above & (truth == 1)).sum(), (above & (truth == 0)).sum()
        weight = beta * beta
        value = (1 + weight) * hits / max((1 + weight) * hits + weight * misses + alarms, 1)
        if value > best:
            best, found = value, float(limit)
    return found
