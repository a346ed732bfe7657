"""`steady clinic`: what a clinic has chosen, from the command line."""

import json

import pytest

from storage.clinics import all_clinics
from storage.migrate import upgrade
from storage.queues import Event
from tests.bot.house import found, write
from tests.bot.test_cli import steady as run


@pytest.fixture
def house(database: str) -> str:
    upgrade(database)
    found(database)
    return database


def test_a_wait_is_set_shown_and_on_record(house: str) -> None:
    assert run("clinic", "set", "page-first", "5").output.strip() == "page-first is 5 from now on."
    assert run("clinic", "set", "digest", "07:30").output.strip() == "digest-minute is 07:30 from now on."
    shown = json.loads(run("clinic", "show", "--json").output)["choices"]
    assert (shown["page-first"], shown["digest-minute"], shown["page-every"]) == ("5", "07:30", "30")
    assert "page-first" in run("clinic", "show").output
    names = write(house, lambda ward: [event.name for event in ward.work.session.query(Event)])
    assert names.count("policy-set") == 2


def test_a_rule_is_made_stricter_looser_and_put_back(house: str) -> None:
    for change in (["2"], ["urgent", "4"], ["default"]):
        assert "grade-severe: urgent from" in run("clinic", "rule", "grade-severe", *change).output
    assert json.loads(run("clinic", "show", "--json").output)["rules"] == {}
    options = write(house, lambda ward: all_clinics(ward.work.session)[0].options)
    assert options == {"triage": {}}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("set", "page-first", "99"), "page-first must be from 2 to 30."),
        (("set", "tea", "5"), 'There is nothing called "tea" to choose'),
        (("rule", "crisis-intent", "routine"), "it guards against danger"),
        (("rule", "nothing", "2"), 'There is no rule "nothing".'),
    ],
)
def test_what_cannot_be_is_one_sentence(house: str, typed: tuple[str, ...], sentence: str) -> None:
    result = run("clinic", *typed)
    assert result.exit_code == 1
    assert sentence in result.stderr
