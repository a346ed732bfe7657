"""Who of the cast is on call, and how fast their cases climb: so that whoever watches sees it happen."""

from __future__ import annotations

from datetime import time
from typing import Any

from clinic.set_policy import set_choice
from clinic.ward import Ward
from storage.clinics import staff_of
from storage.rota import add_shift
from storage.tables import Clinic

EVERY_DAY, MIDNIGHT = range(7), time(0, 0)


def plan_alerts(ward: Ward, clinic: Clinic, cast: dict[str, Any]) -> None:
    """Put the cast's clinicians on call day and night, each in their tier, and set the clinic's waits."""
    tiers = {one["first_name"]: int(one["tier"]) for one in cast["clinicians"] if "tier" in one}
    for post in staff_of(ward.work.session, clinic.id):
        if post.name in tiers:
            add_shift(ward.work, post, tier=tiers[post.name], weekdays=EVERY_DAY, starts=MIDNIGHT, ends=MIDNIGHT)
    for name, minutes in cast["clinic"].get("waits", {}).items():
        set_choice(ward, clinic, name, str(minutes), by_admin=True)
