"""The tree keeps the rules of the house, and each rule is shown to find what it is for."""

import pytest

from tests.house import hours, rooms, shape
from tests.house.plants import KEPT, PLANTED
from tests.house.source import Rule, Source, read_tree

RULES = (*rooms.RULES, *hours.RULES, *shape.RULES)
TREE = read_tree()


def name(rule: Rule) -> str:
    return rule.__name__


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_the_house_keeps(rule: Rule) -> None:
    assert [finding for source in TREE for finding in rule(source)] == []


def test_whatever_may_be_long_still_is_and_says_why() -> None:
    long = {key for source in TREE for key, _ in shape.too_long(source)}
    assert set(shape.MAY_BE_LONG) <= long
    assert all(len(reason.split()) > 3 for reason in shape.MAY_BE_LONG.values())


@pytest.mark.parametrize(("rule", "path", "text"), PLANTED)
def test_a_breach_is_found(rule: Rule, path: str, text: str) -> None:
    assert list(rule(Source(path, text))) != []


@pytest.mark.parametrize(("rule", "path", "text"), KEPT)
def test_what_is_allowed_passes(rule: Rule, path: str, text: str) -> None:
    assert list(rule(Source(path, text))) == []


def test_every_rule_has_been_seen_to_fail() -> None:
    assert {rule for rule, _, _ in PLANTED} == set(RULES)


def test_the_tree_is_read() -> None:
    assert {"run.py", "tests/test_house.py"} <= {source.path for source in TREE}
