"""Which words led to what was heard."""

from __future__ import annotations

from collections.abc import Sequence

from care.reading.features import Heard
from care.reading.model import Model
from care.reading.said import Span


def spans_of(model: Model, heard: Heard, language: str, labels: Sequence[str], at: int) -> tuple[Span, ...]:
    """Return, for each label, the stretch of words that speaks for it most; `at` is where the text began."""
    return tuple(_span(model, heard, language, label, at) for label in labels if heard.tokens)


def _span(model: Model, heard: Heard, language: str, label: str, at: int) -> Span:
    words = [token.text for token in heard.tokens]
    weights = [0.0] * len(words)
    for place, word in enumerate(words):
        weights[place] += model.weight(label, f"{language} {word}")
        if place:
            pair = model.weight(label, f"{language} {words[place - 1]} {word}")
            weights[place] += pair
            weights[place - 1] += pair
    for row in heard.marked:
        for hit, marks in row:
            weight = max(
                [model.weight(label, hit.concept), *(model.weight(label, f"{hit.concept}/{m}") for m in marks)]
            )
            for place in range(hit.first, hit.last):
                weights[place] += weight / (hit.last - hit.first)
    best = max(range(len(words)), key=lambda place: weights[place])
    first = last = best
    while first > 0 and weights[first - 1] > weights[best] / 3:
        first -= 1
    while last + 1 < len(words) and weights[last + 1] > weights[best] / 3:
        last += 1
    return Span(at + heard.tokens[first].start, at + heard.tokens[last].end, label)
