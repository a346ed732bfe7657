"""Read TOML strictly: each wrong, missing or unknown key is a problem with its line, and reading goes on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from content.durations import parse_duration
from content.problems import Problem
from content.toml_lines import Path as KeyPath
from content.toml_lines import find_lines

T = TypeVar("T")

_CALLED = {
    str: "a text in quotes",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
}
_SYNTAX_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass
class Source:
    """One TOML file: its name for people, the line of each key, and the problems found so far."""

    file: str
    lines: dict[KeyPath, int]
    problems: list[Problem] = field(default_factory=list)

    def note(self, path: KeyPath, sentence: str) -> None:
        """Record a problem at `path`, or at the nearest thing above it that has a line."""
        near = path
        while near and near not in self.lines:
            near = near[:-1]
        self.problems.append(Problem(self.file, self.lines.get(near, 1), spell(path), sentence))


def spell(path: KeyPath) -> str:
    """Return a key path as people write it; the elements of a list are counted from 1."""
    spelled = ""
    for step in path:
        if isinstance(step, int):
            spelled += f"[{step + 1}]"
        else:
            spelled += f".{step}" if spelled else step
    return spelled


def open_table(path: Path, *, file: str) -> Table:
    """Return a TOML file as a table; one that cannot be read is an empty table with a problem."""
    try:
        text = path.read_text(encoding="utf-8")
        values = tomllib.loads(text, parse_float=Decimal)
    except FileNotFoundError:
        return _unreadable(file, 1, "the file is missing")
    except UnicodeDecodeError:
        return _unreadable(file, 1, "the file is not UTF-8 text")
    except tomllib.TOMLDecodeError as error:
        found = _SYNTAX_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        return _unreadable(file, line, f"this is not valid TOML: {_SYNTAX_LINE.sub('', str(error)).strip()}")
    return Table(Source(file, find_lines(text)), (), values)


def _unreadable(file: str, line: int, sentence: str) -> Table:
    source = Source(file, {}, [Problem(file, line, "", sentence)])
    return Table(source, (), {}, is_readable=False)


class Table:
    """A TOML table that is asked for its keys one by one, then told to `finish`.

    Each reader notes a problem and returns a harmless value when the key is not what it should be, so that
    one run finds every mistake. Readers given a `default` accept that the key is missing.
    """

    def __init__(self, source: Source, path: KeyPath, values: dict[str, Any], *, is_readable: bool = True) -> None:
        self.source = source
        self.path = path
        self._values = values
        self._asked: set[str] = set()
        self._is_readable = is_readable

    def note(self, sentence: str, key: str | None = None, index: int | None = None) -> None:
        """Record a problem with this table, with one of its keys, or with one element of a list in it."""
        path = self.path if key is None else (*self.path, key)
        self.source.note(path if index is None else (*path, index), sentence)

    def is_sound(self, *keys: str) -> bool:
        """Return whether nothing is wrong so far with these keys (or, without any, with the whole table)."""
        places = [spell((*self.path, key)) for key in keys] or [spell(self.path)]
        return self._is_readable and not any(
            problem.key == place or problem.key.startswith((f"{place}.", f"{place}[")) or not place
            for problem in self.source.problems
            for place in places
        )

    def has(self, key: str) -> bool:
        """Return whether the key is there, whatever its value."""
        return key in self._values

    def names(self) -> list[str]:
        """Return the keys that are there, in the order in which they were written."""
        return list(self._values)

    def finish(self) -> None:
        """Note every key that nobody asked for: a typing mistake must not pass as a default."""
        for key in self._values:
            if key not in self._asked:
                self.note(f"nobody knows this key; known here: {', '.join(sorted(self._asked))}", key)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text that is not empty."""
        value = self._get(key, str, "", default)
        if self.has(key) and isinstance(self._values[key], str) and not value.strip():
            self.note("the text is empty", key)
        return value

    def choice(self, key: str, allowed: Collection[str]) -> str:
        """Return a text that is one of `allowed`."""
        value = self._get(key, str, "", None)
        if value not in allowed and self.is_sound(key):
            self.note(f'"{value}" is not one of: {", ".join(sorted(allowed))}', key)
        return value

    def whole(self, key: str, *, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number between `low` and `high`."""
        value = self._get(key, int, low, default)
        if not low <= value <= high and value != default:
            self.note(f"{value} is not between {low} and {high}", key)
        return value

    def yes(self, key: str) -> bool:
        """Return a true or false."""
        return self._get(key, bool, False, None)

    def number(self, key: str) -> Decimal:
        """Return a number above zero, exactly as written."""
        value = self._any(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            if value is not None:
                self.note("this should be a number", key)
            return Decimal(1)
        if not Decimal(value).is_finite() or value <= 0:
            self.note(f"{value} is not above zero", key)
            return Decimal(1)
        return Decimal(value)

    def span(self, key: str, default: timedelta | None = None) -> timedelta:
        """Return a duration."""
        if default is not None and not self.has(key):
            self._asked.add(key)
            return default
        return self._span(self._get(key, str, "1 min", None), key, None)

    def spans(self, key: str) -> tuple[timedelta, ...]:
        """Return a list of durations."""
        return tuple(self._span(word, key, index) for index, word in enumerate(self.words(key)))

    def clock(self, key: str) -> time:
        """Return a time of day, written without quotes as 07:00:00."""
        value = self._any(key)
        if isinstance(value, time):
            return value
        if value is not None:
            self.note("this should be a time of day, such as 07:00:00", key)
        return time(0)

    def words(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return a list of texts without repeats."""
        return tuple(self._list(key, str, default))

    def wholes(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers without repeats."""
        return tuple(self._list(key, int, None))

    def one(self, key: str) -> Table:
        """Return the table under `key`; an empty one, with a problem noted, when it is missing."""
        values: dict[str, Any] = self._get(key, dict, {}, None)
        return Table(self.source, (*self.path, key), values, is_readable=isinstance(self._values.get(key), dict))

    def many(self, key: str) -> list[Table]:
        """Return the tables listed under `key`; no such key is an empty list."""
        items: list[Any] = self._get(key, list, [], [])
        tables = []
        for index, item in enumerate(items):
            if isinstance(item, dict):
                tables.append(Table(self.source, (*self.path, key, index), item))
            else:
                self.note("this should be a table", key, index)
        return tables

    def _any(self, key: str) -> Any:
        self._asked.add(key)
        if key not in self._values and self._is_readable:
            self.note("this key is missing", key)
        return self._values.get(key)

    def _get(self, key: str, kind: type[T], harmless: T, default: T | None) -> T:
        if default is not None and key not in self._values:
            self._asked.add(key)
            return default
        value = self._any(key)
        if type(value) is kind:
            return value
        if value is not None:
            self.note(f"this should be {_CALLED[kind]}", key)
        return harmless

    def _list(self, key: str, kind: type[T], default: tuple[T, ...] | None) -> list[T]:
        items: list[Any] = self._get(key, list, [], None if default is None else list(default))
        kept: list[T] = []
        for index, item in enumerate(items):
            if type(item) is not kind:
                self.note(f"this should be {_CALLED[kind]}", key, index)
            elif item in kept:
                self.note(f'"{item}" is here twice', key, index)
            else:
                kept.append(item)
        return kept

    def _span(self, word: str, key: str, index: int | None) -> timedelta:
        try:
            return parse_duration(word)
        except ValueError as error:
            self.note(str(error), key, index)
            return timedelta(minutes=1)
