"""Pauses and held steps. A patient asks, a clinician decides; withdrawal signs stop the questions until one has."""

from __future__ import annotations

from datetime import timedelta

from care.courses import Status
from care.doses import AnsweredBy, DoseState
from care.refusals import Refusal, Stale
from care.regimens import next_step_from
from care.triage import Fact
from clinic.answer_dose import answerable_dose, check_observed
from clinic.ask_opioids import NO_OPIOIDS, OPIOIDS, WITHDRAWAL, end_wait, wait_for_team, waits_for_team
from clinic.dose_screens import answer_buttons, dose_words
from clinic.letters import reply, rewrite, tell_patient, words
from clinic.next_question import next_question_at
from clinic.people import course_for
from clinic.prompt_dose import withdrawal_question
from clinic.raise_alert import answer_of, raise_alerts
from clinic.show_case import show_case
from clinic.ward import Visit, Ward
from content.values import Words
from storage.cases import lock_open_case
from storage.courses import set_course, set_status
from storage.doses import answer, open_doses, set_dose
from storage.outbox import drop_waiting
from storage.tables import Course, Dose


def ask_pause(visit: Visit) -> None:
    """Pass the wish for a pause on to the clinic; nothing changes until a clinician has decided."""
    course = visit.course
    if course.status is Status.PAUSED:
        raise Stale("refused-paused-already")
    if course.status is not Status.ACTIVE:
        raise Refusal("refused-course-state")
    visit.work.record("pause-asked", patient_id=visit.patient.id)
    decision = raise_alerts(visit, course, [Fact("pause-asked")])
    rewrite(visit, *(answer_of(visit, course, decision) or [words("pause-asked")]))


def decide_pause(visit: Visit, *, code: str) -> None:
    """A clinician says no to a pause; the patient is told who to talk to."""
    course, _post = course_for(visit, code)
    visit.work.record("pause-refused", patient_id=course.patient_id)
    tell_patient(visit, course.patient, words("pause-refused"))
    visit.toast = words("toast-patient-told")


def pause_patient(visit: Visit, *, code: str) -> None:
    """A clinician pauses a course: its doses are held and the daily questions rest."""
    course, post = course_for(visit, code)
    if course.status is not Status.ACTIVE:
        raise Refusal("refused-course-state")
    hold(visit, course, "course-paused")
    tell_patient(visit, course.patient, words("course-paused"))
    reply(visit, words("paused-by", code=course.patient.case_code, name=post.name))
    _refresh(visit, course)


def hold(ward: Ward, course: Course, event: str) -> None:
    """Pause a course: open doses are held, prompts dropped, and silence is not counted."""
    set_status(ward.work, course, Status.PAUSED, event, paused_since=ward.now, silent_at=None)
    for dose in open_doses(ward.work.session, course.id):
        answer(ward.work, dose, DoseState.HELD, by=AnsweredBy.NOBODY)
        drop_waiting(ward.work, f"dose:{dose.id}", "paused")


def resume_patient(visit: Visit, *, code: str) -> None:
    """A clinician lets a paused course go on; the next question comes at the next planned hour."""
    course, post = course_for(visit, code)
    if course.status is not Status.PAUSED:
        raise Refusal("refused-course-state")
    silent_at = visit.silence_from(course)
    set_status(visit.work, course, Status.ACTIVE, "course-resumed", paused_since=None, silent_at=silent_at)
    if waits_for_team(visit, course):
        end_wait(visit, course)
    tell_patient(visit, course.patient, _resumed(visit, course))
    reply(visit, words("resumed-by", code=course.patient.case_code, name=post.name))
    _refresh(visit, course)


def _resumed(visit: Visit, course: Course) -> Words:
    next_at = next_question_at(visit, course)
    if next_at is None:
        return words("course-resumed-end")
    shown = visit.clock_of(course.patient, next_at)
    return words("course-resumed", day=shown.date(), hour=shown.time())


def release_hold(visit: Visit, *, code: str) -> None:
    """A clinician releases what is held: a titration step, the daily question, or both."""
    course, post = course_for(visit, code)
    is_waiting = waits_for_team(visit, course)
    if course.step_held_since is None and not is_waiting:
        raise Stale("refused-nothing-held")
    if is_waiting:
        _release_question(visit, course, post.name)
    if course.step_held_since is not None:
        _release_step(visit, course, post.name)
    _refresh(visit, course)


