"""The reader's weights are the ones that were measured; its words and answers are all there."""

import shutil
from pathlib import Path

import pytest

from care.reading.said import FLAGS, SYMPTOMS
from content.lexicon_files import read_patterns
from content.loader import HERE, Content
from content.reader_files import WrongWeights, load_reader


def test_the_weights_match_their_checksum() -> None:
    assert load_reader().model.labels


def test_other_weights_are_refused(tmp_path: Path) -> None:
    shutil.copytree(HERE / "reading", tmp_path / "reading", ignore=shutil.ignore_patterns("corpus", "blind"))
    (tmp_path / "reading" / "weights.bin").write_bytes(b"steady-reading-1\n")
    with pytest.raises(WrongWeights):
        load_reader(tmp_path)


def test_every_code_that_matters_has_a_name_in_the_catalogue(content: Content) -> None:
    assert set(SYMPTOMS) - set(content.hearing.symptoms) == {"other"}
    assert set(FLAGS) == {rule.heard for rule in content.hearing.flags}


def test_content_brings_its_reader(content: Content) -> None:
    assert content.reader is content.reader
    assert content.reader.questions == content.questions


@pytest.mark.parametrize("language", ["en", "ru", "es"])
def test_every_common_question_can_be_asked(content: Content, language: str) -> None:
    patterns = read_patterns(HERE / "lexicons" / f"{language}.toml")
    assert {f"ask_{question}" for question in content.questions} <= set(patterns)


@pytest.mark.parametrize(
    ("language", "text", "question"),
    [
        ("en", "can I drink alcohol on this?", "alcohol"),
        ("en", "what should I do if I missed a tablet", "missed"),
        ("en", "when does it start working?", "start"),
        ("en", "where do I keep the tablets", "storing"),
        ("ru", "можно ли пить алкоголь?", "alcohol"),
        ("ru", "как хранить таблетки?", "storing"),
        ("es", "¿puedo conducir?", "driving"),
        ("es", "¿cuándo hace efecto?", "start"),
        ("en", "what a day", None),
    ],
)
def test_a_common_question_is_found(content: Content, language: str, text: str, question: str | None) -> None:
    assert content.reader.read(text, language=language).question == question
