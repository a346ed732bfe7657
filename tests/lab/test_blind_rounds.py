"""The last blind rounds hold what was reached, and small changes in writing do not lose it."""

import json
import random
from collections.abc import Callable

import pytest

from care.reading import Reader
from content.reader_files import load_reader
from lab.corpus import BLIND, Row, read_rows
from lab.score import score_rows

HELD = json.loads((BLIND / "held.json").read_text(encoding="utf-8"))
WORST_FALL = 0.03
FALLING = ("flag recall", "urgent recall", "symptoms F1", "negation F1", "severity", "dose where made")
RISING = ("every flag missed", "look-alikes raised")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


def rows_of(name: str) -> list[Row]:
    return read_rows([BLIND / f"{name}.jsonl"])


@pytest.mark.parametrize("name", HELD)
def test_a_blind_round_holds_what_was_reached(reader: Reader, name: str) -> None:
    for language, score in score_rows(reader, rows_of(name)).items():
        reached, bars = HELD[name][language], score.bars()
        fallen = {bar: (bars[bar], reached[bar]) for bar in FALLING if bars[bar] < reached[bar] - 0.005}
        risen = {bar: (bars[bar], reached[bar]) for bar in RISING if bars[bar] > reached[bar] + 0.005}
        assert fallen | risen == {}


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


CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "upper case": lambda text, _: text.upper(),
    "lower case": lambda text, _: text.lower(),
    "accents dropped": lambda text, _: text.translate(str.maketrans("áéíóúüñёÁÉÍÓÚÑЁ", "aeiouunеAEIOUNЕ")),
    "emoji": lambda text, _: text + " 🙈",
    "filler": lambda text, _: "well " + text,
    "typo": typos,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_small_change_loses_little(reader: Reader, change: str) -> None:
    chance = random.Random(1)
    for name in HELD:
        rows = rows_of(name)
        changed = [{**row, "text": CHANGES[change](row["text"], chance)} for row in rows]
        for language, score in score_rows(reader, changed).items():
            before, after = score_rows(reader, rows)[language].bars(), score.bars()
            allowed = WORST_FALL + 1.5 / max(score.flagged, 1)
            assert after["flag recall"] >= before["flag recall"] - allowed
            assert after["look-alikes raised"] <= before["look-alikes raised"] + allowed
