"""What a message says about today's tablet, and why it was not taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from care.doses import SkipReason
from care.reading.features import Heard
from care.reading.said import DoseSaid

REASONS = {
    "reason_out": SkipReason.OUT_OF_TABLETS,
    "reason_forgot": SkipReason.FORGOT,
    "reason_travel": SkipReason.TRAVELLING,
    "reason_better": SkipReason.FELT_BETTER,
    "reason_bad": SkipReason.FELT_BAD,
}


def dose_said(
    scores: Mapping[str, float],
    limits: Mapping[str, Mapping[str, float]],
    heard: Heard,
    flags: Collection[str],
) -> DoseSaid | None:
    """Return the dose statement, if one was made."""
    said = {hit.concept for hit in heard.hits}
    taken = scores["taken"] - limits["taken"]["possible"]
    untaken = scores["untaken"] - limits["untaken"]["possible"]
    if "other_took" in said:
        return DoseSaid.OTHER_TOOK
    if max(taken, untaken) <= 0:
        return None
    if untaken > taken:
        return DoseSaid.LATER if "later" in said and "dose_stop" not in flags else DoseSaid.NOT_TAKEN
    return DoseSaid.EXTRA if "overdose" in flags or "extra_tablet" in said else DoseSaid.TAKEN


def skip_reason(heard: Heard, dose: DoseSaid | None) -> SkipReason | None:
    """Return why the tablet was not taken, if it was not; NOT_SAID when no reason was given."""
    if dose is not DoseSaid.NOT_TAKEN:
        return None
    said = {hit.concept for hit in heard.hits}
    return next((reason for concept, reason in REASONS.items() if concept in said), SkipReason.NOT_SAID)
