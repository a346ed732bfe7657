"""The tabs of a patient's record: timeline, doses and reasons, symptoms, cases, messages, consent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from care.doses import AnsweredBy, DoseState
from clinic.case_card import reason_of
from clinic.letters import words
from clinic.talk_lines import MOST_IN_A_HISTORY, talk_lines
from clinic.ward import Visit
from content.values import Words
from storage.cases import alerts_of, cases_of
from storage.clinics import find_post
from storage.doses import doses_of
from storage.events import events_of
from storage.patients import consents_of, screening_of
from storage.reports import reports_of
from storage.tables import Case, Course, Dose, Report
from storage.talk import messages_of

EVENTS = (
    "patient-invited", "joining-begun", "start-approved", "start-refused", "course-begun", "course-paused",
    "held-by-withdrawal", "course-resumed", "step-taken", "step-held", "step-released", "step-moved", "hour-moved",
    "first-day-moved", "course-completed", "course-stopped", "follow-up-closed", "patient-unreachable",
    "patient-returned",
)  # fmt: skip
"""What the timeline tells of; each has its words, `event-…`."""

Moment = tuple[datetime, Words]


def _wall(visit: Visit, course: Course, at: datetime) -> datetime:
    return visit.clock_of_clinic(course.patient.clinic, at).replace(tzinfo=None)


def timeline(visit: Visit, course: Course) -> list[Words]:
    """Return what happened, the newest first: the course's turns, what was felt, what was not taken, and each case."""
    moments = [*_turns(visit, course), *_felt(visit, course), *_not_taken(visit, course), *_cases(visit, course)]
    in_order = sorted(moments, key=lambda moment: moment[0])
    return [words("timeline-line", at=_wall(visit, course, at), what=what) for at, what in reversed(in_order)]


def _turns(visit: Visit, course: Course) -> list[Moment]:
    found = events_of(visit.work.session, course.patient_id, EVENTS)
    return [(event.at, words(f"event-{event.name}")) for event in found]


def _felt(visit: Visit, course: Course) -> list[Moment]:
    return [(one.at, _report(visit, one)) for one in reports_of(visit.work.session, course.id) if one.kind != "fine"]


def _report(visit: Visit, report: Report) -> Words:
    if report.kind == "flag":
        return words("tab-flag", flag=_named(visit, f"flag-{report.subject}"))
    return words("tab-grade", symptom=_named(visit, f"symptom-{report.subject}"), grade=report.grade or 0)


def _named(visit: Visit, key: str) -> Words:
    """Return the name of something the content may have dropped since it was reported."""
    return words(key if visit.content.texts.has(key) else "symptom-unnamed")


def _not_taken(visit: Visit, course: Course) -> list[Moment]:
    return [
        (dose.answered_at, words("tab-not-taken", day=dose.day, reason=words(f"skipped-{dose.reason or 'not-said'}")))
        for dose in doses_of(visit.work.session, course.id)
        if dose.state is DoseState.SKIPPED and dose.answered_at is not None
    ]


def _cases(visit: Visit, course: Course) -> list[Moment]:
    moments: list[Moment] = []
    for case in cases_of(visit.work.session, course.patient_id):
        moments.append((case.opened_at, words("tab-case-opened", level=words(f"level-{case.level.word}"))))
        if case.closed_at is not None:
            moments.append((case.closed_at, words("tab-case-closed", outcome=_outcome(case))))
    return moments


def _outcome(case: Case) -> Words:
    return words(f"outcome-{case.outcome}") if case.outcome is not None else words("outcome-none")


def doses(visit: Visit, course: Course) -> list[Words]:
    """Return why doses were not taken, counted, and then every dose, the newest first."""
    ledger = doses_of(visit.work.session, course.id)
    reasons = Counter(str(dose.reason or "not-said") for dose in ledger if dose.state is DoseState.SKIPPED)
    counted = [words("tab-reason", reason=words(f"skipped-{name}"), count=n) for name, n in reasons.most_common()]
    head = [words("tab-reasons", list=list(counted))] if counted else []
    return [*head, *(_dose(visit, course, dose) for dose in reversed(ledger))]


