"""A second look at a danger: its score beside everything else the message scored.

What sounds more like a look-alike or like plain talk has to say more before it is raised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LOOKALIKE, PLAIN = "lookalike", "plain"
Weighing = Mapping[str, Sequence[float]]


def beside(scores: Mapping[str, float], flag: str) -> tuple[float, ...]:
    """Return what one flag is weighed by: a one, its score, and what speaks against it."""
    score, alike = scores[flag], scores[LOOKALIKE]
    return 1.0, score, alike, scores[PLAIN], score * alike


def weighed(scores: Mapping[str, float], weighing: Weighing) -> dict[str, float]:
    """Return the scores, those of the flags weighed."""
    flags = {
        flag: sum(weight * value for weight, value in zip(weights, beside(scores, flag), strict=True))
        for flag, weights in weighing.items()
    }
    return {**scores, **flags}
