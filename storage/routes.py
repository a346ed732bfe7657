"""Whether the chats and people of a clinic can be written to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Table, bindparam, exists, select
from sqlalchemy.orm import Session

from storage.columns import Base
from storage.duty import Route
from storage.outbox_chats import pseudonym
from storage.prepared import Prepared
from storage.rows import read_rows
from storage.tables import Clinic, Patient
from storage.work import Work


def find_route(session: Session, clinic_id: int, chat_id: int) -> Route | None:
    """Return what is known of one route."""
    return session.get(Route, (chat_id, clinic_id))


def failing_routes(session: Session, clinic_id: int | None = None) -> Sequence[Route]:
    """Return the routes that do not work at present, the longest failing first."""
    query = select(Route).where(Route.failing_since.is_not(None))
    if clinic_id is not None:
        query = query.where(Route.clinic_id == clinic_id)
    return session.scalars(query.order_by(Route.failing_since, Route.chat_id)).all()


_R: Table = Base.metadata.tables[Route.__tablename__]
_FAILING = Prepared(
    select(_R.c.chat_id).where(_R.c.failing_since.is_not(None), _R.c.clinic_id == bindparam("clinic_id"))
)


def failing_chats(session: Session, clinic_id: int) -> set[int]:
    """Return the chats of a clinic that cannot be written to at present: asked at each alert, and mostly none."""
    return {chat_id for (chat_id,) in read_rows(session, _FAILING, {"clinic_id": clinic_id})}


def is_chat_lost(session: Session) -> bool:
    """Return whether the clinicians' chat of a clinic takes no messages, or a clinic with patients has none."""
    bare = select(Clinic.id).where(Clinic.clinicians_chat.is_(None), exists().where(Patient.clinic_id == Clinic.id))
    failing = select(Route.chat_id).where(
        Route.failing_since.is_not(None),
        exists().where(Clinic.id == Route.clinic_id, Clinic.clinicians_chat == Route.chat_id),
    )
    return any(session.scalar(query.limit(1)) is not None for query in (bare, failing))


def note_route(work: Work, clinic_id: int, chat_id: int, *, trouble: str | None) -> bool:
    """Keep that a route was seen to work (`trouble` None) or not; return whether that is news."""
    route = find_route(work.session, clinic_id, chat_id)
    if route is None:
        route = Route(chat_id=chat_id, clinic_id=clinic_id, failing_since=None)
        work.session.add(route)
    was_failing = route.failing_since is not None
    route.checked_at, route.trouble = work.now, trouble[:60] if trouble else None
    if trouble is None:
        route.failing_since = None
    elif not was_failing:
        route.failing_since = work.now
    work.session.flush()
    is_news = was_failing is not (trouble is not None)
    event = "route-failing" if trouble else "route-well"
    work.record(event, clinic_id=clinic_id, chat=pseudonym(work, chat_id), is_news=is_news)
    return is_news


def forget_route(work: Work, clinic_id: int, chat_id: int) -> None:
    """Forget a chat that is no route of the clinic's any more."""
    route = find_route(work.session, clinic_id, chat_id)
    if route is not None:
        work.session.delete(route)
        work.record("route-forgotten", clinic_id=clinic_id, chat=pseudonym(work, chat_id))
