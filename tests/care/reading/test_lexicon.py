"""Patterns find what words speak of, misspelt or not, and nothing else."""

import pytest

from care.reading.letters import tokens_of
from care.reading.lexicon import Lexicon

LEXICON = Lexicon(
    {
        "vomiting": ["vomit*", "threw|chuck* ~ up", "been sick"],
        "cant": ["can't", "cannot"],
        "no_breath": ["{cant} breathe"],
        "withdrawal": ["withdrawal"],
        "belly": ["stomach ~ sore"],
        "maybe": ["had|took - one", "had|- a drink"],
    }
)


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("vomiting", {"vomiting"}),
        ("I threw up", {"vomiting"}),
        ("chucked my whole breakfast up", {"vomiting"}),
        ("chucked it. And then I got up", set()),
        ("cannot breathe", {"cant", "no_breath"}),
        ("can't swim", {"cant"}),
        ("withdrawl", {"withdrawal"}),
        ("withrdawal", {"withdrawal"}),
        ("withddrawal", {"withdrawal"}),
        ("withdrew", set()),
        ("my stomach's sore", {"belly"}),
        ("a drink", {"maybe"}),
        ("had a drink", {"maybe"}),
        ("", set()),
    ],
)
def test_a_pattern_finds(text: str, concepts: set[str]) -> None:
    assert {hit.concept for hit in LEXICON.find(tokens_of(text))} == concepts


def test_a_pattern_that_names_an_unknown_concept_is_refused() -> None:
    with pytest.raises(KeyError):
        Lexicon({"one": ["{two} words"]})


def test_the_longest_of_one_concept_counts() -> None:
    hits = LEXICON.find(tokens_of("had a drink"))
    assert next((hit.first, hit.last) for hit in hits if hit.concept == "maybe") == (0, 3)
