"""What a lock screen may not show: words forbidden in the first characters of what Steady sends unasked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from html import unescape

from content.toml_tables import Table

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Discreet:
    """The rule: a text whose key fits one of `keys` has none of its language's `words` at its start.

    The start is `first_characters` long. A word forbids everything that begins with it: "tablet" forbids
    "tablets". `*` stands for any letters in a key.
    """

    first_characters: int
    keys: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    _shapes: dict[str, re.Pattern[str]] = field(default_factory=dict, repr=False, compare=False)

    def applies_to(self, key: str) -> bool:
        """Return whether the text `key` is sent unasked."""
        return any(fnmatchcase(key, glob) for glob in self.keys)

    def find_word(self, text: str, language: str) -> str | None:
        """Return the first forbidden word at the start of `text` (Telegram HTML), or None."""
        start = unescape(_TAG.sub("", text))[: self.first_characters]
        found = self._shape(language).search(start)
        return found[0] if found else None

    def _shape(self, language: str) -> re.Pattern[str]:
        if language not in self._shapes:
            words = "|".join(re.escape(word) for word in self.words[language])
            self._shapes[language] = re.compile(rf"\b(?:{words})\w*", re.IGNORECASE)
        return self._shapes[language]


def read_discreet(table: Table, *, languages: Mapping[str, object]) -> Discreet:
    """Return the rule. Every language needs its own words."""
    words = table.one("words")
    discreet = Discreet(
        first_characters=table.whole("first_characters", low=20, high=1000),
        keys=table.words("keys"),
        words={code: words.words(code) for code in languages},
    )
    words.finish()
    table.finish()
    for code, listed in discreet.words.items():
        if not listed and words.is_sound(code):
            words.note("the list is empty, so nothing would be forbidden", code)
    return discreet
