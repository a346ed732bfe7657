"""Rows that nothing can read: set aside by their bytes, so that they never stop the ones behind them."""

from __future__ import annotations

from sqlalchemy import String, func, select, type_coerce, update

from storage.queues import OutboxRow, OutboxState, is_owed
from storage.work import Work

UNREADABLE = "unreadable"


def set_aside_unreadable(work: Work) -> int:
    """Give up on owed letters whose body is no JSON; return how many. PostgreSQL takes no such body to begin with."""
    if work.session.get_bind().dialect.name != "sqlite":
        return 0
    bad = select(OutboxRow.id).where(is_owed(), func.json_valid(type_coerce(OutboxRow.body, String)) == 0)
    gone = work.session.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_(bad))
        .values(state=OutboxState.FAILED, reason=UNREADABLE, body={})
        .returning(OutboxRow.id)
        .execution_options(synchronize_session=False)
    )
    rows = list(gone.scalars())
    if rows:
        work.record("letters-unreadable", rows=rows[:20], count=len(rows))
    return len(rows)
