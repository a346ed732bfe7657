"""`python -m bench`: every figure, each with the command that measures it alone.

python -m bench updates   messages a second, Steady beside a bare bot that stores nothing
python -m bench sealing   the same, with encryption and without
python -m bench course    84 days of one patient
python -m bench start     from the command to the first question to Telegram
python -m bench reading   messages read a second, and whether time grows with their length
"""

from __future__ import annotations

import sys
from statistics import median

from bench import course, reading, start, updates
from bench.unsealed import unsealed

Row = tuple[str, str, str]
TIMES = 3


def main() -> int:
    parts = {
        "updates": measure_updates, "sealing": measure_sealing, "course": measure_course, "start": measure_start,
        "reading": measure_reading,
    }  # fmt: skip
    chosen = sys.argv[1:] or list(parts)
    if unknown := set(chosen) - set(parts):
        print(f"no such measurement: {', '.join(sorted(unknown))}; there are {', '.join(parts)}")
        return 2
    rows = [row for name in chosen for row in parts[name]()]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for what, figure, command in rows:
        print(f"{what:<{widths[0]}}  {figure:>{widths[1]}}  {command}")
    return 0


def measure_updates() -> list[Row]:
    """Take both bots in turn, so that a busy moment of the machine falls on both."""
    command = "python -m bench updates"
    pairs = [(updates.measure("steady"), updates.measure("bare")) for _ in range(TIMES)]
    ours, bare = (median(pair[side].per_second for pair in pairs) for side in (0, 1))
    memory = median(pair[0].peak_mib for pair in pairs)
    return [
        (f"{updates.PATIENTS * updates.EACH} presses handled, kept and answered", f"{ours:.0f} /s", command),
        ("the same by a bare bot: library's updater, keeps nothing", f"{bare:.0f} /s", command),
        ("Steady beside the bare bot", f"{ours / bare:.2f}", command),
        ("peak memory of Steady under that load", f"{memory:.0f} MiB", command),
    ]


def measure_sealing() -> list[Row]:
    """Take turns, so that a busy moment of the machine falls on both."""
    command, pairs = "python -m bench sealing", []
    for _ in range(TIMES):
        sealed = updates.measure("steady")
        with unsealed():
            pairs.append((sealed, updates.measure("steady")))
    on, off = (median(pair[side].per_second for pair in pairs) for side in (0, 1))
    cpu_on, cpu_off = (median(pair[side].cpu_ms for pair in pairs) for side in (0, 1))
    return [
        ("presses handled with everything sealed", f"{on:.0f} /s, {cpu_on:.2f} ms of CPU each", command),
        ("the same, stored in the clear", f"{off:.0f} /s, {cpu_off:.2f} ms of CPU each", command),
        ("what sealing costs", f"{100 * (1 - on / off):.0f} %, of CPU {100 * (cpu_on / cpu_off - 1):.0f} %", command),
    ]


def measure_course() -> list[Row]:
    seconds = median(course.measure() for _ in range(TIMES))
    return [("84 days of one patient, clock moved, unpaced", f"{seconds:.1f} s", "python -m bench course")]


def measure_start() -> list[Row]:
    seconds = median(start.measure() for _ in range(TIMES))
    return [("`steady run` to its first getUpdates", f"{seconds:.2f} s", "python -m bench start")]


def measure_reading() -> list[Row]:
    figures = reading.measure()
    command = "python -m bench reading"
    return [
        ("messages read, per second of processor time", f"{figures.per_second:.0f} /s", command),
        ("loading the reader", f"{figures.load_seconds:.2f} s", command),
        ("time per character, ten times the length", f"{figures.growth:.2f} x", command),
    ]


if __name__ == "__main__":
    sys.exit(main())
