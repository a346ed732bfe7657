"""The document that clinicians read before they sign: it may leave out no rule and no fact."""

from __future__ import annotations

import re
from pathlib import Path

from care.triage import FACTS
from content.loader import Content

DOCUMENT = Path(__file__).parents[2] / "docs" / "clinical-content.md"


def listed(heading: str) -> set[str]:
    """Return the names in the first column of the table under a heading."""
    section = DOCUMENT.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([\w-]+)`", section, re.MULTILINE))


def test_every_rule_of_triage_is_in_the_document(content: Content) -> None:
    assert listed("The rules") == {rule.id for rule in content.triage}


def test_the_document_gives_each_rule_its_level(content: Content) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [rule.id for rule in content.triage if f"| `{rule.id}` | {rule.level.word} |" not in text] == []


def test_every_fact_is_in_the_document() -> None:
    assert listed("The facts that triage hears") == set(FACTS)