def _dose(visit: Visit, course: Course, dose: Dose) -> Words:
    state = words(f"tab-dose-{dose.state}")
    if dose.state is DoseState.TAKEN and dose.taken_at is not None:
        hour = visit.clock_of(course.patient, dose.taken_at).time().replace(second=0, microsecond=0)
        state = words("tab-dose-taken-at", hour=hour)
    elif dose.state is DoseState.SKIPPED:
        state = words("tab-dose-skipped-why", reason=words(f"skipped-{dose.reason or 'not-said'}"))
    amount = dose.amount_mg.normalize()
    by = words("tab-by-staff") if dose.answered_by is AnsweredBy.STAFF else words("tab-by-patient")
    return words("tab-dose", day=dose.day, date=dose.day_on, part=dose.part, amount=amount, state=state, by=by)


def symptoms(visit: Visit, course: Course) -> list[Words]:
    """Return each symptom at its worst and at its latest, and then every report, the newest first."""
    reports = reports_of(visit.work.session, course.id)
    by_name: dict[str, list[Report]] = {}
    for report in reports:
        if report.kind == "symptom":
            by_name.setdefault(report.subject, []).append(report)
    worst_first = sorted(by_name.items(), key=lambda one: -max(report.grade or 0 for report in one[1]))
    heads = [_symptom(visit, name, found) for name, found in worst_first]
    return [*heads, *(_report_line(visit, course, one) for one in reversed(reports))]


def _symptom(visit: Visit, name: str, found: Sequence[Report]) -> Words:
    worst = max(found, key=lambda one: one.grade or 0)
    return words(
        "tab-symptom",
        symptom=_named(visit, f"symptom-{name}"),
        worst=worst.grade or 0,
        worst_day=worst.day,
        last=found[-1].grade or 0,
        last_day=found[-1].day,
        count=len(found),
    )


def _report_line(visit: Visit, course: Course, report: Report) -> Words:
    what = words("tab-fine") if report.kind == "fine" else _report(visit, report)
    return words("tab-report", day=report.day, at=_wall(visit, course, report.at), what=what)


def alerts(visit: Visit, course: Course) -> list[Words]:
    """Return every case with its alerts and its outcome, the newest case first."""
    lines: list[Words] = []
    for case in reversed(cases_of(visit.work.session, course.patient_id)):
        lines.append(_case_head(visit, course, case))
        for alert in alerts_of(visit.work.session, case.id):
            at = _wall(visit, course, alert.raised_at)
            level = words(f"level-{alert.level.word}")
            lines.append(words("history-line", at=at, level=level, reason=reason_of(visit, alert)))
    return lines


def _case_head(visit: Visit, course: Course, case: Case) -> Words:
    level, opened = words(f"level-{case.level.word}"), _wall(visit, course, case.opened_at)
    if case.closed_at is None:
        owner = words("digest-owner", name=case.owner.name) if case.owner is not None else words("digest-nobody")
        return words("tab-case-open", at=opened, level=level, owner=owner)
    by = find_post(visit.work.session, case.closed_by)
    return words("tab-case", at=opened, level=level, outcome=_outcome(case), name=by.name if by is not None else "–")


def messages(visit: Visit, course: Course) -> list[Words]:
    """Return what clinic and patient wrote to each other, the newest first; the words only where they may be read."""
    clinic = course.patient.clinic
    is_open = clinic.shows_quotes or visit.caller.is_private
    found = messages_of(visit.work.session, course.patient_id)
    return list(reversed(talk_lines(visit, clinic, found, most=MOST_IN_A_HISTORY, is_open=is_open)))


def consent(visit: Visit, course: Course) -> list[Words]:
    """Return every answer to a consent text, the newest first, and the answers of the screening."""
    given = [
        words("tab-consent", at=_wall(visit, course, one.at), version=one.version,
              answer=words("tab-consent-given" if one.given else "tab-consent-refused"))
        for one in reversed(consents_of(visit.work.session, course.patient_id))
    ]  # fmt: skip
    answers = screening_of(visit.work.session, course.id)
    screened = [
        words("tab-screened", question=_named(visit, f"screened-{question}"), answer=words(f"screening-{answer}"))
        for question, answer in answers.items()
    ]
    return [*given, *screened]


TABS: Mapping[str, Callable[[Visit, Course], list[Words]]] = {
    "timeline": timeline,
    "doses": doses,
    "symptoms": symptoms,
    "alerts": alerts,
    "messages": messages,
    "consent": consent,
}
"""In the order of their buttons."""
