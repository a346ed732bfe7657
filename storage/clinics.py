"""Clinics and the people who work for them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from storage.keyring import clinics_key, keyring_of
from storage.tables import Clinic, Role, Staff
from storage.work import Work


def get_clinic(session: Session, clinic_id: int) -> Clinic:
    """Return the clinic; raise NoResultFound if there is none."""
    return session.get_one(Clinic, clinic_id)


def all_clinics(session: Session) -> Sequence[Clinic]:
    """Return every clinic, the oldest first."""
    return session.scalars(select(Clinic).order_by(Clinic.id)).all()


def find_clinic_of_chat(session: Session, chat_id: int) -> Clinic | None:
    """Return the clinic whose alerts go to this chat, if any."""
    return session.scalar(select(Clinic).where(Clinic.clinicians_chat == chat_id))


def add_clinic(work: Work, clinic: Clinic) -> Clinic:
    """Keep a new clinic."""
    work.session.add(clinic)
    work.session.flush()
    keyring_of(work.connection).make(work.connection, clinics_key(clinic.id), at=work.now)
    work.record("clinic-added", clinic_id=clinic.id)
    return clinic


def set_clinicians_chat(work: Work, clinic: Clinic, chat_id: int | None) -> None:
    """Send the clinic's alerts to this chat from now on (None: to nobody until one is bound)."""
    before = clinic.clinicians_chat
    clinic.clinicians_chat = chat_id
    clinic.chat_bound_at = work.now if chat_id is not None else None
    work.record("clinicians-chat-set", clinic_id=clinic.id, before=before, after=chat_id)


_POSTS = (
    select(Staff)
    .where(Staff.telegram_index == bindparam("telegram_index"), Staff.removed_at.is_(None))
    .order_by(Staff.id)
)


def find_staff(session: Session, telegram_id: int) -> Sequence[Staff]:
    """Return the posts that this person holds now, in any clinic."""
    return session.scalars(_POSTS, {"telegram_index": _index(session, telegram_id)}).all()


def _index(session: Session, telegram_id: int) -> bytes:
    return keyring_of(session.connection()).index(Staff.telegram_id.domain, telegram_id)


def staff_of(session: Session, clinic_id: int) -> Sequence[Staff]:
    """Return who works for the clinic now, admins first."""
    query = select(Staff).where(Staff.clinic_id == clinic_id, Staff.removed_at.is_(None))
    return session.scalars(query.order_by(Staff.role, Staff.id)).all()


def name_of_staff(session: Session, actor: str) -> str:
    """Return who an actor of the trail is: a member of staff by name, anybody else as the trail says it."""
    kind, _, number = actor.partition(":")
    staff = session.get(Staff, int(number)) if kind == "staff" and number.isdigit() else None
    return actor if staff is None else staff.name


def add_staff(work: Work, clinic: Clinic, *, telegram_id: int, name: str, role: Role) -> Staff:
    """Let a person work for the clinic; somebody who left and comes back gets their row again."""
    index = _index(work.session, telegram_id)
    query = select(Staff).where(Staff.clinic_id == clinic.id, Staff.telegram_index == index)
    staff = work.session.scalar(query)
    if staff is None:
        staff = Staff(clinic_id=clinic.id, telegram_id=telegram_id, added_at=work.now)
        work.session.add(staff)
    staff.name, staff.role, staff.removed_at = name, role, None
    work.session.flush()
    work.record("staff-added", clinic_id=clinic.id, staff=staff.id, role=role.value)
    return staff


def remove_staff(work: Work, staff: Staff) -> None:
    """End a person's access at once; their name stays beside what they did."""
    staff.removed_at = work.now
    work.record("staff-removed", clinic_id=staff.clinic_id, staff=staff.id)
