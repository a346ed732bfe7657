"""Words of other people inside ours: they must look like words, and do nothing.

Letters of every script stay. What goes is what nobody types and some send on purpose: marks that turn the direction of
what follows, letters that take no room, control characters, half characters, and towers of accents. In what a person
wrote at length, links, mentions and commands are kept readable and made dead: an unseen joiner keeps Telegram from
seeing one.
"""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\U000e0000-\U000e0fff]"
)
_HALVES = re.compile("[\ud800-\udfff]")
MOST_ACCENTS = 3
JOINER = "\u2060"
_ALIVE = re.compile(r"(?<=[@#$/:])(?=\w|/)|(?<=\w\.)(?=\w)")
FREE_WORDS = frozenset({"quote", "text", "note"})
"""The values of texts that hold what a person wrote at length."""
NAMES = frozenset({"name", "clinic", "contact", "city", "owner", "by", "names", "said", "code", "known"})
"""Those that hold a name somebody gave, or what somebody typed for one."""
FIRST_STRONG, END = "\u2068", "\u2069"
"""Around such words, so that their direction ends where they end."""


def harmless(value: str) -> str:
    """Return a value without anything unseen."""
    if value.isascii() and value.isprintable():
        return value
    seen = _HALVES.sub("\ufffd", _UNSEEN.sub("", value))
    return _levelled(seen)


def dead_name(value: str) -> str:
    """Return a name with nothing in it to tap."""
    return _ALIVE.sub(JOINER, harmless(value))


def dead_words(value: str) -> str:
    """Return what a person wrote, readable, with nothing in it to tap, and its direction kept to itself."""
    return f"{FIRST_STRONG}{dead_name(value)}{END}"


def _levelled(text: str) -> str:
    kept, accents = [], 0
    for letter in text:
        accents = accents + 1 if unicodedata.combining(letter) else 0
        if accents <= MOST_ACCENTS:
            kept.append(letter)
    return "".join(kept)
