"""What a reading of a message holds: plain values, by the codes of the label schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from care.doses import SkipReason

FLAGS = (
    "suicidal",
    "liver",
    "allergy",
    "opioid_use",
    "opioid_withdrawal",
    "alcohol_relapse",
    "pregnancy",
    "overdose",
    "emergency",
    "dose_stop",
    "opioid_need",
)
SYMPTOMS = (
    "insomnia",
    "anxiety",
    "nausea",
    "vomiting",
    "headache",
    "diarrhoea",
    "abdominal_cramps",
    "dizziness",
    "fatigue",
    "appetite_loss",
    "depression",
    "other",
)
ANY = "any"
SEVERITIES = ("mild", "moderate", "severe")


class Strength(StrEnum):
    """How sure a red flag is: a certain one acts at once, a possible one asks first."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


class DoseSaid(StrEnum):
    """What a message says about today's tablet."""

    TAKEN = "taken"
    NOT_TAKEN = "not-taken"
    LATER = "later"
    EXTRA = "extra"
    OTHER_TOOK = "other-took"


@dataclass(frozen=True)
class Span:
    """A stretch of the text as it was given, in characters, and what it was read as."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Heard:
    """A symptom by its schema code, with a grade of 1 to 3 if one was said."""

    code: str
    grade: int | None


@dataclass(frozen=True)
class Reading:
    """What was understood of one message. Nothing in it was said outright unless a span shows where.

    `severity` is what the message sounds like; `clear_severity` the same where it is clear enough to act on.
    """

    language: str
    symptoms: tuple[Heard, ...] = ()
    negated: tuple[str, ...] = ()
    severity: str | None = None
    clear_severity: str | None = None
    flags: Mapping[str, Strength] = field(default_factory=dict)
    dose: DoseSaid | None = None
    reason: SkipReason | None = None
    question: str | None = None
    distressed: bool = False
    trivial: bool = False
    known_language: bool = True
    spans: tuple[Span, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether something was heard; what is neither understood nor trivial goes to a person."""
        return bool(self.symptoms or self.negated or self.flags or self.dose or self.question)

    @property
    def taken(self) -> bool | None:
        """Today's dose in the schema's three values; somebody else's tablet says nothing of it."""
        if self.dose in (DoseSaid.TAKEN, DoseSaid.EXTRA):
            return True
        return False if self.dose in (DoseSaid.NOT_TAKEN, DoseSaid.LATER) else None
