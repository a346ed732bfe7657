"""What the words around a symptom do to it."""

import pytest

from care.reading.features import features, take_apart
from content.lexicon_files import read_lexicon
from content.loader import HERE

LEXICONS = {language: read_lexicon(HERE / "lexicons" / f"{language}.toml") for language in ("en", "ru", "es")}


@pytest.mark.parametrize(
    ("language", "text", "concept", "mark"),
    [
        ("en", "no nausea", "nausea", "neg"),
        ("en", "no headache, nausea or dizziness", "dizziness", "neg"),
        ("en", "not dizzy but queasy", "dizziness", "neg"),
        ("en", "the headache has gone", "headache", "gone"),
        ("en", "my brother is depressed", "low_mood", "other"),
        ("en", "mum is depressed", "low_mood", "other"),
        ("en", "if I get a headache", "headache", "hypo"),
        ("en", "mum fainted and i rang", "faint", "other"),
        ("en", "took two lol", "two_tablets", "joke"),
        ("ru", "мой брат пьет", "drink_verb", "other"),
        ("ru", "без рвоты", "vomiting", "neg"),
        ("ru", "не тошнит", "nausea", "neg"),
        ("es", "mi hermano toma cerveza", "drink_noun", "other"),
        ("en", "three weeks", "many_tablets", ""),
        ("es", "no tengo mareos", "dizziness", "neg"),
        ("es", "sin náuseas ni vómitos", "vomiting", "neg"),
        ("en", "Nausea: none. Sleep fine.", "nausea", "neg"),
        ("en", "headache 2/10, nausea 0", "nausea", "neg"),
        ("es", "Insomnio: no. Diarrea: leve.", "insomnia", "neg"),
        ("es", "diarrea tampoco", "diarrhoea", "neg"),
        ("ru", "Тошнота: нет.", "nausea", "neg"),
        ("en", "my stomach's sore", "cramps", ""),
    ],
)
def test_a_symptom_is_marked(language: str, text: str, concept: str, mark: str) -> None:
    marks = {mark for row in take_apart(text, LEXICONS[language]).marked for hit, marks in row
             if hit.concept == concept for mark in marks}  # fmt: skip
    assert mark in marks if mark else not marks


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("not only nausea", "nausea"),
        ("not dizzy but queasy", "nausea"),
        ("I can't stop vomiting", "vomiting"),
        ("No. Headache.", "headache"),
        ("Nausea: none. Headache: bad.", "headache"),
        ("nausea 0, headache 5/10", "headache"),
    ],
)
def test_a_denial_goes_no_further_than_it_says(text: str, concept: str) -> None:
    rows = take_apart(text, LEXICONS["en"]).marked
    assert any(hit.concept == concept and "neg" not in marks for row in rows for hit, marks in row)


@pytest.mark.parametrize(
    ("text", "seen", "unseen"),
    [
        ("collapsed at the gym and they called an ambulance", "faint/by", "faint/bythem"),
        ("my dog ate some and then I fainted", "faint/byme", "faint/bythem"),
        ("my dog fainted", "faint/bythem", "faint/byme"),
        ("my mate rang. fainted in the shop", "faint/by", "faint/bythem"),
    ],
)
def test_whose_a_danger_is_hangs_on_who_was_named_last(text: str, seen: str, unseen: str) -> None:
    concepts = features(take_apart(text, LEXICONS["en"]), "en")[2]
    assert seen in concepts
    assert unseen not in concepts


@pytest.mark.parametrize(
    ("text", "concept", "mark"),
    [
        ("fainted on a customer", "faint", "other"),
        ("i fainted and my boss saw it", "faint", "other"),
        ("jokes aside i fainted", "faint", "joke"),
        ("had a headache and i passed out", "headache", "gone"),
        ("could not eat dinner, 3 whiskeys", "drink_noun", "neg"),
    ],
)
def test_a_frame_takes_back_no_more_than_it_frames(text: str, concept: str, mark: str) -> None:
    found = [marks for row in take_apart(text, LEXICONS["en"]).marked for hit, marks in row if hit.concept == concept]
    assert found
    assert all(mark not in marks for marks in found)


def test_a_danger_that_is_asked_about_is_one() -> None:
    assert "sure_emergency/own" in features(take_apart("is it this tablet that i fainted?", LEXICONS["en"]), "en")[2]


@pytest.mark.parametrize("language", LEXICONS)
def test_every_language_knows_the_same_concepts(language: str) -> None:
    """The model learns a concept in all languages at once; one that only a language has, it learns from that alone."""
    english, other = set(LEXICONS["en"].concepts), set(LEXICONS[language].concepts)
    assert english - other <= {"alcohol_question", "stop_said"}
