"""What must hold after every step, each a query for the rows that break it."""

from __future__ import annotations

from sqlalchemy import text

from storage.reading import Session
from tests.faults.integrity import BONDS

INVARIANTS = {
    **BONDS,
    "two doses for one part of a day": (
        "select course_id from doses group by course_id, day_on, part having count(*) > 1"
    ),
    "a day of the course is missing": (
        "select c.id from courses c join doses d on d.course_id = c.id"
        " group by c.id having count(distinct d.day) <> max(d.day)"
    ),
    "a dose beyond the last day": "select id from doses where day > 84 or day < 1",
    "a closed dose is still asked about": "select id from doses where state <> 'open' and prompt_at is not null",
    "a dose is taken before its day": (
        "select id from doses where taken_at is not null and date(taken_at) < date(day_on, '-1 day')"
    ),
    "an open dose is older than yesterday": (
        "select d.id from doses d join courses c on c.id = d.course_id where d.state = 'open' and d.day < c.day - 1"
    ),
    "a prompt was sent for a dose that was closed then": (
        "select o.id from outbox o join doses d on o.subject = 'dose:' || d.id"
        " where o.state in ('waiting', 'unknown') and d.state in ('taken', 'skipped') and o.lane = 4"
        " and d.answered_at < o.created_at"
    ),
    "a letter went after it had gone stale": "select id from outbox where state = 'sent' and sent_at > expires_at",
    "a prompt is owed twice": (
        "select dedupe_key from outbox where dedupe_key is not null group by dedupe_key having count(*) > 1"
    ),
    "a dropped or failed letter without a reason": (
        "select id from outbox where state in ('dropped', 'failed') and reason is null"
    ),
    "two open cases of one patient": (
        "select patient_id from cases where state <> 'closed' group by patient_id having count(*) > 1"
    ),
    "a closed case without an outcome and a person": (
        "select id from cases where state = 'closed' and (outcome is null or closed_by is null)"
    ),
    "an acknowledged case without an owner": (
        "select id from cases where state = 'acknowledged' and (owner_id is null or acknowledged_at is null)"
    ),
    "more prompts on a day than its policy allows": "select id from doses where prompts_sent > 3 + 4 * (1 + snoozes)",
    "an active course that nothing will ever wake": (
        "select id from courses where status = 'active' and turns_at is null"
    ),
    "a change that does not follow the one before": (
        "select a.id from dose_changes a join dose_changes b on b.dose_id = a.dose_id and b.id = ("
        "select min(id) from dose_changes where dose_id = a.dose_id and id > a.id) where b.before <> a.after"
    ),
    "a dose whose state is not its newest change": (
        "select d.id from doses d join dose_changes c on c.id = ("
        "select max(id) from dose_changes where dose_id = d.id) where c.after <> d.state"
    ),
}
_QUERIES = [(name, text(query)) for name, query in INVARIANTS.items()]


def broken(session: Session) -> list[str]:
    """Return the names of what does not hold."""
    return [f"{name}: {rows[:3]}" for name, query in _QUERIES if (rows := session.execute(query).all())]
