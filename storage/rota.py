"""The rota of a clinic: weekly shifts, covers, holidays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time

from sqlalchemy import Table, bindparam, delete, select
from sqlalchemy.orm import Session

from care.rota import Cover, Rota, Shift
from storage.columns import Base
from storage.duty import CoverRow, HolidayRow, ShiftRow
from storage.prepared import Prepared
from storage.rows import read_rows
from storage.tables import Clinic, Staff
from storage.work import Work

_S: Table = Base.metadata.tables[ShiftRow.__tablename__]
_C: Table = Base.metadata.tables[CoverRow.__tablename__]
_H: Table = Base.metadata.tables[HolidayRow.__tablename__]
_COVERS = Prepared(
    select(_C.c.staff_id, _C.c.tier, _C.c.starts_at, _C.c.ends_at)
    .where(_C.c.clinic_id == bindparam("clinic_id"), _C.c.ends_at > bindparam("now", type_=_C.c.ends_at.type))
    .order_by(_C.c.id)
)
_HOLIDAYS = Prepared(select(_H.c.day_on).where(_H.c.clinic_id == bindparam("clinic_id")))
_SHIFTS = Prepared(select(_S).where(_S.c.clinic_id == bindparam("clinic_id")).order_by(_S.c.tier, _S.c.id))


def rota_of(session: Session, clinic: Clinic, *, now: datetime) -> Rota:
    """Return the clinic's plan; covers that are over are left out."""
    planned = {"clinic_id": clinic.id, "now": now}
    return Rota(
        zone=clinic.time_zone,
        shifts=tuple(shift_of(row) for row in read_rows(session, _SHIFTS, planned)),
        covers=tuple(Cover(*row) for row in read_rows(session, _COVERS, planned)),
        holidays=frozenset(day_on for (day_on,) in read_rows(session, _HOLIDAYS, planned)),
    )  # fmt: skip


def shift_of(row: ShiftRow) -> Shift:
    """Return a row as the rules know it."""
    return Shift(row.staff_id, row.tier, frozenset(row.weekdays), row.starts, row.ends)


def shifts_of(session: Session, clinic_id: int) -> Sequence[ShiftRow]:
    """Return the weekly shifts of a clinic, by tier and in the order they were made."""
    query = select(ShiftRow).where(ShiftRow.clinic_id == clinic_id)
    return session.scalars(query.order_by(ShiftRow.tier, ShiftRow.id)).all()


def add_shift(work: Work, staff: Staff, *, tier: int, weekdays: Collection[int], starts: time, ends: time) -> ShiftRow:
    """Give somebody a weekly duty."""
    row = ShiftRow(
        clinic_id=staff.clinic_id, staff_id=staff.id, tier=tier, weekdays=sorted(weekdays), starts=starts, ends=ends
    )
    work.session.add(row)
    work.session.flush()
    work.record("shift-added", clinic_id=staff.clinic_id, staff=staff.id, tier=tier, shift=row.id)
    return row


def remove_shift(work: Work, row: ShiftRow) -> None:
    """Take a weekly duty out of the plan."""
    work.session.delete(row)
    work.record("shift-removed", clinic_id=row.clinic_id, staff=row.staff_id, tier=row.tier, shift=row.id)


def add_cover(work: Work, staff: Staff, *, tier: int, starts_at: datetime, ends_at: datetime) -> None:
    """Let somebody stand in for a tier for some hours."""
    row = CoverRow(clinic_id=staff.clinic_id, staff_id=staff.id, tier=tier, starts_at=starts_at, ends_at=ends_at)
    work.session.add(row)
    work.session.flush()
    work.record("cover-added", clinic_id=staff.clinic_id, staff=staff.id, tier=tier, cover=row.id)


def remove_covers(work: Work, clinic_id: int, *, tier: int) -> int:
    """Take every cover of a tier that is not over out of the plan; return how many there were."""
    gone = work.session.execute(
        delete(CoverRow)
        .where(CoverRow.clinic_id == clinic_id, CoverRow.tier == tier, CoverRow.ends_at > work.now)
        .returning(CoverRow.id)
        .execution_options(synchronize_session=False)
    ).all()
    work.record("covers-removed", clinic_id=clinic_id, tier=tier, covers=len(gone))
    return len(gone)


def set_holiday(work: Work, clinic_id: int, day_on: date, *, is_one: bool) -> None:
    """Say that a day is a holiday, or that it is none."""
    row = work.session.get(HolidayRow, (clinic_id, day_on))
    if is_one and row is None:
        work.session.add(HolidayRow(clinic_id=clinic_id, day_on=day_on))
    elif not is_one and row is not None:
        work.session.delete(row)
    work.record("holiday-set" if is_one else "holiday-unset", clinic_id=clinic_id, day=day_on.isoformat())
