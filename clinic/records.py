"""What is on record, as plain data for the command line, exports and whoever reads us from outside. Writes nothing.

Instants are ISO 8601 in UTC, dates and hours are the patient's local ones, amounts are milligrams.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from care.adherence import adherence
from care.refusals import NotFound
from care.triage import Fact, Rule
from clinic.ward import Ward
from content.loader import Content
from content.texts import MissingText
from storage.cases import alerts_of, cases_of, open_cases
from storage.courses import all_courses, find_course, follow_ups_of
from storage.desk import Message
from storage.doses import changes_of, doses_of
from storage.patients import consents_of, find_by_code, notes_of, screening_of
from storage.reading import Session
from storage.reports import reports_of
from storage.tables import Alert, Case, Course, Dose, Patient
from storage.talk import messages_of

Record = dict[str, Any]
LANGUAGE = "en"
"""Reasons are written for clinicians and for files: in English, whatever the patient speaks."""


def patient_record(session: Session, content: Content, code: str, *, with_notes: bool = False) -> Record:
    """Return everything on record about the patient with this case code; raise NotFound if there is none.

    What the patient wrote in their own words is counted; `with_notes` shows it.
    """
    patient = find_by_code(session, code)
    if patient is None:
        raise NotFound("refused-no-such-code", code=code.strip().upper()[:12])
    course = find_course(session, patient.id)
    consents = consents_of(session, patient.id)
    return {
        "code": patient.case_code,
        "language": patient.language,
        "zone": patient.time_zone,
        "clinic": patient.clinic.name,
        "has_joined": patient.telegram_id is not None and patient.step is None,
        "unreachable_since": _instant(patient.unreachable_since),
        "consent": _consent(consents[-1]) if consents else None,
        **_of_course(session, content, patient, course, with_notes),
        "messages": [_message(message, with_notes) for message in messages_of(session, patient.id)],
        "cases": [_case(session, content, case, with_notes) for case in cases_of(session, patient.id)],
    }


def read_record(ward: Ward, code: str, *, with_notes: bool) -> Record:
    """Return a patient's record to somebody who looks at it, and write down that they did."""
    record = patient_record(ward.work.session, ward.content, code, with_notes=with_notes)
    patient = find_by_code(ward.work.session, code)
    assert patient is not None
    ward.work.record("record-read", patient_id=patient.id, clinic_id=patient.clinic_id, notes=with_notes)
    return record


def read_lists(ward: Ward) -> None:
    """Write down that whoever sits at the server looks at every course and every open case."""
    for course in all_courses(ward.work.session):
        patient = course.patient
        ward.work.record("patient-listed", patient_id=patient.id, clinic_id=patient.clinic_id)


def open_case_records(session: Session, content: Content) -> list[Record]:
    """Return the cases that are not closed, the gravest and oldest first, each with its patient's code."""
    return [{"code": case.patient.case_code, **_case(session, content, case)} for case in open_cases(session)]


def course_list(session: Session) -> list[Record]:
    """Return one line for each course there is, the oldest first."""
    return [
        {
            "code": course.patient.case_code,
            "clinic": course.patient.clinic.name,
            "regimen": course.regimen,
            "version": course.regimen_version,
            "status": course.status.value,
            "day": course.day,
            "start_on": _day(course.start_on),
            "ended_on": _day(course.ended_on),
            "last_heard_at": _instant(course.last_heard_at),
        }
        for course in all_courses(session)
    ]


def _of_course(session: Session, content: Content, patient: Patient, course: Course | None, with_notes: bool) -> Record:
    if course is None:
        return {
            "course": None, "screening": {}, "adherence": None, "ledger": [], "reports": [],
            "notes": {"count": 0}, "follow_ups": [],
        }  # fmt: skip
    doses = doses_of(session, course.id)
    return {
        "course": _course(content, patient, course),
        "screening": screening_of(session, course.id),
        "adherence": _adherence(doses),
        "ledger": [_dose(session, dose) for dose in doses],
        "reports": _reports(session, course, doses),
        "notes": _notes(session, course, with_notes),
        "follow_ups": _follow_ups(session, course),
    }


def _course(content: Content, patient: Patient, course: Course) -> Record:
    regimen = content.regimens.get(course.regimen)
    return {
        "regimen": course.regimen,
        "version": course.regimen_version,
        "status": course.status.value,
        "day": course.day,
        "days": regimen.days if regimen else None,
        "start_on": _day(course.start_on),
        "ended_on": _day(course.ended_on),
        "paused_since": _instant(course.paused_since),
        "step_held_since": _instant(course.step_held_since),
        "last_heard_at": _instant(course.last_heard_at),
        "reminder_at": _hour(patient.reminder_at),
        "wording": patient.wording.value,
    }


