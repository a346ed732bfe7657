"""Read what is done with what the reader hears."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from care.hearing import FlagRule, HearingRules
from care.reading.said import FLAGS, SYMPTOMS
from care.symptoms import RedFlag, Symptom
from content.needed_texts import Need
from content.toml_tables import Table


def read_hearing(table: Table, *, symptoms: Collection[Symptom], flags: Collection[RedFlag]) -> HearingRules:
    """Return how readings are acted on; every flag that the reader knows must be in it."""
    known = {flag.id for flag in flags}
    rules = tuple(_read_flag(row, known) for row in table.many("flags"))
    for code in sorted(set(FLAGS) - {rule.heard for rule in rules}):
        table.note(f'nothing says what the flag "{code}" is', "flags")
    named = {}
    for row in table.many("symptoms"):
        named[row.choice("heard", SYMPTOMS)] = row.choice("symptom", {symptom.id for symptom in symptoms})
        row.finish()
    answers = table.one("answers")
    read = HearingRules(
        flags=rules,
        symptoms=named,
        extra=table.choice("extra", known),
        other_took=table.choice("other_took", known),
        yes=frozenset(answers.words("yes")),
        no=frozenset(answers.words("no")),
        answer_within=table.span("answer_within"),
        confirm_within=table.span("confirm_within"),
        forget_after=table.span("forget_after"),
    )
    answers.finish()
    table.finish()
    return read


def _read_flag(row: Table, known: Collection[str]) -> FlagRule:
    rule = FlagRule(
        heard=row.choice("heard", FLAGS),
        flag=row.choice("flag", known),
        severe=row.choice("severe", known) if row.has("severe") else None,
        alone=row.yes("alone") if row.has("alone") else False,
    )
    row.finish()
    return rule


def needs_of_hearing(table: Table, rules: HearingRules) -> Iterator[Need]:
    """Yield, for each red flag that may be heard, the one neutral sentence that asks about it."""
    for rule in rules.flags:
        for flag in (rule.flag, rule.severe):
            if flag is not None:
                yield table, f"ask-possible-{flag}"
