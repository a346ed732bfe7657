"""A day of a course is over: close what was not answered, let triage judge, and expect the next day's dose."""

from __future__ import annotations

from care.adherence import day_states, days_without
from care.calendar import course_day, date_of, end_of, instant_of, local_date
from care.courses import Status
from care.doses import AnsweredBy, DoseState, unanswered
from care.regimens import Step, next_step_from, parts_on
from care.reports import holds_step
from care.triage import Decision, Fact
from clinic.ask_opioids import HELD, OPIOIDS, look_for_gap, states_before, waits_for_team
from clinic.end_course import complete_course
from clinic.letters import tell_patient, words
from clinic.raise_alert import answer_of, raise_alerts, raise_once_a_day
from clinic.skip_dose import judge_missed
from clinic.ward import Ward, zone_of
from storage.cases import find_open_case
from storage.courses import first_day_of, set_course, set_status
from storage.doses import add_dose, answer, doses_of, first_parts_of, is_expected, open_doses
from storage.outbox import drop_waiting
from storage.reports import said_since
from storage.sent import was_sent
from storage.tables import Course


def turn_day(ward: Ward, course: Course) -> None:
    """Bring a course to the patient's own date, whatever happened since it was last turned."""
    if course.status is Status.FOLLOW_UP:
        set_status(ward.work, course, Status.CLOSED, "follow-up-closed", turns_at=None)
        return
    if course.status not in (Status.PLANNED, Status.ACTIVE, Status.PAUSED):
        set_course(ward.work, course, "course-at-rest", turns_at=None)
        return
    start_on, zone = first_day_of(course), zone_of(course.patient)
    today = course_day(start_on, local_date(ward.now, zone))
    if course.status is Status.PLANNED and today >= 1:
        silent_at = ward.silence_from(course)
        set_status(ward.work, course, Status.ACTIVE, "course-begun", silent_at=silent_at, last_heard_at=ward.now)
    _close_days(ward, course, before=today)
    last = min(today, ward.regimen(course).days)
    for day in range(course.day + 1, last + 1):
        _begin_day(ward, course, day, is_today=day == today)
    if today > ward.regimen(course).days:
        complete_course(ward, course)
        return
    next_turn = end_of(date_of(start_on, max(today, course.day)), zone) if today >= 1 else None
    set_course(ward.work, course, "day-turned", turns_at=next_turn or end_of(date_of(start_on, 0), zone))


def _close_days(ward: Ward, course: Course, *, before: int) -> None:
    """Close the open doses of the days before; what nobody answered is unknown, never missed."""
    closed = [dose for dose in open_doses(ward.work.session, course.id) if dose.day < before]
    for dose in closed:
        # A question that never left the house was not asked, whoever's fault that was.
        was_asked = dose.prompts_sent > 0 and was_sent(ward.work.session, f"dose:{dose.id}")
        state = unanswered(dose.prompts_sent if was_asked else 0)
        if dose.due_at is None or dose.asks == HELD:
            state = DoseState.HELD if dose.asks == HELD else DoseState.UNKNOWN
        if dose.asks == OPIOIDS:
            dose.asks = None  # a question that got no answer in its day is stale; the next day asks its own
        answer(ward.work, dose, state, by=AnsweredBy.NOBODY)
        drop_waiting(ward.work, f"dose:{dose.id}", "day over")
    if closed and course.status is Status.ACTIVE:
        _judge_reminders(ward, course)
        decision = judge_missed(ward, course)
        texts = answer_of(ward, course, decision) if _is_news(ward, course, decision) else []
        if texts:
            expires = end_of(ward.today(course.patient), zone_of(course.patient))
            tell_patient(ward, course.patient, *texts, send_at=ward.usual_hour(course.patient), expires_at=expires)


def _is_news(ward: Ward, course: Course, decision: Decision | None) -> bool:
    """Return whether a number was reached today. The clinic hears each day, the patient need not read it again."""
    if decision is None:
        return False
    fact, policy = decision.matches[0].fact, ward.regimen(course).missed
    return fact.kind != "missed-run" or fact.value in (policy.run, policy.long_run)


