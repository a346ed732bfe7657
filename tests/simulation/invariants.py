"""What must hold after every step, each a query for the rows that break it; asked of all, or of what changed since."""

from __future__ import annotations

import sqlite3

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

_NOTED = {
    "inbox": {"inbox": "id"},
    "outbox": {"outbox": "id"},
    "courses": {"courses": "id"},
    "doses": {"doses": "id", "courses": "course_id"},
    "dose_changes": {"doses": "dose_id"},
    "reports": {"reports": "id"},
    "cases": {"cases": "id"},
    "alerts": {"cases": "case_id"},
}
"""What is noted of a row that is written: under which heading, which number."""
_SCOPES = {
    "inbox": "inbox where id in touched_inbox",
    "outbox": "outbox where id in touched_outbox",
    "same letter": (
        "outbox where dedupe_key in (select dedupe_key from main.outbox where id in (select id from touched_outbox))"
    ),
    "courses": "courses where id in touched_courses",
    "doses": "doses where id in touched_doses",
    "doses of the course": "doses where course_id in touched_courses",
    "changes of the dose": "dose_changes where dose_id in touched_doses",
    "reports": "reports where id in touched_reports",
    "alerts": "alerts where case_id in touched_cases",
    "cases": "cases where id in touched_cases",
    "cases of the patient": (
        "cases where patient_id in (select patient_id from main.cases where id in (select id from touched_cases))"
    ),
}
"""The rows of a table among which those are that what was noted can have broken."""
DRIVEN_BY = {
    "an update is done without its time": "inbox",
    "a sent letter has no message id": "outbox",
    "an answered dose has no history": "doses",
    "a warning sign raised no alert": "reports",
    "an alert has no case that shows it": "alerts",
    "an open case has no next step": "cases",
    "two doses for one part of a day": "doses of the course",
    "a day of the course is missing": "courses",
    "a dose beyond the last day": "doses",
    "a closed dose is still asked about": "doses",
    "a dose is taken before its day": "doses",
    "an open dose is older than yesterday": "doses of the course",
    "a prompt was sent for a dose that was closed then": "outbox",
    "a letter went after it had gone stale": "outbox",
    "a prompt is owed twice": "same letter",
    "a dropped or failed letter without a reason": "outbox",
    "two open cases of one patient": "cases of the patient",
    "a closed case without an outcome and a person": "cases",
    "an acknowledged case without an owner": "cases",
    "more prompts on a day than its policy allows": "doses",
    "an active course that nothing will ever wake": "courses",
    "a change that does not follow the one before": "changes of the dose",
    "a dose whose state is not its newest change": "doses",
}
HEADINGS = sorted({heading for noted in _NOTED.values() for heading in noted})


def _asked(queries: dict[str, str]) -> str:
    """Return one question for the names of all that is broken: asking each by itself costs more than answering."""
    return " union all ".join(f"select '{name}' where exists ({query})" for name, query in queries.items())


def _narrowed(name: str, query: str) -> str:
    """Return the same query, in which a table holds only what may have broken it."""
    rows = _SCOPES[DRIVEN_BY[name]]
    return f"with {rows.partition(' ')[0]} as (select * from main.{rows}) {query}"


_ALL = _asked(INVARIANTS)
_TOUCHED = _asked({name: _narrowed(name, query) for name, query in INVARIANTS.items()})


class Watch:
    """Sees what one connection writes, and says what of it does not hold."""

    def __init__(self, driver: sqlite3.Connection) -> None:
        self._driver = driver
        driver.execute("pragma temp_store = memory")
        for heading in HEADINGS:
            driver.execute(f"create temp table touched_{heading} (id integer primary key)")
        for table, noted in _NOTED.items():
            for verb in ("insert", "update"):
                notes = " ".join(
                    f"insert or ignore into touched_{heading} values (new.{column});"
                    for heading, column in noted.items()
                )
                driver.execute(
                    f"create temp trigger note_{table}_{verb} after {verb} on main.{table} begin {notes} end"
                )

    def broken(self) -> list[str]:
        """Return what does not hold among the rows written since this was last asked."""
        found = [name for (name,) in self._driver.execute(_TOUCHED)]
        for heading in HEADINGS:
            self._driver.execute(f"delete from touched_{heading}")
        return found

    def all_broken(self) -> list[str]:
        """Return what does not hold anywhere, with some of the rows."""
        names = [name for (name,) in self._driver.execute(_ALL)]
        return [f"{name}: {self._driver.execute(INVARIANTS[name]).fetchmany(3)}" for name in names]
