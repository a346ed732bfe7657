"""Text and entities back to HTML that a browser may show: everything escaped, only known tags written."""

from __future__ import annotations

from html import escape
from typing import Any

from sandbox.entities import Entity

TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
CLASSES = {
    "spoiler": "spoiler",
    "date_time": "when",
    "bot_command": "command",
    "mention": "mention",
    "text_mention": "mention",
    "custom_emoji": "emoji",
}


def _tags(entity: Entity, covered: str) -> tuple[str, str]:
    kind = entity["type"]
    if kind in TAGS:
        return f"<{TAGS[kind]}>", f"</{TAGS[kind]}>"
    if kind in {"text_link", "url", "email"}:
        url = entity.get("url") or (f"mailto:{covered}" if kind == "email" else covered)
        if ":" not in url.partition("/")[0]:
            url = f"https://{url}"
        if not url.startswith(("https://", "http://", "mailto:", "tg://")):
            return "", ""
        return f'<a href="{escape(url)}" rel="noopener noreferrer" target="_blank">', "</a>"
    if kind == "spoiler":
        return '<span class="spoiler" tabindex="0">', "</span>"
    return (f'<span class="{CLASSES[kind]}">', "</span>") if kind in CLASSES else ("", "")


def message_html(text: str, entities: list[Entity]) -> str:
    """Return safe HTML for the text. Entities are closed and opened again where they would cross."""
    units = text.encode("utf-16-le")

    def covered(start: int, stop: int) -> str:
        return units[start * 2 : stop * 2].decode("utf-16-le", "replace")

    size = len(units) // 2
    spans: list[tuple[int, int, str, str]] = []
    for entity in entities:
        stop = min(entity["offset"] + entity["length"], size)
        opening, closing = _tags(entity, covered(entity["offset"], stop))
        if opening and stop > entity["offset"]:
            spans.append((entity["offset"], stop, opening, closing))
    cuts = sorted({0, size} | {edge for span in spans for edge in span[:2]})
    out: list[str] = []
    stack: list[tuple[int, int, str, str]] = []
    for start, stop in zip(cuts, [*cuts[1:], size], strict=True):
        _close(stack, start, out)
        for span in sorted((s for s in spans if s[0] == start), key=lambda s: -s[1]):
            out.append(span[2])
            stack.append(span)
        out.append(escape(covered(start, stop)) if stop > start else "")
    _close(stack, size, out)
    return "".join(out)


def _close(stack: list[tuple[int, int, str, str]], place: int, out: list[str]) -> None:
    """Close what ends here; what only has to step aside for it is opened again."""
    ending = next((at for at, span in enumerate(stack) if span[1] <= place), None)
    if ending is None:
        return
    aside: list[Any] = []
    while len(stack) > ending:
        span = stack.pop()
        out.append(span[3])
        if span[1] > place:
            aside.append(span)
    for span in reversed(aside):
        out.append(span[2])
        stack.append(span)
