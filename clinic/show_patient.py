"""One patient by case code: where they stand, and what is on record about them, a tab at a time."""

from __future__ import annotations

from datetime import datetime

from care.adherence import adherence
from care.courses import RUNNING, Status
from care.refusals import BadAnswer, NotFound
from clinic.letters import Button, words
from clinic.list_cases import age_of
from clinic.list_patients import place_in
from clinic.pages import page_of, place_of, show_page, turners
from clinic.patient_tabs import TABS
from clinic.people import check_here, course_for
from clinic.ward import Visit, zone_of
from content.places import city_of
from content.values import Words
from storage.cases import find_open_case
from storage.doses import states_of
from storage.tables import Case, Course
from storage.talk import messages_of

OVERVIEW = "overview"


def ask_patient(visit: Visit, *, code: str = "") -> None:
    """Show the patient whose case code was typed."""
    if not code.strip():
        raise BadAnswer("refused-usage-patient")
    show_patient(visit, code=code)


def show_patient(visit: Visit, *, code: str, tab: str = OVERVIEW, page: int | None = None) -> None:
    """Show one tab of a patient's record; a press on another tab, or a page, takes the place of what it was under."""
    course, post = course_for(visit, code)
    check_here(visit, post.clinic)
    patient = course.patient
    visit.work.record("patient-shown", patient_id=patient.id, clinic_id=patient.clinic_id, tab=tab)
    head = words("patient-head", code=patient.case_code, regimen=words(f"regimen-{course.regimen}"))
    if tab == OVERVIEW:
        show_page(visit, [head, *_overview(visit, course)], _buttons(visit, course, tab), number=page)
        return
    if tab not in TABS:
        raise NotFound("refused-unknown-button")
    lines = TABS[tab](visit, course) or [words(f"patient-no-{tab}")]
    shown = page_of(visit, visit.caller.language, lines, page or 1)
    texts = [head, words(f"patient-tab-{tab}"), *place_of(shown), *shown.lines]
    rows = [*turners(shown, "patient", patient.case_code, tab), *_buttons(visit, course, tab)]
    show_page(visit, texts, rows, number=page)


def _buttons(visit: Visit, course: Course, tab: str) -> list[list[Button]]:
    code = course.patient.case_code
    tabs = [Button(f"button-tab-{one}", "patient", (code, one, 1)) for one in (OVERVIEW, *TABS) if one != tab]
    rows = [tabs[place : place + 3] for place in range(0, len(tabs), 3)]
    last = [Button("button-write", "write", (code,))]
    case = find_open_case(visit.work.session, course.patient_id)
    if case is not None:
        last.append(Button("button-show-card", "case", (case.id,)))
    return [*rows, last]


def _overview(visit: Visit, course: Course) -> list[Words]:
    patient = course.patient
    share = adherence([state for _, state in states_of(visit.work.session, course.id)])
    texts = [words("patient-place", where=place_in(visit, course))]
    if course.start_on is not None:
        texts.append(words("patient-first-day", day=course.start_on))
    if share.expected:
        values = {"taken": share.taken, "skipped": share.skipped, "unknown": share.unknown, "expected": share.expected}
        texts.append(words("summary-share", low=share.low, high=share.high, **values))
    if patient.reminder_at is not None:
        city = city_of(zone_of(patient), visit.caller.language)
        texts.append(words("patient-hour", hour=patient.reminder_at, city=city))
    return [*texts, *_troubles(visit, course), *_case(visit, find_open_case(visit.work.session, patient.id))]


def _troubles(visit: Visit, course: Course) -> list[Words]:
    """Return what is not as usual: held, paused, silent, out of reach."""
    texts = []
    patient = course.patient
    if course.last_heard_at is not None and course.status in (*RUNNING, Status.FOLLOW_UP):
        minutes = int((visit.now - course.last_heard_at).total_seconds() // 60)
        texts.append(words("patient-heard", age=age_of(minutes)))
    if course.step_held_since is not None:
        texts.append(words("patient-step-held", since=_wall(visit, course, course.step_held_since)))
    elif course.step_from_day is not None:
        texts.append(words("patient-step-from", day=course.step_from_day))
    if course.paused_since is not None and course.status is Status.PAUSED:
        texts.append(words("patient-paused", since=_wall(visit, course, course.paused_since)))
    if patient.unreachable_since is not None:
        texts.append(words("patient-unreachable", since=_wall(visit, course, patient.unreachable_since)))
    count = len(messages_of(visit.work.session, patient.id))
    return [*texts, words("patient-messages", count=count)] if count else texts


def _wall(visit: Visit, course: Course, at: datetime) -> datetime:
    return visit.clock_of_clinic(course.patient.clinic, at).replace(tzinfo=None)


def _case(visit: Visit, case: Case | None) -> list[Words]:
    if case is None:
        return [words("patient-no-case")]
    owner = words("digest-owner", name=case.owner.name) if case.owner is not None else words("digest-nobody")
    minutes = int((visit.now - case.opened_at).total_seconds() // 60)
    return [words("patient-case", level=words(f"level-{case.level.word}"), age=age_of(minutes), owner=owner)]
