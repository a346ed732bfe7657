"""When what a patient writes is an answer to their clinic, and how long an unsent message of a clinician waits."""

from __future__ import annotations

from datetime import datetime, timedelta

ANSWER_WITHIN = timedelta(hours=72)
"""After so long, something a patient writes is about something new."""
DRAFT_LIVES = timedelta(minutes=30)
"""After so long, what a clinician types may be meant for somebody else."""


def is_answer(*, written_at: datetime | None, was_asked_for: bool, now: datetime) -> bool:
    """Return whether a patient's text answers what their clinic wrote last, at `written_at` (None: never).

    `was_asked_for` says that they pressed Answer or replied to a message of the clinic's: then its age is no matter.
    """
    if written_at is None:
        return False
    return was_asked_for or now - written_at <= ANSWER_WITHIN


def is_stale(begun_at: datetime, *, now: datetime) -> bool:
    """Return whether a message that a clinician began to write is too old to be sent to anybody."""
    return now - begun_at > DRAFT_LIVES
