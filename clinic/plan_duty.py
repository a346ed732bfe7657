"""The rota in chat: who is on call now and next, and how that is changed."""

from __future__ import annotations

from datetime import date, datetime, time

from care.calendar import instant_of, local_date, plus_days
from care.refusals import BadAnswer, NotAllowed, NotFound
from care.rota import TIERS, Rota, next_change, on_call, read_hours, read_weekdays, write_weekdays
from clinic.ladder import gone_people
from clinic.letters import reply, words
from clinic.people import own_clinic, post_in
from clinic.ward import Visit, Ward
from content.values import Value, Words
from storage.clinics import find_post, staff_of
from storage.rota import add_cover, add_shift, remove_covers, remove_shift, rota_of, set_holiday, shifts_of
from storage.tables import Clinic, Role, Staff


def on_duty(visit: Visit, *, said: str = "") -> None:
    """Show who is on call, or change the rota as the command says; anything it cannot read changes nothing."""
    clinic = own_clinic(visit)
    word, _, rest = said.strip().partition(" ")
    match word.lower():
        case "":
            show_duty(visit, clinic)
        case "set":
            _set(visit, clinic, rest.split())
        case "cover":
            _cover(visit, clinic, rest.split())
        case "clear":
            _clear(visit, clinic, rest.split())
        case "holiday" | "workday":
            _holiday(visit, clinic, rest.split(), is_one=word.lower() == "holiday")
        case _:
            raise BadAnswer("refused-oncall")


def show_duty(visit: Visit, clinic: Clinic) -> None:
    """Show who is on call in each tier now and next, and the week as it was written."""
    rota = rota_of(visit.work.session, clinic, now=visit.now)
    texts = [words("oncall-head", clinic=clinic.name)]
    for tier in TIERS:
        texts += _tier(visit, clinic, rota, tier)
    for row in shifts_of(visit.work.session, clinic.id):
        hours = f"{row.starts:%H:%M}-{row.ends:%H:%M}"
        shift = f"{write_weekdays(row.weekdays)} {hours}"
        texts.append(words("oncall-shift", tier=str(row.tier), shift=shift, name=_name(visit, row.staff_id)))
    gone: list[Value] = [_name(visit, person) for person in sorted(gone_people(visit, clinic))]
    if gone:
        texts.append(words("oncall-gone", names=gone))
    visit.work.record("oncall-shown", clinic_id=clinic.id)
    reply(visit, *texts, tight=True)


def _tier(visit: Visit, clinic: Clinic, rota: Rota, tier: int) -> list[Words]:
    here = {post.id: post for post in staff_of(visit.work.session, clinic.id)}
    now: list[Value] = [here[one].name for one in on_call(rota, tier=tier, now=visit.now) if one in here]
    usual: list[Value] = [post.name for post in here.values() if post.tier == tier]
    if now or usual:
        texts = [words("oncall-now", tier=str(tier), names=now or usual)]
    else:
        texts = [words("oncall-nobody", tier=str(tier))]
    change = next_change(rota, tier=tier, now=visit.now)
    if change is not None:
        at = visit.clock_of_clinic(clinic, change[0]).replace(tzinfo=None)
        names: list[Value] = [here[one].name for one in change[1] if one in here]
        texts.append(words("oncall-next", at=at, names=names) if names else words("oncall-then-nobody", at=at))
    return texts


def _name(visit: Ward, staff_id: int) -> str:
    post = find_post(visit.work.session, staff_id)
    return post.name if post is not None else "?"


def _set(visit: Visit, clinic: Clinic, parts: list[str]) -> None:
    _check_admin(visit, clinic)
    if len(parts) < 4:
        raise BadAnswer("refused-oncall")
    tier, weekdays = _read_tier(parts[0]), read_weekdays(parts[-2])
    starts, ends = read_hours(parts[-1])
    staff = _colleague(visit, clinic, " ".join(parts[1:-2]))
    add_shift(visit.work, staff, tier=tier, weekdays=weekdays, starts=starts, ends=ends)
    show_duty(visit, clinic)


def _cover(visit: Visit, clinic: Clinic, parts: list[str]) -> None:
    """`cover 2 Lee 2027-03-05 18:00-08:00`: any clinician may arrange it, for hours still to come."""
    if len(parts) < 4:
        raise BadAnswer("refused-oncall")
    tier, day = _read_tier(parts[0]), _read_day(parts[-2])
    starts, ends = read_hours(parts[-1])
    starts_at = instant_of(day, starts, clinic.time_zone)
    ends_at = _end(day, starts, ends, clinic.time_zone)
    if ends_at <= visit.now:
        raise BadAnswer("refused-cover-past")
    staff = _colleague(visit, clinic, " ".join(parts[1:-2]))
    add_cover(visit.work, staff, tier=tier, starts_at=starts_at, ends_at=ends_at)
    show_duty(visit, clinic)


def _end(day: date, starts: time, ends: time, zone: str) -> datetime:
    last = day if ends > starts else plus_days(day, 1)
    return instant_of(last, ends, zone)


def _clear(visit: Visit, clinic: Clinic, parts: list[str]) -> None:
    """`clear 1` empties a tier, `clear 1 Lee` takes one person out of it."""
    _check_admin(visit, clinic)
    if not parts:
        raise BadAnswer("refused-oncall")
    tier = _read_tier(parts[0])
    staff = _colleague(visit, clinic, " ".join(parts[1:]), also_gone=True) if len(parts) > 1 else None
    for row in shifts_of(visit.work.session, clinic.id):
        if row.tier == tier and (staff is None or row.staff_id == staff.id):
            remove_shift(visit.work, row)
    if staff is None:
        remove_covers(visit.work, clinic.id, tier=tier)
    visit.work.session.flush()
    show_duty(visit, clinic)


def _holiday(visit: Visit, clinic: Clinic, parts: list[str], *, is_one: bool) -> None:
    _check_admin(visit, clinic)
    if len(parts) != 1:
        raise BadAnswer("refused-oncall")
    day = _read_day(parts[0])
    if day < local_date(visit.now, clinic.time_zone):
        raise BadAnswer("refused-cover-past")
    set_holiday(visit.work, clinic.id, day, is_one=is_one)
    visit.work.session.flush()
    reply(visit, words("holiday-set" if is_one else "holiday-unset", day=day))


def _check_admin(visit: Visit, clinic: Clinic) -> None:
    if post_in(visit, clinic.id).role is not Role.ADMIN:
        raise NotAllowed("refused-admins-only")


def _read_tier(written: str) -> int:
    if written not in {str(tier) for tier in TIERS}:
        raise BadAnswer("refused-tier", said=written[:20])
    return int(written)


def _read_day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadAnswer("refused-duty-date", said=written[:20]) from None


def _colleague(visit: Visit, clinic: Clinic, written: str, *, also_gone: bool = False) -> Staff:
    """Return the one person whose name has these words in it; raise for none, and for more than one."""
    staff = list(staff_of(visit.work.session, clinic.id))
    if also_gone:
        gone = (find_post(visit.work.session, one) for one in gone_people(visit, clinic))
        staff += [post for post in gone if post is not None]
    said = written.strip().casefold()
    found = [post for post in staff if said == post.name.casefold()]
    found = found or [post for post in staff if said and said in post.name.casefold()]
    if not found:
        raise NotFound("refused-no-such-person", said=written[:40], known=", ".join(post.name for post in staff))
    if len(found) > 1:
        raise BadAnswer("refused-two-people", said=written[:40], known=", ".join(post.name for post in found))
    return found[0]
