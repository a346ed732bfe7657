"""The content as it ships, and copies of it to be spoiled."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from content.loader import HERE, Content, load_content

Spoil = Callable[[str, str, str], Path]


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
