"""The steps of joining, in order, and which comes next."""

from __future__ import annotations

from collections.abc import Sequence

LANGUAGE, ABOUT, CONSENT = "language", "about", "consent"
APPROVAL, ZONE, HOUR, WORDING, FIRST_DAY = "approval", "zone", "hour", "wording", "first-day"
SCREENING = "screening:"
"""A screening step carries the id of its question: `screening:liver`."""

LATEST_START_DAYS = 60
"""How far ahead a first day may be chosen; the screening would be too old after that."""


def after_question(question: str, questions: Sequence[str], *, needs_clinician: bool) -> str:
    """Return the step after a screening question: the next one, the clinician's decision, or the zone."""
    place = questions.index(question) + 1
    if place < len(questions):
        return SCREENING + questions[place]
    return APPROVAL if needs_clinician else ZONE


def question_of(step: str | None) -> str | None:
    """Return the screening question that a step asks, or None for any other step."""
    if step is None or not step.startswith(SCREENING):
        return None
    return step.removeprefix(SCREENING)
