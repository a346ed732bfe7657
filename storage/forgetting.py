"""Forget letters that nothing needs any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from care.escalation import CaseState
from storage.duty import Copy
from storage.queues import OutboxRow, OutboxState
from storage.tables import Case
from storage.work import Work


def forget_letters(work: Work, before: datetime) -> None:
    """Delete letters owed before `before` that have ended, except the cards that open cases still edit."""
    ended = OutboxRow.state.in_((OutboxState.SENT, OutboxState.DROPPED))
    is_open = Case.state != CaseState.CLOSED
    cards = select(Case.card_id).where(is_open, Case.card_id.is_not(None))
    copies = select(Copy.letter_id).join(Case, Case.id == Copy.case_id).where(is_open, Copy.letter_id.is_not(None))
    old = delete(OutboxRow).where(ended, OutboxRow.created_at < before)
    work.session.execute(old.where(OutboxRow.id.not_in(cards), OutboxRow.id.not_in(copies)))
