"""What is an answer to a clinic, and what is too old to be sent."""

from datetime import UTC, datetime, timedelta

import pytest

from care.talk import is_answer, is_stale

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

ANSWERS: dict[str, tuple[int | None, bool, bool]] = {
    "nobody wrote": (None, False, False),
    "nobody wrote, and a forged press": (None, True, False),
    "just written": (0, False, True),
    "three days old": (72, False, True),
    "older": (73, False, False),
    "older, but replied to": (500, True, True),
}


@pytest.mark.parametrize(("hours", "asked", "expected"), ANSWERS.values(), ids=list(ANSWERS))
def test_what_a_patient_writes_is_an_answer(hours: int | None, asked: bool, expected: bool) -> None:
    written_at = None if hours is None else NOW - timedelta(hours=hours)
    assert is_answer(written_at=written_at, was_asked_for=asked, now=NOW) is expected


@pytest.mark.parametrize(("minutes", "stale"), [(0, False), (30, False), (31, True)])
def test_a_draft_is_stale_after_half_an_hour(minutes: int, stale: bool) -> None:
    assert is_stale(NOW - timedelta(minutes=minutes), now=NOW) is stale
