"""Load the reader: its lexicons, and its weights with their checksum."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

from care.reading import Reader
from care.reading.model import unpacked
from content.lexicon_files import read_lexicon

HERE = Path(__file__).resolve().parent
WEIGHTS, CHECKSUM = "reading/weights.bin", "reading/weights.sha256"


class WrongWeights(ValueError):
    """The weights are not the ones that were measured and signed off."""


def load_reader(folder: Path | None = None) -> Reader:
    """Return the reader in a content folder (None: our own); WrongWeights if the weights are others."""
    folder = folder or HERE
    data = (folder / WEIGHTS).read_bytes()
    wanted = (folder / CHECKSUM).read_text(encoding="ascii").split()[0]
    if hashlib.sha256(data).hexdigest() != wanted:
        raise WrongWeights(f"{WEIGHTS} does not match {CHECKSUM}: run `make train`, measure, and commit both")
    lexicons = {path.stem: read_lexicon(path) for path in sorted((folder / "lexicons").glob("*.toml"))}
    asked = tomllib.loads((folder / "questions.toml").read_text(encoding="utf-8"))
    return Reader(lexicons, unpacked(data), [question["id"] for question in asked["questions"]])
