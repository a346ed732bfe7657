"""The self-audit: once an hour Steady looks through its own books; what must not be pages the operator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from clinic.ladder import gone_people
from clinic.letters import words
from clinic.operator import tell_operator
from clinic.routes import tell_admins
from clinic.ward import Ward
from storage.audit import Breach, find_breaches
from storage.clinics import all_clinics, find_post
from storage.reading import Session

LOOKS_BACK = timedelta(hours=48)


def look_through(session: Session, now: datetime) -> list[Breach]:
    """Return what is wrong with the books of the last two days. Reads much, writes nothing."""
    return find_breaches(session, now=now, since=now - LOOKS_BACK)


def tell_of_breaches(ward: Ward, found: Sequence[Breach]) -> None:
    """Keep what was found and tell the operator, each kind once an hour at most."""
    for breach in found:
        ward.work.record("audit-breach", what=breach.what, rows=list(breach.rows))
        tell_operator(ward, f"breach:{breach.what}", words("operator-breach", what=breach.what))
    _notice_gone(ward)
    ward.work.record("books-checked", breaches=len(found))


def _notice_gone(ward: Ward) -> None:
    """Tell a clinic's admins, once a day, that its rota counts on people who do not work there any more."""
    for clinic in all_clinics(ward.work.session):
        posts = (find_post(ward.work.session, one) for one in sorted(gone_people(ward, clinic)))
        names = ", ".join(post.name for post in posts if post is not None)
        if names:
            key = f"gone:{clinic.id}:{ward.now:%Y-%m-%d}"
            tell_admins(ward, clinic.id, "rota-names-gone", dedupe_key=key, names=names)
