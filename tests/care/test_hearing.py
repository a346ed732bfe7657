"""What is done about a reading: danger by gravity, symptoms by our names, doses at their word when they are plain."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.doses import SkipReason
from care.hearing import HearingRules, Plan, plan_for, writable, yes_or_no
from care.reading import DoseSaid, Heard, Reading, Strength
from content.loader import Content

CERTAIN, POSSIBLE = Strength.CERTAIN, Strength.POSSIBLE
FRESH = "the weather is fine"


@pytest.fixture
def rules(content: Content) -> HearingRules:
    return content.hearing


def plan(rules: HearingRules, text: str = FRESH, **said: Any) -> Plan:
    return plan_for(Reading("en", **said), text, rules)


ROWS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "nothing": ({}, {"is_unread": True, "is_danger": False}),
    "thanks": ({"trivial": True}, {"is_unread": False, "is_trivial": True}),
    "distress": ({"distressed": True}, {"is_distressed": True, "is_danger": True}),
    "a foreign language": ({"known_language": False}, {"is_unread": True, "is_known_language": False}),
    "one flag": ({"flags": {"liver": CERTAIN}}, {"certain": ("liver",), "possible": (), "is_unread": False}),
    "several flags": (
        {"flags": {"alcohol_relapse": CERTAIN, "liver": CERTAIN, "suicidal": CERTAIN}},
        {"certain": ("suicidal-words", "liver", "drank"), "is_alone": True},
    ),
    "a sure and an unsure one": (
        {"flags": {"pregnancy": CERTAIN, "suicidal": POSSIBLE}},
        {"certain": ("pregnancy",), "possible": ("suicidal-words",), "is_alone": True},
    ),
    "withdrawal": ({"flags": {"opioid_withdrawal": CERTAIN}}, {"certain": ("withdrawal-mild",)}),
    "severe withdrawal": (
        {"flags": {"opioid_withdrawal": CERTAIN}, "severity": "severe", "clear_severity": "severe"},
        {"certain": ("withdrawal-severe",)},
    ),
    "withdrawal that may be severe": (
        {"flags": {"opioid_withdrawal": CERTAIN}, "severity": "severe"},
        {"certain": ("withdrawal-mild",)},
    ),
    "took it twice": ({"dose": DoseSaid.EXTRA}, {"certain": ("extra-dose",), "dose": None}),
    "took a handful": ({"dose": DoseSaid.EXTRA, "flags": {"overdose": POSSIBLE}}, {"possible": ("overdose-words",)}),
    "my son took one": ({"dose": DoseSaid.OTHER_TOOK}, {"certain": ("other-person-took-it",), "dose": None}),
    "cramps and loose stools": (
        {"symptoms": (Heard("diarrhoea", None), Heard("abdominal_cramps", 2))},
        {"symptoms": (("diarrhoea", 2),), "is_unread": False},
    ),
    "something without a name": (
        {"symptoms": (Heard("other", 2), Heard("nausea", 1))},
        {"symptoms": (("nausea", 1),), "is_unread": True},
    ),
    "gone": ({"negated": ("nausea", "any")}, {"denied": ("nausea", "any"), "is_unread": False}),
    "had and gone": ({"symptoms": (Heard("nausea", None),), "negated": ("nausea",)}, {"denied": ()}),
    "forgot": (
        {"dose": DoseSaid.NOT_TAKEN, "reason": SkipReason.FORGOT},
        {"dose": DoseSaid.NOT_TAKEN, "reason": SkipReason.FORGOT},
    ),
    "a question": ({"question": "alcohol"}, {"question": "alcohol", "is_unread": False}),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_a_reading_becomes_a_plan(rules: HearingRules, row: tuple[dict[str, Any], dict[str, Any]]) -> None:
    said, wanted = row
    made = plan(rules, **said)
    assert {name: getattr(made, name) for name in wanted} == wanted


def test_only_a_short_statement_is_taken_at_its_word(rules: HearingRules) -> None:
    assert plan(rules, "took it just now", dose=DoseSaid.TAKEN).is_plain_dose
    for text in ("took it?", "I took it and then we went to the lake where my aunt lives"):
        assert not plan(rules, text, dose=DoseSaid.TAKEN).is_plain_dose
    assert not plan(rules, "took it", dose=DoseSaid.TAKEN, flags={"liver": POSSIBLE}).is_plain_dose


def test_a_long_story_is_read_by_a_person_whatever_was_heard(rules: HearingRules) -> None:
    assert plan(rules, "word " * 41, dose=DoseSaid.TAKEN).is_unread
    assert not plan(rules, "word " * 40, dose=DoseSaid.TAKEN).is_unread


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Yes", True), ("yes!", True), ("👍", True), ("👍🏽👍🏽", True), ("✔️", True), ("да", True), ("Sí.", True),
        ("no", False), ("No, not really.", False), ("нет", False), ("👎", False), ("yes no", None), ("", None),
        ("...", None),
        ("no nausea", None), ("yes " * 30, None), ("\x00", None), ("\ud83d", None),
    ],
)  # fmt: skip
def test_a_bare_yes_or_no(rules: HearingRules, text: str, said: bool | None) -> None:
    assert yes_or_no(text, rules) is said


@given(st.text(st.characters(), max_size=60))
def test_every_text_can_be_kept(text: str) -> None:
    kept = writable(text)
    assert "\x00" not in kept
    kept.encode()
    assert writable(kept) == kept


def test_what_can_be_kept_is_kept_as_it_is() -> None:
    assert writable("Привет, ¿qué tal? 👍🏽 <b>\u202e\n") == "Привет, ¿qué tal? 👍🏽 <b>\u202e\n"
    assert writable("a\x00b\ud83dc") == "a\u2400b\ufffdc"


def test_the_gravest_flags_stand_first_and_alone(rules: HearingRules) -> None:
    assert [rule.heard for rule in rules.flags if rule.alone] == ["suicidal", "overdose", "emergency", "allergy"]
    assert [rule.alone for rule in rules.flags] == sorted((rule.alone for rule in rules.flags), reverse=True)
