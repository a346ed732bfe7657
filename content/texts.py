"""Say things: a text key and its values become Telegram HTML in the patient's language.

Strict everywhere. Fluent itself prints the key of an unknown text and the name of a missing value; a patient
must never see either, so both are errors here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from html import escape, unescape
from typing import Any

from fluent.runtime import FluentBundle
from fluent.syntax import ast

from content.fluent_files import Sheet
from content.foreign import FREE_WORDS, NAMES, dead_name, dead_words, harmless
from content.languages import Language, write_day, write_list, write_moment, write_time
from content.values import Value, Words

_NOTHING: Mapping[str, Value] = {}
_TAG = re.compile(r"<[^>]*>")
_DEEPEST = 8
_LONGEST_VALUE = 2400
"""Characters of one escaped value; Fluent refuses a whole text over one with more than 2,500."""


class MissingText(LookupError):
    """A text cannot be said: no such key or language, or not exactly the values that it needs."""


class Texts:
    """All texts in all languages.

    What only `clinicians` read is said in English where a language is for patients only. With `fall_back` so is any
    key that a language does not have; a language nobody knows is still refused. A text is in one language, with all
    the texts inside it.
    """

    def __init__(
        self,
        languages: Mapping[str, Language],
        sheets: Iterable[Sheet],
        *,
        clinicians: Collection[str] = frozenset(),
        fall_back: bool = False,
    ) -> None:
        self._languages = dict(languages)
        self._clinicians = clinicians
        self._fall_back = fall_back
        self._voices = {sheet.code: _Voice(self._languages[sheet.code], sheet) for sheet in sheets}

    def say(self, key: str, language: str, values: Mapping[str, Value] = _NOTHING) -> str:
        """Return the text as Telegram HTML. Values are escaped; they must be exactly those the text needs."""
        return self._say(key, language, values, 0)

    def plain(self, key: str, language: str, values: Mapping[str, Value] = _NOTHING) -> str:
        """Return the text without markup, for buttons, pop-ups and files, where HTML would show."""
        return unescape(_TAG.sub("", self.say(key, language, values)))

    def has(self, key: str, language: str = "en") -> bool:
        """Return whether the language itself has this text."""
        return language in self._voices and key in self._voices[language].variables

    def keys(self, language: str = "en") -> frozenset[str]:
        """Return the keys of every text that the language itself has."""
        return frozenset(self._voice(language).variables)

    def variables(self, key: str, language: str = "en") -> frozenset[str]:
        """Return the names of the values that a text needs."""
        return self._holder(key, language).variables[key]

    def fitting(self, key: str, values: Mapping[str, Value], language: str = "en") -> dict[str, Value]:
        """Return those of `values` that the text needs, for callers who hold more than one text may use."""
        needed = self.variables(key, language)
        return {name: value for name, value in values.items() if name in needed}

    def _voice(self, language: str) -> _Voice:
        try:
            return self._voices[language]
        except KeyError:
            raise MissingText(f'there is no language "{language}"') from None

    def _holder(self, key: str, language: str) -> _Voice:
        voice = self._voice(language)
        if key in voice.variables:
            return voice
        may_fall_back = self._fall_back or (voice.language.patients_only and key in self._clinicians)
        if may_fall_back and key in self._voices["en"].variables:
            return self._voices["en"]
        raise MissingText(f'there is no text "{key}" in "{language}"')

    def _say(self, key: str, language: str, values: Mapping[str, Value], depth: int) -> str:
        voice = self._holder(key, language)
        needed = voice.variables[key]
        if needed != values.keys():
            raise MissingText(f'the text "{key}" {_mismatch(needed, values.keys())}')
        if not needed:
            return voice.constant(key)
        if depth > _DEEPEST:
            raise MissingText(f'the text "{key}" is nested too deep')
        shown = {name: self._show(_tame(name, value), voice, depth) for name, value in values.items()}
        return voice.format(key, shown)

    def _show(self, value: Value, voice: _Voice, depth: int) -> Any:
        match value:
            case str():
                return _escaped(value)
            case bool():
                raise TypeError("a text takes no true or false; choose the text key instead")
            case int() | Decimal():
                return value
            case datetime():
                return write_moment(value, voice.language)
            case date():
                return write_day(value, voice.language)
            case time():
                return write_time(value, voice.language)
            case Words():
                return self._say(value.key, voice.language.code, value.values, depth + 1)
            case list() | tuple():
                return write_list([str(self._show(item, voice, depth)) for item in value], voice.language)
        raise TypeError(f"a text takes no {type(value).__name__}")


class _Voice:
    """One language ready to speak: its texts, the values that each needs, and texts that never change."""

    def __init__(self, language: Language, sheet: Sheet) -> None:
        self.language = language
        self._bundle = FluentBundle([language.locale.replace("_", "-")], use_isolating=False)
        self._unsaid = dict(sheet.entries)
        self.variables = {key: sheet.variables(key) for key in sheet.messages}
        self._constants: dict[str, str] = {}

    def constant(self, key: str) -> str:
        """Return a text without values; formatted once."""
        if key not in self._constants:
            self._constants[key] = self.format(key, {})
        return self._constants[key]

    def _fetch(self, key: str) -> None:
        """Have Fluent know a text that is said for the first time, and those that it quotes; most never are."""
        fresh, names = dict[str, ast.EntryType](), [key]
        while names:
            name = names.pop()
            if name not in fresh and (entry := self._unsaid.get(name)) is not None:
                fresh[name] = entry.parse()
                names += entry.refers
        self._bundle.add_resource(ast.Resource(list(fresh.values())))
        for name in fresh:  # last: another thread that does not find it here any more may say it
            self._unsaid.pop(name, None)

    def format(self, key: str, shown: dict[str, Any]) -> str:
        """Return the text with its values in place; anything that Fluent complains about is an error."""
        if key in self._unsaid:
            self._fetch(key)
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise MissingText(f'the text "{key}" is empty')
        text, errors = self._bundle.format_pattern(pattern, shown)
        if errors:
            raise MissingText(f'the text "{key}" cannot be said: {errors[0]}')
        return str(text)


def _tame(name: str, value: Value) -> Value:
    if not isinstance(value, str):
        return value
    if name in FREE_WORDS:
        return dead_words(value)
    return dead_name(value) if name in NAMES else harmless(value)


def _escaped(value: str) -> str:
    """Escape a value. One that is too long is cut: what a patient pasted must never keep an alert from being said."""
    kept = value
    while len(escape(kept, quote=False)) > _LONGEST_VALUE:
        kept = kept[: min(len(kept) * 9 // 10, _LONGEST_VALUE)]
    return escape(kept, quote=False) + ("…" if kept != value else "")


def _mismatch(needed: frozenset[str], given: Iterable[str]) -> str:
    missing = ", ".join(sorted(needed.difference(given)))
    extra = ", ".join(sorted(set(given) - needed))
    parts = [f"misses {missing}" if missing else "", f"does not use {extra}" if extra else ""]
    return " and ".join(part for part in parts if part)
