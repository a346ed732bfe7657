"""Who has used an opioid and is going under: two things said in any words and order, grave only together.

Tolerance is gone after weeks on naltrexone or some days without. Slow or shallow breathing and great drowsiness after
an opioid are reason to call for help at once (Vivitrol important safety information), and whoever goes under cannot
be asked for ten minutes what was meant.
"""

from __future__ import annotations

from collections.abc import Mapping

from care.reading.context import Clause
from care.reading.features import Heard
from care.reading.lexicon import Hit

# How much each says by itself: "can't stay awake" more than "sleepy", "shot up" more than the name of an opioid.
SIGNS = {"plain_sinking": 2, "plain_drowsy": 1}
USES = {"plain_opioid_use": 2, "plain_just_used": 2, "plain_used_alone": 2, "opioid": 1}
SAID_SO, MAYBE = 2, 1
STRENGTHS = {3: "possible", 4: "certain"}
# "I used" says what only where it is all that is said: a bus is used as well.
ENDING = "plain_used_alone"
# What takes neither back: "off a mate" is nobody else's dose, a sentence that begins "five days ago" does not end
# there, and "can't keep my eyes open" resists nothing, whatever "breathing's gone shallow" says is gone.
AROUND = frozenset({"asked", "~asked", "zero", "~zero", "usual", "~usual", "idiom", "~idiom"})
ROUND_USE = AROUND | {"~resisted", "~other", "~past", "~denied", "~hypo", "~dream"}
ROUND_SIGN = ROUND_USE | {"resisted", "denied", "gone", "hypo", "~hypo", "dream", "~dream"}
# "Four days without tablets and I can't stay awake": only a denial right before such words takes them back.
RIGHT_BEFORE = 2


def sinking_strength(heard: Heard, use: float, limit: Mapping[str, float]) -> str | None:
    """Return how sure it is that the writer is going under after an opioid: `possible`, `certain` or None.

    `use` is how much the whole message sounds like opioid use, `limit` from when on that counts.
    """
    said = {
        hit.concept
        for clause, row in zip(heard.clauses, heard.marked, strict=True)
        for hit, marks in row
        if _is_own(hit, marks, clause)
    }
    sign = max((SIGNS.get(concept, 0) for concept in said), default=0)
    sounds = SAID_SO if use > limit["certain"] else MAYBE if use > limit["possible"] else 0
    used = max(sounds, max((USES.get(concept, 0) for concept in said), default=0))
    return STRENGTHS.get(sign + used) if sign and used else None


def _is_own(hit: Hit, marks: frozenset[str], clause: Clause) -> bool:
    """Whether a sign or a use is said of oneself and now, and nothing takes it back."""
    spared = ROUND_SIGN if hit.concept in SIGNS else ROUND_USE if hit.concept in USES else None
    if spared is None or marks - spared - {"neg"} or (hit.concept == ENDING and hit.last < clause.last - 1):
        return False
    return not any(other.concept == "neg" and 0 <= hit.first - other.last < RIGHT_BEFORE for other in clause.hits)
