"""How clinicians read what a fact is about."""

from __future__ import annotations

from care.triage import Fact

# Facts that are about something, and the family of text keys that names it.
SUBJECT_KEYS: dict[str, str] = {
    "grade": "symptom",
    "rise": "symptom",
    "lasting": "symptom",
    "repeated": "symptom",
    "worse": "symptom",
    "step-held": "symptom",
    "red-flag": "flag",
    "denied": "flag",
    "unconfirmed": "symptom",
    "skipped": "skipped",
    "withdrawal": "withdrawal",
    "screening": "screened",
    "follow-up": "followed",
}
UNNAMED = "symptom-unnamed"


def find_subject_key(fact: Fact) -> str | None:
    """Return the key of what the fact is about, or None for a fact about nothing in particular."""
    family = SUBJECT_KEYS.get(fact.kind)
    if family is None:
        return None
    return f"{family}-{fact.subject}" if fact.subject else UNNAMED
