"""Invitations to a clinic's staff, and what is left to take away from somebody who leaves it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from care.escalation import CaseState
from storage.desk import Anchor, StaffInvite
from storage.duty import Copy
from storage.patients import hash_token
from storage.queues import OWED, OutboxRow, OutboxState
from storage.tables import Case, Clinic, Role, Staff
from storage.work import Work


def add_staff_invite(
    work: Work, clinic: Clinic, *, name: str, role: Role, token: str, invited_by: Staff, expires_at: datetime
) -> StaffInvite:
    """Keep an invitation to the staff and the hash of its token; the token itself is never kept."""
    invite = StaffInvite(
        clinic_id=clinic.id, name=name, role=role, token_hash=hash_token(token), invited_by=invited_by.id,
        created_at=work.now, expires_at=expires_at,
    )  # fmt: skip
    work.session.add(invite)
    work.session.flush()
    work.record("staff-invited", clinic_id=clinic.id, invite=invite.id, role=role.value)
    return invite


def find_staff_invite(session: Session, token: str) -> StaffInvite | None:
    """Return the invitation of this token, used and expired ones included."""
    return session.scalar(select(StaffInvite).where(StaffInvite.token_hash == hash_token(token)))


def lock_staff_invite(session: Session, invite_id: int) -> StaffInvite | None:
    """Return one invitation as it is now, held until the unit ends; None if there is none."""
    query = select(StaffInvite).where(StaffInvite.id == invite_id).with_for_update(of=StaffInvite, key_share=True)
    return session.scalar(query.execution_options(populate_existing=True))


def open_staff_invites(session: Session, clinic_id: int, *, now: datetime) -> Sequence[StaffInvite]:
    """Return the invitations of a clinic that are not decided and not out of date, the oldest first."""
    query = select(StaffInvite).where(StaffInvite.clinic_id == clinic_id, StaffInvite.decided_at.is_(None))
    return session.scalars(query.where(StaffInvite.expires_at > now).order_by(StaffInvite.id)).all()


def claim_staff_invite(work: Work, invite: StaffInvite, telegram_id: int, *, number: str) -> bool:
    """Bind an invitation to one Telegram id; return False if somebody was faster. At most one claim wins."""
    won = work.session.execute(
        update(StaffInvite)
        .where(StaffInvite.id == invite.id, StaffInvite.claimed_by.is_(None), StaffInvite.decided_at.is_(None))
        .values(claimed_by=telegram_id, claimed_at=work.now, number=number)
        .returning(StaffInvite.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    work.session.refresh(invite)
    work.record("staff-invite-claimed", clinic_id=invite.clinic_id, invite=invite.id, won=won is not None)
    return won is not None


def decide_staff_invite(work: Work, invite: StaffInvite, by: Staff, *, accepted: bool) -> None:
    """Say whether whoever opened an invitation may work here."""
    invite.decided_by, invite.decided_at, invite.accepted = by.id, work.now, accepted
    event = "staff-admitted" if accepted else "staff-turned-away"
    work.record(event, clinic_id=invite.clinic_id, invite=invite.id)


def revoke_invites_by(work: Work, staff: Staff) -> None:
    """End the invitations to the staff that somebody made and nobody has decided."""
    work.session.execute(
        update(StaffInvite)
        .where(StaffInvite.invited_by == staff.id, StaffInvite.decided_at.is_(None))
        .values(decided_at=work.now, accepted=False)
        .execution_options(synchronize_session=False)
    )


def letters_shown_to(session: Session, clinic_id: int, chat_id: int) -> list[int]:
    """Return the letters in somebody's private chat that show cases of a clinic, or what its patients answered."""
    cases = select(Case.id).where(Case.clinic_id == clinic_id)
    copies = select(Copy.letter_id).where(Copy.chat_id == chat_id, Copy.case_id.in_(cases), Copy.letter_id.is_not(None))
    anchors = select(Anchor.letter_id).where(Anchor.chat_id == chat_id, Anchor.case_id.in_(cases))
    return sorted({*session.scalars(copies), *session.scalars(anchors)} - {None})


def forget_shown_to(work: Work, clinic_id: int, chat_id: int) -> None:
    """Edit nothing more of a clinic in somebody's private chat, and send nothing there that still waits."""
    cases = select(Case.id).where(Case.clinic_id == clinic_id)
    for table in (Copy, Anchor):
        gone = delete(table).where(table.chat_id == chat_id, table.case_id.in_(cases))
        work.session.execute(gone.execution_options(synchronize_session=False))
    work.session.execute(
        update(OutboxRow)
        .where(OutboxRow.chat_id == chat_id, OutboxRow.clinic_id == clinic_id, OutboxRow.state.in_(OWED))
        .values(state=OutboxState.DROPPED, reason="left the staff")
        .execution_options(synchronize_session=False)
    )
    work.session.expire_all()


def cases_of_staff(session: Session, staff: Staff) -> Sequence[Case]:
    """Return the cases that somebody has taken, or is asked to take, and that are not closed."""
    query = select(Case).where(Case.state != CaseState.CLOSED)
    return session.scalars(query.where((Case.owner_id == staff.id) | (Case.offered_to == staff.id))).all()
