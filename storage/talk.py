"""What clinic and patient write to each other, and which message of ours a reply belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Table, bindparam, delete, select, update
from sqlalchemy.orm import Session

from storage.columns import Base
from storage.copies import case_of_letter
from storage.desk import Anchor, Direction, Draft, Message
from storage.duty import Copy, Storm
from storage.prepared import Prepared
from storage.queues import OutboxRow, OutboxState
from storage.rows import read_value
from storage.tables import Case, Patient, Staff
from storage.work import Work


def add_message(
    work: Work, patient: Patient, *, direction: Direction, text: str, case: Case | None, staff: Staff | None = None
) -> Message:
    """Keep one message, word for word. The event says that it was written, never what."""
    message = Message(
        patient_id=patient.id,
        case_id=None if case is None else case.id,
        direction=direction,
        staff_id=None if staff is None else staff.id,
        text=text,
        at=work.now,
    )
    work.session.add(message)
    work.session.flush()
    work.record(
        "patient-written-to" if direction is Direction.OUT else "patient-answered",
        patient_id=patient.id,
        clinic_id=patient.clinic_id,
        case=message.case_id,
        message=message.id,
        characters=len(text),
    )
    return message


def set_letter(message: Message, letter_id: int | None) -> None:
    """Say which letter carries a message to the patient."""
    message.letter_id = letter_id


def find_message(session: Session, message_id: int) -> Message | None:
    """Return one message, or None."""
    return session.get(Message, message_id)


def messages_of(session: Session, patient_id: int, *, most: int = 500) -> Sequence[Message]:
    """Return the newest messages of a patient, the oldest of them first."""
    query = select(Message).where(Message.patient_id == patient_id).order_by(Message.id.desc()).limit(most)
    return list(reversed(session.scalars(query).all()))


_MESSAGES: Table = Base.metadata.tables[Message.__tablename__]
_ANY_IN_CASE = Prepared(select(_MESSAGES.c.id).where(_MESSAGES.c.case_id == bindparam("case_id")).limit(1))


def messages_in(session: Session, case_id: int, *, most: int = 500) -> Sequence[Message]:
    """Return the newest messages that belong to a case, the oldest of them first."""
    if read_value(session, _ANY_IN_CASE, {"case_id": case_id}) is None:  # most cases have none, and a glance is enough
        return []
    query = select(Message).where(Message.case_id == case_id).order_by(Message.id.desc()).limit(most)
    return list(reversed(session.scalars(query).all()))


def last_written(session: Session, patient_id: int) -> Message | None:
    """Return the clinic's newest message to a patient, or None."""
    query = select(Message).where(Message.patient_id == patient_id, Message.direction == Direction.OUT)
    return session.scalar(query.order_by(Message.id.desc()).limit(1))


def states_of_letters(session: Session, messages: Sequence[Message]) -> dict[int, OutboxState]:
    """Return where the letters of these messages stand, by message id; one that was sent long ago is left out."""
    by_letter = {one.letter_id: one.id for one in messages if one.letter_id is not None}
    if not by_letter:
        return {}
    rows = session.execute(select(OutboxRow.id, OutboxRow.state).where(OutboxRow.id.in_(by_letter)))
    return {by_letter[row_id]: state for row_id, state in rows}


def add_anchor(work: Work, case: Case, *, letter_id: int, chat_id: int) -> None:
    """Let a reply under this letter go to the patient of the case."""
    work.session.add(Anchor(letter_id=letter_id, chat_id=chat_id, case_id=case.id))
    work.record("anchor-placed", patient_id=case.patient_id, clinic_id=case.clinic_id, case=case.id, letter=letter_id)


def move_anchors(work: Work, old: int, new: int) -> None:
    """Follow a chat that Telegram has given a new id to."""
    moved = update(Anchor).where(Anchor.chat_id == old).values(chat_id=new)
    work.session.execute(moved.execution_options(synchronize_session=False))


def case_under(session: Session, chat_id: int, telegram_message: int) -> Case | None:
    """Return the case that this message of ours is about, as a card or as what a patient answered; None for others."""
    copy = (
        select(OutboxRow.id)
        .join(Copy, Copy.letter_id == OutboxRow.id)
        .where(Copy.chat_id == chat_id, OutboxRow.message_id == telegram_message, Copy.storm_id.is_(None))
    )
    row = session.scalar(copy.limit(1))
    if row is not None:
        return case_of_letter(session, row)
    anchor = (
        select(Case)
        .join(Anchor, Anchor.case_id == Case.id)
        .join(OutboxRow, OutboxRow.id == Anchor.letter_id)
        .where(Anchor.chat_id == chat_id, OutboxRow.message_id == telegram_message)
    )
    return session.scalar(anchor.limit(1))


def is_storm(session: Session, chat_id: int, telegram_message: int) -> bool:
    """Return whether this message of ours stands for many cases."""
    query = select(Storm.id).join(OutboxRow, OutboxRow.id == Storm.letter_id)
    found = query.where(Storm.chat_id == chat_id, OutboxRow.message_id == telegram_message)
    return session.scalar(found.limit(1)) is not None


def message_under(session: Session, patient: Patient, telegram_message: int) -> Message | None:
    """Return which message of the clinic's the patient has replied to, or None."""
    query = select(Message).join(OutboxRow, OutboxRow.id == Message.letter_id)
    found = query.where(Message.patient_id == patient.id, OutboxRow.message_id == telegram_message)
    return session.scalar(found.limit(1))


def find_draft(session: Session, posts: Sequence[Staff]) -> Draft | None:
    """Return what one of these posts' holder is about to write, the newest first; None for nothing."""
    query = select(Draft).where(Draft.staff_id.in_([post.id for post in posts]))
    return session.scalar(query.order_by(Draft.begun_at.desc(), Draft.staff_id).limit(1))


def begin_draft(work: Work, post: Staff, patient: Patient) -> None:
    """Let the next text of this person's private chat go to the patient, and to nobody they had in mind before."""
    end_drafts(work, [post])
    work.session.add(Draft(staff_id=post.id, patient_id=patient.id, begun_at=work.now))
    work.session.flush()
    work.record("draft-begun", patient_id=patient.id, clinic_id=patient.clinic_id, staff=post.id)


def end_drafts(work: Work, posts: Sequence[Staff]) -> None:
    """These people are not about to write to anybody any more."""
    work.session.execute(
        delete(Draft)
        .where(Draft.staff_id.in_([post.id for post in posts]))
        .execution_options(synchronize_session="fetch")
    )
