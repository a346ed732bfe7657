"""The numbers behind every picture and summary of a course."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from care.adherence import Adherence, adherence, day_states
from care.doses import DoseState
from care.reports import Said


@dataclass(frozen=True)
class CourseFigures:
    """A course at a glance: one cell per course day, the range, and what was felt.

    `cells` holds `ahead`, `rest` (no dose expected) or a DoseState value for each day from 1 on.
    `worst` maps a symptom to the worst grade reported.
    """

    day: int
    days: int
    cells: tuple[str, ...]
    share: Adherence
    reports: int
    worst: Mapping[str, int]


def course_figures(
    *, day: int, days: int, doses: Sequence[tuple[int, DoseState]], said: Sequence[Said]
) -> CourseFigures:
    """Return the figures of a course that has reached course day `day` of `days`.

    `doses` are (course day, state) of every dose row; a past day without one is `rest`.
    """
    states = dict(day_states(doses))
    cells = tuple(
        str(states[n])
        if n in states and not (n > day and states[n] is DoseState.OPEN)
        else ("rest" if n < day else "ahead")
        for n in range(1, days + 1)
    )
    worst: Counter[str] = Counter()
    for report in said:
        worst[report.symptom] = max(worst[report.symptom], report.grade)
    share = adherence([state for _, state in doses])
    return CourseFigures(max(0, min(day, days)), days, cells, share, len(said), dict(worst))
