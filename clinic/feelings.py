"""How are you feeling? The picker, and when it follows a dose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from care.refusals import NotFound
from care.reports import is_check_in_due
from clinic.letters import Button, Rows, reply, rewrite, words
from clinic.ward import Visit, Ward
from storage.courses import set_course
from storage.doses import find_dose
from storage.reports import add_report, said_since
from storage.tables import Dose


def check_in_after(visit: Visit, dose: Dose) -> None:
    """Ask how the patient feels after a dose, as often as the regimen says."""
    course = dose.course
    plan = visit.regimen(course).check_ins
    since = visit.now - timedelta(hours=24 * plan.stay_close_days)
    worst = max((said.grade for said in said_since(visit.work.session, course.id, since)), default=0)
    if is_check_in_due(plan, day=dose.day, last_asked_day=course.last_check_in_day, worst_lately=worst):
        set_course(visit.work, course, "check-in-asked", last_check_in_day=dose.day)
        reply(visit, words("how-are-you"), buttons=feelings_buttons(visit, dose.id, can_be_fine=True))


def feelings_buttons(ward: Ward, dose_id: int, *, can_be_fine: bool = False) -> Rows:
    """Return the first screen: all fine, the common symptoms, and more."""
    rows: list[Sequence[Button]] = []
    if can_be_fine:
        rows.append([Button("button-all-fine", "fine", (dose_id,), "success")])
    common = [
        Button(f"symptom-{symptom.id}", "feel", (dose_id, symptom.id))
        for symptom in ward.content.symptoms
        if symptom.common
    ]
    rows += [common[i : i + 2] for i in range(0, len(common), 2)]
    rows.append([Button("button-more", "more", (dose_id,)), Button("button-warning-signs", "signs", (dose_id,))])
    return rows


def open_feelings(visit: Visit, *, dose_id: int = 0) -> None:
    """Show the picker because the patient asked for it."""
    reply(visit, words("what-do-you-feel"), buttons=feelings_buttons(visit, dose_id, can_be_fine=True))


def show_first_feelings(visit: Visit, *, dose_id: int = 0) -> None:
    """Show the picker in place of the message that was pressed."""
    rewrite(visit, words("what-do-you-feel"), buttons=feelings_buttons(visit, dose_id, can_be_fine=True))


def show_more_feelings(visit: Visit, *, dose_id: int) -> None:
    """Show the rarer symptoms."""
    rare = [
        Button(f"symptom-{symptom.id}", "feel", (dose_id, symptom.id))
        for symptom in visit.content.symptoms
        if not symptom.common
    ]
    rows = [rare[i : i + 2] for i in range(0, len(rare), 2)]
    rows.append([Button("button-warning-signs", "signs", (dose_id,)), Button("button-back", "feelings", (dose_id,))])
    rewrite(visit, words("what-do-you-feel"), buttons=rows)


def show_warning_signs(visit: Visit, *, dose_id: int) -> None:
    """Show the signs that no grade can excuse, the number first."""
    rows: list[Sequence[Button]] = [
        [Button(f"flag-{flag.id}", "flag", (dose_id, flag.id))] for flag in visit.content.red_flags if flag.offered
    ]
    rows.append([Button("button-back", "feelings", (dose_id,))])
    emergency = visit.patient.clinic.emergency_number
    rewrite(visit, words("which-warning-sign", emergency=emergency), buttons=rows)


def feel_fine(visit: Visit, *, dose_id: int) -> None:
    """Record that all is fine. A client can name any dose it likes: only one of this patient's is kept."""
    dose = find_dose(visit.work.session, dose_id) if dose_id else None
    own = dose.id if dose is not None and dose.course_id == visit.course.id else None
    add_report(visit.work, visit.course, kind="fine", subject="fine", grade=0, dose_id=own)
    rewrite(visit, words("all-fine"))


def ask_grade(visit: Visit, *, dose_id: int, symptom: str) -> None:
    """Ask how bad it is, in plain words. A client can send any symptom it likes."""
    if symptom not in {known.id for known in visit.content.symptoms}:
        raise NotFound("refused-unknown-button")
    rows = [[Button(f"grade-label-{grade}", "grade", (dose_id, symptom, grade))] for grade in range(1, 5)]
    rows.append([Button("button-back", "feelings", (dose_id,))])
    spelled = [words(f"grade-{symptom}-{grade}") for grade in range(1, 5)]
    rewrite(
        visit,
        words(f"ask-grade-{symptom}"),
        words("grades-spelled", one=spelled[0], two=spelled[1], three=spelled[2], four=spelled[3]),
        buttons=rows,
    )


def finish_feelings(visit: Visit) -> None:
    """The patient has told everything for now."""
    visit.work.record("feelings-told", patient_id=visit.patient.id)
    rewrite(visit, words("feelings-told"))