def _release_question(visit: Visit, course: Course, name: str) -> None:
    today = end_wait(visit, course)
    texts, buttons = [words("question-released")], answer_buttons(today.id) if today is not None else ()
    if today is not None:
        texts.append(dose_words(visit, today, "dose-open"))
    tell_patient(visit, course.patient, *texts, buttons=buttons)
    reply(visit, words("question-released-by", code=course.patient.case_code, name=name))


def _release_step(visit: Visit, course: Course, name: str) -> None:
    """From the next day on the amount is the planned one."""
    steps = course.steps_taken + 1
    wait = next_step_from(visit.regimen(course), steps_taken=steps, begun_on=course.day + 1)
    set_course(visit.work, course, "step-released", step_held_since=None, steps_taken=steps, step_from_day=wait)
    tell_patient(visit, course.patient, words("step-released"))
    reply(visit, words("released-by", code=course.patient.case_code, name=name))


def _refresh(visit: Visit, course: Course) -> None:
    case = lock_open_case(visit.work.session, course.patient_id)
    if case is not None:
        show_case(visit, case, anew=False)


def answer_withdrawal(visit: Visit, *, dose_id: int, signs: str) -> None:
    """Read the answer between the two parts of an induction day.

    Only "none" opens the second part. With signs the plan itself stops here: the part is held and the daily questions
    rest until a clinician lets the course go on.
    """
    dose = _asked(visit, dose_id, WITHDRAWAL)
    if signs == "none":
        check_observed(visit, dose)
    question, shown = withdrawal_question(visit, dose), words(f"withdrawal-{signs}")
    rewrite(visit, words("asked-and-answered", question=question, answer=shown))
    drop_waiting(visit.work, f"dose:{dose.id}", "answered")
    if signs == "none":
        due = visit.now + timedelta(minutes=30)
        set_dose(visit.work, dose, "no-withdrawal", asks=None, prompts_sent=1, prompt_at=due)
        reply(
            visit,
            dose_words(visit, dose, f"reminder-{visit.patient.wording}-second-part"),
            buttons=answer_buttons(dose.id),
        )
        return
    hold(visit, visit.course, "held-by-withdrawal")
    decision = raise_alerts(visit, visit.course, [Fact("withdrawal", signs)])
    reply(visit, *answer_of(visit, visit.course, decision), words("induction-held"))


def _asked(visit: Visit, dose_id: int, question: str) -> Dose:
    dose = answerable_dose(visit, dose_id)
    if dose.asks != question or dose.state is not DoseState.OPEN:
        raise Stale("refused-answered-already")
    return dose


def answer_opioids(visit: Visit, *, dose_id: int, used: str) -> None:
    """Read the answer to "any opioid since your last tablet?". Only a "no" opens the day; nothing is advised.

    After any other answer nothing offers a dose, today or later, until a clinician has released it.
    """
    dose = _asked(visit, dose_id, OPIOIDS)
    rewrite(visit, words("asked-and-answered", question=words("gap-question"), answer=words(f"gap-{used}")))
    drop_waiting(visit.work, f"dose:{dose.id}", "answered")
    if used == "no":
        _open_day(visit, dose)
        return
    wait_for_team(visit, visit.course)
    decision = raise_alerts(visit, visit.course, [Fact("opioid-use" if used == "yes" else "opioid-not-said")])
    reply(visit, *answer_of(visit, visit.course, decision), words("question-waits"), words("not-watched"))


def _open_day(visit: Visit, dose: Dose) -> None:
    """Show the day, and let its prompts come: the first at its hour, the next ones as long after it as ever."""
    between = visit.regimen(dose.course).reminders.usual
    next_at = visit.now + between[0] if between else None
    sent = max(dose.prompts_sent, 1)
    if dose.due_at is not None and dose.due_at > visit.now:
        next_at, sent = dose.due_at, 0
    set_dose(visit.work, dose, "no-opioids", asks=NO_OPIOIDS, prompt_at=next_at, prompts_sent=sent)
    reply(visit, dose_words(visit, dose, "after-gap"), buttons=answer_buttons(dose.id))
