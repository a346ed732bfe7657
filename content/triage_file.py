"""Read the triage table and refuse any row that could never speak or would speak nonsense."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from care.regimens import Kind
from care.symptoms import RedFlag
from care.triage import FACTS, Level, Rule
from content.toml_tables import Table

Subjects = Mapping[str, Collection[str]]

# The meanings in care.triage.FACTS say which facts carry a value.
_VALUED = frozenset(kind for kind, meaning in FACTS.items() if "value =" in meaning)
_LEVELS = tuple(level.word for level in Level)


def read_triage(table: Table, *, subjects: Subjects) -> tuple[Rule, ...]:
    """Return the rules in their order. `subjects` gives the ids that each kind of fact may be about."""
    rows = table.many("rules")
    rules = tuple(_read_rule(row, subjects) for row in rows)
    table.finish()
    ids = [rule.id for rule in rules]
    for index, name in enumerate(ids):
        if name and name in ids[:index]:
            table.note(f'the id "{name}" is here twice', "rules", index)
    return rules


def check_flags_ruled(rules: Sequence[Rule], flags: Sequence[RedFlag], table: Table) -> None:
    """Note every red flag without a level in some regimen kind: without a rule it would be silence."""
    for kind in Kind:
        for flag in flags:
            if not any(_covers(rule, flag.id, kind) for rule in rules):
                table.note(f'no rule gives the red flag "{flag.id}" a level in the regimen kind "{kind}"', "rules")


def _covers(rule: Rule, flag: str, kind: Kind) -> bool:
    return (
        rule.fact == "red-flag"
        and (not rule.subjects or flag in rule.subjects)
        and (not rule.kinds or kind in rule.kinds)
    )


def _read_rule(row: Table, subjects: Subjects) -> Rule:
    level = row.choice("level", _LEVELS)
    fact = row.choice("fact", FACTS)
    rule = Rule(
        id=row.text("id"),
        fact=fact,
        level=Level.named(level) if level in _LEVELS else Level.ROUTINE,
        reason=row.text("reason"),
        answer=row.text("answer") if row.has("answer") else None,
        source=row.text("source"),
        kinds=_read_kinds(row),
        subjects=_read_subjects(row, fact, subjects),
        at_least=_read_at_least(row, fact),
    )
    row.finish()
    return rule


def _read_kinds(row: Table) -> frozenset[Kind]:
    words = row.words("kinds", ())
    for index, word in enumerate(words):
        if word not in list(Kind):
            row.note(f'"{word}" is not one of: {", ".join(Kind)}', "kinds", index)
    return frozenset(Kind(word) for word in words if word in list(Kind))


def _read_subjects(row: Table, fact: str, subjects: Subjects) -> frozenset[str]:
    words = row.words("subjects", ())
    if words and fact in FACTS and fact not in subjects:
        row.note(f'the fact "{fact}" has no subject', "subjects")
        return frozenset()
    for index, word in enumerate(words):
        if fact in subjects and word not in subjects[fact]:
            row.note(f'"{word}" is nothing that the fact "{fact}" can be about', "subjects", index)
    return frozenset(words)


def _read_at_least(row: Table, fact: str) -> int | None:
    if not row.has("at_least"):
        return None
    value = row.whole("at_least", low=1, high=1000)
    if fact in FACTS and fact not in _VALUED:
        row.note(f'the fact "{fact}" has no value', "at_least")
    return value
