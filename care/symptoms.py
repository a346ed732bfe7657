"""What a patient can report: the catalogue's types and the grades."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum


class Grade(IntEnum):
    """How bad a symptom is, in the patient's own judgement."""

    NONE = 0
    MILD = 1
    MODERATE = 2
    SEVERE = 3
    VERY_SEVERE = 4


@dataclass(frozen=True)
class Choice:
    """One answer to a follow-up question; `flag` is the red flag it raises, if any."""

    label: str
    flag: str | None = None


@dataclass(frozen=True)
class FollowUpQuestion:
    """A question that follows a symptom of `from_grade` or worse (urine colour after fatigue, say)."""

    from_grade: int
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Symptom:
    """One thing the medicine may do, as a patient would name it.

    `common` symptoms have their own button on the first screen, the rest are behind "More". Text keys are derived:
    `symptom-<id>` for the label, `grade-<id>-<1..4>` for the plain words of each grade, `advice-<id>` for the
    self-care line of grade 1.
    """

    id: str
    common: bool
    source: str
    question: FollowUpQuestion | None = None
    codes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RedFlag:
    """A sign that no grade can excuse. Its level is a row of the triage table.

    Text keys are derived: `flag-<id>` for the label a patient reads. `crisis` flags are answered with the fixed crisis
    reply, number first. `offered` ones have a button under "A warning sign".
    """

    id: str
    offered: bool
    crisis: bool
    source: str
