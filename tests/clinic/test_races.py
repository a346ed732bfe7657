"""Two people at once, and every order in which two people can do six things each: only lawful ends."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

import pytest
from sqlalchemy import select

from care.escalation import CaseState, Outcome
from care.triage import Fact, Level
from clinic.arrange_case import put_off_case
from clinic.end_case import end_case
from clinic.raise_alert import raise_alerts
from clinic.ward import Ward
from clinic.work_case import acknowledge, record_outcome, visit_case
from content.loader import Content
from storage.audit import find_breaches
from storage.cases import find_case
from storage.queues import Event
from storage.store import Store
from storage.work import Work
from tests.clinic.wing import GREY, LEE, MOSS, Wing, press
from tests.conftest import MovedClock

ROUNDS = 100


def both(store: Store, *units: Callable[[Work], object]) -> list[object]:
    """Start all units at the same moment from threads of their own; return what each gave."""
    start, futures = threading.Barrier(len(units)), [Future[object]() for _ in units]

    def run(unit: Callable[[Work], object], future: Future[object]) -> None:
        start.wait(20)
        future.set_result(store.write(unit).result(timeout=60))

    threads = [threading.Thread(target=run, args=pair) for pair in zip(units, futures, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return [future.result(timeout=1) for future in futures]


@pytest.mark.parametrize("rounds", [ROUNDS, pytest.param(1_000, marks=pytest.mark.nightly)])
def test_two_presses_at_once_have_one_owner_and_the_other_is_told_who(wing: Wing, rounds: int) -> None:
    cases = [wing.open_case() for _ in range(rounds)]
    for case_id in cases:
        units = [
            lambda work, who=who, case=case_id: press(work, wing.content, who, acknowledge, case_id=case)
            for who in (LEE, MOSS)
        ]
        assert sorted(map(str, both(wing.store, *units))) == ["None", "refused-case-owned"]
        case = wing.case(case_id)
        assert case.state is CaseState.ACKNOWLEDGED
        assert case.owner is not None
    query = select(Event.facts).where(Event.name == "case-acknowledged")
    recorded = wing.store.read(lambda session: session.scalars(query).all()).result()
    assert sorted(facts["case"] for facts in recorded) == cases, "one row of the trail for each"


def test_a_press_and_the_clock_at_once_leave_an_owned_case(wing: Wing, clock: MovedClock) -> None:
    cases = [wing.open_case() for _ in range(ROUNDS // 4)]
    clock.forward(minutes=10)

    def step(work: Work, case_id: int) -> None:
        case = find_case(work.session, case_id)
        assert case is not None
        if case.next_step_at is not None and case.next_step_at <= work.now:
            visit_case(Ward(work, wing.content), case)

    for case_id in cases:
        both(
            wing.store,
            lambda work, case=case_id: press(work, wing.content, LEE, acknowledge, case_id=case),
            lambda work, case=case_id: step(work, case),
        )
        assert wing.case(case_id).state is CaseState.ACKNOWLEDGED


def test_a_report_and_a_press_at_once_lose_neither(wing: Wing) -> None:
    for _ in range(ROUNDS // 4):
        case_id = wing.open_case(Fact("grade", "nausea", 3))

        def report(work: Work, case: int = case_id) -> None:
            ward = Ward(work, wing.content)
            raise_alerts(ward, wing.course_of(ward, case), [Fact("help-now")])

        both(wing.store, report, lambda work, c=case_id: press(work, wing.content, LEE, acknowledge, case_id=c))
        case = wing.case(case_id)
        assert case.level is Level.EMERGENCY
        # Whoever came first: an emergency is owned by somebody who saw it, or open.
        assert case.state is CaseState.OPEN or case.owner is not None
        assert case.next_step_at is not None


# Every order of two actors and six steps each

Step = Callable[[Ward, int], object]


def by(person: int, action: Callable[..., None], **values: object) -> Step:
    return lambda ward, case: press(ward.work, ward.content, person, action, case_id=case, **values)


def escalate(ward: Ward, case_id: int) -> None:
    case = find_case(ward.work.session, case_id)
    assert case is not None
    visit_case(ward, case)


def erase(ward: Ward, case_id: int) -> None:
    case = find_case(ward.work.session, case_id)
    assert case is not None
    end_case(ward, case.patient_id)


ONE: tuple[Step, ...] = (
    by(LEE, acknowledge),
    by(LEE, put_off_case, minutes=15),
    by(LEE, record_outcome, outcome=Outcome.COULD_NOT_REACH),
    by(LEE, acknowledge),
    by(LEE, record_outcome, outcome=Outcome.ADVICE_GIVEN),
    erase,
)
OTHER: tuple[Step, ...] = (
    escalate,
    by(GREY, acknowledge),
    escalate,
    by(GREY, record_outcome, outcome=Outcome.REACHED_SAFE),
    escalate,
    by(GREY, record_outcome, outcome=Outcome.NOT_CLINICAL),
)


def check_lawful(ward: Ward, case_id: int) -> None:
    case = find_case(ward.work.session, case_id)
    assert case is not None
    if case.state is CaseState.CLOSED:
        assert case.next_step_at is None
        assert case.outcome is not None
        assert case.closed_at is not None
        assert case.offered_to is None
        assert case.snoozed_until is None
    else:
        assert case.next_step_at is not None
        assert case.state is CaseState.OPEN or case.owner_id is not None
    assert case.level is Level.EMERGENCY
    ward.work.session.flush()


def walk_all(wing: Wing) -> int:
    """Walk 924 orders as a tree: what two orders share is done once, and undone by a savepoint."""
    case_id, ends = wing.open_case(), 0

    def walk(ward: Ward, i: int, j: int) -> None:
        nonlocal ends
        if i == len(ONE) and j == len(OTHER):
            ends += 1
            assert find_breaches(ward.work.session, now=ward.now) == []
            return
        for step, at in ((ONE[i : i + 1], (i + 1, j)), (OTHER[j : j + 1], (i, j + 1))):
            for act in step:
                with ward.work.session.begin_nested() as savepoint:
                    fresh = Ward(Work(ward.work.connection, ward.now), wing.content)
                    act(fresh, case_id)
                    check_lawful(fresh, case_id)
                    walk(ward, *at)
                    savepoint.rollback()
                ward.work.session.expire_all()

    def unit(ward: Ward) -> None:
        walk(ward, 0, 0)
        ward.work.record("walked")  # each step named its own events, and was undone with them

    wing.store.write(lambda work: unit(Ward(work, wing.content))).result(timeout=300)
    return ends


def test_every_order_of_two_actors_with_six_steps_each_ends_lawfully(
    fresh_sqlite: str, clock: MovedClock, content: Content
) -> None:
    store = Store(fresh_sqlite, clock)
    assert walk_all(Wing(store, content)) == 924
    store.close()


@pytest.mark.nightly
def test_every_order_ends_lawfully_on_both_engines(wing: Wing) -> None:
    assert walk_all(wing) == 924


def test_an_erased_patients_case_is_over_and_says_so(wing: Wing) -> None:
    case_id = wing.open_case()
    wing.do(partial(erase, case_id=case_id))
    case = wing.case(case_id)
    assert (case.state, case.outcome, case.next_step_at) == (CaseState.CLOSED, Outcome.ERASED, None)
