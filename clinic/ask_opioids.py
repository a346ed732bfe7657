"""The question about opioids: when a gap calls for it, and what waits for a person after any answer but "no"."""

from __future__ import annotations

from collections.abc import Iterable

from care.adherence import day_states, gap_days
from care.doses import DoseState
from clinic.letters import Button, Rows
from clinic.ward import Ward
from storage.doses import last_day_asked, newest_asks, newest_dose, open_doses, set_dose, states_of
from storage.outbox import drop_waiting
from storage.tables import Course, Dose

OPIOIDS, NO_OPIOIDS, WITHDRAWAL, HELD = "opioids", "opioids-none", "withdrawal", "held"
"""What may stand before a dose: a question about opioids after a gap, one about withdrawal, or a clinician.
NO_OPIOIDS stands before nothing: it says on which day the question was last answered with "no"."""
RELEASED = "released"
"""As NO_OPIOIDS: a clinician has talked with the patient about it."""
SETTLED = frozenset({NO_OPIOIDS, RELEASED})


def stands_before(dose: Dose) -> str | None:
    """Return what must be answered or released before anything is asked about this dose."""
    return None if dose.asks in SETTLED else dose.asks


def states_before(ward: Ward, dose: Dose, *, since: int = 0) -> list[DoseState]:
    """Return the states of the dose days before this one, newest first, back to course day `since`."""
    return days_before(dose.day, states_of(ward.work.session, dose.course_id), since=since)


def days_before(before: int, ledger: Iterable[tuple[int, DoseState]], *, since: int = 0) -> list[DoseState]:
    """Return the same from the course day of a dose, and the course day and state of each dose of the course."""
    return [state for _, state in day_states([(day, state) for day, state in ledger if since <= day < before])]


def look_for_gap(ward: Ward, dose: Dose, before: list[DoseState]) -> None:
    """Put the question before a dose that was not asked about yet, or take it away once the gap is filled."""
    if dose.asks in (None, OPIOIDS) and dose.prompts_sent == 0:
        asks = OPIOIDS if _is_gap(ward, dose, before) else None
        if asks != dose.asks:  # mostly not, and what is set at all is looked at again when the unit ends
            dose.asks = asks


def _is_gap(ward: Ward, dose: Dose, before: list[DoseState]) -> bool:
    """Return whether days without a dose call for the question. Once answered, only the days since then count."""
    limit = ward.regimen(dose.course).missed.ask_opioids_after
    if gap_days(before) < limit:
        return False
    answered = last_day_asked(ward.work.session, dose.course_id, SETTLED)
    return answered is None or gap_days(states_before(ward, dose, since=answered)) >= limit


def gap_buttons(dose: Dose) -> Rows:
    """Return the answers to "have you used any opioid?"."""
    return [
        [Button("gap-no", "opioids", (dose.id, "no"))],
        [Button("gap-yes", "opioids", (dose.id, "yes"))],
        [Button("gap-not-said", "opioids", (dose.id, "not-said"))],
    ]


def wait_for_team(ward: Ward, course: Course) -> None:
    """Ask about no dose any more until a clinician has released it: somebody has to talk to the patient first."""
    newest = newest_dose(ward.work.session, course.id)
    for dose in {*open_doses(ward.work.session, course.id), *([newest] if newest is not None else [])}:
        set_dose(ward.work, dose, "dose-waits-for-team", asks=HELD, prompt_at=None)
        drop_waiting(ward.work, f"dose:{dose.id}", "waits for the team")


def waits_for_team(ward: Ward, course: Course) -> bool:
    """Return whether the daily question waits for a clinician. It does so from one day to the next."""
    return newest_asks(ward.work.session, course.id) == HELD


def end_wait(ward: Ward, course: Course) -> Dose | None:
    """Let the daily question go on; return today's dose if it is open and its hour has passed."""
    newest = newest_dose(ward.work.session, course.id)
    if newest is None:
        return None
    is_ahead = newest.due_at is not None and newest.due_at > ward.now
    prompt_at = newest.due_at if newest.state is DoseState.OPEN and is_ahead else None
    set_dose(ward.work, newest, "dose-released", asks=RELEASED, prompt_at=prompt_at)
    is_open = newest.state is DoseState.OPEN and not is_ahead and newest.closes_at > ward.now
    return newest if is_open else None
