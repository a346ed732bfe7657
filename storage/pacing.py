"""Let what is less urgent than a page wait for a group that has had enough for this minute."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update

from storage.queues import Lane, OutboxRow, is_owed
from storage.work import Work


def let_all_but_pages_rest(work: Work, rests: Mapping[int, datetime]) -> None:
    """Let everything but pages wait until these chats take it again, in the order it has."""
    for chat, until in rests.items():
        work.session.execute(
            update(OutboxRow)
            .where(OutboxRow.chat_id == chat, is_owed(), OutboxRow.lane > Lane.PAGE, OutboxRow.send_at < until)
            .values(send_at=until)
            .execution_options(synchronize_session=False)
        )
