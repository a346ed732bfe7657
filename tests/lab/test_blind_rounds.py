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
