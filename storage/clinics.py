"""Clinics and the people who work for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from storage.columns import Base
from storage.keyring import clinics_key, keyring_of
from storage.outbox_chats import change_of_chat
from storage.prepared import Prepared
from storage.records import Records
from storage.rows import read_value
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
    facts = change_of_chat(work, before, chat_id)
    work.record("clinicians-chat-set", clinic_id=clinic.id, before=facts["before"], after=facts["after"])


_STAFF: Table = Base.metadata.tables[Staff.__tablename__]
_IS_THEIRS = (_STAFF.c.telegram_index == bindparam("telegram_index"), _STAFF.c.removed_at.is_(None))
_POSTS = Records(Staff, lambda query: query.where(*_IS_THEIRS).order_by(_STAFF.c.id), brings=("clinic",))
_HAS_POST = Prepared(select(_STAFF.c.id).where(_STAFF.c.telegram_index == bindparam("telegram_index")).limit(1))


def find_staff(session: Session, telegram_id: int) -> Sequence[Staff]:
    """Return the posts that this person holds now, in any clinic."""
    person = {"telegram_index": _index(session, telegram_id)}
    if read_value(session, _HAS_POST, person) is None:  # most who write are patients, and a glance is enough
        return []
    return _POSTS.all(session, person)


def _index(session: Session, telegram_id: int) -> bytes:
    return keyring_of(session.connection()).index(Staff.telegram_id.domain, telegram_id)


def find_post(session: Session, staff_id: int | None) -> Staff | None:
    """Return a person's post, whether they still hold it or not; None for none."""
    return None if staff_id is None else session.get(Staff, staff_id)


_HERE_NOW = (_STAFF.c.clinic_id == bindparam("clinic_id"), _STAFF.c.removed_at.is_(None))
_AT_WORK = Records(
    Staff, lambda query: query.where(*_HERE_NOW).order_by(_STAFF.c.role, _STAFF.c.id), brings=("clinic",)
)


def staff_of(session: Session, clinic_id: int) -> Sequence[Staff]:
    """Return who works for the clinic now, admins first."""
    return _AT_WORK.all(session, {"clinic_id": clinic_id})


def find_clinic_of_second(session: Session, chat_id: int) -> Clinic | None:
    """Return the clinic whose second channel this chat is, if any."""
    return session.scalar(select(Clinic).where(Clinic.second_chat == chat_id))


def lock_clinic(session: Session, clinic_id: int) -> Clinic:
    """Return the clinic as it is now, and let nobody else change it until the unit ends."""
    query = select(Clinic).where(Clinic.id == clinic_id).with_for_update(of=Clinic, key_share=True)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def set_clinic(work: Work, clinic: Clinic, event: str, facts: Mapping[str, Any], **values: Any) -> None:
    """Change what a clinic has chosen; `facts` say in the record what was there before and after."""
    for name, value in values.items():
        setattr(clinic, name, value)
    work.record(event, clinic_id=clinic.id, **facts)


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


def set_staff(work: Work, staff: Staff, event: str, facts: Mapping[str, Any], **values: Any) -> None:
    """Change what we know of somebody who works for a clinic; `facts` say what was there before and after."""
    for name, value in values.items():
        setattr(staff, name, value)
    work.record(event, clinic_id=staff.clinic_id, staff=staff.id, **facts)
