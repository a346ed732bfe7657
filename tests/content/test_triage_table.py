"""The triage table says what the clinical notes say, for every kind of regimen."""

import pytest

from care.regimens import Kind
from care.triage import FACTS, Fact, Level, triage
from content.loader import Content
from content.needed_texts import ANSWER_VALUES
from content.values import Value

S, R, U, E = Level
A, O, L = Kind  # noqa: E741

# fact, then the level in the alcohol, opioid and low-dose kind; None where no rule speaks.
ROWS: dict[str, tuple[Fact, Level | None, Level | None, Level | None]] = {
    "mild": (Fact("grade", "nausea", 1), S, S, S),
    "none": (Fact("grade", "nausea", 0), None, None, None),
    "moderate": (Fact("grade", "nausea", 2), R, R, R),
    "severe": (Fact("grade", "nausea", 3), U, U, U),
    "very severe": (Fact("grade", "headache", 4), U, U, U),
    "a mild rash": (Fact("grade", "rash", 1), U, U, U),
    "no rash": (Fact("grade", "rash", 0), None, None, None),
    "up by one": (Fact("rise", "nausea", 1), None, None, None),
    "up by two": (Fact("rise", "nausea", 2), U, U, U),
    "for 14 days": (Fact("lasting", "nausea", 14), None, None, None),
    "for more than 14 days": (Fact("lasting", "nausea", 15), R, R, R),
    "bad on 3 of 7 days": (Fact("repeated", "nausea", 3), None, None, None),
    "bad on 4 of 7 days": (Fact("repeated", "nausea", 4), R, R, R),
    "one question undelivered": (Fact("reminders-failed", value=1), None, None, None),
    "two questions undelivered": (Fact("reminders-failed", value=2), R, U, R),
    "getting worse": (Fact("worse"), U, U, U),
    "help now": (Fact("help-now"), E, E, E),
    "unread message": (Fact("free-text"), R, R, R),
    "distressed words": (Fact("distress"), U, U, U),
    "asked and denied": (Fact("denied", "liver"), R, R, R),
    "heard, not confirmed": (Fact("unconfirmed", "nausea"), R, R, R),
    "heard as severe, not confirmed": (Fact("unconfirmed", "nausea", 3), U, U, U),
    "a question for the clinic": (Fact("question"), R, R, R),
    "felt bad": (Fact("skipped", "felt-bad"), R, R, R),
    "out of tablets": (Fact("skipped", "out-of-tablets"), R, R, R),
    "felt better": (Fact("skipped", "felt-better"), R, R, R),
    "forgot": (Fact("skipped", "forgot"), None, None, None),
    "one missed": (Fact("missed-run", value=1), None, None, None),
    "two missed in a row": (Fact("missed-run", value=2), R, U, R),
    "three missed in a row": (Fact("missed-run", value=3), U, U, R),
    "three missed in a week": (Fact("missed-week", value=3), R, U, R),
    "low share": (Fact("low-share", value=70), R, R, R),
    "silence": (Fact("silent", value=72), R, U, R),
    "opioid use": (Fact("opioid-use"), U, U, U),
    "opioid use not said": (Fact("opioid-not-said"), U, U, U),
    "still waiting for a clinician": (Fact("dose-held"), U, U, U),
    "stopped": (Fact("stopped"), U, U, U),
    "pause": (Fact("pause-asked"), R, U, R),
    "mild withdrawal": (Fact("withdrawal", "mild"), U, U, U),
    "severe withdrawal": (Fact("withdrawal", "severe"), E, E, E),
    "no withdrawal": (Fact("withdrawal", "none"), None, None, None),
    "no word at the 1 h check": (Fact("induction-silent", value=75), U, U, U),
    "step held": (Fact("step-held", "nausea"), R, R, R),
    "step without known doses": (Fact("step-unproven", value=4), R, R, R),
    "a yes at screening": (Fact("screening", "liver"), R, R, R),
    "out of Telegram's reach": (Fact("unreachable"), R, U, R),
    "course end": (Fact("course-end"), R, R, R),
    "well after the course": (Fact("follow-up", "well"), None, None, None),
    "hard after the course": (Fact("follow-up", "hard"), R, R, R),
    "drinking after the course": (Fact("follow-up", "drinking"), R, R, R),
    "opioids after the course": (Fact("follow-up", "opioids"), U, U, U),
    "silent after the course": (Fact("follow-up", "silent"), R, U, R),
    "a fact of tomorrow": (Fact("moonrise"), None, None, None),
}

FLAGS: dict[str, tuple[Level, Level, Level]] = {
    **dict.fromkeys(
        ("opioid-overdose", "breathing", "allergy", "chest-pain", "fainting", "seizure", "suicidal-intent",
         "withdrawal-severe", "other-person-took-it", "suicidal-words", "overdose-words", "emergency-words",
         "allergy-words"), (E, E, E)),
    **dict.fromkeys(
        ("suicidal-thoughts", "mood-change", "hallucinations", "withdrawal-mild", "drink-withdrawal", "liver",
         "lung", "fluids-not-kept", "opioid-use", "surgery-or-painkillers", "pregnancy", "wish-to-stop"), (U, U, U)),
    "extra-dose": (U, E, U),
    **dict.fromkeys(("planned-surgery", "heavy-drinking", "craving", "new-medicine", "drank"), (R, R, R)),
}  # fmt: skip


