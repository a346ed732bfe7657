"""Cut a long text of a person's own into pieces that a message can carry, at the ends of lines or words."""

from __future__ import annotations

from html import escape

MOST_PIECE = 2200
"""Escaped characters, and UTF-16 units, of one piece: a value of a text keeps well below what Fluent takes."""


def in_pieces(text: str, most: int = MOST_PIECE) -> list[str]:
    """Return `text` in pieces of at most `most`; together they say all of it, save the white space where it is cut."""
    pieces: list[str] = []
    rest = text.strip()
    while rest:
        end = _fitting(rest, most)
        if end < len(rest):
            end = _boundary(rest, end)
        pieces.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return pieces


def size_of(text: str) -> int:
    """Return how much room a text takes once it is escaped, as Telegram and Fluent count."""
    return len(escape(text, quote=False).encode("utf-16-le", "surrogatepass")) // 2


def _fitting(text: str, most: int) -> int:
    low, high = 1, len(text)
    while low < high:  # the longest start that fits
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size_of(text[:middle]) <= most else (low, middle - 1)
    return low


def _boundary(text: str, end: int) -> int:
    """Return the last end of a line, else of a word, in the second half of what fits; else cut where it must be."""
    for mark in ("\n", " "):
        found = text.rfind(mark, end // 2, end + 1)
        if found > 0:
            return found
    return end
