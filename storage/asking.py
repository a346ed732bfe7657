"""What is needed to ask patients about a dose: for many of them in as many statements as for one.

On the tables, and none of it by way of mapped records: everybody is asked in the same minute, and a record takes longer
to load than all else that is done about a question.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Table, bindparam, func, select, update

from care.courses import Status
from care.doses import AnsweredBy, DoseState
from storage.columns import Base
from storage.keyring import bound_to, keyring_of, patients_key
from storage.outbox import Letter, add_letters
from storage.prepared import Prepared, PreparedList
from storage.tables import Clinic, Course, Dose, Patient, Wording
from storage.work import Work

_DOSES: Table = Base.metadata.tables[Dose.__tablename__]
_COURSES: Table = Base.metadata.tables[Course.__tablename__]
_PATIENTS: Table = Base.metadata.tables[Patient.__tablename__]
_CLINICS: Table = Base.metadata.tables[Clinic.__tablename__]
# One after the other, so that two who hold many never wait for each other. FOR NO KEY UPDATE as in `patients.py`.
_HELD = PreparedList(
    lambda doses: (
        select(_PATIENTS.c.id)
        .join(_COURSES, _COURSES.c.patient_id == _PATIENTS.c.id)
        .join(_DOSES, _DOSES.c.course_id == _COURSES.c.id)
        .where(_DOSES.c.id.in_(doses))
        .order_by(_PATIENTS.c.id)
        .with_for_update(of=_PATIENTS, key_share=True)
    ),
    _DOSES.c.id.type,
)
_ASKED = Prepared(
    update(_DOSES)
    .where(_DOSES.c.id == bindparam("dose"))
    .values(prompts_sent=bindparam("sent"), prompt_at=bindparam("next_at", type_=_DOSES.c.prompt_at.type))
)


class Question(NamedTuple):
    """A dose that is to be asked about, and what the question depends on."""

    id: int
    course_id: int
    patient_id: int
    day: int
    day_on: date
    part: int
    amount_mg: Decimal
    asks: str | None
    closes_at: datetime
    prompt_at: datetime | None
    prompts_sent: int
    row_from: int
    state: DoseState
    status: Status
    regimen: str
    language: str
    wording: Wording
    zone: str
    telegram_sealed: bytes | None


class Line(NamedTuple):
    """What the ledger says of one dose."""

    course_id: int
    id: int
    day: int
    day_on: date
    part: int
    state: DoseState
    due_at: datetime | None
    answered_at: datetime | None
    answered_by: AnsweredBy


_QUESTIONS = PreparedList(  # in the order of Question
    lambda doses: (
        select(
            _DOSES.c.id, _DOSES.c.course_id, _COURSES.c.patient_id, _DOSES.c.day, _DOSES.c.day_on, _DOSES.c.part,
            _DOSES.c.amount_mg, _DOSES.c.asks, _DOSES.c.closes_at, _DOSES.c.prompt_at, _DOSES.c.prompts_sent,
            _DOSES.c.row_from, _DOSES.c.state, _COURSES.c.status, _COURSES.c.regimen, _PATIENTS.c.language,
            _PATIENTS.c.wording, func.coalesce(_PATIENTS.c.time_zone, _CLINICS.c.time_zone), _PATIENTS.c.telegram_id,
        )
        .join(_COURSES, _COURSES.c.id == _DOSES.c.course_id)
        .join(_PATIENTS, _PATIENTS.c.id == _COURSES.c.patient_id)
        .join(_CLINICS, _CLINICS.c.id == _PATIENTS.c.clinic_id)
        .where(_DOSES.c.id.in_(doses))
    ),
    _DOSES.c.id.type,
    row=Question,
)  # fmt: skip
_LINES = PreparedList(  # in the order of Line
    lambda courses: (
        select(
            _DOSES.c.course_id, _DOSES.c.id, _DOSES.c.day, _DOSES.c.day_on, _DOSES.c.part, _DOSES.c.state,
            _DOSES.c.due_at, _DOSES.c.answered_at, _DOSES.c.answered_by,
        )
        .where(_DOSES.c.course_id.in_(courses))
        .order_by(_DOSES.c.course_id, _DOSES.c.day_on, _DOSES.c.part)  # as their index has them
    ),
    _DOSES.c.course_id.type,
    row=Line,
)  # fmt: skip


def hold_questions(work: Work, dose_ids: Collection[int]) -> Mapping[int, Question]:
    """Return the questions about these doses by id, as they are now that nobody else can write about their patients."""
    if work.connection.dialect.name != "sqlite":  # who writes to SQLite is alone
        held, doses = _HELD.about(dose_ids)
        held.rows(work.connection, doses)
    asked, doses = _QUESTIONS.about(dose_ids)
    questions = {question.id: question for question in asked.rows(work.connection, doses)}
    patients = dict.fromkeys(question.patient_id for question in questions.values())
    keyring_of(work.connection).fetch(work.connection, [patients_key(patient) for patient in patients])
    return questions


def chats_of(work: Work, questions: Collection[Question]) -> Mapping[int, int | None]:
    """Return the chat in which each of these patients is asked, by patient; None for one who never joined."""
    connection = work.connection
    open_, chats = keyring_of(connection).open, dict[int, int | None]()
    for question in questions:
        patient, sealed = question.patient_id, question.telegram_sealed
        place = bound_to(_PATIENTS.name, "telegram_id", patient)
        chats[patient] = None if sealed is None else int(open_(connection, bytes(sealed), place))
    return chats


class Asked(NamedTuple):
    """What becomes of a question: the event, how often it was asked by then, when next, and the letter that asks."""

    question: Question
    event: str
    sent: int
    next_at: datetime | None
    letter: Letter | None = None


def write_asked(work: Work, all_asked: Sequence[Asked]) -> None:
    """Write what became of these questions, and owe the letters."""
    if not all_asked:
        return
    rows = [{"dose": one.question.id, "sent": one.sent, "next_at": one.next_at} for one in all_asked]
    _ASKED.each(work.connection, rows)
    for one in all_asked:
        work.record(one.event, patient_id=one.question.patient_id, dose=one.question.id)
    add_letters(work, [one.letter for one in all_asked if one.letter is not None])


def ledgers_of(work: Work, course_ids: Collection[int]) -> Mapping[int, Sequence[Line]]:
    """Return the whole ledger of each of these courses, the oldest line first."""
    ledgers: dict[int, list[Line]] = {course_id: [] for course_id in course_ids}
    lines, courses = _LINES.about(course_ids)
    for line in lines.rows(work.connection, courses):
        ledgers[line.course_id].append(line)
    return ledgers


def waits_until_answered(ledger: Sequence[Line], *, newest: int = 14) -> list[tuple[datetime, timedelta]]:
    """Return when the patient's own answers of late were due, and how long after that each came, the newest first.

    `ledger` has the oldest line first.
    """
    own = [line for line in ledger if line.part == 1 and line.answered_by is AnsweredBy.PATIENT]
    lately = own[: -newest - 1 : -1]
    return [(line.due_at, line.answered_at - line.due_at) for line in lately if line.due_at and line.answered_at]
