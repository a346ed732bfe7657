"""`python -m tests.mutants [words]`: spoil our code in one small place at a time and see whether a test notices.

Words choose groups or files, `--only TEXT` the mutants with this in their name, `--sample 40` that many at random
(`--seed N` repeats them), `-n 1` one at a time.
Ends with 1 when too few are killed, when one survives that must not, or when a waiver is for nothing.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import pickle
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.mutants.making import Module
from tests.mutants.modules import GROUPS, LEAST, NONE_SURVIVES, TARGETS, Target
from tests.mutants.running import BROKEN, ENDLESS, KILLED, SURVIVED, in_child, judge_fresh, judge_in_place
from tests.mutants.waivers import read_waivers, unfounded

# Imported before the first fork, so that no child pays for them; nothing of ours is among them.
OTHERS = (
    "aiohttp", "alembic", "alembic.command", "apscheduler", "babel", "cryptography", "dateutil", "fluent.runtime",
    "hypothesis", "hypothesis.strategies", "_hypothesis_pytestplugin", "httpx", "jinja2", "playwright.sync_api",
    "psycopg", "pytest_asyncio.plugin", "rich", "segno",
    "sqlalchemy", "sqlalchemy.orm", "starlette", "structlog", "telegram.ext", "typer", "tzfpy", "uvicorn",
)  # fmt: skip
A_DAY = 86_400.0


@dataclass
class Result:
    """What came of one module's mutants: how each ended, by its place in the module's list."""

    target: Target
    ended: dict[int, int] = field(default_factory=dict)
    trouble: str = ""
    seconds: float = 0.0


def main() -> int:
    asked = read_arguments()
    targets = [one for one in TARGETS if not asked.words or {*asked.words} & {one.group, one.path}]
    modules = {one.path: Module(one.path) for one in targets}
    chosen = choose(modules, asked)
    print(f"seed: {asked.seed} (repeat with --seed {asked.seed})", flush=True)
    with tempfile.TemporaryDirectory(prefix="steady-mutants-") as folder:
        be_ready(folder)
        results = judge_all([one for one in targets if chosen[one.path]], modules, chosen, asked, Path(folder))
    return report(results, modules, is_whole=not asked.sample and not asked.only)


def be_ready(folder: str) -> None:
    """Do once what every child would else do again."""
    os.environ["PTB_TIMEDELTA"] = "1"  # as tests/conftest.py says
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # the two that are needed are named
    # Wherever bytecode is not wanted, a child would compile everything of ours and the tests.
    sys.dont_write_bytecode, sys.pycache_prefix = False, folder
    for name in OTHERS:
        importlib.import_module(name)
    gc.freeze()


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("words", nargs="*", help=f"groups ({', '.join(GROUPS)}) or files; all without")
    parser.add_argument("--only", nargs="+", default=())
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("-n", type=int, default=min(os.cpu_count() or 1, 4), dest="at_once")
    return parser.parse_args()


def choose(modules: dict[str, Module], asked: argparse.Namespace) -> dict[str, list[int]]:
    """Return which mutants of each module are tried."""
    every = [
        (path, number)
        for path, module in modules.items()
        for number, mutant in enumerate(module.mutants)
        if not asked.only or any(text in mutant.key for text in asked.only)
    ]
    if asked.sample:
        every = sorted(random.Random(asked.seed).sample(every, min(asked.sample, len(every))))
    return {path: [number for file, number in every if file == path] for path in modules}


def judge_all(
    targets: Sequence[Target],
    modules: dict[str, Module],
    chosen: dict[str, list[int]],
    asked: argparse.Namespace,
    folder: Path,
) -> list[Result]:
    """Judge the modules, so many at once, each in a process of its own; say how each went."""
    waiting = sorted(targets, key=lambda one: -len(chosen[one.path]))
    running: dict[int, tuple[Target, Path]] = {}
    results = []
    while waiting or running:
        while waiting and len(running) < asked.at_once:
            target = waiting.pop(0)
            file = folder / f"{target.path.replace('/', '.')}.result"
            if (child := os.fork()) == 0:
                judge_and_leave(target, modules[target.path], chosen[target.path], asked.seed, file)
            running[child] = target, file
        child, _status = os.wait()
        target, file = running.pop(child)
        result = pickle.loads(file.read_bytes()) if file.exists() else Result(target, trouble="it died")
        tell(result, modules[target.path])
        results.append(result)
    return results


def judge_and_leave(target: Target, module: Module, chosen: list[int], seed: int, file: Path) -> None:
    try:
        file.write_bytes(pickle.dumps(judge(target, module, chosen, seed)))
    finally:
        sys.stdout.flush()
        os._exit(0)


def judge(target: Target, module: Module, chosen: list[int], seed: int) -> Result:
    """Return what came of the chosen mutants of one module."""
    result, began = Result(target), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="steady-bench-") as folder:
        file = Path(folder) / "bench"

        def in_place(_folder: Path) -> int:
            bench = judge_in_place(module, chosen, target.tests, seed)
            file.write_bytes(pickle.dumps((bench.found, bench.took, bench.trouble)))
            return 0

        in_child(in_place, seconds=A_DAY)
        found, took, result.trouble = pickle.loads(file.read_bytes()) if file.exists() else ({}, {}, "it died")
    rest = [number for number in chosen if found.get(number) != KILLED]
    if rest and not result.trouble and judge_fresh(module, None, target.tests, took, seed) != SURVIVED:
        result.trouble = "without any mutant the tests fail in a fresh child"
    if not result.trouble:
        again = {number: judge_fresh(module, module.mutants[number], target.tests, took, seed) for number in rest}
        result.ended = {**found, **again}
    result.seconds = time.monotonic() - began
    return result


def tell(result: Result, module: Module) -> None:
    """Say how a module went, and which of its mutants survived that have no waiver."""
    waivers, path = read_waivers(), result.target.path
    if result.trouble:
        print(f"{path}: {result.trouble}", flush=True)
        return
    ends = [*result.ended.values()]
    killed = sum(end in (KILLED, ENDLESS) for end in ends)
    print(f"{path}: {killed} of {len(ends)} killed ({ends.count(ENDLESS)} by time), {result.seconds:.0f} s", flush=True)
    for number, end in sorted(result.ended.items()):
        mutant = module.mutants[number]
        if end not in (KILLED, ENDLESS) and mutant.key not in waivers:
            said = "SURVIVED" if end == SURVIVED else f"BROKEN ({end})"
            print(f"  {said} line {mutant.line}: {mutant.key}", flush=True)


def report(results: Sequence[Result], modules: dict[str, Module], *, is_whole: bool) -> int:
    """Print the table of the groups and everything that is not as it must be; return the exit code."""
    waivers, wrong = read_waivers(), [f"{one.target.path}: {one.trouble}" for one in results if one.trouble]
    for group in GROUPS:
        ends = {
            modules[one.target.path].mutants[number].key: end
            for one in results if one.target.group == group for number, end in one.ended.items()
        }  # fmt: skip
        if not ends:
            continue
        killed = {key for key, end in ends.items() if end in (KILLED, ENDLESS)}
        left = ends.keys() - killed
        share = len(killed) / len(ends)
        print(f"{group:<14} {len(ends):5} mutants {len(killed):5} killed {100 * share:5.1f} %, {len(left)} left,"
              f" {len(left & waivers.keys())} of them waived")  # fmt: skip
        if share < LEAST and is_whole:
            wrong.append(f"{group}: fewer than {LEAST:.0%} killed")
        if group in NONE_SURVIVES and (free := left - waivers.keys()):
            wrong.append(f"{group}: {len(free)} survive without a waiver")
        wrong += [f"waived, but killed: {key}" for key in sorted(killed & waivers.keys())]
        wrong += [f"not judged: {key}" for key, end in ends.items() if end in (BROKEN,)]
    keys = {mutant.key for module in modules.values() for mutant in module.mutants}
    ours = {key: reason for key, reason in waivers.items() if key.partition(" ")[0] in modules}
    wrong += [f"waived for nothing: {key}" for key in unfounded(ours, keys)]
    print("\n".join(wrong) or "mutants: all well")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
