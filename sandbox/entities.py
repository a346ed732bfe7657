"""HTML to text and entities, counted in UTF-16 units, refusing what Telegram refuses.

Positions in refusals are byte offsets into the UTF-8 text, as in Telegram's own messages.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from sandbox.errors import Refusal, bad_request

Entity = dict[str, Any]

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}

_ESCAPE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>/]+)\s*(=?)\s*("[^"]*"|'[^']*'|[^\s>"']*)""")
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")


def utf16_len(text: str) -> int:
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.place = 0
        self.text: list[str] = []
        self.length = 0
        self.stack: list[_Open] = []
        self.entities: list[Entity] = []

    def refusal(self, words: str, at: int) -> Refusal:
        return bad_request(f"can't parse entities: {words} at byte offset {len(self.source[:at].encode())}")

    def run(self) -> tuple[str, list[Entity]]:
        while self.place < len(self.source):
            if self.source.startswith("</", self.place):
                self.end_tag()
            elif self.source[self.place] == "<":
                self.start_tag()
            else:
                self.plain()
        if self.stack:
            raise bad_request(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self.stack[-1].tag}\""
            )
        return "".join(self.text), self.entities

    def plain(self) -> None:
        escape = _ESCAPE.match(self.source, self.place)
        if escape:
            self.add(html.unescape(escape.group()))
            self.place = escape.end()
            return
        stop = min(
            (at for at in (self.source.find("<", self.place), self.source.find("&", self.place + 1)) if at >= 0),
            default=len(self.source),
        )
        self.add(self.source[self.place : stop])
        self.place = stop

    def add(self, text: str) -> None:
        self.text.append(text)
        self.length += utf16_len(text)

    def start_tag(self) -> None:
        begin = self.place
        name_end = begin + 1
        while name_end < len(self.source) and not self.source[name_end].isspace() and self.source[name_end] != ">":
            name_end += 1
        if name_end >= len(self.source):
            raise self.refusal("Unclosed start tag", begin)
        tag = self.source[begin + 1 : name_end].lower()
        if tag not in KINDS:
            raise self.refusal(f'Unsupported start tag "{tag}"', begin)
        attributes = self.attributes(tag, begin, name_end)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self.refusal('Tag "span" must have class "tg-spoiler"', begin)
        self.stack.append(_Open(tag, attributes, self.length))

    def attributes(self, tag: str, begin: int, place: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            while place < len(self.source) and self.source[place].isspace():
                place += 1
            if place >= len(self.source):
                raise self.refusal("Unclosed start tag", begin)
            if self.source[place] == ">":
                self.place = place + 1
                return found
            match = _ATTRIBUTE.match(self.source, place)
            if match is None:
                raise self.refusal(f'Empty attribute name in the tag "{tag}"', begin)
            if not match.group(2) and match.group(1).lower() != "expandable":
                raise self.refusal(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin)
            place = match.end() if match.group(2) else match.end(1)
            found[match.group(1).lower()] = html.unescape(match.group(3).strip("\"'"))

    def end_tag(self) -> None:
        begin = self.place
        if not self.stack:
            raise self.refusal("Unexpected end tag", begin)
        stop = self.source.find(">", begin)
        if stop < 0:
            raise self.refusal("Unclosed end tag", begin)
        name = self.source[begin + 2 : stop].strip().lower()
        opened = self.stack.pop()
        if name and name != opened.tag:
            at = len(self.source[:begin].encode())
            raise bad_request(
                f"can't parse entities: Unmatched end tag at byte offset {at}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        self.place = stop + 1
        if self.length > opened.offset:
            self.close(opened)

    def close(self, opened: _Open) -> None:
        entity: Entity = {
            "type": KINDS[opened.tag],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        given = opened.attributes
        if opened.tag == "a":
            entity |= self.link(given.get("href") or self.tail(opened.offset))
            if "url" not in entity and "user" not in entity:
                return
        elif opened.tag == "code" and self.stack and self.stack[-1].tag == "pre":
            language = given.get("class", "")
            if language.startswith("language-"):
                self.stack[-1].attributes["language"] = language.removeprefix("language-")
            return
        elif opened.tag == "pre" and given.get("language"):
            entity["language"] = given["language"]
        elif opened.tag == "blockquote" and "expandable" in given:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = given.get("emoji-id", "")
        elif opened.tag == "tg-time":
            entity |= self.time(given)
        self.entities.append(entity)

    def tail(self, offset: int) -> str:
        return from_utf16("".join(self.text), offset, self.length - offset)

    def link(self, url: str) -> Entity:
        user = re.fullmatch(r"tg://user\?id=(\d+)", url)
        if user:
            return {
                "type": "text_mention",
                "user": {"id": int(user.group(1)), "is_bot": False, "first_name": ""},
            }
        if not re.match(r"(https?|tg|ton|tonsite|mailto|tel):", url) and "." not in url:
            return {}
        return {"url": url if ":" in url else f"http://{url}"}

    def time(self, given: dict[str, str]) -> Entity:
        if not given.get("unix", "").isdigit():
            raise self.refusal('Invalid Unix timestamp in the tag "tg-time"', self.place)
        if not _TIME_FORMAT.fullmatch(given.get("format", "")):
            raise self.refusal('Invalid format in the tag "tg-time"', self.place)
        found: Entity = {"unix_time": int(given["unix"])}
        return found | ({"date_time_format": given["format"]} if given.get("format") else {})


def from_utf16(text: str, offset: int, length: int) -> str:
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


_FOUND = [
    ("bot_command", re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")),
    ("email", re.compile(r"(?<![\w.])[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    ("mention", re.compile(r"(?<![\w@./])@\w{3,32}(?!\w)")),
    ("url", re.compile(r"(?<!\w)(?:https?://|t\.me/|www\.)[^\s<>\"]+[\w/=#-]")),
]


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """Add what Telegram's servers recognise by themselves: commands, mentions, addresses."""
    taken = [
        (e["offset"], e["offset"] + e["length"])
        for e in entities
        if e["type"] in {"code", "pre", "text_link", "text_mention"}
    ]
    added = list(entities)
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            start = utf16_len(text[: match.start()])
            stop = start + utf16_len(match.group())
            if all(stop <= low or start >= high for low, high in taken):
                taken.append((start, stop))
                added.append({"type": kind, "offset": start, "length": stop - start})
    return in_order(added)


def in_order(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda e: (e["offset"], -e["length"]))


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Drop white space at both ends as Telegram does, moving the entities along."""
    lead = utf16_len(text) - utf16_len(text.lstrip())
    text = text.strip()
    size = utf16_len(text)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] + entity["length"] - lead, size)
        if stop > start:
            kept.append(entity | {"offset": start, "length": stop - start})
    return text, kept


def parse(text: str, parse_mode: str | None, given: list[Entity] | None) -> tuple[str, list[Entity]]:
    """Return text as people see it and all its entities; `parse_mode` wins over `given`, as at Telegram."""
    text = text.replace("\r", "")
    entities = list(given or [])
    if parse_mode and parse_mode.lower() == "html":
        text, entities = _Parser(text).run()
    elif parse_mode:
        raise bad_request(
            f"parse mode not implemented in the stand-in: {parse_mode}"
            if parse_mode.lower() in {"markdown", "markdownv2"}
            else "unsupported parse_mode"
        )
    text, entities = trimmed(text, entities)
    return text, with_found(text, entities)
