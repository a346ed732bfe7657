"""How a flag's score is weighed by the others, learnt on messages whose writer the model had not seen."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from care.reading.said import FLAGS
from care.reading.weighing import LOOKALIKE, PLAIN
from lab.corpus import LABELS

STRENGTH = 0.3
# Log odds are made about as wide as the scores they come from.
SCALE = 0.25


def besides(scores: Any, flag: int) -> Any:
    """Return what one flag is weighed by, a message a row: as `care.reading.weighing.beside` does for one."""
    score, alike = scores[:, flag], scores[:, LABELS.index(LOOKALIKE)]
    return np.stack([np.ones(len(score)), score, alike, scores[:, LABELS.index(PLAIN)], score * alike], axis=1)


def fit_weighing(scores: Any, said: Any) -> dict[str, list[float]]:
    """Return, for each flag, what each of its surroundings weighs."""
    weighing = {}
    for number, flag in enumerate(FLAGS):
        clear = said[:, number] >= 0
        learner = LogisticRegression(C=STRENGTH, max_iter=500)
        learner.fit(besides(scores[clear], number)[:, 1:], said[clear, number])
        row = [learner.intercept_[0], *learner.coef_[0]]
        weighing[flag] = [round(float(weight) * SCALE, 5) for weight in row]
    return weighing


def weigh(scores: Any, weighing: dict[str, list[float]]) -> Any:
    """Return the scores, those of the flags weighed."""
    out = scores.copy()
    for number, flag in enumerate(FLAGS):
        out[:, number] = besides(scores, number) @ np.array(weighing[flag])
    return out
