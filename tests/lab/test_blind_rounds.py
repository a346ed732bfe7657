"""The last blind rounds hold what was reached, and small changes in writing do not lose it."""

import json
import random
from collections.abc import Callable
from statistics import mean

import pytest

from care.reading import Reader
from content.reader_files import load_reader
from lab.corpus import BLIND, Row, read_rows
from lab.score import score_rows

RECORD = json.loads((BLIND / "held.json").read_text(encoding="utf-8"))
HELD, MEASURED = RECORD["held"], RECORD["measured"]
WORST_FALL = 0.03
THIRD, FOLDED = 3, ("upper case", "lower case", "accents dropped")
FALLING = ("flag recall", "urgent recall", "symptoms F1", "negation F1", "severity", "dose where made")
RISING = ("every flag missed", "look-alikes raised")

# What a round must reach: recall of flags, of urgent ones and of each single one, F1 of symptoms and denials, ...
LEAST = {
    "en": {"flag recall": 0.92, "urgent recall": 0.97, "symptoms F1": 0.92, "negation F1": 0.88},
    "ru": {"flag recall": 0.85, "urgent recall": 0.92, "symptoms F1": 0.85, "negation F1": 0.80},
    "es": {"flag recall": 0.85, "urgent recall": 0.92, "symptoms F1": 0.85, "negation F1": 0.80},
}
LEAST_OF_ALL = {"lowest flag": 0.80, "severity": 0.80, "dose where made": 0.90}
MOST = {
    "en": {"every flag missed": 0.04, "look-alikes raised": 0.08},
    "ru": {"every flag missed": 0.08, "look-alikes raised": 0.10},
    "es": {"every flag missed": 0.08, "look-alikes raised": 0.10},
}
MOST_UNREAD = 0.10


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


@pytest.fixture(scope="module")
def reached(reader: Reader) -> dict[str, dict[str, float]]:
    """The figures of every round, by round."""
    return {name: bars_of(reader, rows_of(name)) for name in HELD}


def rows_of(name: str) -> list[Row]:
    return read_rows([BLIND / f"{name}.jsonl"])


def bars_of(reader: Reader, rows: list[Row]) -> dict[str, float]:
    (score,) = score_rows(reader, rows).values()
    return score.bars()


@pytest.mark.parametrize("name", HELD)
def test_a_blind_round_holds_what_was_reached(reached: dict[str, dict[str, float]], name: str) -> None:
    (held,) = HELD[name].values()
    fallen = {bar: (reached[name][bar], held[bar]) for bar in FALLING if reached[name][bar] < held[bar] - 0.005}
    risen = {bar: (reached[name][bar], held[bar]) for bar in RISING if reached[name][bar] > held[bar] + 0.005}
    assert fallen | risen == {}


def last_two(language: str) -> list[str]:
    """The last two rounds of a language: two in a row must hold."""
    return sorted((name for name in HELD if name.startswith(language)), key=lambda name: int(name[3:]))[-2:]


@pytest.mark.parametrize("name", [name for language in LEAST for name in last_two(language)])
def test_the_last_two_rounds_hold_every_bar(reader: Reader, reached: dict[str, dict[str, float]], name: str) -> None:
    language, figures = name[:2], reached[name]
    least = LEAST[language] | LEAST_OF_ALL
    assert {bar: figures[bar] for bar, value in least.items() if figures[bar] < value} == {}
    assert {bar: figures[bar] for bar, value in MOST[language].items() if figures[bar] > value} == {}
    readings = [reader.read(row["text"], language=language) for row in rows_of(name)]
    assert mean(not reading.understood and not reading.trivial for reading in readings) <= MOST_UNREAD


def test_what_a_round_first_showed_stays_on_record() -> None:
    assert set(HELD) <= set(MEASURED)
    assert {language for figures in HELD.values() for language in figures} == {"en", "ru", "es"}


def typos(text: str, chance: random.Random) -> str:
    """One slip of the finger: two letters change places in a long word."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) > 5 and word.isalpha()]
    if long:
        place = chance.choice(long)
        at = chance.randrange(1, len(words[place]) - 2)
        word = words[place]
        words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)


def filler(text: str, chance: random.Random) -> str:
    """An opening that says nothing, in the language of the rest."""
    said = ("ну ", "так вот ") if any("а" <= letter <= "я" for letter in text.lower()) else ("well ", "hey ", "hmm ")
    return chance.choice(said) + text


CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "upper case": lambda text, _: text.upper(),
    "lower case": lambda text, _: text.lower(),
    "accents dropped": lambda text, _: text.translate(str.maketrans("áéíóúüñёÁÉÍÓÚÑЁ", "aeiouunеAEIOUNЕ")),
    "emoji": lambda text, _: text + " 🙈",
    "filler": filler,
    "typo": typos,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_small_change_loses_little(reader: Reader, change: str) -> None:
    """Over the rounds together: a round alone is too small to tell a fall of 0.03 from one message.

    What the reader folds away before it reads is tried on every third message, the rest on all.
    """
    rows = [row for name in HELD for row in rows_of(name)]
    rows = rows[list(CHANGES).index(change) :: THIRD] if change in FOLDED else rows
    chance = random.Random(1)
    before = score_rows(reader, rows)
    after = score_rows(reader, [{**row, "text": CHANGES[change](row["text"], chance)} for row in rows])
    falls: dict[str, float] = {}
    for bar in (*FALLING, *RISING):
        fall = mean(score.bars()[bar] - after[language].bars()[bar] for language, score in before.items())
        falls[bar] = -fall if bar in RISING else fall
    assert {bar: fall for bar, fall in falls.items() if fall > WORST_FALL} == {}
