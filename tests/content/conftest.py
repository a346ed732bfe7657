"""The content as it ships, and copies of it to be spoiled."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from content.loader import HERE, Content, load_content
from content.problems import ContentError, Problem

Spoil = Callable[[str, str, str], Path]
# File, what is replaced, by what, key and sentence of the problem.
Mistake = tuple[str, str, str, str, str]


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content's data."""
    for name in ("texts", "regimens"):
        shutil.copytree(HERE / name, tmp_path / name, ignore=shutil.ignore_patterns("*.py*"))
    for path in HERE.glob("*.toml"):
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.fixture
def spoil(folder: Path) -> Spoil:
    """Replace the first `old` in a file of the copy by `new`, and return the copy."""

    def change(file: str, old: str, new: str) -> Path:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return change


def spoil_and_load(spoil: Spoil, file: str, old: str, new: str) -> tuple[list[Problem], int | None]:
    marked = new.find("@")
    folder = spoil(file, old, new.replace("@", "", 1))
    text = (folder / file).read_text(encoding="utf-8")
    clean = new.replace("@", "", 1)
    line = text.count("\n", 0, text.index(clean) + marked) + 1 if marked >= 0 else None
    with pytest.raises(ContentError) as caught:
        load_content(folder)
    return list(caught.value.problems), line


def find_mistake(spoil: Spoil, mistake: Mistake) -> list[Problem]:
    """Return what is told about one mistake; "@" in its replacement marks the line that must be named."""
    file, old, new, key, sentence = mistake
    problems, line = spoil_and_load(spoil, file, old, new)
    told = [found for found in problems if sentence in found.sentence and key in found.key]
    assert told, "\n".join(map(str, problems))
    assert line is None or line in {found.line for found in told}
    return told
