"""Read all content once, check it as a whole, and refuse to start on any mistake."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from care.answers import HourWords
from care.hearing import HearingRules
from care.reading import Reader
from care.regimens import Regimen
from care.screening import Question
from care.symptoms import RedFlag, Symptom
from care.triage import Fact, Rule
from content.catalogue_files import (
    Answers,
    Edition,
    check_flags_raised,
    read_answers,
    read_edition,
    read_red_flags,
    read_screening,
    read_symptoms,
)
from content.cities import read_cities
from content.clinicians import read_clinicians_keys
from content.discreet import Discreet, read_discreet
from content.fluent_files import Sheet, read_sheet
from content.hearing_file import needs_of_hearing, read_hearing
from content.hour_file import read_hours
from content.languages import Language, read_languages
from content.needed_texts import (
    Need,
    check_needs,
    check_rule_values,
    needs_of_answers,
    needs_of_edition,
    needs_of_flags,
    needs_of_regimen,
    needs_of_rules,
    needs_of_screening,
    needs_of_symptoms,
)
from content.problems import ContentError
from content.question_file import needs_of_questions, read_questions
from content.reader_files import load_reader
from content.regimen_files import read_regimen
from content.subjects import SUBJECT_KEYS, find_subject_key
from content.texts import Texts
from content.toml_tables import Source, Table, open_table
from content.triage_file import check_flags_ruled, read_triage
from content.values import Words
from content.zones import countries

T = TypeVar("T", Symptom, RedFlag)

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Content:
    """Everything that Steady knows how to say and what a clinic signed off. Read once, never changed."""

    edition: Edition
    languages: Mapping[str, Language]
    regimens: Mapping[str, Regimen]
    symptoms: tuple[Symptom, ...]
    red_flags: tuple[RedFlag, ...]
    screening: tuple[Question, ...]
    answers: Answers
    hearing: HearingRules
    hours: HourWords
    triage: tuple[Rule, ...]
    discreet: Discreet
    texts: Texts
    clinicians_keys: frozenset[str]
    questions: tuple[str, ...]
    folder: Path = field(default=HERE, repr=False)

    @cached_property
    def sheets(self) -> Mapping[str, Sheet]:
        """The texts as written, by language, for lint; read again when asked for: a bot has no use for them."""
        return {code: read_sheet(self.folder / "texts" / code, code) for code in self.languages if code}

    @cached_property
    def reader(self) -> Reader:
        """What reads messages; loaded when it is first asked for, since not every start needs it."""
        return load_reader(self.folder)

    @property
    def has_reader(self) -> bool:
        """Return whether the reader is loaded already."""
        return "reader" in vars(self)

    def may_lack(self, language: str) -> frozenset[str]:
        """Return the keys that a language does without: what only clinicians read, if it is for patients only."""
        return self.clinicians_keys if self.languages[language].patients_only else frozenset()

    def symptom(self, name: str) -> Symptom:
        """Return the symptom with this id; KeyError if there is none."""
        return _by_id(self.symptoms, name)

    def red_flag(self, name: str) -> RedFlag:
        """Return the red flag with this id; KeyError if there is none."""
        return _by_id(self.red_flags, name)

    def reason(self, rule: Rule, fact: Fact) -> Words:
        """Return why `rule` spoke about `fact`, in words for clinicians."""
        subject = find_subject_key(fact)
        values = {"value": fact.value, "subject": Words(subject) if subject else ""}
        return Words(rule.reason, self.texts.fitting(rule.reason, values))


def load_content(folder: Path | None = None, *, fall_back: bool = False) -> Content:
    """Return the content in `folder` (None: our own), or raise ContentError naming every problem in it.

    With `fall_back` a language may miss texts; they are then said in English. Without it every text that the
    data asks for must exist in every language, but what only clinicians read not in one for patients only.
    """
    return _Loading(folder or HERE, fall_back).run()


class _Loading:
    """One pass over a content folder: read every file, then check them against each other."""

    def __init__(self, folder: Path, fall_back: bool) -> None:
        self.folder = folder
        self.fall_back = fall_back
        self.tables: dict[str, Table] = {}
        self.needs: list[Need] = []

    def run(self) -> Content:
        languages = read_languages(self._open("languages.toml"))
        sheets = {code: read_sheet(self.folder / "texts" / code, code) for code in languages if code}
        clinicians = read_clinicians_keys(self._open("clinicians.toml"), sheets.get("en", Sheet("en")))
        symptoms, flags = self._symptoms(), self._flags()
        screening, answers = self._screening(), self._answers()
        edition = self._edition()
        hearing = self._hearing(symptoms, flags)
        hours = read_hours(self._open("hours.toml"))
        discreet = read_discreet(self._open("discreet.toml"), languages=languages)
        read_cities(self._open("cities.toml"), countries=countries())  # kept by content.places; here it is checked
        regimens = self._regimens()
        questions = self._questions()
        rules = self._rules(_subjects(symptoms, flags, screening, answers))
        check_flags_raised(symptoms, flags, self.tables["symptoms.toml"])
        check_flags_ruled(rules, flags, self.tables["triage.toml"])
        spared = {code: clinicians for code, language in languages.items() if language.patients_only}
        self._check_texts(sheets, rules, spared)
        self._refuse(sheets)
        texts = Texts(languages, sheets.values(), clinicians=clinicians, fall_back=self.fall_back)
        return Content(
            edition=edition,
            languages=languages,
            regimens=regimens,
            symptoms=symptoms,
            red_flags=flags,
            screening=screening,
            answers=answers,
            hearing=hearing,
            hours=hours,
            triage=rules,
            discreet=discreet,
            texts=texts,
            clinicians_keys=clinicians,
            questions=questions,
            folder=self.folder,
        )

    def _open(self, name: str) -> Table:
        self.tables[name] = open_table(self.folder / name, file=name)
        return self.tables[name]

    def _symptoms(self) -> tuple[Symptom, ...]:
        table = self._open("symptoms.toml")
        symptoms = read_symptoms(table)
        self.needs += needs_of_symptoms(table, symptoms)
        return symptoms

    def _flags(self) -> tuple[RedFlag, ...]:
        table = self._open("red_flags.toml")
        flags = read_red_flags(table)
        self.needs += needs_of_flags(table, flags)
        return flags

    def _screening(self) -> tuple[Question, ...]:
        table = self._open("screening.toml")
        questions = read_screening(table)
        self.needs += needs_of_screening(table, questions)
        return questions

    def _answers(self) -> Answers:
        table = self._open("answers.toml")
        answers = read_answers(table)
        self.needs += needs_of_answers(table, answers)
        return answers

    def _hearing(self, symptoms: tuple[Symptom, ...], flags: tuple[RedFlag, ...]) -> HearingRules:
        table = self._open("hearing.toml")
        rules = read_hearing(table, symptoms=symptoms, flags=flags)
        self.needs += needs_of_hearing(table, rules)
        return rules

    def _edition(self) -> Edition:
        table = self._open("edition.toml")
        edition = read_edition(table)
        self.needs += needs_of_edition(table, edition)
        return edition

    def _rules(self, subjects: Mapping[str, Collection[str]]) -> tuple[Rule, ...]:
        table = self._open("triage.toml")
        rules = read_triage(table, subjects=subjects)
        self.needs += needs_of_rules(table, rules)
        return rules

    def _questions(self) -> tuple[str, ...]:
        table = self._open("questions.toml")
        questions = read_questions(table)
        self.needs += needs_of_questions(table, questions)
        return questions

    def _regimens(self) -> dict[str, Regimen]:
        regimens: dict[str, Regimen] = {}
        for path in sorted((self.folder / "regimens").glob("*.toml")):
            table = self._open(f"regimens/{path.name}")
            regimen = read_regimen(table, name=path.stem)
            self.needs += needs_of_regimen(table, regimen)
            regimens[path.stem] = regimen
        if not regimens:
            self.tables["regimens"] = Table(Source("regimens", {}), (), {})
            self.tables["regimens"].note("there is no regimen at all")
        return regimens

    def _check_texts(
        self, sheets: Mapping[str, Sheet], rules: Collection[Rule], spared: Mapping[str, Collection[str]]
    ) -> None:
        english = sheets.get("en", Sheet("en"))
        check_needs(self.needs, [english] if self.fall_back else sheets.values(), spared)
        check_rule_values(self.tables["triage.toml"], rules, english, SUBJECT_KEYS)

    def _refuse(self, sheets: Mapping[str, Sheet]) -> None:
        problems = [problem for table in self.tables.values() for problem in table.source.problems]
        problems += [problem for sheet in sheets.values() for problem in sheet.problems]
        if problems:
            raise ContentError(problems)


def _subjects(
    symptoms: Collection[Symptom],
    flags: Collection[RedFlag],
    screening: Collection[Question],
    answers: Answers,
) -> dict[str, frozenset[str]]:
    """Return, for each kind of fact that has a subject, the ids it may be about."""
    named = frozenset(symptom.id for symptom in symptoms)
    return {
        "grade": named,
        "rise": named,
        "lasting": named,
        "repeated": named,
        "worse": named,
        "step-held": named,
        "unconfirmed": named,
        "red-flag": frozenset(flag.id for flag in flags),
        "denied": frozenset(flag.id for flag in flags),
        "skipped": frozenset(answers.skipped),
        "withdrawal": frozenset(answers.withdrawal),
        "screening": frozenset(question.id for question in screening),
        "follow-up": frozenset(answers.follow_up),
    }


def _by_id(items: tuple[T, ...], name: str) -> T:
    for item in items:
        if item.id == name:
            return item
    raise KeyError(name)
