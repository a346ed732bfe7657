"""What is owed to a chat that goes by another id from now on."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update

from storage.bodies import envelope_of, open_body, seal_body
from storage.keyring import keyring_of
from storage.queues import OUTBOX, OWED, OutboxState
from storage.work import Work

_BY_ID = update(OUTBOX).where(OUTBOX.c.id == bindparam("row_id"))


def change_of_chat(work: Work, before: int | None, after: int | None) -> dict[str, str | None]:
    """Return the facts of a chat taking another's place."""
    named = {"before": before, "after": after}
    return {name: None if chat is None else pseudonym(work, chat) for name, chat in named.items()}


def pseudonym(work: Work, chat_id: int) -> str:
    """Return what a chat may be called in keys and facts: the same each time, and nothing without the key."""
    return keyring_of(work.connection).index("chat", chat_id).hex()


def move_chat(work: Work, old: int, new: int) -> None:
    """Send what is owed to a chat that Telegram has given a new id to the new one."""
    query = select(OUTBOX).where(OUTBOX.c.chat_id == old, OUTBOX.c.state.in_((*OWED, OutboxState.SENDING)))
    for row in list(work.connection.execute(query.with_for_update())):
        before = envelope_of(row)
        after = before._replace(chat_id=new)
        sealed = seal_body(work.connection, after, open_body(work.connection, before, row.body))
        work.connection.execute(_BY_ID.values(chat_id=new, body=sealed), {"row_id": row.id})
