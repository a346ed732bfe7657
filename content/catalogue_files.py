"""Read the catalogues: symptoms, red flags, screening questions and the other answers a patient may give."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from care.doses import SkipReason
from care.screening import Question
from care.symptoms import Choice, FollowUpQuestion, RedFlag, Symptom
from content.toml_tables import Table


@dataclass(frozen=True)
class Answers:
    """Ids of the answers that have no catalogue of their own, in the order in which they are offered.

    Text keys: `skip-<id>` and `skipped-<id>`, `withdrawal-<id>`, `follow-up-<id>` and `followed-<id>`; the
    second of a pair is the clinicians' wording.
    """

    skipped: tuple[str, ...]
    withdrawal: tuple[str, ...]
    follow_up: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """Which content this is: its version, who signed it off (None: nobody yet), the consent in force."""

    version: str
    reviewed_by: str | None
    consent: str

    @property
    def consent_key(self) -> str:
        """Return the key of the consent text that new patients read."""
        return f"consent-{self.consent}"


def read_symptoms(table: Table) -> tuple[Symptom, ...]:
    """Return the symptoms in the order in which they are offered."""
    rows = table.many("symptoms")
    symptoms = tuple(_read_symptom(row) for row in rows)
    _finish_list(table, "symptoms", [symptom.id for symptom in symptoms])
    return symptoms


def read_red_flags(table: Table) -> tuple[RedFlag, ...]:
    """Return the red flags in the order in which they are offered."""
    flags = tuple(_read_red_flag(row) for row in table.many("red_flags"))
    _finish_list(table, "red_flags", [flag.id for flag in flags])
    return flags


def read_screening(table: Table) -> tuple[Question, ...]:
    """Return the screening questions in the order in which they are asked."""
    questions = tuple(_read_question(row) for row in table.many("questions"))
    _finish_list(table, "questions", [question.id for question in questions])
    return questions


def read_answers(table: Table) -> Answers:
    """Return the answers that triage knows by id."""
    answers = Answers(
        skipped=table.words("skipped"),
        withdrawal=table.words("withdrawal"),
        follow_up=table.words("follow_up"),
    )
    table.finish()
    if table.is_sound("skipped") and set(answers.skipped) != set(SkipReason):
        table.note(f"these must be all reasons, in any order: {', '.join(sorted(SkipReason))}", "skipped")
    return answers


def read_edition(table: Table) -> Edition:
    """Return which content this is."""
    edition = Edition(
        version=table.text("version"),
        reviewed_by=table.text("reviewed_by") if table.has("reviewed_by") else None,
        consent=table.text("consent"),
    )
    table.finish()
    return edition


def check_flags_raised(symptoms: Collection[Symptom], flags: Collection[RedFlag], table: Table) -> None:
    """Note every choice that raises a red flag nobody knows. `table` is the symptoms file."""
    known = {flag.id for flag in flags}
    for row, symptom in zip(table.many("symptoms"), symptoms, strict=True):
        for index, choice in enumerate(symptom.question.choices if symptom.question else ()):
            if choice.flag is not None and choice.flag not in known:
                row.one("question").note(f'there is no red flag "{choice.flag}"', "choices", index)


def _read_symptom(row: Table) -> Symptom:
    symptom = Symptom(
        id=row.text("id"),
        common=row.yes("common"),
        source=row.text("source"),
        question=_read_follow_up_question(row.one("question")) if row.has("question") else None,
        codes=_read_codes(row),
    )
    row.finish()
    return symptom


def _read_codes(row: Table) -> dict[str, str]:
    if not row.has("codes"):
        return {}
    codes = row.one("codes")
    read = {system: codes.text(system) for system in codes.names()}
    codes.finish()
    return read


def _read_follow_up_question(row: Table) -> FollowUpQuestion:
    question = FollowUpQuestion(
        from_grade=row.whole("from_grade", low=1, high=4),
        text=row.text("text"),
        choices=tuple(_read_choice(choice) for choice in row.many("choices")),
    )
    row.finish()
    if len(question.choices) < 2 and row.is_sound("choices"):
        row.note("a question needs at least two choices", "choices")
    return question


def _read_choice(row: Table) -> Choice:
    choice = Choice(label=row.text("label"), flag=row.text("flag") if row.has("flag") else None)
    row.finish()
    return choice


def _read_red_flag(row: Table) -> RedFlag:
    flag = RedFlag(
        id=row.text("id"),
        offered=row.yes("offered"),
        crisis=row.yes("crisis"),
        source=row.text("source"),
    )
    row.finish()
    return flag


def _read_question(row: Table) -> Question:
    question = Question(id=row.text("id"), source=row.text("source"))
    row.finish()
    return question


def _finish_list(table: Table, key: str, ids: list[str]) -> None:
    for index, name in enumerate(ids):
        if name and name in ids[:index]:
            table.note(f'the id "{name}" is here twice', key, index)
    if not ids and table.is_sound():
        table.note("the list is empty", key)
    table.finish()