def _consent(consent: Any) -> Record:
    return {
        "version": consent.version,
        "language": consent.language,
        "given": consent.given,
        "at": _instant(consent.at),
    }


def _adherence(doses: Iterable[Dose]) -> Record:
    share = adherence([dose.state for dose in doses])
    return {
        "taken": share.taken,
        "unknown": share.unknown,
        "skipped": share.skipped,
        "expected": share.expected,
        "low": share.low,
        "high": share.high,
    }


def _dose(session: Session, dose: Dose) -> Record:
    return {
        "day": dose.day,
        "date": _day(dose.day_on),
        "part": dose.part,
        "amount_mg": _amount(dose.amount_mg),
        "state": dose.state.value,
        "due_at": _instant(dose.due_at),
        "taken_at": _instant(dose.taken_at),
        "answered_at": _instant(dose.answered_at),
        "answered_by": dose.answered_by.value,
        "reason": dose.reason.value if dose.reason else None,
        "prompts_sent": dose.prompts_sent,
        "history": [
            {
                "at": _instant(change.at),
                "before": change.before.value,
                "after": change.after.value,
                "by": change.by.value,
                "taken_at": _instant(change.taken_at),
                "reason": change.reason.value if change.reason else None,
            }
            for change in changes_of(session, dose.id)
        ],
    }


def _reports(session: Session, course: Course, doses: Iterable[Dose]) -> list[Record]:
    by_id = {dose.id: dose for dose in doses}
    records = []
    for report in reports_of(session, course.id):
        dose = by_id.get(report.dose_id) if report.dose_id is not None else None
        records.append(
            {
                "day": report.day,
                "at": _instant(report.at),
                "kind": report.kind,
                "subject": report.subject,
                "grade": report.grade,
                "dose": {"day": dose.day, "part": dose.part} if dose else None,
            }
        )
    return records


def _notes(session: Session, course: Course, with_notes: bool) -> Record:
    notes = notes_of(session, course.id)
    if not with_notes:
        return {"count": len(notes)}
    texts = [{"at": _instant(note.at), "about": note.about, "text": note.text} for note in notes]
    return {"count": len(notes), "texts": texts}


def _message(message: Message, with_notes: bool) -> Record:
    record = {
        "case": message.case_id,
        "direction": message.direction.value,
        "staff": message.staff.name if message.staff else None,
        "at": _instant(message.at),
    }
    return {**record, "text": message.text} if with_notes else record


def _follow_ups(session: Session, course: Course) -> list[Record]:
    return [
        {
            "label": contact.label,
            "date": _day(contact.day_on),
            "due_at": _instant(contact.due_at),
            "asked_at": _instant(contact.asked_at),
            "answered_at": _instant(contact.answered_at),
            "answer": contact.answer,
        }
        for contact in follow_ups_of(session, course.id)
    ]


def _case(session: Session, content: Content, case: Case, with_notes: bool = False) -> Record:
    return {
        "id": case.id,
        "level": case.level.word,
        "state": case.state.value,
        "opened_at": _instant(case.opened_at),
        "acknowledged_at": _instant(case.acknowledged_at),
        "owner": case.owner.name if case.owner else None,
        "outcome": case.outcome.value if case.outcome else None,
        "closed_at": _instant(case.closed_at),
        "next_step_at": _instant(case.next_step_at),
        "alerts": [_alert(content, alert, with_notes) for alert in alerts_of(session, case.id)],
    }


def _alert(content: Content, alert: Alert, with_notes: bool) -> Record:
    record = {
        "rule": alert.rule,
        "level": alert.level.word,
        "reason": _reason(content, alert),
        "fact": alert.fact,
        "subject": alert.subject,
        "value": alert.value,
        "day": alert.day,
        "raised_at": _instant(alert.raised_at),
    }
    return {**record, "quote": alert.quote} if with_notes else record


def _reason(content: Content, alert: Alert) -> str:
    """Return the alert's reason in words; its key when the content has dropped them since."""
    rule = Rule(alert.rule, alert.fact, alert.level, alert.reason, answer=None, source="")
    try:
        words = content.reason(rule, Fact(alert.fact, alert.subject, alert.value))
        return content.texts.plain(words.key, LANGUAGE, words.values)
    except MissingText:
        return alert.reason


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _day(on: date | None) -> str | None:
    return None if on is None else on.isoformat()


def _hour(at: time | None) -> str | None:
    return None if at is None else at.strftime("%H:%M")


def _amount(amount: Decimal) -> int | float:
    return int(amount) if amount == int(amount) else float(amount)
