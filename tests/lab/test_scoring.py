"""The scorer keeps the rules of the label schema, and training asks what they ask."""

import pytest

from care.reading import DoseSaid, Heard, Reading, Strength
from lab.corpus import LABELS, Row, target
from lab.score import Score, add, report

EMPTY: Row = {"text": "x", "symptoms": [], "negated": [], "severity": None, "flags": [], "taken": None, "lang": "en"}


def scored(row: dict[str, object], **reading: object) -> Score:
    score = Score()
    codes = reading.pop("symptoms", ())
    heard = tuple(Heard(code, None) for code in codes)  # type: ignore[attr-defined]
    add(score, {**EMPTY, **row}, Reading(language="en", symptoms=heard, **reading))  # type: ignore[arg-type]
    return score


def test_a_symptom_given_is_a_hit_and_one_not_given_a_miss() -> None:
    score = scored({"symptoms": ["nausea", "fatigue"]}, symptoms=("nausea",))
    assert (score.symptoms.hits.total(), score.symptoms.misses.total()) == (1, 1)


@pytest.mark.parametrize("key", ["either_symptoms", "resolved", "background"])
def test_what_is_let_off_is_no_false_alarm(key: str) -> None:
    assert scored({key: ["nausea"]}, symptoms=("nausea",)).symptoms.alarms.total() == 0


def test_background_is_left_out_of_the_count() -> None:
    score = scored({"symptoms": ["nausea"], "background": ["nausea"]})
    assert score.symptoms.misses.total() == 0


def test_a_resolved_code_is_right_in_either_list() -> None:
    row = {"symptoms": ["nausea"], "negated": ["nausea"], "resolved": ["nausea"]}
    score = scored(row, negated=("nausea",))
    assert score.symptoms.misses.total() == score.negated.misses.total() == 0


def test_any_is_met_by_any_and_excuses_single_codes() -> None:
    assert scored({"negated": ["any"]}, negated=("any", "nausea")).negated.f1() == 1
    assert scored({"negated": ["nausea"]}, negated=("nausea", "any")).negated.alarms["any"] == 1


def test_either_answers_are_accepted() -> None:
    row = {"severity": "mild", "either_severity": ["moderate"], "taken": True, "either_taken": [None]}
    score = scored(row, severity="moderate")
    assert score.severity[True] == score.dose_made[True] == 1


def test_flags_count_misses_and_alarms_apart() -> None:
    score = scored({"flags": ["liver"]}, flags={"allergy": Strength.POSSIBLE})
    assert score.bars()["every flag missed"] == 1
    assert score.flags.alarms["allergy"] == 1
    assert scored({"either_flags": ["allergy"]}, flags={"allergy": Strength.POSSIBLE}).flags.alarms.total() == 0


def test_lookalikes_are_counted_by_themselves() -> None:
    score = scored({"lookalike": True}, flags={"allergy": Strength.POSSIBLE})
    assert score.bars()["look-alikes raised"] == 1
    assert "allergy" in report({"en": score})


def test_somebody_elses_tablet_says_nothing_of_todays_dose() -> None:
    assert Reading(language="en", dose=DoseSaid.OTHER_TOOK).taken is None
    assert Reading(language="en", dose=DoseSaid.EXTRA).taken is True
    assert Reading(language="en", dose=DoseSaid.LATER).taken is False


def test_training_leaves_out_what_may_be_answered_either_way() -> None:
    row = {
        **EMPTY,
        "flags": ["liver"],
        "either_flags": ["overdose"],
        "either_taken": [True],
        "either_symptoms": ["other"],
    }
    asked = dict(zip(LABELS, target(row), strict=True))
    assert (asked["liver"], asked["overdose"], asked["allergy"]) == (1, -1, 0)
    assert (asked["taken"], asked["untaken"], asked["other"], asked["mild"]) == (-1, 0, -1, 0)
