"""From what was read in a message to what is to be done about it. The rules are data: `content/hearing.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from care.doses import SkipReason
from care.reading import DoseSaid, Reading, Strength
from care.reading.letters import tokens_of

PLAIN_DOSE_WORDS = 8
"""A dose statement of so many words and nothing else is taken at its word; a longer one is asked about."""
LONG_STORY_WORDS = 40
"""However much was heard in it, a story longer than this is read by a person too."""
LONGEST_YES = 40


class HeardKind(StrEnum):
    """What an item of a message is about."""

    FLAG = "flag"
    SYMPTOM = "symptom"
    DENIED = "denied"
    DOSE = "dose"
    QUESTION = "question"


class HeardState(StrEnum):
    """What became of one thing that was heard. Only ASKED waits for anybody."""

    NOTED = "noted"
    ACTED = "acted"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    REMOVED = "removed"
    REPORTED = "reported"
    PRESUMED = "presumed"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True)
class FlagRule:
    """Which red flag a flag of the reader is. `severe` is the one for a message that says "severe".

    An `alone` flag is answered by itself: nothing else of the message is asked about beside it.
    """

    heard: str
    flag: str
    severe: str | None = None
    alone: bool = False


@dataclass(frozen=True)
class HearingRules:
    """How readings are acted on. `flags` are in order of gravity, the gravest first."""

    flags: tuple[FlagRule, ...]
    symptoms: Mapping[str, str]
    extra: str
    other_took: str
    yes: frozenset[str]
    no: frozenset[str]
    answer_within: timedelta
    confirm_within: timedelta
    forget_after: timedelta


@dataclass(frozen=True)
class Plan:
    """What is to be done about one message. Red flags and symptoms are ids of our catalogues.

    `certain` and `possible` are in order of gravity; `is_alone` says that a flag stands among them beside which
    nothing else is asked. `is_plain_dose` says that the dose statement is the whole message.
    """

    certain: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    is_alone: bool = False
    symptoms: tuple[tuple[str, int | None], ...] = ()
    denied: tuple[str, ...] = ()
    dose: DoseSaid | None = None
    is_plain_dose: bool = False
    reason: SkipReason | None = None
    question: str | None = None
    is_distressed: bool = False
    is_unread: bool = False
    is_trivial: bool = False
    is_known_language: bool = True

    @property
    def is_danger(self) -> bool:
        """Whether a person has to hear of this message at once, or may have to."""
        return bool(self.certain or self.possible or self.is_distressed)

    @property
    def says_something(self) -> bool:
        """Whether anything was heard that is acted on."""
        return bool(self.is_danger or self.symptoms or self.denied or self.dose or self.question)


def plan_for(reading: Reading, text: str, rules: HearingRules) -> Plan:
    """Return what to do about `text`, as it was read."""
    flags = _flags(reading, rules)
    certain = tuple(flag for flag, strength in flags.items() if strength is Strength.CERTAIN)
    possible = tuple(flag for flag, strength in flags.items() if strength is Strength.POSSIBLE)
    alone = {flag for rule in rules.flags if rule.alone for flag in (rule.flag, rule.severe)}
    symptoms, has_unnamed = _symptoms(reading, rules)
    dose = reading.dose if reading.dose in (DoseSaid.TAKEN, DoseSaid.NOT_TAKEN, DoseSaid.LATER) else None
    denied = tuple(dict.fromkeys(rules.symptoms.get(code, code) for code in reading.negated))
    is_heard = bool(flags or symptoms or dose or denied or reading.question)
    is_long = len(text.split()) > LONG_STORY_WORDS
    is_foreign = not reading.known_language
    return Plan(
        certain=certain,
        possible=possible,
        is_alone=bool(alone & flags.keys()),
        symptoms=tuple(symptoms.items()),
        denied=tuple(code for code in denied if code not in symptoms),
        dose=dose,
        is_plain_dose=not flags and not symptoms and not reading.question and _is_plain(text),
        reason=reading.reason,
        question=reading.question,
        is_distressed=reading.distressed,
        is_unread=not reading.trivial and (not is_heard or has_unnamed or is_long or is_foreign),
        is_trivial=reading.trivial and not is_heard and not reading.distressed,
        is_known_language=reading.known_language,
    )


def _flags(reading: Reading, rules: HearingRules) -> dict[str, Strength]:
    """Return our red flags with their strength, the gravest first; of two readings of one flag the surer counts."""
    found: dict[str, Strength] = {}
    for rule in rules.flags:
        strength = reading.flags.get(rule.heard)
        if strength is not None:
            is_severe = reading.clear_severity == "severe" and rule.severe is not None
            flag = rule.severe if is_severe and rule.severe else rule.flag
            if found.get(flag) is not Strength.CERTAIN:
                found[flag] = strength
    if reading.dose is DoseSaid.OTHER_TOOK:
        found.setdefault(rules.other_took, Strength.CERTAIN)
    if reading.dose is DoseSaid.EXTRA and "overdose" not in reading.flags:
        found.setdefault(rules.extra, Strength.CERTAIN)
    return found


def _symptoms(reading: Reading, rules: HearingRules) -> tuple[dict[str, int | None], bool]:
    """Return our symptoms with the worst grade said of each, and whether one was heard that we have no name for."""
    found: dict[str, int | None] = {}
    has_unnamed = False
    for heard in reading.symptoms:
        name = rules.symptoms.get(heard.code)
        if name is None:
            has_unnamed = True
            continue
        earlier = found.get(name)
        found[name] = max((grade for grade in (earlier, heard.grade) if grade is not None), default=None)
    return found, has_unnamed


def _is_plain(text: str) -> bool:
    return len(text.split()) <= PLAIN_DOSE_WORDS and not any(mark in text for mark in "?\u00bf")


def yes_or_no(text: str, rules: HearingRules) -> bool | None:
    """Return what a message says that is nothing but a yes or a no; None for any other."""
    if len(text) > LONGEST_YES:
        return None
    said = {token.text for token in tokens_of(text) if token.text not in ".!,\u2026"}
    if not said:
        return None
    return True if said <= rules.yes else False if said <= rules.no else None


def writable(text: str) -> str:
    """Return `text` as every database and every screen takes it: what cannot be kept leaves a visible mark."""
    return text.replace("\x00", "\u2400").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
