"""Every invariant can be broken, and both questions find it: the one about all, and the one about what was touched."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from content.loader import load_content
from tests.simulation.invariants import DRIVEN_BY, INVARIANTS
from tests.simulation.lab import Lab
from tests.simulation.world import found_town

BREAKS = {
    "an update is done without its time": "update inbox set done_at = null where state = 'done'",
    "a sent letter has no message id": "update outbox set message_id = null where kind = 'send'",
    "an answered dose has no history": "delete from dose_changes; update doses set state = 'taken'",
    "a warning sign raised no alert": (
        "insert into reports (course_id, day, kind, subject, at) select id, 1, 'flag', 'chest', created_at from courses"
    ),
    "an alert has no case that shows it": "update cases set card_id = null",
    "an open case has no next step": "update cases set state = 'open', next_step_at = null",
    "a day of the course is missing": "update doses set day = day + 1",
    "a dose beyond the last day": "update doses set day = 85",
    "a closed dose is still asked about": "update doses set state = 'taken', prompt_at = closes_at",
    "a dose is taken before its day": "update doses set taken_at = date(day_on, '-3 day')",
    "an open dose is older than yesterday": "update doses set state = 'open'; update courses set day = day + 2",
    "a prompt was sent for a dose that was closed then": (
        "update doses set state = 'taken', answered_at = '2000-01-01';"
        " update outbox set state = 'waiting', lane = 4, subject = 'dose:' || (select min(id) from doses)"
    ),
    "a letter went after it had gone stale": "update outbox set expires_at = '2000-01-01'",
    "a dropped or failed letter without a reason": "update outbox set state = 'failed', reason = null",
    "two open cases of one patient": "update cases set state = 'open', patient_id = 1",
    "a closed case without an outcome and a person": "update cases set state = 'closed', outcome = null",
    "an acknowledged case without an owner": "update cases set state = 'acknowledged', owner_id = null",
    "more prompts on a day than its policy allows": "update doses set prompts_sent = 99",
    "an active course that nothing will ever wake": "update courses set status = 'active', turns_at = null",
    "a change that does not follow the one before": (
        "insert into dose_changes (dose_id, at, before, after, by)"
        " select id, '2027-01-01', 'skipped', 'open', 'patient' from doses"
    ),
    "a dose whose state is not its newest change": "update doses set state = 'held'",
}
"""What breaks each, by hand. Two the database itself refuses: they stay for the day on which an index is lost."""
REFUSED = {"two doses for one part of a day", "a prompt is owed twice"}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Lab]:
    """A town in which everybody has felt something, and two cases are open."""
    file = tmp_path_factory.mktemp("town") / "steady.db"
    file.write_bytes(sqlite_template.read_bytes())
    town = found_town(f"sqlite:///{file}", load_content(), patients=3, seed="0")
    town.faults, town.rng = 0, random.Random("0")
    town.live(2)
    for who in list(town.habits)[:2]:
        town.lab.press(who, "help")
    town.lab.settle()
    town.lab.watch._driver.execute("pragma foreign_keys = off")
    yield town.lab
    town.lab.close()


def test_every_invariant_has_its_driver_and_its_break() -> None:
    assert set(INVARIANTS) == set(DRIVEN_BY) == {*BREAKS, *REFUSED}
    assert len(INVARIANTS) >= 15


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_what_is_broken_is_found_by_both_questions(lab: Lab, name: str) -> None:
    assert lab.watch.broken() == [] == lab.watch.all_broken()
    file = lab.watch._driver
    file.execute("begin")
    for statement in BREAKS[name].split(";"):
        file.execute(statement)
    assert name in [one.partition(":")[0] for one in lab.watch.all_broken()]
    assert name in lab.watch.broken()
    assert lab.watch.broken() == [], "what was told once is not told again"
    file.execute("rollback")
    assert lab.watch.broken() == [] == lab.watch.all_broken()
