"""Read `lexicons/<language>.toml`: what the words of a language speak of."""

from __future__ import annotations

import tomllib
from pathlib import Path

from care.reading.letters import fold_text
from care.reading.lexicon import Lexicon


def read_lexicon(path: Path) -> Lexicon:
    """Return the lexicon in `path`. Its patterns stand in strings, parted by commas or line ends."""
    return Lexicon(read_patterns(path))


def read_patterns(path: Path) -> dict[str, list[str]]:
    """Return the patterns in `path` by concept."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        concept: [_folded(pattern) for pattern in text.replace("\n", ",").split(",") if pattern.strip()]
        for table in tables.values()
        for concept, text in table.items()
    }


def _folded(pattern: str) -> str:
    """Return a pattern as words are compared; a gap at its end asks for nothing and is left out."""
    return fold_text(pattern.strip())[0].rstrip("~ ")
