"""Pauses and held steps. A patient asks, a clinician decides; withdrawal signs stop the questions until one has."""

from __future__ import annotations

from datetime import timedelta

from care.courses import Status
from care.doses import AnsweredBy, DoseState
from care.refusals import Refusal, Stale
from care.regimens import next_step_from
from care.triage import Fact
from clinic.answer_dose import answerable_dose
from clinic.dose_screens import answer_buttons, dose_words
from clinic.letters import reply, rewrite, tell_patient, words
from clinic.people import course_for
from clinic.prompt_dose import OPIOIDS, WITHDRAWAL
from clinic.raise_alert import answer_of, raise_alerts
from clinic.show_case import show_case
from clinic.ward import Visit, Ward
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
    tell_patient(visit, course.patient, words("course-resumed"))
    reply(visit, words("resumed-by", code=course.patient.case_code, name=post.name))
    _refresh(visit, course)


def release_hold(visit: Visit, *, code: str) -> None:
    """A clinician releases a held titration step: from the next day on the amount is the planned one."""
    course, post = course_for(visit, code)
    if course.step_held_since is None:
        raise Stale("refused-nothing-held")
    steps = course.steps_taken + 1
    wait = next_step_from(visit.regimen(course), steps_taken=steps, begun_on=course.day + 1)
    set_course(visit.work, course, "step-released", step_held_since=None, steps_taken=steps, step_from_day=wait)
    tell_patient(visit, course.patient, words("step-released"))
    reply(visit, words("released-by", code=course.patient.case_code, name=post.name))
    _refresh(visit, course)


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
    question, shown = words("ask-withdrawal"), words(f"withdrawal-{signs}")
    rewrite(visit, words("asked-and-answered", question=question, answer=shown))
    drop_waiting(visit.work, f"dose:{dose.id}", "answered")
    if signs == "none":
        due = visit.now + timedelta(minutes=30)
        set_dose(visit.work, dose, "no-withdrawal", asks=None, prompts_sent=1, prompt_at=due)
        reply(
            visit,
            dose_words(visit, dose, f"reminder-{visit.patient.wording}-second-part"),
            buttons=answer_buttons(dose),
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
    """Read the answer to "any opioid since your last tablet?". A yes goes to a person first; nothing is advised."""
    dose = _asked(visit, dose_id, OPIOIDS)
    rewrite(visit, words("asked-and-answered", question=words("gap-question"), answer=words(f"gap-{used}")))
    drop_waiting(visit.work, f"dose:{dose.id}", "answered")
    if used == "no":
        set_dose(visit.work, dose, "no-opioids", asks=None)
        reply(visit, dose_words(visit, dose, "after-gap"), buttons=answer_buttons(dose))
        return
    set_dose(visit.work, dose, "opioids-said", asks=None, prompt_at=None)
    decision = raise_alerts(visit, visit.course, [Fact("opioid-use")])
    reply(visit, *answer_of(visit, visit.course, decision), words("not-watched"))
