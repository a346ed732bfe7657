"""Long answers in pages: as many lines as a message carries, and buttons that turn the page in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from clinic.letters import Button, reply, rewrite, words
from clinic.ward import Visit, Ward
from content.values import Words

T = TypeVar("T")

MOST_LINES = 15
MOST_ROOM = 2800
"""Characters of one page as it is rendered, markup included: there is room left for its head."""


@dataclass(frozen=True)
class Page:
    """One page: its lines, its number from 1 on, and how many there are."""

    lines: Sequence[Words]
    number: int
    count: int


@dataclass(frozen=True)
class Part(Generic[T]):
    """One page of things that are yet to be put into words."""

    items: Sequence[T]
    number: int
    count: int


def page_of(ward: Ward, language: str, lines: Sequence[Words], number: int, *, most: int = MOST_LINES) -> Page:
    """Return page `number` of `lines`; a number beyond the last is the last (the list may have become shorter)."""
    starts, room = [0], 0
    for place, line in enumerate(lines):
        size = len(ward.content.texts.say(line.key, language, line.values)) + 1
        if place > starts[-1] and (room + size > MOST_ROOM or place - starts[-1] >= most):
            starts.append(place)
            room = 0
        room += size
    number = min(max(number, 1), len(starts))
    ends = [*starts[1:], len(lines)]
    return Page(lines[starts[number - 1] : ends[number - 1]], number, len(starts))


def part_of(items: Sequence[T], number: int, most: int) -> Part[T]:
    """Return page `number` of `items`, `most` on each; a number beyond the last is the last."""
    count = max(1, -(-len(items) // most))
    number = min(max(number, 1), count)
    return Part(items[(number - 1) * most : number * most], number, count)


def turners(page: Page | Part[Any], action: str, *args: str | int) -> list[list[Button]]:
    """Return the row of buttons that turn the page: `action` with `args` and the number of the page."""
    row: list[Button] = []
    if page.number > 1:
        row.append(Button(words("page-before", page=page.number - 1), action, (*args, page.number - 1)))
    if page.number < page.count:
        row.append(Button(words("page-after", page=page.number + 1), action, (*args, page.number + 1)))
    return [row] if row else []


def place_of(page: Page | Part[Any]) -> list[Words]:
    """Return the line that says which page this is; nothing if there is only one."""
    return [words("page-of", page=page.number, count=page.count)] if page.count > 1 else []


def show_page(visit: Visit, texts: Sequence[Words], buttons: Sequence[Sequence[Button]], *, number: int | None) -> None:
    """Answer with a page, or, when a page was turned to (`number`), put it in the place of the one before."""
    if number is None:
        reply(visit, *texts, buttons=buttons, tight=True)
    else:
        rewrite(visit, *texts, buttons=buttons, tight=True)
