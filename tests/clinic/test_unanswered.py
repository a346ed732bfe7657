"""What nobody answers goes on; what gets worse is never held back. On the real storage, without Telegram."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from care.escalation import CaseState, Outcome
from care.triage import Fact, Level
from clinic.raise_alert import raise_alerts
from clinic.rounds import make_visit
from clinic.ward import Ward
from clinic.work_case import acknowledge, record_outcome
from content.loader import Content
from storage.audit import find_breaches
from storage.cases import alerts_of, find_case
from storage.copies import copies_of
from storage.due import Due, Visit, find_due
from storage.queues import OutboxRow, OutboxState
from storage.store import Store
from storage.tables import Case
from storage.work import Work
from tests.clinic.wing import LEE, Wing, press
from tests.conftest import MovedClock

ROUND = timedelta(seconds=60)
LONGEST = {Level.EMERGENCY: timedelta(minutes=30), Level.URGENT: timedelta(hours=4), Level.ROUTINE: timedelta(hours=25)}
GRAVE, URGENT, ROUTINE = Fact("help-now"), Fact("grade", "nausea", 3), Fact("free-text")
MIX = (GRAVE, URGENT, ROUTINE)
"""One in three an emergency: each of those speaks 336 times in a week, as often as fifty others."""
MILD = (GRAVE, *(URGENT, ROUTINE) * 4, URGENT)
"""One in ten, for each commit and for a thousand: with one in three, theirs had not ended after 7 minutes of CPU."""


def leave_alone(
    wing: Wing, clock: MovedClock, *, count: int, days: int, dice: random.Random, mix: tuple[Fact, ...] = MIX
) -> None:
    """Open cases that nobody answers, make rounds for so many days, and watch every gap between two steps."""
    ids = [wing.open_case(mix[number % len(mix)]) for number in range(count)]
    last = dict.fromkeys(ids, clock.now)
    end = clock.now + timedelta(hours=24 * days)
    while clock.now < end:
        due = wing.store.read(lambda session: find_due(session, now=clock.now, most=count + 10)).result()
        wing.do(lambda ward, due=due: visit_all(ward, due))  # type: ignore[misc]
        cases = stand(wing)
        for case_id in (one.id for one in due if one.visit is Visit.CASE):
            level, state, _ = cases[case_id]
            gap, last[case_id] = clock.now - last[case_id], clock.now
            assert gap <= LONGEST[level] + ROUND, (level, gap)
            assert state is CaseState.OPEN
        steps = [at for _, _, at in cases.values() if at is not None]
        assert len(steps) == len(ids)
        clock.now = max(clock.now, min(steps)) + timedelta(seconds=dice.randrange(60))
    for case_id, (level, _, _) in stand(wing).items():
        assert end - last[case_id] <= LONGEST[level] + 2 * ROUND
    assert wing.store.read(lambda session: find_breaches(session, now=clock.now)).result() == []


def stand(wing: Wing) -> dict[int, tuple[Level, CaseState, datetime | None]]:
    """Return how grave every case is, its state and its next step, by id."""
    query = select(Case.id, Case.level, Case.state, Case.next_step_at)
    rows = wing.store.read(lambda session: session.execute(query).all()).result()
    return {row.id: (row.level, row.state, row.next_step_at) for row in rows}


def test_a_week_without_an_answer(fresh_sqlite: str, clock: MovedClock, content: Content, rng: random.Random) -> None:
    store = Store(fresh_sqlite, clock)
    leave_alone(Wing(store, content), clock, count=10, days=7, dice=rng, mix=MILD)
    store.close()


@pytest.mark.nightly
def test_a_week_without_an_answer_for_a_thousand(
    fresh_sqlite: str, clock: MovedClock, content: Content, rng: random.Random
) -> None:
    store = Store(fresh_sqlite, clock)
    leave_alone(Wing(store, content), clock, count=1000, days=7, dice=rng, mix=MILD)
    store.close()


@pytest.mark.nightly
def test_a_week_without_an_answer_on_both_engines(wing: Wing, clock: MovedClock, rng: random.Random) -> None:
    leave_alone(wing, clock, count=60, days=7, dice=rng)


def visit_all(ward: Ward, due: list[Due]) -> None:
    for one in due:
        make_visit(ward.work, ward.content, one)
    send_all(ward)


def send_all(ward: Ward) -> None:
    """Let everything owed have gone, as a sender would."""
    gone = update(OutboxRow).where(OutboxRow.state == OutboxState.WAITING)
    ward.work.session.execute(gone.values(state=OutboxState.SENT, message_id=OutboxRow.id))


def own(ward: Ward, case_id: int) -> None:
    press(ward.work, ward.content, LEE, acknowledge, case_id=case_id)


def fail_to_reach(ward: Ward, case_id: int) -> None:
    own(ward, case_id)
    press(ward.work, ward.content, LEE, record_outcome, case_id=case_id, outcome=Outcome.COULD_NOT_REACH)


def nothing(ward: Ward, _case_id: int) -> None:
    ward.work.record("nothing")


BEFORE: tuple[Callable[[Ward, int], None], ...] = (own, fail_to_reach, nothing)


def test_of_a_thousand_that_got_worse_none_was_held_back(
    fresh_sqlite: str, clock: MovedClock, content: Content, rng: random.Random
) -> None:
    """A rise, a new red flag, "it is worse": in whatever state a case is, it speaks anew, open, with its first step."""
    store = Store(fresh_sqlite, clock)
    wing, told = Wing(store, content), 0
    flags = [flag.id for flag in content.red_flags]
    while told < 1000:
        clock.forward(minutes=11 * 50)
        told += wing.do(lambda ward: _one_patient(wing, ward, flags, rng))
    store.close()


def _one_patient(wing: Wing, ward: Ward, flags: list[str], rng: random.Random) -> int:
    case_id = wing.raise_in(ward, Fact("free-text"))
    news = [Fact("grade", "nausea", 3), *(Fact("red-flag", flag) for flag in rng.sample(flags, 8)), Fact("worse")]
    for number, fact in enumerate(news, start=1):
        later = Ward(Work(ward.work.connection, ward.now + number * timedelta(minutes=11)), ward.content)
        rng.choice(BEFORE)(later, case_id)
        _report(wing, later, case_id, fact)
        later.work.finish()
        send_all(later)
    ward.work.record("told")
    return len(news)


def _report(wing: Wing, ward: Ward, case_id: int, fact: Fact) -> None:
    before = find_case(ward.work.session, case_id)
    assert before is not None
    was, state = before.level, before.state
    decision = raise_alerts(ward, wing.course_of(ward, case_id), [fact])
    assert decision is not None
    case = find_case(ward.work.session, case_id)
    assert case is not None
    assert case.level is max(was, decision.level), "a level never drops"
    assert case.spoke_at == ward.now, fact
    if decision.level >= Level.URGENT or fact.kind == "worse":
        assert (case.state, case.step) == (CaseState.OPEN, 0), fact
    else:
        assert case.state is state, "a routine sign, such as a new medicine, is shown anew and takes nobody's case away"
    copies = copies_of(ward.work.session, case_id)
    letters = [ward.work.session.get_one(OutboxRow, copy.letter_id) for copy in copies if copy.letter_id]
    assert any(one.kind == "send" and one.state is OutboxState.WAITING for one in letters)
    assert alerts_of(ward.work.session, case_id)[-1].raised_at == ward.now
