"""Words of other people do nothing inside ours: no entity, no link, no turned direction, no word of ours changed."""

import random
import re

import pytest

from content.foreign import FREE_WORDS, JOINER, NAMES, dead_words, harmless
from content.loader import Content, load_content
from content.texts import MissingText
from sandbox.entities import parse

CONTENT: Content = load_content()
PIECES = (
    "<b>", "</b>", "</blockquote>", "<a href='tg://user?id=1'>x</a>", "&amp;", "&#60;", "**x**", "__x__", "`x`",
    "[x](http://a.b)",
    "@admin_bot", "/stop", "https://evil.example/x", "t.me/evil", "tg://user?id=5", "#tag", "$ABC", "\u202e", "\u2066",
    "\u2067",
    "\u2068", "\u2069", "\u200b", "\ufeff", "\x00", "\x1b[31m", "\ud800", "e" + "\u0301" * 50, "שלום", "مرحبا",
    "{ $emergency }",
    "A" * 5000,
    "\u2028", "👩‍👩‍👧", "%s", "{0}", "\U000e0041",
)  # fmt: skip
TURNS = re.compile("[\u202a-\u202e\u2066\u2067\u200b\u200e\u200f\ufeff\x00\x1b\ud800-\udfff\U000e0041]")
WORDY = [
    (key, sorted(CONTENT.texts.variables(key, "en")))
    for key in CONTENT.texts.keys("en")
    if CONTENT.texts.variables(key, "en") & (FREE_WORDS | NAMES)
]


def hostile(rng: random.Random) -> str:
    return "x" + " ".join(rng.choice(PIECES) for _ in range(rng.randint(1, 5))) + "x"


def entities(html: str) -> list[str]:
    return [entity["type"] for entity in parse(html, "HTML", None)[1]]


def said(key: str, values: dict[str, str]) -> str | None:
    try:
        return CONTENT.texts.say(key, "en", values)
    except (MissingText, TypeError):  # a number or a date is wanted here, and no words can get in
        return None


@pytest.mark.parametrize("key", sorted(dict(WORDY)))
def test_no_value_changes_our_words_or_adds_an_entity(key: str, rng: random.Random) -> None:
    names = dict(WORDY)[key]
    plain = said(key, dict.fromkeys(names, "plain"))
    if plain is None:
        return
    for _ in range(100):
        values = {name: hostile(rng) if name in FREE_WORDS | NAMES else "plain" for name in names}
        text = said(key, values)
        assert text is not None
        assert entities(text) == entities(plain)
        assert not TURNS.search(text)
        ours = plain.split("plain")
        for part in ours:
            assert part in text or part.strip("\u2068\u2069") in text


def test_what_people_write_stays_readable() -> None:
    for words in ("שלום עולם", "مرحبا", "I am fine, really.", "naïve café", "👩‍👩‍👧", "нет", "हिन्दी"):
        assert harmless(words) == words
        assert dead_words(words).strip("\u2068\u2069") == words


@pytest.mark.parametrize(
    "alive", ["@someone", "/stop", "https://evil.example", "evil.example", "tg://user?id=1", "#tag"]
)
def test_nothing_in_a_quote_can_be_tapped(alive: str) -> None:
    dead = dead_words(f"look {alive} here")
    assert alive not in dead
    assert dead.replace(JOINER, "").strip("\u2068\u2069") == f"look {alive} here"
