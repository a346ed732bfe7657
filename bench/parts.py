"""Each measurement as rows beside its bar and its peer."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from bench import course, due, flood, idle, job_queue, many, page, reading, reminders, start, town, updates, urgent
from bench.report import Row
from bench.unsealed import unsealed
from bench.watch import in_own_process

TIMES = 3
PEERS = (1_000, 10_000, 100_000)
READER = 100
"""MiB that the reader may take."""


def of_updates(_million: bool) -> list[Row]:
    """Take the bots in turn, so that a busy moment of the machine falls on all."""
    command = "python -m bench updates"
    bots = ("steady", "bare", *(["aiogram"] if updates.PEERS else []))
    turns = [[updates.measure(bot) for bot in bots] for _ in range(TIMES)]
    paces = [median(turn[bot].per_second for turn in turns) for bot in range(len(bots))]
    costs = [median(turn[bot].milliseconds for turn in turns) for bot in range(len(bots))]
    figures = [f"{pace:.0f} /s, {cost:.1f} ms each" for pace, cost in zip(paces, costs, strict=True)]
    beside = [median(turn[0].per_second / turn[bot].per_second for turn in turns) for bot in range(len(bots))]
    cost = median(turn[1].milliseconds / turn[0].milliseconds for turn in turns)
    number = updates.PATIENTS * updates.EACH
    rows = [
        Row(f"{number} presses handled, kept and answered", figures[0], "", command),
        Row("the same by a bare bot that keeps nothing", figures[1], "", command),
        Row("Steady beside the bare bot, by the clock", f"{beside[1]:.2f}", "≥ 1.0", command),
        Row("the same by processor time", f"{cost:.2f}", "", command),
    ]
    if not updates.PEERS:
        return [*rows, Row("the same by a bare bot on aiogram", "not here: `make bench`", "", command)]
    return [
        *rows,
        Row("the same by a bare bot on aiogram", figures[2], "", command),
        Row("Steady beside the bot on aiogram", f"{beside[2]:.2f}", "stretch: ≥ 0.7", command),
    ]


def of_sealing(_million: bool) -> list[Row]:
    """Take turns, so that a busy moment of the machine falls on both."""
    command, pairs = "python -m bench sealing", []
    for _ in range(TIMES):
        sealed = updates.measure("steady")
        with unsealed():
            pairs.append((sealed, updates.measure("steady")))
    on, off = (median(pair[side].per_second for pair in pairs) for side in (0, 1))
    our_cost, bare_cost = (median(pair[side].milliseconds for pair in pairs) for side in (0, 1))
    costs = f"{100 * (1 - on / off):.0f} %, of processor {100 * (our_cost / bare_cost - 1):.0f} %"
    return [
        Row("presses handled with everything sealed", f"{on:.0f} /s, {our_cost:.1f} ms each", "", command),
        Row("the same, stored in the clear", f"{off:.0f} /s, {bare_cost:.1f} ms each", "", command),
        Row("what sealing costs", costs, "", command),
    ]


def of_workers(_million: bool) -> list[Row]:
    """Take turns, so that a busy moment of the machine falls on all; shares are of the same turn."""
    command, numbers, lite = "python -m bench workers", (0, 1, 2, 4), list[float]()
    paces: dict[int, list[float]] = {number: [] for number in numbers}
    with many.server() as address:
        for _ in range(TIMES):
            lite.append(many.measure_sqlite())
            for number in numbers:
                paces[number].append(many.measure_postgres(address, number))
    rows = [Row(f"{many.PRESSES} presses, one process on SQLite", f"{median(lite):.0f} /s", "", command)]
    bars = {0: "", 1: "≥ 0.8 × SQLite", 2: "more than 1", 4: "until cores are full"}
    for number in numbers:
        share = median(pace / beside for pace, beside in zip(paces[number], lite, strict=True))
        parts = f"{number} worker{'s' * (number > 1)} and a process for the rest" if number else "one process for all"
        what = f"the same on PostgreSQL, {parts}"
        rows.append(Row(what, f"{median(paces[number]):.0f} /s ({share:.2f})", bars[number], command))
    return rows


def of_page(_million: bool) -> list[Row]:
    waits = page.measure()
    figure = f"p50 {waits.at(0.5):.3f} s, p99 {waits.at(0.99):.3f} s"
    what = f"page, commit to taken, {page.UPDATES_PER_SECOND} updates/s, {page.REMINDERS:,} reminders waiting"
    return [Row(what, figure, "≤ 0.05 s, ≤ 0.3 s", "python -m bench page")]


def of_long_page(_million: bool) -> list[Row]:
    waits, command = page.measure(page.LONG_REMINDERS, page.LONG), "python -m bench page-long"
    what = f"page, commit to taken, {page.UPDATES_PER_SECOND} updates/s for {page.LONG // 60} minutes"
    shares = ((0.5, "p50"), (0.95, "p95"), (0.99, "p99"))
    figure = ", ".join(f"{name} {waits.at(share):.3f} s" for share, name in shares)
    beside = f"{len(waits.pages):,} pages, {waits.others:,} other letters"
    left = f"{waits.letters_left:,} reminders, {waits.updates_left} updates"
    return [
        Row(what, f"{figure}, max {waits.pages[-1]:.3f} s", "≤ 1, 3, 5, 10 s", command),
        Row("sent meanwhile", beside, "", command),
        Row("left at the end", left, "reminders > 0, updates 0", command),
    ]


def of_flood(_million: bool) -> list[Row]:
    command, rows = "python -m bench flood", []
    for at_once, how in ((False, "within a minute"), (True, "at one moment")):
        waits = flood.measure(at_once=at_once)
        what = f"others' answers beside {flood.MESSAGES} × {flood.LETTERS} characters {how}"
        figure = f"p50 {waits.at(0.5):.2f} s, p95 {waits.at(0.95):.2f} s, max {waits.others[-1]:.2f} s"
        rows.append(Row(what, figure, "p95 ≤ 3 s", command))
        rows.append(Row("page about the danger in the middle of it", f"{waits.page:.1f} s", "", command))
    return rows


def of_reminders(_million: bool) -> list[Row]:
    command, few = "python -m bench reminders", 300
    rows = []
    for limit, number in ((30, 600), (500, 5000)):
        run = reminders.measure(number, limit=limit)
        figure = f"{100 * run.per_second / limit:.1f} %, {run.refused} × 429"
        rows.append(Row(f"{number} reminders at a limit of {limit}/s", figure, "≥ 98 %, 0", command))
    ours = reminders.measure(few, limit=25, rest=5, paced=30.0)
    peer = reminders.measure_peer(few, limit=25, rest=5, retries=0)
    told = "a limit lower than we were told, each refusal 5 s"
    rows.append(Row(f"{few} reminders, {told}", f"lost {ours.lost}, {ours.refused} × 429", "lost 0", command))
    rows.append(Row("the same by AIORateLimiter", f"lost {peer.lost}, {peer.refused} × 429", "", command))
    what = f"page owed while {urgent.REMINDERS} reminders go out at {urgent.LIMIT}/s, until taken"
    rows.append(Row(what, f"{urgent.measure():.2f} s", "", command))
    rows.append(Row("the same by AIORateLimiter", f"{urgent.measure_peer():.1f} s", "", command))
    return rows


def of_tick(million: bool) -> list[Row]:
    sizes = (1_000, 100_000, *((1_000_000,) if million else ()))
    rows = []
    for size in sizes:
        milliseconds = due.measure_nothing_due(size)
        rows.append(
            Row(f"tick, nobody due of {size:,}", f"{milliseconds:.2f} ms", "≤ 2 ms, flat", "python -m bench tick")
        )
    return rows


def of_due(million: bool) -> list[Row]:
    """A job that does nothing is no equal of a visit, which decides, writes and owes a letter: visits have the bar."""
    command = "python -m bench due"
    size = 1_000_000 if million else PEERS[-1]
    ours = due.measure_all_due(size, seconds=30)
    sizes = (*PEERS, size) if million else PEERS
    daily = [(jobs, in_own_process(job_queue.measure_daily, jobs)) for jobs in sizes]
    once = in_own_process(job_queue.measure_once, PEERS[-1])
    peer = daily[-1][1]
    return [
        Row(f"{size:,} due at once: found", f"{ours.found:.0f} /s", "", command),
        Row(
            "decided, written, letter owed (30 s of it)",
            f"{ours.per_second:.0f} /s ({ours.per_second / peer.per_second:.2f}), {ours.each:.2f} ms each",
            "≥ 2 × peer",
            command,
        ),
        Row("beside the peer by processor time", f"{peer.each / ours.each:.2f}", "", command),
        Row("event loop stood still at most", f"{ours.longest_stop:.0f} ms", "≤ 50 ms", command),
        Row("meanwhile a process that only sleeps", f"{ours.sleeper:.0f} ms", "", command),
        Row("memory above idle", f"{ours.memory:.0f} MiB", "≤ 50 MiB", command),
        *(Row(f"peer: {jobs:,} × `JobQueue.run_daily` that does nothing", _of_jobs(one), "", command)
          for jobs, one in daily),
        Row(f"{PEERS[-1]:,} bare APScheduler jobs of one run that do nothing", _of_jobs(once), "", command),
    ]  # fmt: skip


def _of_jobs(jobs: job_queue.Jobs) -> str:
    return (
        f"{jobs.per_second:.0f} /s, {jobs.each:.2f} ms each, loop stood still {jobs.longest_stop:.0f} ms,"
        f" {jobs.memory:.0f} MiB held, {jobs.set_up:.1f} s to add"
    )


def of_idle(_million: bool) -> list[Row]:
    found, command = idle.measure(), "python -m bench idle"
    bar = f"≤ {READER} MiB more"
    return [
        Row("`steady run` with nothing to do", f"{found.percent:.1f} % of a core", "≤ 0.5 %", command),
        Row("its memory before anything is read", f"{found.without_reader:.0f} MiB", "≤ 110 MiB", command),
        Row("with what reads messages", f"{found.memory:.0f} MiB", bar, command),
    ]


def of_course(_million: bool) -> list[Row]:
    both = [course.measure() for _ in range(TIMES)]
    wall, worked = (median(one[side] for one in both) for side in (0, 1))
    figure = f"{wall:.1f} s, {worked:.1f} s of processor"
    return [Row("84 days of one patient, clock moved, unpaced", figure, "≤ 5 s", "python -m bench course")]


def of_town(_million: bool) -> list[Row]:
    """Once each: a minute or more."""
    command, what = "python -m bench town", f"{town.PEOPLE} patients x {town.DAYS} days simulated, faults and checks"
    alone, apart = town.measure(1), town.measure(2)
    return [
        Row(f"{what}, one process", f"{alone[0]:.0f} s, {alone[1]:.0f} s of processor", "≤ 60 s", command),
        Row("the same as two clinics side by side", f"{apart[0]:.0f} s, {apart[1]:.0f} s of processor", "", command),
    ]


def of_start(_million: bool) -> list[Row]:
    both = [start.measure() for _ in range(TIMES)]
    polled, answered = (median(one[side] for one in both) for side in (0, 1))
    command = "python -m bench start"
    return [
        Row("`steady run` to its first getUpdates", f"{polled:.2f} s", "", command),
        Row("`steady run` to its first answer", f"{answered:.2f} s", "≤ 2 s", command),
    ]


def of_reading(_million: bool) -> list[Row]:
    figures = reading.measure()
    command = "python -m bench reading"
    return [
        Row("messages read, per second of processor time", f"{figures.per_second:.0f} /s", "", command),
        Row("loading the reader", f"{figures.load_seconds:.2f} s", "", command),
        Row("time per character, ten times the length", f"{figures.growth:.2f} x", "", command),
    ]


ALL: dict[str, Callable[[bool], list[Row]]] = {
    "updates": of_updates,
    "sealing": of_sealing,
    "workers": of_workers,
    "page": of_page,
    "flood": of_flood,
    "reminders": of_reminders,
    "tick": of_tick,
    "due": of_due,
    "idle": of_idle,
    "course": of_course,
    "town": of_town,
    "start": of_start,
    "reading": of_reading,
}
LONG: dict[str, Callable[[bool], list[Row]]] = {"page-long": of_long_page}
"""What takes ten minutes: measured only when it is named."""
