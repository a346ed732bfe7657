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
# "Six tablets this week" is a count of days.
COUNTED = {"overdose": "count_of"}
# What a frame does not take back: a danger that is asked about is one; "I drank six tablets" is Russian for taking them.
HARMLESS = frozenset({"asked", "~asked", "zero", "~zero", "usual", "~usual"})
SPARED = {"overdose": HARMLESS | {"idiom", "~idiom"}}


def insisted(scores: Mapping[str, float], limits: Mapping[str, Mapping[str, float]], heard: Heard) -> dict[str, float]:
    """Return the scores, raised where a danger was said outright: certain if nothing else was said."""
    out = dict(scores)
    said = {hit.concept for hit in heard.hits}
    for row in heard.marked:
        for hit, marks in row:
            flag = hit.concept.removeprefix(UNMISTAKABLE)
            if flag not in FLAGS or not hit.concept.startswith(UNMISTAKABLE) or COUNTED.get(flag) in said:
                continue
            if not marks - SPARED.get(flag, HARMLESS):
                least = limits[flag]["certain"] + 0.01 if len(heard.tokens) <= SHORT else -9.0
                out[flag] = max(scores[flag] + PUSH, least)
    return out
