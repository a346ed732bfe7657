"""The worklist: who needs a person next, where each stands, and how much of the course was taken."""

from __future__ import annotations

from care.adherence import adherence
from care.courses import RUNNING, Status
from care.escalation import Outcome
from care.refusals import BadAnswer
from care.worklist import Need, Standing, in_order, is_silent, need_of
from clinic.letters import Button, words
from clinic.list_cases import age_of
from clinic.pages import part_of, place_of, show_page, turners
from clinic.people import clinic_here
from clinic.ward import Visit, Ward
from content.values import Words
from storage.cases import open_cases
from storage.tables import Case, Clinic, Course
from storage.worklist import courses_of_clinic, facts_of_open_cases, states_by_course

WHICH = ("all", "call", "silent")
ON_A_PAGE = 12


def ask_patients(visit: Visit, *, said: str = "") -> None:
    """Read which part of the worklist a command asks for."""
    which = said.strip().lower() or "all"
    if which not in WHICH:
        raise BadAnswer("refused-usage-patients")
    list_patients(visit, which=which)


def list_patients(visit: Visit, *, which: str = "all", page: int | None = None) -> None:
    """List the clinic's patients, the most pressing first: all, those due a call, or those who are silent."""
    clinic = clinic_here(visit)
    everybody = in_order(standings_in(visit, clinic), now=visit.now)
    visit.work.record("patients-listed", clinic_id=clinic.id, which=which, patients=len(everybody))
    chosen = [one for one in everybody if _is_in(visit, one, which)]
    part = part_of(chosen, page or 1, ON_A_PAGE)
    for one in part.items:
        visit.work.record("patient-listed", patient_id=one.patient_id, clinic_id=clinic.id)
    head = words(f"patients-head-{which}", count=len(chosen))
    texts = [head, *place_of(part), *(_line(visit, one) for one in part.items)]
    codes = [Button(words("button-code", code=one.code), "patient", (one.code,)) for one in part.items]
    rows = [codes[place : place + 4] for place in range(0, len(codes), 4)]
    others = [Button(f"button-patients-{other}", "patients", (other, 1)) for other in WHICH if other != which]
    show_page(visit, texts, [*rows, *turners(part, "patients", which), others], number=page)


def _is_in(ward: Ward, one: Standing, which: str) -> bool:
    if which == "call":
        return need_of(one, now=ward.now) is Need.CALL
    return which == "all" or is_silent(one, now=ward.now)


def standings_in(ward: Ward, clinic: Clinic) -> list[Standing]:
    """Return where every patient of a clinic stands whose course is not closed."""
    session = ward.work.session
    states = states_by_course(session, clinic.id)
    cases = {case.patient_id: case for case in open_cases(session, clinic.id)}
    facts = facts_of_open_cases(session, clinic.id)
    found = []
    for course in courses_of_clinic(session, clinic.id):
        case = cases.get(course.patient_id)
        found.append(
            Standing(
                patient_id=course.patient_id,
                code=course.patient.case_code,
                status=course.status,
                day=course.day,
                days=ward.regimen(course).days,
                share=adherence(states.get(course.id, [])),
                heard_at=course.last_heard_at,
                silent_after=ward.missed(course).silent_after,
                is_unreachable=course.patient.unreachable_since is not None,
                is_held=course.step_held_since is not None,
                level=None if case is None else case.level,
                wants_call=case is not None and _wants_call(case, facts.get(case.id, set())),
            )
        )
    return found


def _wants_call(case: Case, facts: set[tuple[str, str | None]]) -> bool:
    return case.outcome is Outcome.COULD_NOT_REACH or ("follow-up", "talk") in facts


def _line(ward: Ward, one: Standing) -> Words:
    where = words("worklist-day", day=one.day, days=one.days) if one.status in RUNNING else _status(one.status)
    return words("worklist-line", code=one.code, where=where, share=_share(one), need=_need(ward, one))


def _status(status: Status) -> Words:
    return words(f"status-{status}")


def _share(one: Standing) -> Words:
    if not one.share.expected:
        return words("worklist-no-share")
    if one.share.low == one.share.high:
        return words("worklist-share", low=one.share.low)
    return words("worklist-range", low=one.share.low, high=one.share.high)


def _need(ward: Ward, one: Standing) -> Words:
    need = need_of(one, now=ward.now)
    if need is Need.SILENT and one.heard_at is not None:
        return words("need-silent", age=age_of(int((ward.now - one.heard_at).total_seconds() // 60)))
    return words(f"need-{need.name.lower()}")


def place_in(ward: Ward, course: Course) -> Words:
    """Return where a course is, in a few words: its day while it runs, else its status."""
    if course.status in RUNNING:
        return words("worklist-day", day=course.day, days=ward.regimen(course).days)
    return _status(course.status)
