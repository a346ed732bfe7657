"""Text as it was typed, made comparable: folded letters, words with their places, clauses and sentences."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]")
SENTENCE_END = frozenset(".!?;\n\u2026")
CLAUSE_END = frozenset(",:()\u2014\u2013-/") | SENTENCE_END
# A word longer than this is no word: it is read as its beginning, so that no text costs more than its length.
LONGEST_WORD = 40
APOSTROPHES = "\u2019\u2018\u02bc\u00b4`"
KEPT_WHOLE = chr(0x0439)  # a letter of its own in Russian, although Unicode takes it apart
SAME = {chr(0x0451): chr(0x0435)}
SILENT = frozenset({"Mn", "Me", "Cf", "Cc", "Cs", "Co", "Sk"})


class Token(NamedTuple):
    """One word or mark, folded; `start` and `end` are characters of the text as given."""

    text: str
    start: int
    end: int


_folded: dict[str, str] = {}


def fold(character: str) -> str:
    """Return the character as it is compared: small, without accents; nothing for what cannot be seen."""
    known = _folded.get(character)
    if known is None:
        known = _fold(character)
        if len(_folded) < 8000:
            _folded[character] = known
    return known


def _fold(character: str) -> str:
    if character in APOSTROPHES:
        return "'"
    if character.isspace():
        return "\n" if character in "\r\n\u2028\u2029" else " "
    out = []
    for small in unicodedata.normalize("NFKC", character).lower():
        small = SAME.get(small, small)
        if small in KEPT_WHOLE or small.isascii():
            out.append(small if small.isprintable() else "")
            continue
        base = unicodedata.normalize("NFD", small)
        out.append("".join(part for part in base if unicodedata.category(part) not in SILENT))
    return "".join(out)


def fold_text(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its characters, the place it came from.

    A letter said three times or more is said once: `sooo` is `so`.
    """
    out: list[str] = []
    places: list[int] = []
    run = 0
    for place, character in enumerate(text):
        for small in _folded.get(character) or fold(character):
            if out and out[-1] == small and small.isalpha():
                run += 1
                if run == 2:
                    out.pop()
                    places.pop()
                if run >= 2:
                    continue
            else:
                run = 0
            out.append(small)
            places.append(place)
    return "".join(out), places


def tokens_of(text: str) -> list[Token]:
    """Return the words and marks of a text, folded; a line break is a mark too."""
    folded, places = fold_text(text)
    found = []
    for match in WORD.finditer(folded.replace("\n", " \u2026 ") if "\n" in folded else folded):
        found.append((match.group(), match.start(), match.end()))
    if "\n" in folded:
        places = _spread(folded, places)
    return [Token(word[:LONGEST_WORD], places[start], places[end - 1] + 1) for word, start, end in found]


def _spread(folded: str, places: list[int]) -> list[int]:
    """Return the places of a text whose line breaks were written with a blank on either side."""
    out: list[int] = []
    for character, place in zip(folded, places, strict=True):
        out += [place] * (3 if character == "\n" else 1)
    return out
