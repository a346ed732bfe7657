"""End a case for a reason that is no clinician's: its patient is erased, and nobody is left to reach."""

from __future__ import annotations

from care.escalation import CaseState, Outcome
from clinic.show_case import show_case
from clinic.ward import Ward
from clinic.work_case import NOTHING_ARRANGED
from storage.cases import lock_open_case, set_case


def end_case(ward: Ward, patient_id: int) -> None:
    """Close the open case of a patient who is being erased: it rings no more, and its cards say why."""
    case = lock_open_case(ward.work.session, patient_id)
    if case is None:
        return
    set_case(
        ward.work,
        case,
        "case-ended",
        state=CaseState.CLOSED,
        outcome=Outcome.ERASED,
        closed_at=ward.now,
        closed_by=None,
        next_step_at=None,
        **NOTHING_ARRANGED,
    )
    show_case(ward, case, anew=False)
