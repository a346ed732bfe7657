"""One person's flood is that person's own: it is kept and answered within a budget, and a danger in it is never lost.

What is over the budget is not stored word for word and not answered one by one. Triage hears of it all the same, and
so does the clinic: a flood is told, once, by the first message over the budget.
"""

from __future__ import annotations

from datetime import timedelta

from clinic.ward import Visit
from storage.patients import count_notes

MINUTE, DAY = timedelta(minutes=1), timedelta(hours=24)
A_MINUTE, A_DAY = 20, 250
"""Messages kept word for word: 250 of 4,000 letters are a megabyte."""


def is_over_budget(visit: Visit) -> bool:
    """Return whether this patient has written more than is kept of one person."""
    session, course = visit.work.session, visit.course
    if count_notes(session, course.id, since=visit.now - MINUTE, most=A_MINUTE) >= A_MINUTE:
        return True
    return count_notes(session, course.id, since=visit.now - DAY, most=A_DAY) >= A_DAY
