"""What an absence made late is counted by clinic; what a clock set back would hold up is let go."""

from datetime import timedelta

from care.escalation import CaseState
from care.triage import Level
from storage.cases import add_case, set_case
from storage.courses import set_course
from storage.doses import set_dose
from storage.outages import Turn, hasten, late_cases, late_prompts, late_turns
from storage.outbox import add_letter
from storage.queues import OutboxRow
from storage.store import Store
from storage.tables import Case
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import done, letter, new_clinic, new_course, new_dose, write


def test_what_is_late_is_told_apart_by_clinic_and_by_how_late_it_is(store: Store, clock: MovedClock) -> None:
    late, now = clock.now - timedelta(hours=1), clock.now

    def fill(work: Work) -> None:
        for number, clinic in enumerate((new_clinic(work), new_clinic(work)), start=1):
            for code in range(2):
                course = new_course(work, f"P{number}{code}", clinic)
                at = late if code < number else now
                set_dose(work, new_dose(work, course), "dose-changed", prompt_at=at)
                set_course(work, course, "course-changed", turns_at=at)
                add_case(work, course.patient, Level.URGENT, next_step_at=at)

    write(store, fill)
    before = now - timedelta(minutes=15)
    assert done(store.read(lambda session: list(late_prompts(session, before=before)))) == [(1, 1), (2, 3), (2, 4)]
    assert done(store.read(lambda session: late_cases(session, before=before))) == {1: 1, 2: 2}
    turns = done(store.read(lambda session: list(late_turns(session, before=before))))
    assert turns[0] == Turn(1, 1, "Europe/London", None, late)
    assert [turn.patient_id for turn in turns] == [1, 3, 4]


def test_a_clock_set_back_holds_up_nothing_that_is_urgent(store: Store, clock: MovedClock) -> None:
    true = clock.now
    clock.forward(hours=5)

    def fill(work: Work) -> list[int | None]:
        patient = new_course(work).patient
        for state in (CaseState.OPEN, CaseState.ACKNOWLEDGED):
            case = add_case(work, patient, Level.URGENT, next_step_at=work.now + timedelta(minutes=10))
            set_case(work, case, "case-changed", state=state)
        return [add_letter(work, letter(7)), add_letter(work, letter(7, send_at=work.now + timedelta(hours=1)))]

    at_once, later = write(store, fill)
    clock.now = true
    write(store, hasten)
    rows = done(store.read(lambda session: {row.id: row.send_at for row in session.query(OutboxRow)}))
    assert rows == {at_once: true, later: true + timedelta(hours=6)}
    steps = done(store.read(lambda session: [one.next_step_at for one in session.query(Case).order_by(Case.id)]))
    assert steps == [true, true + timedelta(hours=5, minutes=10)]
