"""What `steady check` says of the ways alerts take: routes, rota, and the books."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from care.rota import Rota, gone_from, on_call
from content.places import is_zone
from storage.audit import Breach, find_breaches
from storage.clinics import all_clinics, find_post, staff_of
from storage.duty import Route
from storage.reading import Session
from storage.rota import rota_of
from storage.routes import failing_routes


@dataclass(frozen=True)
class Ways:
    """What the database holds of one clinic's ways to its people."""

    clinic: str
    failing: tuple[str, ...]
    gone: tuple[str, ...]
    has_rota: bool
    is_covered: bool


@dataclass(frozen=True)
class Kept:
    """What the checks below look at."""

    ways: tuple[Ways, ...]
    breaches: tuple[Breach, ...]


def keep(session: Session, now: datetime) -> Kept:
    """Read what these checks need, in one go."""
    return Kept(tuple(_ways(session, now)), tuple(find_breaches(session, now=now)))


def _ways(session: Session, now: datetime) -> Iterator[Ways]:
    for clinic in all_clinics(session):
        staff = {post.id: post for post in staff_of(session, clinic.id)}
        names: dict[int | None, str] = {post.telegram_id: post.name for post in staff.values()}
        names |= {clinic.clinicians_chat: "the clinicians' chat", clinic.second_chat: "the second chat"}
        rota = rota_of(session, clinic, now=now)
        gone = (find_post(session, one) for one in sorted(gone_from(rota, staff.keys())))
        tiers = {post.tier for post in staff.values()}
        yield Ways(
            clinic=clinic.name,
            failing=tuple(_named(route, names) for route in failing_routes(session, clinic.id)),
            gone=tuple(post.name for post in gone if post is not None),
            has_rota=bool(rota.shifts or rota.covers) or 1 in tiers,
            is_covered=1 in tiers or any(one in staff for one in _on_call(rota, now)),
        )


def _on_call(rota: Rota, now: datetime) -> tuple[int, ...]:
    return on_call(rota, tier=1, now=now) if is_zone(rota.zone) else ()  # a check of its own tells of the zone


def _named(route: Route, names: Mapping[int | None, str]) -> str:
    return f"{names.get(route.chat_id, 'a chat')} ({route.trouble})"


def judge(kept: Kept) -> Iterator[tuple[str, bool, str]]:
    """Yield each check as its name, whether it is well, and a sentence that says what was found and what to do."""
    for ways in kept.ways:
        failing = ", ".join(ways.failing)
        dead = (
            f"{ways.clinic} cannot write to {failing}: bind the chat again, or let the person press Start in the bot."
        )
        yield "routes", not failing, dead if failing else f"Every route of {ways.clinic} that was tested works."
        gone = ", ".join(ways.gone)
        left = f"The rota of {ways.clinic} names {gone}, who work there no more: /oncall clear 1 NAME."
        empty = f"{ways.clinic} has nobody on call now: alerts go to every clinician. Set the rota with /oncall set."
        if gone:
            yield "rota", False, left
        elif ways.has_rota and not ways.is_covered:
            yield "rota", False, empty
        else:
            yield "rota", True, f"Somebody of {ways.clinic} is on call." if ways.is_covered else _without(ways.clinic)
    found = ", ".join(f"{breach.what} ({', '.join(map(str, breach.rows))})" for breach in kept.breaches)
    broken = f"The books are not in order: {found}. Each names the rows that something has left half done."
    yield "books", not found, broken if found else "The books are in order."


def _without(clinic: str) -> str:
    return f"{clinic} has no rota: what nobody answers goes to every clinician. /oncall set makes one."
