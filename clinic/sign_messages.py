"""Whether a clinic's patients read who of it has written to them."""

from __future__ import annotations

from care.refusals import BadAnswer, NotAllowed
from clinic.write_patient import signs
from content.values import Words
from storage.clinics import set_clinic
from storage.tables import Clinic
from storage.work import Work

WRITTEN = {"on": True, "off": False}


def set_signing(work: Work, clinic: Clinic, written: str, *, by_admin: bool) -> str:
    """Show names to patients (`on`) or not (`off`); return it as it was written. A matter of taste, and an admin's."""
    wanted = WRITTEN.get(written.lower())
    if wanted is None:
        raise BadAnswer("refused-names")
    if not by_admin:
        raise NotAllowed("refused-admins-only")
    facts = {"before": signs(clinic), "after": wanted}
    set_clinic(work, clinic, "names-set", facts, options={**(clinic.options or {}), "signs": wanted})
    return written.lower()


def signing_line(clinic: Clinic) -> Words:
    """Return how it stands, for the list of what a clinic has chosen."""
    if signs(clinic):
        return Words("policy-line-chosen", {"name": "names", "value": "on"})
    return Words("policy-line", {"name": "names", "value": "off"})
