"""What is grave only together: two things said in any words and order, each of which may be harmless alone.

Tolerance is gone after weeks on naltrexone or some days without. Slow or shallow breathing and great drowsiness after
an opioid are reason to call for help at once (Vivitrol important safety information), and whoever goes under cannot
be asked for ten minutes what was meant. Who has left the tablets out and has the dealer on the way is about to use
without tolerance: the moment at which a person can still be reached.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from care.reading.context import Clause
from care.reading.features import Heard
from care.reading.lexicon import Hit

# How much each says by itself: "can't stay awake" more than "sleepy", "shot up" more than the name of an opioid.
SIGNS = {"plain_sinking": 2, "plain_drowsy": 1}
USES = {"plain_opioid_use": 2, "plain_just_used": 2, "plain_used_alone": 2, "opioid": 1, "sedative": 1}
PLANS = {"plain_about_to_use": 2, "plain_tempted": 1}
DRINKS = frozenset({"drink_noun", "plain_alcohol_relapse"})
SAID_SO, MAYBE = 2, 1
GOING_UNDER = {3: "possible", 4: "certain"}
ABOUT_TO_USE = {2: "possible", 3: "certain", 4: "certain"}
# "I used" says what only where it is all that is said: a bus is used as well.
ENDING = "plain_used_alone"
# What takes neither back: "off a mate" is nobody else's dose, a sentence that begins "five days ago" does not end
# there, and "can't keep my eyes open" resists nothing, whatever "breathing's gone shallow" says is gone.
AROUND = frozenset({"asked", "~asked", "zero", "~zero", "usual", "~usual", "idiom", "~idiom"})
ROUND_PLAN = AROUND | {"~other", "~past", "past", "~denied"}
ROUND_USE = AROUND | {"~resisted", "~other", "~past", "~denied", "~hypo", "~dream"}
ROUND_SIGN = ROUND_USE | {"resisted", "denied", "gone", "hypo", "~hypo", "dream", "~dream"}
ROUND = {
    **dict.fromkeys(SIGNS, ROUND_SIGN),
    **dict.fromkeys((*USES, *DRINKS), ROUND_USE),
    **dict.fromkeys(PLANS, ROUND_PLAN),
}
# "Four days without tablets and I can't stay awake": only a denial right before such words takes them back.
RIGHT_BEFORE = 2

Scores = Mapping[str, float]
Limits = Mapping[str, Mapping[str, float]]


def heard_together(heard: Heard, scores: Scores, limits: Limits) -> dict[str, str]:
    """Return the flags that stand for what was said together, each with how sure it is: `possible` or `certain`.

    `scores` say how much the whole message sounds like each flag, `limits` from when on that counts.
    """
    said = {
        hit.concept
        for clause, row in zip(heard.clauses, heard.marked, strict=True)
        for hit, marks in row
        if _is_own(hit, marks, clause)
    }
    found = {"overdose": _going_under(said, scores, limits), "opioid_use": _about_to_use(said, scores, limits)}
    return {flag: strength for flag, strength in found.items() if strength}


def _going_under(said: Collection[str], scores: Scores, limits: Limits) -> str | None:
    """Return how sure it is that the writer has used an opioid, or drunk on sedatives, and is going under."""
    sign = _most(SIGNS, said)
    used = max(_most(USES, said), MAYBE * _sounds_like("opioid_use", scores, limits))
    if scores["opioid_use"] > limits["opioid_use"]["certain"] or ("sedative" in said and _drank(said, scores, limits)):
        used = SAID_SO
    return GOING_UNDER.get(sign + used) if sign and used else None


def _about_to_use(said: Collection[str], scores: Scores, limits: Limits) -> str | None:
    """Return how sure it is that the writer is about to use; a plan alone is asked about, temptation alone is not."""
    plan = _most(PLANS, said)
    is_off = any(_sounds_like(label, scores, limits) for label in ("dose_stop", "untaken"))
    beside = ("opioid" in said) + is_off
    if not plan or (plan < SAID_SO and "opioid" not in said):
        return None
    return ABOUT_TO_USE.get(plan + beside)


def _drank(said: Collection[str], scores: Scores, limits: Limits) -> bool:
    return bool(DRINKS & set(said)) or _sounds_like("alcohol_relapse", scores, limits)


def _most(weights: Mapping[str, int], said: Collection[str]) -> int:
    return max((weights.get(concept, 0) for concept in said), default=0)


def _sounds_like(label: str, scores: Scores, limits: Limits) -> bool:
    """Return whether the whole message sounds like a label."""
    return scores[label] > limits[label]["possible"]


def _is_own(hit: Hit, marks: frozenset[str], clause: Clause) -> bool:
    """Whether something is said of oneself and now, and nothing takes it back."""
    spared = ROUND.get(hit.concept)
    if spared is None or marks - spared - {"neg"} or (hit.concept == ENDING and hit.last < clause.last - 1):
        return False
    return not any(other.concept == "neg" and 0 <= hit.first - other.last < RIGHT_BEFORE for other in clause.hits)
