"""What is owed to a chat as a whole: it rests for a while, or goes by another id from now on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select, update

from storage.bodies import envelope_of, open_body, seal_body
from storage.queues import OUTBOX, OWED, OutboxRow, OutboxState, is_owed
from storage.work import Work

_BY_ID = update(OUTBOX).where(OUTBOX.c.id == bindparam("row_id"))


def let_chats_rest(work: Work, rests: Mapping[int, datetime]) -> None:
    """Let everything owed to these chats wait until Telegram takes letters for them again, in the order it has."""
    for chat, until in rests.items():
        work.session.execute(
            update(OutboxRow)
            .where(OutboxRow.chat_id == chat, is_owed(), OutboxRow.send_at < until)
            .values(send_at=until)
            .execution_options(synchronize_session=False)
        )


def move_chat(work: Work, old: int, new: int) -> None:
    """Send what is owed to a chat that Telegram has given a new id to the new one."""
    query = select(OUTBOX).where(OUTBOX.c.chat_id == old, OUTBOX.c.state.in_((*OWED, OutboxState.SENDING)))
    for row in list(work.connection.execute(query.with_for_update())):
        before = envelope_of(row)
        after = replace(before, chat_id=new)
        sealed = seal_body(work.connection, after, open_body(work.connection, before, row.body))
        work.connection.execute(_BY_ID.values(chat_id=new, body=sealed), {"row_id": row.id})
