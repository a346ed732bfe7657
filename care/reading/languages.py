"""Which language a text is really in, whatever its writer chose."""

from __future__ import annotations

from collections.abc import Sequence

CYRILLIC = range(0x0400, 0x0530)
LATIN_END = 0x0250


def guess_languages(text: str, language: str, known: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """Return the languages to read `text` in, the likeliest first, and whether we know its language.

    A language that we do not know is read in all of ours: a flag may still be in it.
    """
    cyrillic, latin, foreign = _letters(text[:2000])
    letters = cyrillic + latin + foreign
    if foreign * 2 > letters:
        return _first(language, known), False
    if language not in known:
        return _first(language, known), False
    if cyrillic * 2 > letters and language != "ru" and "ru" in known:
        return ("ru",) if latin < 4 else ("ru", language), True
    if language == "ru" and latin > cyrillic and latin >= 4:
        return (*(code for code in known if code != "ru"), "ru"), True
    return (language,), True


def _first(language: str, known: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(known, key=lambda code: code != language))


def _letters(text: str) -> tuple[int, int, int]:
    cyrillic = latin = foreign = 0
    for character in text:
        if character.isalpha():
            place = ord(character)
            if place < LATIN_END:
                latin += 1
            elif place in CYRILLIC:
                cyrillic += 1
            else:
                foreign += 1
    return cyrillic, latin, foreign
