"""Which texts the data asks for. A symptom without its words must not reach a patient's screen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from care.regimens import Regimen
from care.screening import Question
from care.symptoms import RedFlag, Symptom
from care.triage import Rule
from content.catalogue_files import Answers, Edition
from content.fluent_files import Sheet
from content.toml_tables import Table

# A reason names its subject and its number, an answer the numbers to call; whoever triages fills them in.
REASON_VALUES = frozenset({"subject", "value"})
ANSWER_VALUES = frozenset({"emergency", "crisis"})

Need = tuple[Table, str]


def needs_of_symptoms(table: Table, symptoms: Iterable[Symptom]) -> Iterator[Need]:
    """Yield, for each symptom, its row and every text key it needs."""
    for row, symptom in zip(table.many("symptoms"), symptoms, strict=True):
        yield row, f"symptom-{symptom.id}"
        yield row, f"ask-grade-{symptom.id}"
        yield row, f"advice-{symptom.id}"
        for grade in range(1, 5):
            yield row, f"grade-{symptom.id}-{grade}"
        if symptom.question is not None:
            yield row, symptom.question.text
            for choice in symptom.question.choices:
                yield row, choice.label


def needs_of_flags(table: Table, flags: Iterable[RedFlag]) -> Iterator[Need]:
    """Yield, for each red flag, its row and its label."""
    for row, flag in zip(table.many("red_flags"), flags, strict=True):
        yield row, f"flag-{flag.id}"


def needs_of_screening(table: Table, questions: Iterable[Question]) -> Iterator[Need]:
    """Yield, for each question, its row, the question and the clinicians' wording."""
    for row, question in zip(table.many("questions"), questions, strict=True):
        yield row, f"screening-{question.id}"
        yield row, f"screened-{question.id}"


def needs_of_answers(table: Table, answers: Answers) -> Iterator[Need]:
    """Yield the labels of the answers and the clinicians' wording of those that triage hears of."""
    for name in answers.skipped:
        yield table, f"skip-{name}"
        yield table, f"skipped-{name}"
    for name in answers.withdrawal:
        yield table, f"withdrawal-{name}"
    for name in answers.follow_up:
        yield table, f"follow-up-{name}"
        yield table, f"followed-{name}"


def needs_of_regimen(table: Table, regimen: Regimen) -> Iterator[Need]:
    """Yield the regimen's name for people and each question it asks between two parts of a day."""
    yield table, f"regimen-{regimen.name}"
    for phase in regimen.phases:
        for part in phase.parts:
            if part.ask is not None:
                yield table, f"ask-{part.ask}"


def needs_of_edition(table: Table, edition: Edition) -> Iterator[Need]:
    """Yield the consent text in force."""
    yield table, edition.consent_key


def needs_of_rules(table: Table, rules: Iterable[Rule]) -> Iterator[Need]:
    """Yield each rule's reason and answer."""
    for row, rule in zip(table.many("rules"), rules, strict=True):
        yield row, rule.reason
        if rule.answer is not None:
            yield row, rule.answer


def check_needs(needs: Iterable[Need], sheets: Iterable[Sheet], spared: Mapping[str, Collection[str]]) -> None:
    """Note every needed text that one of `sheets` does not have. `spared`: by language, keys it may do without."""
    wanted = dict.fromkeys(needs)
    for sheet in sheets:
        for row, key in wanted:
            if key and key not in sheet.messages and key not in spared.get(sheet.code, ()):
                row.note(f'the text "{key}" is missing in "{sheet.code}"')


def check_rule_values(table: Table, rules: Iterable[Rule], english: Sheet, with_subject: Collection[str]) -> None:
    """Note every reason or answer that asks for a value nobody will give it."""
    for row, rule in zip(table.many("rules"), rules, strict=True):
        given = REASON_VALUES if rule.fact in with_subject else REASON_VALUES - {"subject"}
        for key, allowed in ((rule.reason, given), (rule.answer, ANSWER_VALUES)):
            extra = english.variables(key) - allowed if key else frozenset()
            if extra:
                row.note(f'the text "{key}" asks for {", ".join(sorted(extra))}, which nobody gives it')
