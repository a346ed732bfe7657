"""Turn facts about a patient into a level. The table itself is data: `content/triage.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from care.regimens import Kind


class Level(IntEnum):
    """How soon a person must look. Ordered: a higher number is never lowered by a smaller one."""

    SELF_CARE = 1
    ROUTINE = 2
    URGENT = 3
    EMERGENCY = 4

    @property
    def word(self) -> str:
        """Return the level's name in files, records and text keys."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def named(cls, word: str) -> Level:
        """Return the level called `word`; raise KeyError for any other word."""
        return cls[word.upper().replace("-", "_")]


@dataclass(frozen=True)
class Fact:
    """One thing we know, in the words of the table.

    `kind` is one of FACTS; `subject` a symptom or red flag id where the kind has one; `value` a grade,
    a number of days or a count.
    """

    kind: str
    subject: str | None = None
    value: int = 0


FACTS: dict[str, str] = {
    "grade": "subject = symptom, value = grade 0-4 just reported",
    "rise": "subject = symptom, value = grade now minus the one reported last, within 7 days",
    "lasting": "subject = symptom, value = days since a still reported symptom began",
    "repeated": "subject = symptom, value = days of the last seven with a grade of 2 or more, today among them",
    "worse": "the patient says that it is getting worse; subject = symptom if known",
    "red-flag": "subject = red flag id",
    "help-now": "the patient pressed Help now",
    "free-text": "a message that was not understood, or not all of it",
    "distress": "a message that sounds distressed and could not be classed",
    "denied": "asked whether a message meant a red flag, the patient says no; subject = red flag id",
    "unconfirmed": "subject = symptom heard in a message that nobody confirmed, value = grade heard, 0 for none",
    "question": "a question that the patient would like the clinic to answer",
    "skipped": "subject = reason given for not taking today's dose",
    "missed-run": "value = doses missed in a row, once it reaches the regimen's `run` or `long_run`",
    "missed-week": "value = doses missed in seven days, once it reaches the regimen's number",
    "low-share": "value = percent taken in the regimen's window, once below its share",
    "silent": "value = hours without any answer, once over the regimen's limit",
    "reminders-failed": "value = dose days in a row on which our question never reached the patient",
    "opioid-use": "the patient reports opioid use",
    "opioid-not-said": "the patient would rather not say whether they used an opioid",
    "dose-held": "the daily question still waits for a clinician, and no case is open",
    "stopped": "the patient stopped the course by themselves",
    "pause-asked": "the patient asks for a pause",
    "withdrawal": "subject = signs seen after the first part of an induction day (mild or severe)",
    "induction-silent": "no answer about withdrawal signs in time; value = minutes",
    "step-held": "a titration step waits for a clinician; subject = symptom",
    "step-unproven": "a titration step waits; value = days on the present amount without a known dose",
    "screening": "an answer at joining needs a clinician's decision; subject = question",
    "unreachable": "the patient cannot be reached by Telegram",
    "course-end": "the course has ended",
    "follow-up": "subject = what the patient answered at a follow-up contact",
}


@dataclass(frozen=True)
class Rule:
    """One row of the triage table. An empty `kinds` or `subjects` means any.

    `reason` is the text key shown to clinicians, `answer` the one shown to the patient (None: nothing is said
    beyond what the screen says anyway). `source` is where the threshold comes from.
    """

    id: str
    fact: str
    level: Level
    reason: str
    answer: str | None
    source: str
    kinds: frozenset[Kind] = frozenset()
    subjects: frozenset[str] = frozenset()
    at_least: int | None = None


@dataclass(frozen=True)
class Match:
    """One rule that spoke, and the fact it spoke about."""

    rule: Rule
    fact: Fact


@dataclass(frozen=True)
class Decision:
    """What the table says: the highest level, and for each fact the rule that spoke highest, gravest first."""

    level: Level
    matches: tuple[Match, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules that spoke, the gravest first."""
        return tuple(match.rule for match in self.matches)

    @property
    def answer(self) -> str | None:
        """Return the text key for the patient: that of the gravest rule that has one."""
        return next((rule.answer for rule in self.rules if rule.answer), None)


def triage(facts: Iterable[Fact], *, kind: Kind, table: Sequence[Rule]) -> Decision | None:
    """Return the decision for `facts`, or None when no rule speaks.

    Of several rules about one fact only the gravest is kept. A fact that no rule names changes nothing.
    """
    matches: list[Match] = []
    for fact in dict.fromkeys(facts):
        speaking = [rule for rule in table if _speaks(rule, fact, kind)]
        if speaking:
            matches.append(Match(max(speaking, key=_weight), fact))
    if not matches:
        return None
    matches.sort(key=lambda match: (-match.rule.level, match.rule.id))
    return Decision(matches[0].rule.level, tuple(matches))


def _weight(rule: Rule) -> tuple[Level, int, int]:
    return rule.level, len(rule.subjects) > 0, rule.at_least or 0


def _speaks(rule: Rule, fact: Fact, kind: Kind) -> bool:
    return (
        rule.fact == fact.kind
        and (not rule.kinds or kind in rule.kinds)
        and (not rule.subjects or fact.subject in rule.subjects)
        and (rule.at_least is None or fact.value >= rule.at_least)
    )
