"""A whole clinic in a few statements, and nothing of another one."""

from datetime import date, timedelta
from typing import Any

from care.calendar import plus_days
from care.courses import Status
from care.doses import AnsweredBy, DoseState
from care.escalation import CaseState, Outcome
from care.triage import Fact, Level, Rule
from storage import worklist
from storage.cases import add_alert, add_case, open_cases, set_case
from storage.courses import set_course
from storage.doses import answer
from storage.events import events_in, events_of
from storage.outbox import add_letter
from storage.queues import Lane
from storage.sending import mark_sent
from storage.store import Store
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import DAY, done, letter, new_clinic, new_course, new_dose, write

RULE = Rule("follow-up", "follow-up", Level.ROUTINE, "reason-follow-up", None, "")
HOUR = timedelta(hours=1)


def fill(work: Work) -> tuple[int, int, int]:
    """Put two patients into a clinic, and one into another; return the clinics and the first course."""
    clinic, other = new_clinic(work), new_clinic(work)
    first = new_course(work, "AAAA", clinic)
    second = new_course(work, "BBBB", clinic)
    new_course(work, "CCCC", other)
    for number, state in enumerate((DoseState.TAKEN, DoseState.TAKEN, DoseState.UNKNOWN)):
        dose = new_dose(work, first, day=number + 1, day_on=plus_days(DAY, number))
        answer(work, dose, state, by=AnsweredBy.PATIENT)
    set_course(work, first, "turned", start_on=DAY, day=3, status=Status.ACTIVE)
    case = add_case(work, first.patient, Level.URGENT, next_step_at=None)
    add_alert(work, case, first, rule=RULE, level=Level.ROUTINE, fact=Fact("follow-up", "talk"), quote=None)
    set_course(work, second, "turned", status=Status.CLOSED)
    return clinic.id, other.id, first.id


def read(store: Store, query: Any) -> Any:
    return done(store.read(query))


def test_the_worklist_reads_a_clinic_at_once(store: Store) -> None:
    clinic, other, course = write(store, fill)
    assert [one.patient.case_code for one in read(store, lambda s: worklist.courses_of_clinic(s, clinic))] == ["AAAA"]
    assert [one.patient.case_code for one in read(store, lambda s: worklist.courses_of_clinic(s, other))] == ["CCCC"]
    states = read(store, lambda s: worklist.states_by_course(s, clinic))
    assert {key: sorted(found) for key, found in states.items()} == {course: ["taken", "taken", "unknown"]}
    assert read(store, lambda s: worklist.states_by_course(s, other)) == {}
    facts = read(store, lambda s: worklist.facts_of_open_cases(s, clinic))
    assert list(facts.values()) == [{("follow-up", "talk")}]
    assert read(store, lambda s: worklist.facts_of_open_cases(s, other)) == {}


def test_the_week_counts_within_its_bounds(store: Store, clock: MovedClock) -> None:
    clinic, other, _ = write(store, fill)
    since, until = clock.now, clock.now + HOUR
    clock.forward(minutes=30)

    def close(work: Work) -> int:

        case = open_cases(work.session, clinic)[0]
        set_case(work, case, "case-closed", state=CaseState.CLOSED, outcome=Outcome.REACHED_SAFE, closed_at=work.now)
        for chat, lane in ((1, Lane.PAGE), (1, Lane.PAGE), (2, Lane.PAGE), (1, Lane.TASK)):
            row = add_letter(work, letter(chat, lane, clinic_id=clinic))
            assert row is not None
            mark_sent(work, row, 5)
        return case.id

    case_id = write(store, close)
    assert read(store, lambda s: worklist.count_alerts(s, clinic, since=since, until=until)) == 1
    assert read(store, lambda s: worklist.count_alerts(s, clinic, since=until, until=until + HOUR)) == 0
    assert read(store, lambda s: worklist.count_alerts(s, other, since=since, until=until)) == 0
    assert read(store, lambda s: worklist.times_to_outcome(s, clinic, since=since, until=until)) == [HOUR / 2]
    assert read(store, lambda s: worklist.times_to_outcome(s, other, since=since, until=until)) == []
    pages = read(store, lambda s: worklist.pages_by_chat(s, clinic, since=since, until=until))
    assert [(one.chat_id, one.pages) for one in pages] == [(1, 2), (2, 1)]
    assert read(store, lambda s: worklist.levels_of(s, [case_id, 99])) == {case_id: Level.URGENT}
    assert read(store, lambda s: worklist.course_days(s, clinic, last=DAY)) == [(DAY, None)]
    assert read(store, lambda s: worklist.course_days(s, clinic, last=date(2026, 1, 1))) == []
    found = read(store, lambda s: worklist.states_between(s, clinic, first=DAY, last=plus_days(DAY, 1)))
    assert found == [DoseState.TAKEN, DoseState.TAKEN]


def test_events_are_read_back_by_name_clinic_and_time(store: Store, clock: MovedClock) -> None:
    clinic, other, _ = write(store, fill)
    until = clock.now + HOUR
    (opened,) = read(store, lambda s: events_in(s, clinic, ("case-opened",), since=clock.now, until=until))
    assert opened.facts["level"] == "urgent"
    assert read(store, lambda s: events_in(s, clinic, ("case-opened",), since=until, until=until + HOUR)) == []
    assert read(store, lambda s: events_in(s, other, ("case-opened",), since=clock.now, until=until)) == []
    names = [one.name for one in read(store, lambda s: events_of(s, opened.patient_id, ("patient-invited", "turned")))]
    assert names == ["patient-invited", "turned"]
