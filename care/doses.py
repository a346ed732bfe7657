"""The dose ledger: what a dose can be, who may answer it, and until when."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from care.calendar import end_of, plus_days, start_of
from care.refusals import BadAnswer, Refusal, Stale


class DoseState(StrEnum):
    """The answers of the ledger. It never guesses: no answer is UNKNOWN, not a missed dose."""

    OPEN = "open"
    TAKEN = "taken"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"
    HELD = "held"
    MISSED_BY_US = "missed-by-us"


class AnsweredBy(StrEnum):
    """Whose word the ledger holds; a patient's and a clinician's are kept apart."""

    PATIENT = "patient"
    STAFF = "staff"
    NOBODY = "nobody"


class SkipReason(StrEnum):
    """Why a dose was not taken."""

    FORGOT = "forgot"
    FELT_BAD = "felt-bad"
    OUT_OF_TABLETS = "out-of-tablets"
    FELT_BETTER = "felt-better"
    TRAVELLING = "travelling"
    OTHER = "other"
    NOT_SAID = "not-said"


CLOSED = frozenset({DoseState.TAKEN, DoseState.SKIPPED})
NOT_TAKEN = frozenset({DoseState.SKIPPED, DoseState.UNKNOWN, DoseState.MISSED_BY_US})


def check_answerable(state: DoseState, *, day_on: date, now: datetime, zone: str) -> None:
    """Raise Stale unless the patient may still answer, or correct, the dose of `day_on`.

    Today and yesterday may be answered; older days are a matter for the clinic, and a held dose
    is not asked about at all.
    """
    if state is DoseState.HELD:
        raise Refusal("refused-dose-held")
    if now < start_of(day_on, zone):
        raise Stale("refused-dose-ahead")
    if now >= answerable_until(day_on, zone):
        raise Stale("refused-dose-too-old")


def answerable_until(day_on: date, zone: str) -> datetime:
    """Return the instant after which the patient cannot change the dose of `day_on` any more."""
    return end_of(plus_days(day_on, 1), zone)


def check_taken_at(taken_at: datetime, *, day_on: date, now: datetime, zone: str) -> None:
    """Raise BadAnswer unless `taken_at` lies in the dose's day (or the night after) and not ahead of `now`."""
    if taken_at > now + timedelta(minutes=1):
        raise BadAnswer("refused-time-ahead")
    if not start_of(day_on, zone) <= taken_at < end_of(day_on, zone) + timedelta(hours=6):
        raise BadAnswer("refused-time-other-day")


def unanswered(prompts_sent: int) -> DoseState:
    """Return what a dose becomes when its day ends without an answer.

    If we never asked, the patient is not to be blamed for not answering.
    """
    return DoseState.UNKNOWN if prompts_sent else DoseState.MISSED_BY_US
