"""Find the line of every key in a TOML text, because tomllib does not say.

The text has been accepted by tomllib before, so this scanner only has to follow it, never to judge it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))[ \t]*""")
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_BARE = re.compile(r"[^,\]}\n#]*")


def find_lines(text: str) -> dict[Path, int]:
    """Return the 1-based line of each key, table and array element of a valid TOML text, by its path."""
    scanner = _Scanner(text)
    scanner.run()
    return scanner.lines


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._newlines = [found.start() for found in re.finditer("\n", text)]
        self._arrays: defaultdict[Path, int] = defaultdict(lambda: -1)

    def run(self) -> None:
        table: Path = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)

    def _header(self) -> Path:
        is_array = self.text.startswith("[[", self.at)
        start = self.at
        self.at += 2 if is_array else 1
        path = self._inside(self._key())
        self.at = self.text.index("]", self.at) + (2 if is_array else 1)
        if is_array:
            self._mark(path, start)
            self._arrays[path] += 1
            path = (*path, self._arrays[path])
        self._mark(path, start)
        return path

    def _inside(self, names: list[str]) -> Path:
        path: Path = ()
        for place, name in enumerate(names):
            path = (*path, name)
            if place < len(names) - 1 and path in self._arrays:
                path = (*path, self._arrays[path])
        return path

    def _pair(self, table: Path) -> None:
        start = self.at
        names = self._key()
        self.at = self.text.index("=", self.at) + 1
        path = table
        for name in names:
            path = (*path, name)
            self._mark(path, start)
        self._value(path)

    def _key(self) -> list[str]:
        names = []
        while found := _KEY.match(self.text, self.at):
            names.append(next(part for part in found.groups() if part is not None))
            self.at = found.end()
            if not self.text.startswith(".", self.at):
                break
            self.at += 1
        return names

    def _value(self, path: Path) -> None:
        self._skip(_BLANK)
        first = self.text[self.at]
        if first == "[":
            self._array(path)
        elif first == "{":
            self._inline(path)
        elif first in "\"'":
            self._skip(_STRING)
        else:
            self._skip(_BARE)

    def _array(self, path: Path) -> None:
        self.at += 1
        index = 0
        while not self._closes("]"):
            self._mark((*path, index), self.at)
            self._value((*path, index))
            index += 1

    def _inline(self, path: Path) -> None:
        self.at += 1
        while not self._closes("}"):
            self._pair(path)

    def _closes(self, end: str) -> bool:
        self._skip(_BLANK)
        if self.text[self.at] == ",":
            self.at += 1
            self._skip(_BLANK)
        if self.text[self.at] != end:
            return False
        self.at += 1
        return True

    def _skip(self, shape: re.Pattern[str]) -> None:
        if found := shape.match(self.text, self.at):
            self.at = found.end()

    def _mark(self, path: Path, at: int) -> None:
        self.lines.setdefault(path, bisect_right(self._newlines, at - 1) + 1)