def level_of(content: Content, kind: Kind, *facts: Fact) -> Level | None:
    decision = triage(facts, kind=kind, table=content.triage)
    return decision.level if decision else None


@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_a_fact_gets_its_level(content: Content, row: tuple[Fact, Level | None, Level | None, Level | None]) -> None:
    fact, *levels = row
    assert [level_of(content, kind, fact) for kind in (A, O, L)] == levels


@pytest.mark.parametrize(("flag", "levels"), FLAGS.items(), ids=list(FLAGS))
def test_a_red_flag_gets_its_level(content: Content, flag: str, levels: tuple[Level, Level, Level]) -> None:
    assert tuple(level_of(content, kind, Fact("red-flag", flag)) for kind in (A, O, L)) == levels


def test_every_red_flag_and_every_fact_is_in_these_tables(content: Content) -> None:
    assert {flag.id for flag in content.red_flags} == FLAGS.keys()
    assert {row[0].kind for row in ROWS.values()} >= FACTS.keys() - {"red-flag"}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_has_a_rule_for_every_kind(content: Content, kind: Kind, fact: str) -> None:
    assert [rule for rule in content.triage if rule.fact == fact and (not rule.kinds or kind in rule.kinds)]


def test_every_rule_says_where_it_comes_from(content: Content) -> None:
    assert [rule.id for rule in content.triage if len(rule.source) < 8] == []


def test_every_emergency_is_answered_with_the_number(content: Content) -> None:
    for rule in content.triage:
        if rule.level is Level.EMERGENCY:
            assert rule.answer is not None
            said = content.texts.say(rule.answer, "en", content.texts.fitting(rule.answer, numbers()))
            assert "<b>999</b>" in said[:120], rule.id


def test_an_emergency_that_is_no_crisis_starts_with_the_number(content: Content) -> None:
    for rule in content.triage:
        if rule.level is Level.EMERGENCY and rule.answer and not rule.answer.startswith("crisis"):
            said = content.texts.say(rule.answer, "en", content.texts.fitting(rule.answer, numbers()))
            assert said.startswith("<b>999</b>"), rule.id


def test_a_crisis_flag_is_answered_with_the_crisis_reply(content: Content) -> None:
    for flag in content.red_flags:
        decision = triage([Fact("red-flag", flag.id)], kind=O, table=content.triage)
        assert decision is not None
        assert decision.answer is not None
        assert decision.answer.startswith("crisis") == flag.crisis, flag.id


@pytest.mark.parametrize("crisis", ["suicidal-intent", "suicidal-thoughts"])
def test_no_other_answer_of_its_level_pushes_the_crisis_reply_aside(content: Content, crisis: str) -> None:
    """Ids decide among rules of one level, so the ids of the crisis rules must come first."""
    for kind in Kind:
        for other in possible_facts(content):
            decision = triage([other, Fact("red-flag", crisis)], kind=kind, table=content.triage)
            assert decision is not None
            if decision.level == level_of(content, kind, Fact("red-flag", crisis)):
                assert (decision.answer or "").startswith("crisis"), other


def test_every_answer_can_be_said_with_the_numbers_alone(content: Content) -> None:
    for rule in content.triage:
        if rule.answer is not None:
            assert content.texts.variables(rule.answer) <= ANSWER_VALUES
            assert content.texts.say(rule.answer, "en", content.texts.fitting(rule.answer, numbers()))


def test_every_reason_can_be_said_about_every_subject(content: Content) -> None:
    for rule in content.triage:
        for fact in possible_facts(content):
            if fact.kind == rule.fact:
                words = content.reason(rule, fact)
                assert content.texts.say(words.key, "en", words.values)


def test_a_reason_names_what_it_is_about(content: Content) -> None:
    rule = next(rule for rule in content.triage if rule.id == "grade-severe")
    words = content.reason(rule, Fact("grade", "nausea", 3))
    assert content.texts.say(words.key, "en", words.values) == "Feeling sick: grade 3 of 4"


def test_what_gets_worse_may_have_no_name(content: Content) -> None:
    rule = next(rule for rule in content.triage if rule.id == "worse")
    words = content.reason(rule, Fact("worse"))
    assert content.texts.say(words.key, "en", words.values).endswith("Something not named")


def test_proposals_are_called_so(content: Content) -> None:
    """No publication gives a missed-dose cut-off, so every such row must admit it."""
    for rule in content.triage:
        if rule.fact in {"missed-run", "missed-week", "silent", "low-share", "unreachable", "pause-asked"}:
            assert "proposal" in rule.source.lower(), rule.id


def numbers() -> dict[str, Value]:
    return {"emergency": "999", "crisis": "116 123"}


def possible_facts(content: Content) -> list[Fact]:
    symptoms: list[str | None] = [symptom.id for symptom in content.symptoms]
    subjects: dict[str, list[str | None]] = {
        **dict.fromkeys(("grade", "rise", "lasting", "worse", "step-held", "repeated"), symptoms),
        "red-flag": [flag.id for flag in content.red_flags],
        "skipped": list(content.answers.skipped),
        "withdrawal": list(content.answers.withdrawal),
        "screening": [question.id for question in content.screening],
        "follow-up": list(content.answers.follow_up),
    }
    return [Fact(kind, subject, 4) for kind in FACTS for subject in subjects.get(kind, [None])]
