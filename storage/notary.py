"""Link new events into the chain, and say whether the trail is as it was written."""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, insert, select
from sqlalchemy.orm import Session

from storage.chain import EVENTS, FIRST, LINKS, facts_hash, next_link, read_cut, signature
from storage.columns import Base
from storage.erasures import Erasure
from storage.keyring import AUDIT, keyring_of
from storage.marks import find_mark, set_mark
from storage.work import Work

AT_ONCE = 2000
LOW = "audit-low"
START = "audit-start"
SETTLED = timedelta(hours=1)
"""Older events than this are all committed: no transaction lasts as long. Below them nothing new appears."""
ERASURES = Base.metadata.tables[Erasure.__tablename__]


@dataclass(frozen=True)
class Flaw:
    """What is wrong with the trail, and which event it is about."""

    event_id: int
    what: str


@dataclass(frozen=True)
class Head:
    """The end of the chain: written down elsewhere, it tells when the end was cut off."""

    seq: int
    link: bytes


def find_head(session: Session) -> Head:
    """Return the newest link."""
    row = session.connection().execute(select(LINKS).order_by(LINKS.c.seq.desc()).limit(1)).one_or_none()
    return Head(0, FIRST) if row is None else Head(row.seq, bytes(row.link))


def holds(session: Session, head: Head) -> bool:
    """Return whether the chain still holds a link that was once its newest."""
    query = select(LINKS.c.link).where(LINKS.c.seq == head.seq)
    row = session.connection().execute(query).one_or_none()
    return head.seq == 0 or (row is not None and bytes(row.link) == head.link)


def link_new(work: Work) -> int:
    """Link events that are not linked yet; return how many. Only the process that makes the rounds may do this."""
    head, low = find_head(work.session), int(find_mark(work.session, LOW) or 0)
    linked = and_(LINKS.c.event_id == EVENTS.c.id)
    query = select(EVENTS.c.id, EVENTS.c.mac).outerjoin(LINKS, linked).where(EVENTS.c.id > low, LINKS.c.seq.is_(None))
    rows = list(work.connection.execute(query.where(EVENTS.c.mac.is_not(None)).order_by(EVENTS.c.id).limit(AT_ONCE)))
    seq, link, links = head.seq, head.link, []
    for row in rows:
        seq += 1
        link = next_link(link, seq, row.id, bytes(row.mac))
        links.append({"seq": seq, "event_id": row.id, "link": link})
    if links:
        work.connection.execute(insert(LINKS), links)
    if len(rows) < AT_ONCE:
        _raise_low(work)
    return len(rows)


def _raise_low(work: Work) -> None:
    settled = select(func.max(EVENTS.c.id)).where(EVENTS.c.at < work.now - SETTLED)
    settled = settled.where(EVENTS.c.id > int(find_mark(work.session, LOW) or 0))
    newest = work.connection.execute(settled).scalar_one()
    if newest is not None:
        set_mark(work, LOW, str(newest))


def find_flaws(session: Session, *, since: Head | None = None) -> Iterator[Flaw]:
    """Yield what is wrong with the trail; `since` is a head written down elsewhere, which must still be in it."""
    if since is not None and not holds(session, since):
        yield Flaw(0, f"the chain no longer holds link {since.seq}, which was written down elsewhere")
    yield from _signatures(session)
    yield from _links(session)


def _signatures(session: Session) -> Iterator[Flaw]:
    key = keyring_of(session.connection()).own[AUDIT]
    erased = set(session.connection().execute(select(ERASURES.c.patient_id)).scalars())
    salts: Counter[bytes] = Counter()
    for row in session.connection().execute(select(EVENTS).order_by(EVENTS.c.id)):
        if row.mac is None:
            yield Flaw(row.id, "not signed")
            continue
        if row.salt is None and (row.redacted is None or row.patient_id not in erased):
            yield Flaw(row.id, "its facts are gone, and its patient was not erased")
            continue
        facts = facts_hash(bytes(row.salt), row.facts) if row.salt is not None else bytes(row.redacted)
        if not hmac.compare_digest(bytes(row.mac), signature(key, row._asdict(), facts)):
            yield Flaw(row.id, "changed")
        salts[bytes(row.mac)] += 1
        if salts[bytes(row.mac)] > 1:
            yield Flaw(row.id, "a copy of another event")


def _links(session: Session) -> Iterator[Flaw]:
    connection, low = session.connection(), int(find_mark(session, LOW) or 0)
    query = select(LINKS, EVENTS.c.mac).outerjoin(EVENTS, EVENTS.c.id == LINKS.c.event_id).order_by(LINKS.c.seq)
    seq, link = 0, FIRST
    if cut := find_mark(session, START):
        try:
            seq, link = read_cut(keyring_of(connection).own[AUDIT], cut)
        except ValueError:
            yield Flaw(0, "its beginning was cut off by somebody else")
    for row in connection.execute(query):
        seq += 1
        if row.seq != seq:
            yield Flaw(row.event_id, f"links {seq} to {row.seq - 1} are missing")
            seq = row.seq
        if row.mac is None:
            yield Flaw(row.event_id, "removed")
        elif bytes(row.link) != next_link(link, seq, row.event_id, bytes(row.mac)):
            yield Flaw(row.event_id, "does not follow the one before")
        link = bytes(row.link)
    unlinked = select(EVENTS.c.id).outerjoin(LINKS, LINKS.c.event_id == EVENTS.c.id)
    for event_id in connection.execute(unlinked.where(EVENTS.c.id <= low, LINKS.c.seq.is_(None))).scalars():
        yield Flaw(event_id, "put in later")


@dataclass(frozen=True)
class Look:
    """One time that somebody saw or did something about a patient."""

    at: datetime
    actor: str
    name: str
    facts: dict[str, Any]


def looks_at(session: Session, patient_id: int) -> list[Look]:
    """Return what staff and operators saw and did about a patient, the oldest first."""
    query = select(EVENTS).where(EVENTS.c.patient_id == patient_id).order_by(EVENTS.c.at, EVENTS.c.id)
    people = ("staff:", "operator")
    rows = session.connection().execute(query)
    return [Look(row.at, row.actor, row.name, row.facts) for row in rows if row.actor.startswith(people)]