def _judge_reminders(ward: Ward, course: Course) -> None:
    """Tell triage on how many days in a row our question did not arrive; one known to be out of reach is told of."""
    count = 0
    for state, prompts_sent in first_parts_of(ward.work.session, course.id):
        if state in (DoseState.OPEN, DoseState.HELD):
            continue
        if state is not DoseState.MISSED_BY_US or not prompts_sent:
            break
        count += 1
    if count and course.patient.unreachable_since is None:
        raise_once_a_day(ward, course, [Fact("reminders-failed", value=count)])


def _begin_day(ward: Ward, course: Course, day: int, *, is_today: bool) -> None:
    """Expect the doses of a course day. A day that passed while we were down is *missed by us*."""
    if is_today and course.status is Status.ACTIVE:
        _take_step(ward, course, day)
    patient, regimen = course.patient, ward.regimen(course)
    zone, day_on = zone_of(patient), date_of(first_day_of(course), day)
    assert patient.reminder_at is not None
    due = instant_of(day_on, patient.reminder_at, zone)
    if day == 1:
        due = max(due, ward.now)
    is_waiting = waits_for_team(ward, course)
    if is_waiting and is_today and find_open_case(ward.work.session, course.patient_id) is None:
        raise_alerts(ward, course, [Fact("dose-held")])
    if not is_expected(ward.work.session, course.id, day_on):
        for number, part in enumerate(parts_on(regimen, day=day, on=day_on, steps_taken=course.steps_taken), start=1):
            state = DoseState.HELD if course.status is Status.PAUSED else DoseState.OPEN
            if not is_today and state is DoseState.OPEN:
                state = DoseState.MISSED_BY_US
            dose = add_dose(
                ward.work,
                course,
                day=day,
                day_on=day_on,
                part=number,
                amount_mg=part.amount_mg,
                asks=part.ask,
                due_at=due if number == 1 else None,
                closes_at=end_of(day_on, zone),
                state=state,
            )
            if state is DoseState.OPEN:
                if is_waiting:
                    dose.asks = HELD
                # From the first minute of the day: the patient may come before the question does.
                look_for_gap(ward, dose, states_before(ward, dose))
    set_course(ward.work, course, "day-begun", day=day)


def _take_step(ward: Ward, course: Course, day: int) -> None:
    """Take the titration step that this day brings, or hold it for a clinician."""
    steps = ward.regimen(course).steps
    if course.steps_taken >= len(steps) or course.step_held_since is not None:
        return
    step = steps[course.steps_taken]
    if day < max(step.day, course.step_from_day or 0):
        return
    fact = _holds(ward, course, step)
    if fact is None:
        taken = course.steps_taken + 1
        wait = next_step_from(ward.regimen(course), steps_taken=taken, begun_on=day)
        set_course(ward.work, course, "step-taken", steps_taken=taken, step_from_day=wait)
        tell_patient(ward, course.patient, words("step-taken"), send_at=ward.usual_hour(course.patient))
        return
    set_course(ward.work, course, "step-held", step_held_since=ward.now)
    decision = raise_alerts(ward, course, [fact])
    texts = answer_of(ward, course, decision) or [words("step-held")]
    tell_patient(ward, course.patient, *texts, send_at=ward.usual_hour(course.patient))


def _holds(ward: Ward, course: Course, step: Step) -> Fact | None:
    """Return why a step has to wait: a symptom, or days on the present amount that nobody knows about."""
    symptom = holds_step(step, now=ward.now, earlier=said_since(ward.work.session, course.id))
    if symptom is not None:
        return Fact("step-held", symptom.symptom)
    doses = doses_of(ward.work.session, course.id)
    present = [(dose.day, dose.state) for dose in doses if dose.amount_mg == doses[-1].amount_mg]
    unknown = days_without([state for _, state in day_states(present)])
    return Fact("step-unproven", value=unknown) if unknown > step.most_unknown_days else None
