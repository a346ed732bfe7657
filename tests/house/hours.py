"""Who may tell the time, and what may be added to it."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import Finding, Source, dotted, imports, strings

CLOCKS = ("bot/clock.py", "sandbox/clock.py")
# What reads the clock, whatever the module was imported as: `datetime.now`, `dt.datetime.now`, `func.now`.
READS_CLOCK = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns|localtime|gmtime|ctime|asctime)"
    r"|func\.(now|current_timestamp|localtimestamp|clock_timestamp))$"
)
SQL_CLOCK = re.compile(r"\bnow\(\)|current_timestamp|current_date|localtimestamp|'now'", re.IGNORECASE)


def only_the_clock_tells_the_time(source: Source) -> Iterator[Finding]:
    if not source.room or source.path in CLOCKS:
        return
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and READS_CLOCK.search(dotted(node)):
            yield source.at(node, f"{dotted(node)}: ask the clock that was handed in")


def the_clock_has_no_other_name(source: Source) -> Iterator[Finding]:
    """An alias would hide a clock from the rule above."""
    if not source.room or source.path in CLOCKS:
        return
    for node, module in imports(source):
        if isinstance(node, ast.ImportFrom) and module in (
            "time.time",
            "time.time_ns",
            "time.localtime",
            "time.gmtime",
        ):
            yield source.at(node, f"{module}: ask the clock that was handed in")
        if isinstance(node, ast.ImportFrom) and module in ("datetime.datetime", "datetime.date"):
            renamed = [a.asname for a in node.names if a.asname not in (None, a.name) and module.endswith(a.name)]
            if renamed:
                yield source.at(node, f"{module} under another name hides who tells the time")


def the_database_has_no_clock(source: Source) -> Iterator[Finding]:
    if source.room != "storage":
        return
    for node, text in strings(source):
        if SQL_CLOCK.search(text):
            yield source.at(node, "the database's clock cannot be moved: bind the time that was handed in")


def days_belong_to_the_calendar(source: Source) -> Iterator[Finding]:
    """A day is 23, 24 or 25 hours long. Instants take `timedelta(hours=…)`; dates, care/calendar.py."""
    if source.room not in ("care", "clinic") or source.path == "care/calendar.py":
        return
    for node in source.nodes:
        if is_days(node):
            yield source.at(node, "timedelta in days: use care/calendar.py for dates, hours for instants")


def the_calendar_adds_days_to_dates_only(source: Source) -> Iterator[Finding]:
    """Days are added in care/calendar.py only, and never to what is named like an instant (`now`, `…_at`)."""
    if source.path != "care/calendar.py":
        return
    for node in source.nodes:
        if isinstance(node, ast.BinOp) and (is_days(node.right) or is_days(node.left)):
            other = dotted(node.left if is_days(node.right) else node.right)
            if other.rpartition(".")[2] == "now" or other.endswith("_at"):
                yield source.at(node, f"{other} is an instant: no days on it")


def is_days(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or dotted(node.func).rpartition(".")[2] != "timedelta":
        return False
    return bool(node.args) or any(keyword.arg in ("days", "weeks") for keyword in node.keywords)


def tests_never_sleep(source: Source) -> Iterator[Finding]:
    if not source.path.startswith("tests/"):
        return
    for node in source.nodes:
        sleeps = isinstance(node, ast.Call) and dotted(node.func) in ("time.sleep", "asyncio.sleep")
        if sleeps and ast.unparse(node) != "asyncio.sleep(0)":
            yield source.at(node, "a test that sleeps is slow today and wrong tomorrow: wait for what happens")


RULES = (
    only_the_clock_tells_the_time,
    the_clock_has_no_other_name,
    the_database_has_no_clock,
    days_belong_to_the_calendar,
    the_calendar_adds_days_to_dates_only,
    tests_never_sleep,
)
