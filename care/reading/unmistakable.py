"""What the model may not overlook: a danger in its plainest words, said of oneself and now.

The model learns from messages that seldom use these words without a twist; a real patient may well use nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

from care.reading.context import Clause
from care.reading.features import UNMISTAKABLE, Heard
from care.reading.said import FLAGS
from care.reading.together import heard_together

# So short a message holds nothing that could explain the words away.
SHORT, SHORTER = 10, 6
# In so long a one a single sentence hardly moves the model, whatever it says: it is asked about at least.
LONG = 30
PUSH = 0.15
TO_LIFE = frozenset({"suicidal", "emergency", "overdose"})
NONE: frozenset[str] = frozenset()
# "Six tablets this week" is a count of days.
COUNTED = {"overdose": frozenset({"count_of", "plain_counted"})}
OVER_DAYS = "plain_over_days"
# "And honestly what's the point": whoever ends a clause with that is asked, whatever else is told.
POINTLESS = "plain_pointless"
# What a frame does not take back: a danger that is asked about is one; "drank six tablets" is Russian for taking.
HARMLESS = frozenset({"asked", "~asked", "zero", "~zero", "usual", "~usual"})
SPARED = {"suicidal": HARMLESS, "emergency": HARMLESS, "overdose": HARMLESS | {"idiom", "~idiom"}}
ASKED_ONLY = frozenset({"asked", "~asked"})


def insisted(scores: Mapping[str, float], limits: Mapping[str, Mapping[str, float]], heard: Heard) -> dict[str, float]:
    """Return the scores, raised where a danger was said outright: certain if nothing else was said, or if it fits."""
    out = dict(scores)
    said = {hit.concept for hit in heard.hits}
    for row in heard.marked:
        for hit, marks in row:
            flag = hit.concept.removeprefix(UNMISTAKABLE)
            if flag not in FLAGS or not hit.concept.startswith(UNMISTAKABLE) or COUNTED.get(flag, NONE) & said:
                continue
            if not marks - SPARED.get(flag, ASKED_ONLY):
                out[flag] = max(out[flag], scores[flag] + PUSH, _least(flag, scores[flag], limits[flag], heard))
    for flag, strength in heard_together(heard, out, limits).items():
        out[flag] = max(out[flag], limits[flag][strength] + 0.01)
    if POINTLESS in said and any(_ends_with_it(clause) for clause in heard.clauses):
        out["suicidal"] = max(out["suicidal"], limits["suicidal"]["possible"] + 0.01)
    if OVER_DAYS in said:
        # Nobody has taken too many who took six in a week, unless it was at once: that is asked.
        out["overdose"] = min(out["overdose"], limits["overdose"]["certain"])
    return out


def _ends_with_it(clause: Clause) -> bool:
    """Whether a clause asks for the point, and of nothing in particular: not "of finishing the packet"."""
    return any(hit.concept == POINTLESS and hit.last >= clause.last - 1 for hit in clause.hits)


def _least(flag: str, score: float, limit: Mapping[str, float], heard: Heard) -> float:
    """Return what a danger said outright scores at least; "I want to die, we lost to River" is only possible.

    So is, at the least, what is no danger to life.
    """
    if len(heard.tokens) > (SHORT if flag in TO_LIFE else SHORTER):
        return limit["possible"] + 0.01 if flag in TO_LIFE and len(heard.tokens) > LONG else score
    if flag not in TO_LIFE:
        return limit["possible"] + 0.01
    is_all = sum(heard.tokens[clause.first].text[0].isalnum() for clause in heard.clauses) == 1
    return limit["certain" if is_all or score > limit["possible"] else "possible"] + 0.01
