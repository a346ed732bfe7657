"""Every cell of symptom × grade × regimen × history, against levels written down here and nowhere else.

Nothing of the product decides what is expected: only these tables do, as a clinician would sign them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from care.refusals import BadAnswer, NotFound
from care.regimens import Kind
from care.reports import Said, report_facts
from care.triage import Level, triage
from care.tuning import Change, changes_in, check_change, is_looser, stricter_missed, tuned
from content.loader import Content

NOW = datetime(2027, 3, 20, 12, 0, tzinfo=UTC)
S, R, U = Level.SELF_CARE, Level.ROUTINE, Level.URGENT

BY_GRADE = (None, S, R, U, U)
RASH = (None, U, U, U, U)
"""A rash is looked at the same day, however mild."""


@dataclass(frozen=True)
class History:
    """Earlier reports of the same symptom as (days ago, grade), and what they make of each grade now."""

    earlier: tuple[tuple[float, int], ...]
    at_least: tuple[Level | None, Level | None, Level | None, Level | None, Level | None]


HISTORIES = {
    "none": History((), (None, None, None, None, None)),
    "the same yesterday, mild": History(((1, 1),), (None, None, None, U, U)),
    "moderate yesterday": History(((1, 2),), (None, None, None, None, U)),
    "severe yesterday": History(((1, 3),), (None, None, None, None, None)),
    "very severe yesterday": History(((1, 4),), (None, None, None, None, None)),
    "gone yesterday": History(((1, 0),), (None, None, U, U, U)),
    "mild seven days ago": History(((7, 1),), (None, None, None, U, U)),
    "mild longer than seven days ago": History(((7.01, 1),), (None, None, None, None, None)),
    "mild for 14 days": History(((14, 1), (7, 1)), (None, None, None, U, U)),
    "mild for 15 days": History(((15, 1), (8, 1), (1, 1)), (None, R, R, U, U)),
    "mild for 20 days with a gap": History(((20, 1), (2, 1)), (None, None, None, U, U)),
    "moderate on two days before": History(((1, 2), (2, 2)), (None, None, None, None, U)),
    "moderate on three days before": History(((1, 2), (2, 2), (5, 2)), (None, None, R, R, U)),
    "moderate on six days before": History(tuple((day, 2) for day in range(1, 7)), (None, None, R, R, U)),
}


def expected(symptom: str, grade: int, history: History) -> Level | None:
    levels = [level for level in ((RASH if symptom == "rash" else BY_GRADE)[grade], history.at_least[grade]) if level]
    return max(levels, default=None)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("history", HISTORIES.values(), ids=list(HISTORIES))
def test_every_cell_is_what_the_table_says(content: Content, kind: Kind, history: History) -> None:
    cells = 0
    for symptom in content.symptoms:
        for grade in range(5):
            earlier = [Said(symptom.id, said, NOW - timedelta(days=ago)) for ago, said in history.earlier]
            facts = report_facts(symptom.id, grade, now=NOW, earlier=earlier)
            decision = triage(facts, kind=kind, table=content.triage)
            assert (decision.level if decision else None) == expected(symptom.id, grade, history), (symptom.id, grade)
            cells += 1
    assert cells == len(content.symptoms) * 5 >= 60


def test_what_another_symptom_did_changes_no_cell(content: Content) -> None:
    for symptom in content.symptoms:
        for grade in range(5):
            other = next(one.id for one in content.symptoms if one.id != symptom.id)
            earlier = [Said(other, 0, NOW - timedelta(days=1)), Said(other, 4, NOW - timedelta(days=2))]
            assert len(report_facts(symptom.id, grade, now=NOW, earlier=earlier)) == 1


# What a clinic may change


def level_at(content: Content, changes: dict[str, Change], grade: int) -> Level | None:
    decision = triage(
        report_facts("nausea", grade, now=NOW, earlier=[]), kind=Kind.ALCOHOL, table=tuned(content.triage, changes)
    )
    return decision.level if decision else None


def test_a_clinic_makes_a_number_stricter(content: Content) -> None:
    assert level_at(content, {"grade-severe": Change(at_least=2)}, 2) is U
    assert level_at(content, {"grade-moderate": Change(level=U)}, 2) is U
    assert level_at(content, {}, 2) is R


@pytest.mark.parametrize(
    ("rule", "change", "looser"),
    [
        pytest.param("grade-severe", Change(at_least=2), False, id="earlier"),
        pytest.param("grade-severe", Change(at_least=4), True, id="later"),
        pytest.param("grade-moderate", Change(level=U), False, id="graver"),
        pytest.param("grade-severe", Change(level=R), True, id="less grave"),
        pytest.param("grade-severe", Change(at_least=2, level=R), True, id="earlier but less grave"),
        pytest.param("grade-severe", Change(), False, id="nothing"),
    ],
)
def test_what_is_looser_is_known(content: Content, rule: str, change: Change, looser: bool) -> None:
    before = check_change(content.triage, rule, change)
    after = next(one for one in tuned(content.triage, {rule: change}) if one.id == rule)
    assert is_looser(before, after) is looser


def test_no_clinic_can_silence_danger(content: Content) -> None:
    for rule in content.triage:
        floor = Level.EMERGENCY if rule.level is Level.EMERGENCY else None
        floor = floor or (Level.ROUTINE if rule.fact in ("red-flag", "free-text") else Level.SELF_CARE)
        for level in Level:
            after = next(one for one in tuned(content.triage, {rule.id: Change(level=level)}) if one.id == rule.id)
            assert after.level >= floor, rule.id
            if level < floor:
                with pytest.raises(BadAnswer):
                    check_change(content.triage, rule.id, Change(level=level))


@pytest.mark.parametrize(("rule", "change"), [("worse", Change(at_least=2)), ("grade-severe", Change(at_least=0))])
def test_a_number_that_cannot_be_is_refused(content: Content, rule: str, change: Change) -> None:
    with pytest.raises(BadAnswer):
        check_change(content.triage, rule, change)


def test_a_rule_nobody_wrote_is_refused(content: Content) -> None:
    with pytest.raises(NotFound):
        check_change(content.triage, "no-such-rule", Change(at_least=2))


@pytest.mark.parametrize("kept", [None, {}, {"triage": {}}, {"triage": {"x": {"at_least": "2", "level": "grave"}}}])
def test_what_cannot_be_read_changes_nothing(content: Content, kept: dict[str, object] | None) -> None:
    assert [rule.level for rule in tuned(content.triage, changes_in(kept))] == [rule.level for rule in content.triage]


def test_a_stricter_number_of_missed_days_is_also_counted_from(content: Content) -> None:
    changes = {"missed-run-alcohol": Change(at_least=1), "silent": Change(at_least=24)}
    table, usual = tuned(content.triage, changes), content.regimens["alcohol-50"].missed
    found = stricter_missed(usual, table, Kind.ALCOHOL)
    assert (found.run, found.silent_after) == (1, timedelta(hours=24))
    assert stricter_missed(usual, content.triage, Kind.ALCOHOL) == usual
