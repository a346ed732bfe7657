"""`python -m tests.soak --hours H`: the long run under load, and whether anything grew.

Each look at the process is a line of its `samples.csv`. The verdict comes at the end; the exit code is 1 when anything
grew more than it may, was left undone, or was complained of in the log.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import tests.conftest  # noqa: F401  (the key of the tests, for us and for the process)
from storage.migrate import upgrade
from tests.faults.integrity import broken_postgres, broken_sqlite
from tests.faults.server import own_server
from tests.soak.long_run import LongRun, run
from tests.soak.samples import Sample, judge

PER_SECOND = 10.0
"""Five times two a second: 10,000 patients who each do something 17 times a day."""
WARM = 0.3
LONGEST_WARM = 3600.0


def main() -> int:
    asked = arguments()
    home, seconds = Path(asked.home or tempfile.mkdtemp(prefix="steady-soak-")), asked.hours * 3600
    home.mkdir(parents=True, exist_ok=True)
    print(f"{asked.hours} h, {asked.per_second} things a second, seed {asked.seed}, in {home}", flush=True)
    with ExitStack() as open_things, (home / "samples.csv").open("w", encoding="ascii") as table:
        server = open_things.enter_context(own_server()) if asked.postgres else None
        url = server.database("soak") if server else f"sqlite:///{home.as_posix()}/steady.db"
        upgrade(url)

        def note(sample: Sample) -> None:
            if table.tell() == 0:
                table.write(",".join(asdict(sample)) + "\n")
            table.write(",".join(str(round(value, 2)) for value in asdict(sample).values()) + "\n")
            table.flush()

        done = run(url, home, seconds=seconds, per_second=asked.per_second, seed=asked.seed, note=note)
        broken = broken_postgres(server, url) if server else broken_sqlite(url)
    return tell(done, broken, min(WARM * seconds, LONGEST_WARM))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--hours", type=float, default=72.0)
    parser.add_argument("--per-second", type=float, default=PER_SECOND, help="how many things happen a second")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own; else SQLite")
    parser.add_argument("--seed", default=str(random.SystemRandom().randrange(1_000_000)))
    parser.add_argument("--home", help="where to work; a new folder in the place for temporary files, if not given")
    return parser.parse_args()


def tell(done: LongRun, broken: list[str], warm: float) -> int:
    """Say what came of a run; return the exit code."""
    verdict = judge(done.samples, warm=warm)
    seen = [one for one in done.samples if one.seconds >= warm]
    print(f"{dict(done.done)}, {done.refused} refused by the stand-in; {verdict.hours:.2f} h after the warm-up")
    for name in asdict(seen[0]):
        values = [getattr(one, name) for one in seen]
        print(f"  {name:<12} from {values[0]:.6g} to {values[-1]:.6g}, least {min(values):.6g}, most {max(values):.6g}")
    print(f"{done.warnings} warnings in the log, {done.left_over} updates or letters left over")
    print(f"growth: memory {100 * verdict.memory:.2f} %, objects {100 * verdict.blocks:.2f} %, {verdict.floors}")
    faults = [*verdict.faults, *broken, *done.trouble[:20]]
    faults += [f"{done.left_over} updates or letters are left over"] if done.left_over else []
    faults += [f"SIGTERM ended it with {done.exit_code}"] if done.exit_code else []
    print("\n".join(faults) or "nothing grew, nothing is left over")
    return 1 if faults else 0


if __name__ == "__main__":
    began = time.monotonic()
    code = main()
    print(f"({time.monotonic() - began:.0f} s)")
    sys.exit(code)
