"""What the words around a concept do to it: deny it, give it to somebody else, end it, only suppose it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from care.reading.letters import CLAUSE_END, SENTENCE_END, Token
from care.reading.lexicon import Hit

# How many words a denial reaches forward, and how many a "gone" reaches back.
REACH, REACH_BACK = 6, 5
# How many words before "none" in a list name what is not there.
LISTED = 2
# Dictated text has no marks; a clause without end would cost its square.
LONGEST_CLAUSE = 60
OTHERS = frozenset({"family", "friend", "partner", "animal"})
FRAMES = {
    "media": "media",
    "dream": "dream",
    "hypo": "hypo",
    "past_far": "past",
    "question": "asked",
    "idiom": "idiom",
    "joke": "joke",
    "resisted": "resisted",
    "denied": "denied",
    "zero_alcohol": "zero",
    "illness_other": "usual",
}
# Which concepts lose their meaning inside which others.
COVERING = {
    "many_tablets": ("count_of",),
    "two_tablets": ("count_of",),
    "drink_noun": ("zero_alcohol", "idiom"),
    "death_wish": ("idiom",),
    "suicide_word": ("idiom",),
    "use_drug": ("idiom",),
    "stop_course": ("idiom",),
    "jaundice": ("idiom",),
    "blood": ("idiom",),
    # "Not joking" is no joke, "passed out" neither turned down nor over.
    "joke": ("no_joke",),
    "gone": ("faint",),
    "resisted": ("faint",),
}
# What ends a list of what is not there: "no nausea, vomiting or dizziness".
CLOSING = frozenset({"self", "but", "neg", "still", "two_tablets", "many_tablets"})
# Concepts that only steer the others and are never denied themselves.
STEERING = frozenset(
    [
        "neg",
        "not_neg",
        "but",
        "gone",
        "still",
        "self",
        "family",
        "partner",
        "friend",
        "animal",
        "doctor",
        "hypo",
        "question",
        "media",
        "dream",
        "past_far",
        "joke",
        "no_joke",
        "today",
        "yesterday",
        "future",
        "cant",
        "thanks",
        "greeting",
        "okay",
        "mild_word",
        "moderate_word",
        "severe_word",
        "scale",
        "number_times",
        "plain_filler",
        "absent",
    ]
)


@dataclass(frozen=True)
class Clause:
    """A stretch of words between two marks, with the concepts said in it."""

    first: int
    last: int
    sentence: int
    hits: list[Hit] = field(default_factory=list)

    @property
    def concepts(self) -> set[str]:
        """The concepts said in it."""
        return {hit.concept for hit in self.hits}


class Marked(NamedTuple):
    """A concept where it was said, and how: `neg`, `gone`, `other`, `hypo`, `past`, `media`, `dream`, `asked`."""

    hit: Hit
    marks: frozenset[str]


def clauses_of(tokens: Sequence[Token], hits: Sequence[Hit]) -> list[Clause]:
    """Cut the words into clauses at marks, and before a "but"."""
    cuts = {hit.first for hit in hits if hit.concept == "but" and hit.first > 0}
    clauses: list[Clause] = []
    first, sentence = 0, 0
    for place, token in enumerate(tokens):
        if (place in cuts and place > first) or place - first >= LONGEST_CLAUSE:
            clauses.append(Clause(first, place, sentence))
            first = place
        if token.text in CLAUSE_END:
            clauses.append(Clause(first, place + 1, sentence))
            first = place + 1
            sentence += token.text in SENTENCE_END
    if first < len(tokens) or not clauses:
        clauses.append(Clause(first, len(tokens), sentence))
    at = 0
    for hit in hits:
        while at + 1 < len(clauses) and hit.first >= clauses[at].last:
            at += 1
        clauses[at].hits.append(hit)
    return clauses


def marked(clauses: Sequence[Clause]) -> list[list[Marked]]:
    """Return, clause by clause, every concept with what its surroundings do to it."""
    out: list[list[Marked]] = []
    kept = [_uncovered(clause.hits) for clause in clauses]
    framed = [_frames(hits) for hits in kept]
    around = _around(clauses, framed)
    carried = -1
    for number, (clause, hits) in enumerate(zip(clauses, kept, strict=True)):
        before = clauses[number - 1] if number else None
        # "no nausea, vomiting or dizziness": a denial goes on through a list, but not past a new sentence.
        goes_on = before is not None and carried == number - 1 and before.sentence == clause.sentence
        ends = _denials(clause)
        if goes_on and not clause.concepts & CLOSING:
            ends.append((clause.first, clause.first + REACH))
        gone = [hit.first for hit in hits if hit.concept == "gone"]
        absent = _absences(clause, clauses[number + 1] if number + 1 < len(clauses) else None)
        frame, theirs = framed[number] | around[clause.sentence], _theirs(clause)
        row = [
            Marked(hit, frozenset(frame | _whose(hit, theirs) | _marks(hit, [*ends, *absent], gone))) for hit in hits
        ]
        if any("neg" in _marks(item.hit, ends, ()) for item in row):
            carried = number
        out.append(row)
    return out


def _frames(hits: Sequence[Hit]) -> set[str]:
    """Return what is true of a whole clause."""
    said = {hit.concept for hit in hits}
    return {mark for concept, mark in FRAMES.items() if concept in said}


def _people(clause: Clause) -> tuple[list[int], list[int]]:
    """Return where others are named and where oneself is."""
    others = [hit.first for hit in clause.hits if hit.concept in OTHERS]
    # "my brother" is not the writer's own voice, though "my" is a word for oneself.
    not_own = frozenset(others)
    own = [hit.first for hit in clause.hits if hit.concept == "self" and not not_own & {hit.first, hit.last}]
    return others, own


def _theirs(clause: Clause) -> range:
    """Return the places of what is somebody else's: from the first other who is named up to oneself.

    Whoever leaves out the subject speaks of himself: "fainted on a customer".
    """
    others, own = _people(clause)
    return range(min(others, default=clause.last) + 1, min(own, default=clause.last) + 1)


def _whose(hit: Hit, theirs: range) -> set[str]:
    return {"other"} if hit.first in theirs else set()


def _around(clauses: Sequence[Clause], framed: Sequence[set[str]]) -> dict[int, set[str]]:
    """Return, by sentence, the frames found anywhere in it, each with a `~` before it."""
    out: dict[int, set[str]] = {}
    for clause, frame in zip(clauses, framed, strict=True):
        here = out.setdefault(clause.sentence, set())
        here.update(f"~{mark}" for mark in frame)
        others, own = _people(clause)
        if others and not own:
            here.add("~other")
    return out


def _uncovered(hits: Sequence[Hit]) -> list[Hit]:
    """Return the concepts that keep their meaning beside the others."""
    return [hit for hit in hits if hit.concept not in COVERING or not _covered(hit, hits)]


def _covered(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a longer expression takes the meaning from a word: three weeks are not three tablets."""
    return any(
        other.first <= hit.first and hit.last <= other.last and other[1:] != hit[1:]
        for other in hits
        if other.concept in COVERING[hit.concept]
    )


