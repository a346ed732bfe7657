"""What the model may not overlook: a danger in its plainest words, said of oneself and now.

The model learns from messages that seldom use these words without a twist; a real patient may well use nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

from care.reading.features import UNMISTAKABLE, Heard
from care.reading.said import FLAGS

# So short a message holds nothing that could explain the words away.
SHORT = 10
PUSH = 0.3


def insisted(scores: Mapping[str, float], limits: Mapping[str, Mapping[str, float]], heard: Heard) -> dict[str, float]:
    """Return the scores, raised where a danger was said outright: over the limit if nothing else was said."""
    out = dict(scores)
    for row in heard.marked:
        for hit, marks in row:
            flag = hit.concept.removeprefix(UNMISTAKABLE)
            if flag in FLAGS and hit.concept.startswith(UNMISTAKABLE) and not marks:
                least = limits[flag]["possible"] + 0.01 if len(heard.tokens) <= SHORT else -9.0
                out[flag] = max(scores[flag] + PUSH, least)
    return out
