"""The books: in order they are silent, and each thing that must not be is found."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import delete, update

from care.courses import Status
from care.doses import AnsweredBy, DoseState
from care.escalation import CaseState
from care.triage import Fact, Level, Rule
from storage import cases
from storage.audit import QUESTIONS, find_breaches
from storage.columns import Base
from storage.doses import answer
from storage.outbox import Letter, add_letter
from storage.queues import Event, Lane
from storage.reports import add_report
from storage.sending import mark_sent
from storage.store import Store
from storage.tables import Alert, Case, Course, Dose, DoseChange, Report
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import DAY, done, new_course, new_dose, write

RULE = Rule("flag-liver", "red-flag", Level.URGENT, "reason-flag-liver", None, "leaflet")
FLAG = Fact("red-flag", "liver")


def in_order(work: Work) -> None:
    """A flag with its alert, a case with its step, a dose that was asked about, a letter that went."""
    course = new_course(work)
    course.status, course.start_on = Status.ACTIVE, DAY
    answered = new_dose(work, course, part=2, due_at=None)
    answer(work, answered, DoseState.TAKEN, by=AnsweredBy.PATIENT, taken_at=work.now)
    add_report(work, course, kind="flag", subject="liver", grade=None, dose_id=None)
    case = cases.add_case(work, course.patient, Level.URGENT, next_step_at=work.now + timedelta(hours=2))
    cases.add_alert(work, case, course, rule=RULE, level=Level.URGENT, fact=FLAG, quote=None)
    dose = new_dose(work, course, closes_at=work.now + timedelta(hours=12))
    dose.prompts_sent, dose.prompt_at = 1, None
    row = add_letter(work, Letter(chat_id=1, body={}, lane=Lane.REMINDER, subject=f"dose:{dose.id}"))
    assert row is not None
    mark_sent(work, row, 77)


def breaches(store: Store, at: datetime, since: datetime | None = None) -> list[str]:
    return [one.what for one in done(store.read(lambda session: find_breaches(session, now=at, since=since)))]


def dose_of(work: Work) -> Dose:
    return work.session.query(Dose).filter(Dose.part == 1).one()


def case_of(work: Work) -> Case:
    return work.session.query(Case).one()


def no_alert(work: Work) -> None:
    work.session.execute(delete(Alert))


def no_event(work: Work) -> None:
    work.session.execute(delete(Event).where(Event.name == "alert-raised"))


def no_step(work: Work) -> None:
    case_of(work).next_step_at = None


def lower(work: Work) -> None:
    case_of(work).level = Level.ROUTINE


def no_owner(work: Work) -> None:
    case_of(work).state = CaseState.ACKNOWLEDGED


def endless(work: Work) -> None:
    case_of(work).snoozed_until = work.now


def closed_for_nothing(work: Work) -> None:
    case_of(work).state = CaseState.CLOSED


def lost_message(work: Work) -> None:
    row = add_letter(work, Letter(chat_id=1, body={}, lane=Lane.PAGE))
    assert row is not None
    mark_sent(work, row, None)


def never_asked(work: Work) -> None:
    dose = dose_of(work)
    dose.prompts_sent, dose.prompt_at = 0, None


def asked_of_nobody(work: Work) -> None:
    new_dose(work, work.session.query(Course).one(), day=2, part=1, day_on=date(2026, 11, 3)).prompts_sent = 1


def help_unheard(work: Work) -> None:
    work.record("help-called", patient_id=case_of(work).patient_id)


def changed(model: type[Base], **values: object) -> Callable[[Work], None]:
    """Return what a hand, or a disk, does to the rows of a table behind the back of the trail."""

    def change(work: Work) -> None:
        work.session.execute(update(model).values(**values))

    return change


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (changed(Report, subject="lover"), "report-disagrees"), (changed(Report, grade=3), "report-disagrees"),
        (changed(Alert, rule="flag-lover"), "alert-disagrees"),
        (changed(Alert, level=Level.EMERGENCY), "alert-disagrees"),
        (changed(Dose, day=2), "dose-disagrees"), (changed(Dose, amount_mg=Decimal(58)), "dose-disagrees"),
        (changed(Dose, day_on=date(2026, 11, 9)), "dose-disagrees"),
        (changed(DoseChange, after="skipped"), "answer-disagrees"),
        (changed(Dose, reason="forgot"), "answer-disagrees"), (changed(Dose, taken_at=None), "answer-disagrees"),
        (no_alert, "flag-without-alert"), (no_alert, "case-without-alert"), (no_event, "alert-without-event"),
        (no_step, "case-without-step"), (lower, "case-lowered"), (no_owner, "case-without-name"),
        (endless, "case-without-name"), (closed_for_nothing, "case-without-name"),
        (lost_message, "sent-without-message"), (never_asked, "dose-not-asked"),
        (asked_of_nobody, "prompt-without-letter"), (help_unheard, "help-without-alert"),
    ],
)  # fmt: skip
def test_each_thing_that_must_not_be_is_found(
    store: Store, clock: MovedClock, spoil: Callable[[Work], None], what: str
) -> None:
    write(store, in_order)
    later = clock.now + timedelta(minutes=30)
    assert breaches(store, later) == breaches(store, later, clock.now - timedelta(hours=48)) == []

    def unit(work: Work) -> None:
        spoil(work)
        work.record("spoiled")

    write(store, unit)
    assert what in breaches(store, later)
    assert what in breaches(store, later, clock.now - timedelta(hours=48))


def test_a_step_that_is_due_is_the_rounds_for_five_minutes_and_then_a_breach(store: Store, clock: MovedClock) -> None:
    write(store, in_order)
    due = clock.now + timedelta(hours=2)
    assert breaches(store, due + timedelta(minutes=5)) == []
    assert breaches(store, due + timedelta(minutes=6)) == ["case-without-step"]


def test_a_prompt_with_a_named_reason_is_in_order(store: Store, clock: MovedClock) -> None:
    write(store, in_order)

    def unit(work: Work) -> None:
        never_asked(work)
        work.record("prompts-over", patient_id=case_of(work).patient_id, dose=dose_of(work).id)

    write(store, unit)
    assert breaches(store, clock.now + timedelta(minutes=30)) == []


def test_an_empty_house_is_in_order(store: Store, clock: MovedClock) -> None:
    assert breaches(store, clock.now) == []
    assert len(QUESTIONS) >= 10
