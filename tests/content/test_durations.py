"""Durations are written as people say them, and only so."""

from datetime import timedelta

import pytest

from content.durations import parse_duration


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("1 min", 1),
        ("30 min", 30),
        ("90 min", 90),
        ("1 h", 60),
        ("72 h", 4320),
        ("1 day", 1440),
        ("3 days", 4320),
    ],
)
def test_a_duration_is_read(written: str, minutes: int) -> None:
    assert parse_duration(written) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "30",
        "min",
        "30min",
        "30  min",
        " 30 min",
        "30 min ",
        "-1 h",
        "0 min",
        "1.5 h",
        "1 hour",
        "2 H",
        "٣ min",
        "30 min\n",
    ],
)
def test_anything_else_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is not a duration"):
        parse_duration(written)
