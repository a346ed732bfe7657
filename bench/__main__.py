"""`python -m bench`: every figure, each with the command that measures it alone.

python -m bench updates    presses a second, Steady beside bare bots that store nothing
python -m bench sealing    the same, with encryption and without
python -m bench workers    the same presses on SQLite, and on PostgreSQL by one process and with 1, 2 and 4 workers
python -m bench page       commit of a page to Telegram's taking it, beside 100,000 reminders
python -m bench page-long  the same for ten minutes; only when it is named
python -m bench flood      how long others wait beside one patient's flood, and a danger in it
python -m bench reminders  at Telegram's limit, what a refusal loses, how long a page waits; beside the library's
python -m bench tick       asking who is due when nobody is (--million: among a million patients too)
python -m bench due        everybody due at once, beside a daily job each in the library's queue (--million)
python -m bench idle       processor and memory of a bot with nothing to do
python -m bench course     84 days of one patient
python -m bench town       200 patients for 84 days on a clock of their own, one process and two
python -m bench start      from the command to the first answer
python -m bench reading    messages read a second, and whether time grows with their length

--write puts the rows into docs/performance.md, and the curves of them into docs/scaling.md.
"""

from __future__ import annotations

import sys
import time

import structlog

from bench import parts
from bench.report import Row, load, show, write


def main() -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    flags = {word for word in sys.argv[1:] if word.startswith("--")}
    chosen = [word for word in sys.argv[1:] if word not in flags] or list(parts.ALL)
    if unknown := {*chosen} - {*parts.ALL, *parts.LONG} | flags - {"--write", "--million"}:
        print(f"no such measurement: {', '.join(sorted(unknown))}; there are {', '.join(parts.ALL | parts.LONG)}")
        return 2
    before, rows = load(), list[Row]()
    for name in chosen:
        began = time.monotonic()
        fresh = (parts.ALL | parts.LONG)[name]("--million" in flags)
        show(fresh)
        print(f"({name}: {time.monotonic() - began:.0f} s)", flush=True)
        rows += fresh
    if "--write" in flags:
        write(rows, (before, load()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
