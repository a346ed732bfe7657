"""Which words speak of what: word patterns of one language, compiled once, matched in one pass.

A pattern is a row of words. `vomit*` stands for every word that begins so, `threw|chuck*` for either, `~` for
up to three words of any kind, `{cant}` for another concept's words. A word of six letters or more that no pattern
knows is forgiven one missing or one superfluous letter, or two that changed places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from care.reading.letters import CLAUSE_END, Token

GAP, LONGEST_GAP = "~", 3
SHORTEST_FORGIVEN, SHORTEST_STEM = 6, 4
IS = "'s"
NOTHING: Mapping[str, tuple[Step, ...]] = {}


class Hit(NamedTuple):
    """A concept found in the words from `first` up to, and without, `last`."""

    concept: str
    first: int
    last: int


@dataclass(frozen=True)
class Node:
    """A step of the patterns while they are put together: what may come next, and what has been found here."""

    parts: dict[str, Node] = field(default_factory=dict)
    gap: list[Node] = field(default_factory=list)
    found: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the finished patterns. Steps after which the same may come are one: most are the last of a pattern."""

    words: Mapping[str, tuple[Step, ...]]
    stems: Mapping[str, tuple[Step, ...]]
    lengths: tuple[int, ...]
    gap: Step | None
    found: tuple[str, ...]


class Lexicon:
    """The concepts of one language."""

    def __init__(self, patterns: Mapping[str, Iterable[str]]) -> None:
        """Compile `patterns` (concept to its patterns); KeyError if one names an unknown concept."""
        root = Node()
        self.concepts = tuple(patterns)
        for concept, lines in patterns.items():
            for line in lines:
                for words in spelled_out(line, patterns):
                    _add(root, words, concept)
        steps: dict[object, Step] = {}
        self.root = _finished(root, steps)
        self.known = {word for step in steps.values() for word in step.words}
        self.stems = {stem for step in steps.values() for stem in step.stems}
        self.lengths = sorted({len(stem) for stem in self.stems if len(stem) >= SHORTEST_STEM})
        self.forgiven = _misspellings(self.known)

    def find(self, tokens: list[Token]) -> list[Hit]:
        """Return every concept said in `tokens`, in their order; of one concept, the longest at each place."""
        hits: list[Hit] = []
        words = [token.text for token in tokens]
        known = self._mended(words)
        for place in range(len(words)):
            longest: dict[str, int] = {}
            for concept, last in _walk(self.root, known, place, 0):
                longest[concept] = max(last, longest.get(concept, 0))
            hits += [Hit(concept, place, last) for concept, last in longest.items()]
        return hits

    def meant(self, tokens: list[Token]) -> list[Token]:
        """Return the same words, with what is misspelt replaced by what was meant, where that is known."""
        words = self._mended([token.text for token in tokens])
        return [Token(word, token.start, token.end) for word, token in zip(words, tokens, strict=True)]

    def _mended(self, words: list[str]) -> list[str]:
        """Return the words with what is misspelt replaced by what was meant, where that is known."""
        return [word if len(word) < SHORTEST_FORGIVEN or self._knows(word) else self._meant(word) for word in words]

    def _knows(self, word: str) -> bool:
        return word in self.known or any(word[:length] in self.stems for length in self.lengths if length <= len(word))

    def _meant(self, word: str) -> str:
        if word in self.forgiven:
            return self.forgiven[word]
        for at in range(1, len(word)):
            less = word[:at] + word[at + 1 :]
            if less in self.forgiven:
                return self.forgiven[less]
        swaps = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
        return next((swapped for swapped in swaps if self._knows(swapped)), word)


def spelled_out(line: str, patterns: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Yield every row of parts a pattern stands for; a part is a word or several, any of which will do."""
    choices: list[list[tuple[str, ...]]] = []
    for part in line.split():
        words = [word for word in part.split("|") if word != "-"]
        rows: list[tuple[str, ...]] = [()] if "-" in part.split("|") else []
        plain = "|".join(word for word in words if not word.startswith("{"))
        rows += [(plain,)] if plain else []
        for word in words:
            if word.startswith("{"):
                for inner in patterns[word[1:-1]]:
                    rows += spelled_out(inner, patterns)
        choices.append(rows)
    for chosen in product(*choices):
        yield tuple(part for row in chosen for part in row)


def _add(node: Node, parts: tuple[str, ...], concept: str) -> None:
    for part in parts:
        if part == GAP:
            if not node.gap:
                node.gap.append(Node())
            node = node.gap[0]
        else:
            node = node.parts.setdefault(part, Node())
    if concept not in node.found:
        node.found.append(concept)


def _finished(node: Node, steps: dict[object, Step]) -> Step:
    """Return the step a node stands for, the same one for nodes that are alike; `steps` keeps them."""
    words: dict[str, tuple[Step, ...]] = {}
    stems: dict[str, tuple[Step, ...]] = {}
    for part, after in node.parts.items():
        step = _finished(after, steps)
        for word in part.split("|"):
            kind, text = (stems, word[:-1]) if word.endswith("*") else (words, word)
            kind[text] = (*kind.get(text, ()), step)
    gap = _finished(node.gap[0], steps) if node.gap else None
    found = tuple(node.found)
    alike = (*(_alike(kind) for kind in (words, stems)), id(gap), found)
    if alike not in steps:
        lengths = tuple(sorted({len(stem) for stem in stems}))
        steps[alike] = Step(words or NOTHING, stems or NOTHING, lengths, gap, found)
    return steps[alike]


def _alike(after: Mapping[str, tuple[Step, ...]]) -> frozenset[tuple[str, tuple[int, ...]]]:
    return frozenset((word, tuple(map(id, steps))) for word, steps in after.items())


def _next(step: Step, word: str) -> Iterator[Step]:
    yield from step.words.get(word, ())
    if word.endswith(IS) and len(word) >= SHORTEST_STEM + len(IS):
        # "my stomach's in bits" is said of a stomach.
        yield from step.words.get(word[: -len(IS)], ())
    for length in step.lengths:
        if length <= len(word):
            yield from step.stems.get(word[:length], ())


def _walk(step: Step, words: list[str], place: int, depth: int) -> Iterator[tuple[str, int]]:
    for concept in step.found:
        yield concept, place
    if place >= len(words) or depth > 12:
        return
    if step.words or step.stems:
        for after in _next(step, words[place]):
            yield from _walk(after, words, place + 1, depth + 1)
    if step.gap:
        for skipped in range(LONGEST_GAP + 1):
            yield from _walk_on(step.gap, words, place + skipped, depth + 1)
            if place + skipped >= len(words) or words[place + skipped] in CLAUSE_END:
                break


def _walk_on(step: Step, words: list[str], place: int, depth: int) -> Iterator[tuple[str, int]]:
    if place < len(words):
        for after in _next(step, words[place]):
            yield from _walk(after, words, place + 1, depth)


def _misspellings(words: Iterable[str]) -> dict[str, str]:
    """Return, by a spelling that lacks one letter, the word that was meant; never by a spelling two words share."""
    meant: dict[str, str | None] = {}
    known = sorted(word for word in words if len(word) >= SHORTEST_FORGIVEN and word.isalpha())
    for word in known:
        for less in {word[:at] + word[at + 1 :] for at in range(1, len(word))}:
            meant[less] = word if meant.get(less, word) == word else None
    meant.update((word, word) for word in known)
    return {less: word for less, word in meant.items() if word is not None}
