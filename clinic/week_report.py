"""The week of a clinic in one message, and the weeks before it a press away."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from care.calendar import end_of, local_date, plus_days, start_of
from care.refusals import NotAllowed
from care.week import Call, Span, Taken, WeekFigures, week_figures
from clinic.feelings import open_feelings
from clinic.letters import Button, words
from clinic.list_cases import age_of
from clinic.pages import show_page
from clinic.people import Standing, clinic_here, standings
from clinic.ward import Visit, Ward
from content.values import Words
from storage.clinics import staff_of
from storage.events import events_in
from storage.tables import Clinic
from storage.worklist import (
    count_alerts,
    course_days,
    levels_of,
    pages_by_chat,
    states_between,
    times_to_outcome,
)

DAYS = 7
MOST_WEEKS = 16
"""How far back the weeks go: messages, and with them the pages, are kept for about so long."""
ACKNOWLEDGED_WITHIN = timedelta(hours=7 * 24)
"""How long after a week an acknowledgement of one of its cases is still looked for."""


def report(visit: Visit) -> None:
    """One command, two people: a patient tells how they feel, a clinician asks for the week's numbers."""
    held = standings(visit.caller)
    if visit.caller.is_private and Standing.PATIENT in held:
        open_feelings(visit)
    elif Standing.CLINICIAN in held:
        show_week(visit)
    else:
        raise NotAllowed("refused-chat")


def show_week(visit: Visit, *, page: int | None = None) -> None:
    """Show the clinic's last seven days, or those of `page` - 1 weeks earlier."""
    clinic = clinic_here(visit)
    back = min(page or 1, MOST_WEEKS) - 1
    last = plus_days(local_date(visit.now, clinic.time_zone), -DAYS * back)
    first = plus_days(last, 1 - DAYS)
    visit.work.record("week-shown", clinic_id=clinic.id, first=first.isoformat())
    figures = figures_in(visit, clinic, first, last)
    texts = [words("week-head", clinic=clinic.name, first=first, last=last), *_texts(figures)]
    texts += _pages(visit, clinic, first, last)
    turn = [Button("button-week-before", "week", (back + 2,))] if back + 1 < MOST_WEEKS else []
    if back:
        turn.append(Button("button-week-after", "week", (back,)))
    show_page(visit, texts, [turn], number=page)


def figures_in(ward: Ward, clinic: Clinic, first: date, last: date) -> WeekFigures:
    """Return the figures of a clinic's days `first` to `last`, on its own calendar, as far as they have passed."""
    session, zone = ward.work.session, clinic.time_zone
    since, until = start_of(first, zone), _until(ward, last, zone)
    opened = events_in(session, clinic.id, ("case-opened", "case-raised"), since=since, until=until)
    levels = levels_of(session, [int(event.facts["case"]) for event in opened])
    heard_until = until + ACKNOWLEDGED_WITHIN
    heard = events_in(session, clinic.id, ("case-acknowledged",), since=since, until=heard_until)
    return week_figures(
        first=first,
        last=min(last, local_date(ward.now, zone)),
        until=min(until, ward.now),
        spans=[Span(begins, ends) for begins, ends in course_days(session, clinic.id, last=last)],
        doses=states_between(session, clinic.id, first=first, last=last),
        alerts=count_alerts(session, clinic.id, since=since, until=until),
        calls=[Call(case, levels[case], event.at) for event in opened if (case := int(event.facts["case"])) in levels],
        taken=[Taken(int(event.facts["case"]), event.at) for event in heard],
        closed=times_to_outcome(session, clinic.id, since=since, until=until),
    )


def _until(ward: Ward, last: date, zone: str) -> datetime:
    """Return where a week ends: with its last day, or just after now, so that this very moment counts."""
    return min(end_of(last, zone), ward.now + timedelta(seconds=1))


def _texts(figures: WeekFigures) -> list[Words]:
    share = figures.doses
    texts = [words("week-patients", count=figures.patients, days=figures.patient_days)]
    if share.expected:
        values = {"taken": share.taken, "skipped": share.skipped, "unknown": share.unknown, "expected": share.expected}
        texts.append(words("week-doses", low=share.low, high=share.high, **values))
    texts.append(words("week-alerts", count=figures.alerts, rate=_shown(figures.per_hundred)))
    texts.append(words("week-calls", count=figures.calls, closed=figures.closed))
    if figures.measured:
        percent = round(100 * figures.in_time / figures.measured)
        texts.append(words("week-in-time", good=figures.in_time, measured=figures.measured, percent=percent))
    if figures.waits is not None:
        texts.append(words("week-waits", span=_span(figures.waits)))
    if figures.ends is not None:
        texts.append(words("week-ends", span=_span(figures.ends)))
    return texts


def _shown(rate: Decimal | None) -> Words:
    return words("week-no-rate") if rate is None else words("week-rate", rate=rate)


def _span(span: timedelta) -> Words:
    return age_of(int(span.total_seconds() // 60))


def _pages(ward: Ward, clinic: Clinic, first: date, last: date) -> list[Words]:
    """Return how many pages each person got in private, and the chats that all of them read."""
    zone = clinic.time_zone
    since, until = start_of(first, zone), _until(ward, last, zone)
    found = pages_by_chat(ward.work.session, clinic.id, since=since, until=until)
    names = {post.telegram_id: post.name for post in staff_of(ward.work.session, clinic.id)}
    shared = sum(one.pages for one in found if one.chat_id not in names)
    own = [words("week-pages-of", name=names[one.chat_id], count=one.pages) for one in found if one.chat_id in names]
    if not own:
        return [words("week-pages", count=shared)]
    return [words("week-pages", count=shared), words("week-pages-private", list=list(own))]
