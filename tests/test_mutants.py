"""The mutants of our own code: each waiver still fits, the tool kills what it should, and says what it could not."""

import ast
import random
import subprocess
import sys
from collections import Counter

import pytest

from tests.house.source import ROOT
from tests.mutants.making import Module
from tests.mutants.modules import GROUPS, TARGETS
from tests.mutants.operators import conditions, instead_of, turned
from tests.mutants.waivers import read_waivers, unfounded

WAYS = {
    "a < b": {"a <= b"},
    "a is b": {"a is not b"},
    "a and f()": {"a or f()", "a", "f()"},
    "not a": {"a"},
    "True": {"False"},
    "7": {"8"},
    "'a'": {"'XXa'"},
    "a + b": {"a - b"},
    "f(a, k=b)": {"f(a)"},
    "min(a, b)": {"max(a, b)"},
    "{a, b}": {"{a}", "{b}"},
    "{a: b, c: d}": {"{a: b}", "{c: d}", "{a: d, c: d}", "{a: b, c: b}"},
    "Way.CHAT": {"Way.OWNER"},
    "Way.OWNER": {"Way.CHAT"},
    "Other.CHAT": set(),
}
STATEMENTS = {
    "f()": {"pass"},
    "raise E": {"pass"},
    "a.b = c": {"pass"},
    "a = c": set(),
    "return a": {"return None"},
    "return None": set(),
    "continue": {"break"},
}


def spoilt(node: ast.AST) -> set[str]:
    return {ast.unparse(new) for new in instead_of(node, {"Way": ["CHAT", "OWNER"]})}


@pytest.mark.parametrize(("right", "wrong"), WAYS.items())
def test_an_expression_is_spoilt_in_these_ways(right: str, wrong: set[str]) -> None:
    assert spoilt(ast.parse(right, mode="eval").body) == wrong


@pytest.mark.parametrize(("right", "wrong"), STATEMENTS.items())
def test_a_statement_is_spoilt_in_these_ways(right: str, wrong: set[str]) -> None:
    assert spoilt(ast.parse(right).body[0]) == wrong


def test_a_bare_condition_is_turned_round() -> None:
    node = ast.parse("if a and f(x) and b > c: pass").body[0]
    assert isinstance(node, ast.If)
    assert list(conditions(node)) == []
    found = [node.test.values[at] for _, at in conditions(node.test) if at is not None]  # type: ignore[attr-defined]
    assert [ast.unparse(turned(one)) for one in found] == ["not a", "not f(x)"]


@pytest.fixture(scope="module")
def modules() -> dict[str, Module]:
    return {target.path: Module(target.path) for target in TARGETS}


def test_every_group_has_its_modules_and_every_module_its_tests() -> None:
    assert {target.group for target in TARGETS} == set(GROUPS)
    assert len({target.path for target in TARGETS}) == len(TARGETS)
    for target in TARGETS:
        assert all((ROOT / test).is_file() for test in target.tests), target.path


def test_every_waiver_still_matches_a_mutant_and_gives_its_reason(modules: dict[str, Module]) -> None:
    keys = Counter(mutant.key for module in modules.values() for mutant in module.mutants)
    assert [key for key, count in keys.items() if count > 1] == []
    assert unfounded(read_waivers(), keys) == []
    assert unfounded({"care/rota.py nowhere: 1 → 2": "a reason of some words"}, keys) != []
    assert unfounded({next(iter(keys)): "because"}, keys) != []


def test_every_mutant_differs_from_the_code_and_leaves_it_as_it_was(modules: dict[str, Module], seed: str) -> None:
    module = modules["care/doses.py"]
    plain = module.compiled()
    for mutant in random.Random(seed).sample(module.mutants, 20):
        assert module.compiled(mutant) != plain, mutant.key
    assert module.compiled() == plain


def tool(*arguments: str, minutes: float = 5) -> str:
    argv = [sys.executable, "-m", "tests.mutants", *arguments]
    return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60 * minutes).stdout


def test_a_few_mutants_of_the_escalation_are_killed(request: pytest.FixtureRequest) -> None:
    told = tool("care/escalation.py", "care/rota.py", "--sample", "4", "--seed", str(request.config.option.seed))
    assert "4 mutants" in told, told
    assert told.endswith("mutants: all well\n"), told


def test_mutants_that_no_test_looks_at_survive() -> None:
    told = subprocess.run(
        [sys.executable, "-c", BLIND], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    ).stdout
    assert told == "{0} \n"


BLIND = """
import tempfile
from tests.mutants.__main__ import be_ready, judge
from tests.mutants.making import Module
from tests.mutants.modules import Target
module = Module("care/doses.py")
chosen = [0, next(n for n, one in enumerate(module.mutants) if one.is_inside)]
with tempfile.TemporaryDirectory() as folder:
    be_ready(folder)
    result = judge(Target("schedule", "care/doses.py", ("tests/care/test_rota.py",)), module, chosen, 1)
print(set(result.ended.values()), result.trouble)
"""


@pytest.mark.nightly
def test_of_all_mutants_enough_are_killed(request: pytest.FixtureRequest) -> None:
    told = tool("--seed", str(request.config.option.seed), minutes=180)
    print(told)
    assert told.endswith("mutants: all well\n"), told
