"""Whether all questions of a day can leave in time when one bot sends only so many messages a second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Rush:
    """The minute whose questions leave latest: how many are due in it, and how late the last one leaves."""

    at: datetime
    questions: int
    late_by: timedelta


def worst_rush(due: Iterable[datetime], *, per_second: float) -> Rush | None:
    """Return the worst minute of all when questions are `due`, or None when nothing is. What is due first leaves first.

    Answers and alerts leave before questions and are not counted here: the figure is the best that can be hoped for.
    """
    minutes = Counter(at.replace(second=0, microsecond=0) for at in due)
    worst, waiting, before = None, 0.0, None
    for at in sorted(minutes):
        if before is not None:
            waiting = max(0.0, waiting - per_second * (at - before).total_seconds())
        waiting, before = waiting + minutes[at], at
        late_by = timedelta(seconds=waiting / per_second)
        if worst is None or late_by > worst.late_by:
            worst = Rush(at, minutes[at], late_by)
    return worst
