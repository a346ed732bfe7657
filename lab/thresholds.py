"""From which score a label counts, chosen on messages whose writer the model had not seen.

Flags share one limit per language, for their scores are odds: it lets so many look-alikes through as the budget allows,
and is lower for what is urgent. Everything else stands where the F-measure of its kind is best, in all languages alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from care.reading.said import ANY, FLAGS, SEVERITIES, SYMPTOMS
from lab.corpus import LABELS
from lab.weighing import SCALE

# How many look-alikes may raise anything; with fewer, too many danger signs are missed.
BUDGET = {"en": 0.055, "ru": 0.065, "es": 0.055}
# By how much likelier than its score says a danger is taken to be: what is urgent, and what is missed most.
LIKELIER = {
    "en": {"suicidal": 7.0, "emergency": 4.5, "overdose": 7.0},
    "ru": {"suicidal": 3.125, "emergency": 2.5, "overdose": 2.5},
    "es": {"suicidal": 4.0, "emergency": 3.5, "overdose": 3.5, "dose_stop": 2.0},
}
LOST = 0.006  # of the messages with a danger may have it missed and pass for plain talk too
SURE = 0.9  # how often "certain" must be right
# By how much more a grade that was said and not heard costs than one heard that was not said.
GRADED = {"possible": 6.0, "certain": 2.5}
GRID = np.arange(-1.6, 1.6, 0.02)
FINE, ODDS = np.arange(-1.0, 2.0, 0.005), np.arange(-2.5, 1.5, 0.05)
Limits = dict[str, dict[str, float]]


def choose(scores: Any, said: Any, tongues: Any) -> dict[str, Limits]:
    """Return the limits by language from out-of-writer scores: those of the flags apart, all others the same."""
    certain = {flag: _certain(scores[:, number], said[:, number]) for number, flag in enumerate(FLAGS)}
    shared = _others(scores, said)
    chosen = {}
    for tongue in sorted(set(tongues.tolist())):
        here = tongues == tongue
        limits = _flags(scores[here], said[here], certain, tongue) | shared
        limits["plain"] = {"possible": _plain(scores[here], said[here], limits)}
        chosen[tongue] = {
            label: {name: round(float(value), 3) for name, value in limit.items()} for label, limit in limits.items()
        }
    return chosen


def _others(scores: Any, said: Any) -> Limits:
    limits = _even(scores, said, SYMPTOMS) | _even(scores, said, [f"-{code}" for code in (*SYMPTOMS, ANY)])
    for label in ("taken", "untaken"):
        limits[label] = {"possible": _best(scores, said, [label], beta=1.5)}
    grade = {name: _best(scores, said, SEVERITIES, beta=beta) for name, beta in GRADED.items()}
    return limits | dict.fromkeys(SEVERITIES, grade)


def _even(scores: Any, said: Any, labels: Sequence[str]) -> Limits:
    """Return limits at which all of these labels are equally likely, where their F-measure together is best."""
    columns = [LABELS.index(label) for label in labels]
    slopes, starts = zip(*(_odds(scores[:, column], said[:, column]) for column in columns), strict=True)
    odds, truth = scores[:, columns] * np.array(slopes) + np.array(starts), said[:, columns]
    limit = max(ODDS, key=lambda limit: _f_measure(odds > limit, truth, beta=1.0))
    return {
        label: {"possible": (limit - start) / slope} for label, slope, start in zip(labels, slopes, starts, strict=True)
    }


def _odds(score: Any, said: Any) -> tuple[float, float]:
    """Return by what a score is stretched and moved to be log odds."""
    clear = said >= 0
    learner = LogisticRegression(C=10.0, max_iter=300).fit(score[clear, None], said[clear])
    return max(float(learner.coef_[0, 0]), 0.1), float(learner.intercept_[0])


def _plain(scores: Any, said: Any, limits: Limits) -> float:
    """Return from where on a message in which nothing was heard needs nobody.

    What the flags missed must still reach a person: hardly any of it may pass for plain talk.
    """
    columns = [number for number, label in enumerate(LABELS) if label in limits and label not in SEVERITIES]
    heard = (scores[:, columns] > [limits[LABELS[number]]["possible"] for number in columns]).any(axis=1)
    flagged = (said[:, : len(FLAGS)] == 1).any(axis=1)
    missed = np.sort(scores[~heard & flagged, LABELS.index("plain")])[::-1]
    return float(missed[min(int(flagged.sum() * LOST), len(missed) - 1)]) if len(missed) else float(GRID[-1])


def _flags(scores: Any, said: Any, certain: dict[str, float], tongue: str) -> Limits:
    """Return the limits of the flags: the lowest at which no more look-alikes are raised than the budget allows."""
    lookalikes = scores[said[:, LABELS.index("lookalike")] == 1, : len(FLAGS)]
    lower = np.array([log(LIKELIER[tongue].get(flag, 1.0)) * SCALE for flag in FLAGS])
    limit = next(limit for limit in FINE if (lookalikes > limit - lower).any(axis=1).mean() <= BUDGET[tongue])
    return {
        flag: {"possible": limit - less, "certain": max(limit - less + 0.15, certain[flag])}
        for flag, less in zip(FLAGS, lower, strict=True)
    }


def _certain(score: Any, said: Any) -> float:
    """Return the lowest limit above which a flag was right often enough."""
    for limit in GRID:
        above = (score > limit) & (said >= 0)
        if above.sum() >= 10 and (said[above] == 1).mean() >= SURE:
            return float(limit)
    return float(GRID[-1])


def _best(scores: Any, said: Any, labels: Sequence[str], *, beta: float) -> float:
    """Return the limit, one for all these labels, at which their F-measure is best."""
    columns = [LABELS.index(label) for label in labels]
    score, truth = scores[:, columns], said[:, columns]
    return float(max(GRID, key=lambda limit: _f_measure(score > limit, truth, beta=beta)))


def _f_measure(above: Any, truth: Any, *, beta: float) -> float:
    hits = (above & (truth == 1)).sum()
    misses, alarms = (~above & (truth == 1)).sum(), (above & (truth == 0)).sum()
    weight = beta * beta
    return float((1 + weight) * hits / max((1 + weight) * hits + weight * misses + alarms, 1))
