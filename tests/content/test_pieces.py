"""Long texts of people's own go in pieces, and none of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.pieces import MOST_PIECE, in_pieces, size_of

TEXTS = {
    "nothing": ("", []),
    "white space": (" \n ", []),
    "short": ("hello", ["hello"]),
    "at a word": ("aaaa bbbb cccc", ["aaaa bbbb", "cccc"]),
    "at a line": ("aaaaa\nbbb ccc", ["aaaaa", "bbb ccc"]),
    "no boundary": ("a" * 25, ["a" * 10, "a" * 10, "a" * 5]),
    "escaped counts more": ("&&&", ["&&", "&"]),
    "an emoji counts two": ("😀" * 6, ["😀" * 5, "😀"]),
}


@pytest.mark.parametrize(("text", "pieces"), TEXTS.values(), ids=list(TEXTS))
def test_a_text_is_cut_where_it_hurts_least(text: str, pieces: list[str]) -> None:
    assert in_pieces(text, 10) == pieces


@given(st.text(max_size=300))
def test_all_of_it_is_there_and_every_piece_fits(text: str) -> None:
    pieces = in_pieces(text, 20)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(piece and size_of(piece) <= 20 for piece in pieces)


def test_the_longest_message_takes_few_pieces() -> None:
    assert len(in_pieces("word " * 819)) == 2
    assert all(size_of(piece) <= MOST_PIECE for piece in in_pieces("<&>" * 1365))
