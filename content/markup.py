"""Check that a text is HTML that Telegram accepts: its tags only, opened and closed in order."""

from __future__ import annotations

import re

_PART = re.compile(r"<(/?)([a-z-]+)((?: [^<>]*)?)>|&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);|[<>&]")
_PLAIN = frozenset({"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "tg-spoiler"})
_WITH_ATTRIBUTE = {
    "a": re.compile(r' href="[^"<>]+"'),
    "blockquote": re.compile(r"(?: expandable)?"),
    "span": re.compile(r' class="tg-spoiler"'),
}


def find_markup_fault(text: str) -> str | None:
    """Return what Telegram would refuse in `text`, in a plain sentence, or None when it is fine."""
    opened: list[str] = []
    for part in _PART.finditer(text):
        if part[2] is None:
            if len(part[0]) == 1:
                return f'"{part[0]}" must be written as an entity'
        elif part[1]:
            if not opened or opened.pop() != part[2]:
                return f"</{part[2]}> closes a tag that is not open"
        elif not _is_known(part[2], part[3]):
            return f"Telegram does not know {part[0]}"
        else:
            opened.append(part[2])
    return f"<{opened[-1]}> is never closed" if opened else None


def _is_known(tag: str, attributes: str) -> bool:
    if tag in _PLAIN:
        return not attributes
    return tag in _WITH_ATTRIBUTE and _WITH_ATTRIBUTE[tag].fullmatch(attributes) is not None


_STEERS_DIRECTION = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def quotable(text: str) -> str:
    """Return somebody's words as they may stand inside ours: nothing in them can turn the text around them."""
    return _UNSEEN.sub("\u2423", _STEERS_DIRECTION.sub("", text.replace("\r\n", "\n")))
