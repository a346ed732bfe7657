"""What the model looks at: words, pieces of words, and the concepts they speak of, each as a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from care.reading.context import OTHERS, STEERING, Clause, Marked, clauses_of, marked
from care.reading.letters import Token, tokens_of
from care.reading.lexicon import Hit, Lexicon

BUCKETS = 1 << 20
SHORTEST_PIECE, LONGEST_PIECE = 3, 5
WORDS, ALONE, TOGETHER = 1.3, 0.2, 0.5
# What is asked steers the answer that is found, and what is unmistakable the rules; the model sees neither.
ASKED, UNMISTAKABLE = "ask_", "plain_"
PLAIN = "sure_"
FILLER, FEWEST_LEFT = "plain_filler", 3
WEIGHTY = frozenset({"neg", "gone", "other"})
# A plain statement is one that nothing in its clause takes back.
TAKING_BACK = WEIGHTY | {
    *("media", "dream", "hypo", "past", "asked"),
    *("idiom", "joke", "resisted", "denied", "zero", "usual"),
}
# A danger that is asked about is one all the same, and only a drink can be without alcohol.
DRANK = "sure_drank"
TAKING_BACK_A_DRINK = TAKING_BACK - {"asked"}
TAKING_BACK_A_DANGER = TAKING_BACK_A_DRINK - {"zero"}
# What is looked at is bounded, so that a very long message costs no more than its length.
MOST_IN_CLAUSE, MOST_PAIRED = 72, 24


@dataclass(frozen=True)
class Heard:
    """A message taken apart: its words, the concepts in them, and how they were said."""

    tokens: list[Token]
    hits: list[Hit]
    clauses: list[Clause]
    marked: list[list[Marked]]


def take_apart(text: str, lexicon: Lexicon) -> Heard:
    """Return the words of `text` as they were written, and what they speak of: what is learnt from."""
    return _taken_apart(tokens_of(text), lexicon)


def take_apart_as_meant(text: str, lexicon: Lexicon) -> Heard:
    """Return the words of `text` as they were meant, and what they speak of: what is read.

    A misspelt word that the lexicon knows is put right, and an opening that says nothing ("well, ...") is left out.
    """
    tokens = lexicon.meant(tokens_of(text))
    heard = _taken_apart(tokens, lexicon)
    opening = max((hit.last for hit in heard.hits if hit.concept == FILLER and hit.first == 0), default=0)
    if not opening or len(tokens) - opening < FEWEST_LEFT:
        return heard
    return _taken_apart(tokens[opening + (tokens[opening].text == ",") :], lexicon)


def _taken_apart(tokens: list[Token], lexicon: Lexicon) -> Heard:
    hits = lexicon.find(tokens)
    clauses = clauses_of(tokens, hits)
    return Heard(tokens, hits, clauses, marked(clauses))


def features(heard: Heard, language: str) -> tuple[set[str], set[str], set[str], set[str]]:
    """Return what is seen in a message: words, pieces of words, concepts, concepts together.

    Concepts are the same in all languages.
    """
    words = [token.text for token in heard.tokens]
    return _words(words, language), _pieces(words, language), *_concepts(heard)


def shares(sizes: Sequence[int]) -> tuple[float, ...]:
    """Return how much one feature of each group counts: concepts by themselves, the rest by their mean."""
    words, pieces, _, together = sizes
    return WORDS * (words + 1) ** -0.5, (pieces + 1) ** -0.5, ALONE, TOGETHER * (together + 1) ** -0.5


def bucket(feature: str) -> int:
    """Return the number of a feature."""
    return crc32(feature.encode("utf-8", "replace")) % BUCKETS


def _words(words: Sequence[str], language: str) -> set[str]:
    mark = language + " "
    found = {mark + word for word in words}
    found.update(f"{mark}{one} {two}" for one, two in zip(["^", *words], [*words, "$"], strict=True))
    found.update(f"{mark}{one} _ {two}" for one, two in zip(words, words[2:], strict=False))
    found.update(f"{mark}{one} {two} {three}" for one, two, three in zip(words, words[1:], words[2:], strict=False))
    return found


def _pieces(words: Sequence[str], language: str) -> set[str]:
    mark = language + "#"
    found: set[str] = set()
    for word in set(words):
        padded = f" {word} "
        for length in range(SHORTEST_PIECE, LONGEST_PIECE + 1):
            found.update(mark + padded[at : at + length] for at in range(len(padded) - length + 1))
    return found


def _concepts(heard: Heard) -> tuple[set[str], set[str]]:
    alone: set[str] = set()
    together: set[str] = set()
    before: list[str] = []
    for row, by in zip(heard.marked, _speakers(heard), strict=True):
        said = sorted(_said(row, by))[:MOST_IN_CLAUSE]
        alone.update(said)
        paired = [concept for concept in said if _is_paired(concept)][:MOST_PAIRED]
        together.update(f"{one}+{two}" for at, one in enumerate(paired) for two in paired[at + 1 :])
        together.update(f"{one}<{two}" for one in before for two in paired)
        before = [concept for concept in said if "/" not in concept]
    return alone, together


def _is_paired(said: str) -> bool:
    """Whether a concept, said so, is looked at together with others: what frames only a clause would be too many."""
    concept, _, mark = said.partition("/")
    return not mark or mark in WEIGHTY or (concept.startswith(PLAIN) and mark in TAKING_BACK)


def _speakers(heard: Heard) -> list[list[str]]:
    """Return, clause by clause, for every concept who was last named before it: oneself, another or nobody."""
    out: list[list[str]] = []
    sentence, who = -1, ""
    for clause, row in zip(heard.clauses, heard.marked, strict=True):
        if clause.sentence != sentence:
            sentence, who = clause.sentence, ""
        named = {hit.first: "them" for hit, _ in row if hit.concept in OTHERS}
        others = set(named)
        for hit, _ in row:
            if hit.concept == "self" and hit.last not in others and hit.first not in others:
                named[hit.first] = "me"
        by = []
        for hit, _ in row:
            who = named.get(hit.first, who)
            by.append(who)
        out.append(by)
    return out


def _said(row: Sequence[Marked], by: Sequence[str]) -> set[str]:
    said = set()
    for (hit, marks), who in zip(row, by, strict=True):
        concept = hit.concept
        if concept.startswith((ASKED, UNMISTAKABLE)):
            continue
        said.add(concept)
        kept = marks if concept.startswith(PLAIN) else {mark for mark in marks if mark[0] != "~"}
        said.update(f"{concept}/{mark}" for mark in kept)
        if concept not in STEERING:
            said.add(f"{concept}/by{who}")
        if not kept & _taking_back(concept) and concept not in STEERING:
            said.add(f"{concept}/own")
    return said


def _taking_back(concept: str) -> frozenset[str]:
    if not concept.startswith(PLAIN):
        return TAKING_BACK
    return TAKING_BACK_A_DRINK if concept == DRANK else TAKING_BACK_A_DANGER
