"""Text as typed becomes words that can be compared, each with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.reading.letters import tokens_of


def words(text: str) -> list[str]:
    return [token.text for token in tokens_of(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("NAUSEA!!", ["nausea", "!", "!"]),
        ("sooooo sick", ["so", "sick"]),
        ("can\u2019t sleep", ["can't", "sleep"]),
        ("Vomité, náuseas", ["vomite", ",", "nauseas"]),
        ("ещё", ["еще"]),
        ("мой", ["мой"]),
        ("a\nb", ["a", "\u2026", "b"]),
        ("1000 times", ["1000", "times"]),
        ("👍🏽", ["👍"]),
        ("\u202eabc\u202c", ["abc"]),
        ("a\x00b \ud800", ["ab"]),
        ("", []),
    ],
)
def test_words_are_folded(text: str, said: list[str]) -> None:
    assert words(text) == said


@given(st.text(max_size=200))
def test_every_word_has_its_place_in_the_text_as_given(text: str) -> None:
    tokens = tokens_of(text)
    places = [(token.start, token.end) for token in tokens]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)


def test_a_word_without_end_costs_no_more_than_its_beginning() -> None:
    assert max(len(word) for word in words("ab" * 50_000)) <= 40
