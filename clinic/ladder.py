"""Whom a case speaks to now: the clinic's chat, its owner, who is on call, the second channel, the admins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from care.escalation import CaseState, Way, ways
from care.policy import Policy, policy_of
from care.rota import gone_from, on_call
from clinic.ward import Ward
from storage.clinics import get_clinic, staff_of
from storage.rota import rota_of
from storage.routes import failing_chats
from storage.tables import Case, Clinic, Role, Staff


def policy(clinic: Clinic) -> Policy:
    """Return what the clinic has chosen about its alerts."""
    return policy_of(clinic.options)


def audience(ward: Ward, case: Case) -> list[int]:
    """Return the chats that hear of a case at its present step, the one that mirrors all first; never none if there
    is anybody at all. Routes that are known not to work are left out while others do.
    """
    clinic = get_clinic(ward.work.session, case.clinic_id)
    broken = failing_chats(ward.work.session, clinic.id)
    staff = staff_of(ward.work.session, clinic.id)
    wanted: list[int] = []
    told = ways(case.level, case.step)
    for way in Way:
        if way in told:
            wanted += _by(way, ward, case, staff, broken)
    works = [chat for chat in wanted if chat not in broken]
    return list(dict.fromkeys(works or [*wanted, *_ids(staff)]))


def _by(way: Way, ward: Ward, case: Case, staff: Sequence[Staff], broken: set[int]) -> Sequence[int]:
    clinic = get_clinic(ward.work.session, case.clinic_id)
    match way:
        case Way.CHAT:
            return chats_of_clinic(ward, clinic, broken, staff)
        case Way.OWNER:
            return [post.telegram_id for post in staff if post.id == case.owner_id]
        case Way.TIER_ONE:
            return _ids(people_on_call(ward, clinic, 1, staff) or staff)
        case Way.TIER_TWO:
            return _ids(people_on_call(ward, clinic, 2, staff) or staff)
        case Way.SECOND:
            second = clinic.second_chat
            return [second] if second is not None and second not in broken else _ids(_admins(staff))
        case Way.ADMINS:
            return _ids(_admins(staff))


def chats_of_clinic(
    ward: Ward, clinic: Clinic, broken: Iterable[int] | None = None, staff: Sequence[Staff] | None = None
) -> list[int]:
    """Return where a clinic is told things: its clinicians' chat; its admins until one is bound; and while the chat
    takes nothing, the second chat and every clinician in private.
    """
    if broken is None:
        broken = failing_chats(ward.work.session, clinic.id)
    down = set(broken)
    staff = staff_of(ward.work.session, clinic.id) if staff is None else staff
    if clinic.clinicians_chat is None:
        admins = _ids(_admins(staff))
        return [chat for chat in admins if chat not in down] or _ids(staff)
    if clinic.clinicians_chat not in down:
        return [clinic.clinicians_chat]
    others = [chat for chat in (clinic.second_chat, *_ids(staff)) if chat is not None and chat not in down]
    return others or [clinic.clinicians_chat, *_ids(staff)]


def _admins(staff: Sequence[Staff]) -> list[Staff]:
    return [post for post in staff if post.role is Role.ADMIN]


def _ids(staff: Iterable[Staff]) -> list[int]:
    return [post.telegram_id for post in staff]


def people_on_call(ward: Ward, clinic: Clinic, tier: int, staff: Sequence[Staff] | None = None) -> list[Staff]:
    """Return who is on call for a tier now: by the rota, else whoever belongs to the tier, else nobody."""
    staff = staff_of(ward.work.session, clinic.id) if staff is None else staff
    rota = rota_of(ward.work.session, clinic, now=ward.now)
    named = on_call(rota, tier=tier, now=ward.now)
    return [post for post in staff if post.id in named] or [post for post in staff if post.tier == tier]


def is_uncovered(ward: Ward, case: Case) -> bool:
    """Return whether a case that climbs finds nobody on call: then everybody is told, and told why."""
    if case.state is not CaseState.OPEN or Way.TIER_ONE not in ways(case.level, case.step):
        return False
    return not people_on_call(ward, get_clinic(ward.work.session, case.clinic_id), 1)


def gone_people(ward: Ward, clinic: Clinic) -> frozenset[int]:
    """Return whom the rota names although they do not work here any more, by staff id."""
    staff = [post.id for post in staff_of(ward.work.session, clinic.id)]
    return gone_from(rota_of(ward.work.session, clinic, now=ward.now), staff)