def _denials(clause: Clause) -> list[tuple[int, int]]:
    """Return from where to where the clause denies."""
    spared = {place for hit in clause.hits if hit.concept == "not_neg" for place in range(hit.first, hit.last)}
    return [(hit.last, hit.last + REACH) for hit in clause.hits if hit.concept == "neg" and hit.first not in spared]


def _absences(clause: Clause, after: Clause | None) -> list[tuple[int, int]]:
    """Return the words of which a list says that they are not there: "nausea: none", "nausea 0/10"."""
    here = [hit.first for hit in clause.hits if hit.concept == "absent" and hit.last >= clause.last - 1]
    if after is not None and after.first == clause.last:
        here += [clause.last - 1 for hit in after.hits if hit.concept == "absent" and _is_all(hit, after)]
    return [(place - LISTED, place) for place in here]


def _is_all(hit: Hit, clause: Clause) -> bool:
    """Whether a clause says that one word and nothing else."""
    return hit.first == clause.first and hit.last >= clause.last - 1


def _marks(hit: Hit, denials: Sequence[tuple[int, int]], gone: Sequence[int]) -> set[str]:
    if hit.concept in STEERING:
        return set()
    marks = set()
    if any(start <= hit.first < end for start, end in denials):
        marks.add("neg")
    if any(hit.last <= place <= hit.last + REACH_BACK for place in gone):
        marks.add("gone")
    return marks
