"""The highest level wins, each fact has one rule, and nothing is ever lowered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.regimens import Kind
from care.triage import FACTS, Decision, Fact, Level, Rule, triage
from content.loader import Content


def rule(name: str, fact: str, level: Level, **more: object) -> Rule:
    return Rule(name, fact, level, f"reason-{name}", **{"answer": f"answer-{name}", "source": "-", **more})  # type: ignore[arg-type]


OPIOID = frozenset({Kind.OPIOID})
TABLE = (
    rule("any-grade", "grade", Level.SELF_CARE, at_least=1),
    rule("severe", "grade", Level.URGENT, at_least=3),
    rule("mood", "grade", Level.EMERGENCY, at_least=3, subjects=frozenset({"mood"})),
    rule("mood-also", "grade", Level.ROUTINE, at_least=2, subjects=frozenset({"mood"})),
    rule("run", "missed-run", Level.ROUTINE, at_least=2),
    rule("run-opioid", "missed-run", Level.URGENT, at_least=2, kinds=OPIOID),
    rule("free", "free-text", Level.URGENT, answer=None),
)


def decide(*facts: Fact, kind: Kind = Kind.ALCOHOL, table: tuple[Rule, ...] = TABLE) -> Decision | None:
    return triage(facts, kind=kind, table=table)


@pytest.mark.parametrize(
    ("facts", "kind", "level", "rules"),
    [
        pytest.param([Fact("grade", "nausea", 0)], Kind.ALCOHOL, None, [], id="below every number"),
        pytest.param([Fact("skipped", "forgot")], Kind.ALCOHOL, None, [], id="no row for it"),
        pytest.param([], Kind.ALCOHOL, None, [], id="no fact"),
        pytest.param([Fact("grade", "nausea", 1)], Kind.ALCOHOL, Level.SELF_CARE, ["any-grade"], id="at its number"),
        pytest.param(
            [Fact("grade", "nausea", 4)], Kind.ALCOHOL, Level.URGENT, ["severe"], id="the highest of two rows"
        ),
        pytest.param([Fact("grade", "mood", 3)], Kind.ALCOHOL, Level.EMERGENCY, ["mood"], id="a row of its subject"),
        pytest.param([Fact("grade", "mood", 2)], Kind.ALCOHOL, Level.ROUTINE, ["mood-also"], id="below its number"),
        pytest.param([Fact("missed-run", value=2)], Kind.OPIOID, Level.URGENT, ["run-opioid"], id="a row of the kind"),
        pytest.param([Fact("missed-run", value=2)], Kind.LOW_DOSE, Level.ROUTINE, ["run"], id="not of another kind"),
        pytest.param(
            [Fact("missed-run", value=2), Fact("grade", "mood", 3), Fact("grade", "nausea", 1)],
            Kind.ALCOHOL,
            Level.EMERGENCY,
            ["mood", "run", "any-grade"],
            id="each fact its rule, the gravest first",
        ),
        pytest.param([Fact("grade", "nausea", 3)] * 2, Kind.ALCOHOL, Level.URGENT, ["severe"], id="said twice"),
    ],
)
def test_the_table_decides(facts: list[Fact], kind: Kind, level: Level | None, rules: list[str]) -> None:
    decision = decide(*facts, kind=kind)
    assert (decision.level if decision else None) is level
    assert [one.id for one in (decision.rules if decision else ())] == rules


def test_the_answer_is_that_of_the_gravest_rule_that_has_one() -> None:
    decision = decide(Fact("free-text"), Fact("grade", "nausea", 1))
    assert decision is not None
    assert (decision.level, decision.answer) == (Level.URGENT, "answer-any-grade")
    silent = decide(Fact("free-text"))
    assert silent is not None
    assert silent.answer is None


def test_of_rules_as_grave_the_one_that_names_the_subject_speaks() -> None:
    table = (*TABLE, rule("severe-rash", "grade", Level.URGENT, at_least=3, subjects=frozenset({"rash"})))
    decision = decide(Fact("grade", "rash", 3), table=table)
    assert decision is not None
    assert [one.id for one in decision.rules] == ["severe-rash"]


facts = st.builds(
    Fact,
    st.sampled_from(sorted(FACTS)),
    st.sampled_from([None, "nausea", "mood", "suicidal-intent", "breathing", "insomnia", "severe"]),
    st.integers(0, 100),
)


@given(st.lists(facts, max_size=6), facts, st.sampled_from(Kind))
def test_a_further_fact_never_lowers_the_level(
    shipped: tuple[Rule, ...], known: list[Fact], further: Fact, kind: Kind
) -> None:
    before = triage(known, kind=kind, table=shipped)
    after = triage([*known, further], kind=kind, table=shipped)
    if before is not None:
        assert after is not None
        assert after.level >= before.level


@given(st.lists(facts, max_size=6), st.sampled_from(Kind))
def test_each_fact_has_one_rule_at_most_and_none_graver_is_passed_over(
    shipped: tuple[Rule, ...], known: list[Fact], kind: Kind
) -> None:
    decision = triage(known, kind=kind, table=shipped)
    matches = decision.matches if decision else ()
    assert len({match.fact for match in matches}) == len(matches)
    assert [match.rule.level for match in matches] == sorted((m.rule.level for m in matches), reverse=True)
    for match in matches:
        alone = triage([match.fact], kind=kind, table=shipped)
        assert alone is not None
        assert alone.level == match.rule.level


@given(st.lists(facts, max_size=6), st.sampled_from(Kind))
def test_the_order_of_facts_and_rows_changes_no_level(shipped: tuple[Rule, ...], known: list[Fact], kind: Kind) -> None:
    one = triage(known, kind=kind, table=shipped)
    other = triage(known[::-1], kind=kind, table=shipped[::-1])
    assert (one and one.level) == (other and other.level)


@given(facts, st.integers(1, 50), st.sampled_from(Kind))
def test_worse_numbers_are_never_less_grave(shipped: tuple[Rule, ...], fact: Fact, more: int, kind: Kind) -> None:
    less = triage([fact], kind=kind, table=shipped)
    worse = triage([Fact(fact.kind, fact.subject, fact.value + more)], kind=kind, table=shipped)
    assert less is None or (worse is not None and worse.level >= less.level)


@pytest.fixture(scope="session")
def shipped(content: Content) -> tuple[Rule, ...]:
    return tuple(content.triage)


@pytest.mark.parametrize("level", Level)
def test_levels_have_words(level: Level) -> None:
    assert Level.named(level.word) is level


@pytest.mark.parametrize("word", ["", "grave", "self_care ", "0"])
def test_no_other_word_is_a_level(word: str) -> None:
    with pytest.raises(KeyError):
        Level.named(word)


def test_levels_are_ordered() -> None:
    assert Level.SELF_CARE < Level.ROUTINE < Level.URGENT < Level.EMERGENCY
