"""Let tests judge mutants. Everything is imported once and tests run in forked children: a mutant costs milliseconds.

A mutant in the body of a function is put into the functions that are there; one that acts while its module is imported
needs a child in which nothing of ours is imported yet. Whatever survives the first way must survive the second, too.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib.abc
import importlib.machinery
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import hypothesis
import pytest
from _pytest.runner import runtestprotocol

from tests.mutants.making import Module, Mutant

SURVIVED, KILLED, BROKEN, ENDLESS = 0, 1, 3, 9
"""How a child ends: no test failed, one did, something else went wrong, or it had to be stopped."""
MOST_MEMORY = 6 * 2**30
ARGUMENTS = (
    "-q", "-s", "-x", "-p", "no:cacheprovider", "-p", "pytest_asyncio.plugin", "-p", "_hypothesis_pytestplugin",
    "-W", "ignore::pytest.PytestAssertRewriteWarning", "-m", "not nightly and not postgres and not browser",
)  # fmt: skip


def in_child(what: Callable[[Path], int], *, seconds: float) -> int:
    """Return how a forked child ended that has a folder of its own and so many seconds."""
    folder = Path(tempfile.mkdtemp(prefix="steady-mutant-"))
    ended, alive = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a newer Python warns of forks beside threads
        child = os.fork()
    if child == 0:
        _be_child(what, folder)
    os.close(alive)
    try:
        return _wait_for(child, ended, seconds)
    finally:
        os.close(ended)
        shutil.rmtree(folder, ignore_errors=True)


def _be_child(what: Callable[[Path], int], folder: Path) -> None:
    code = BROKEN
    try:
        os.setsid()  # what it starts is ended with it
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if not os.environ.get("STEADY_MUTANTS_TALK"):
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
        code = what(folder)
    except BaseException:  # for whoever asks to hear it (STEADY_MUTANTS_TALK=1): the code says the rest
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _wait_for(child: int, ended: int, seconds: float) -> int:
    """Return how a child ended; its end of the pipe closes with it. Whoever takes too long is stopped."""
    is_over, _, _ = select.select([ended], [], [], seconds)
    if not is_over:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) if is_over else ENDLESS


class Bench:
    """A pytest plugin: run all tests once, keep which lines each passes and how long it takes, then judge mutants."""

    def __init__(self, module: Module, chosen: Sequence[int], seed: int) -> None:
        self.module, self.chosen, self.seed = module, chosen, seed
        self.found: dict[int, int] = {}
        self.trouble = ""
        self.took: dict[str, float] = {}
        self._lines: dict[str, set[int]] = {}

    def pytest_configure(self, config: pytest.Config) -> None:
        settle_examples()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for item in session.items:
            if not self._first_run(item, session):
                self.trouble = f"without any mutant {item.nodeid} fails"
                return True
        self._items = sorted(session.items, key=lambda item: self.took[item.nodeid])
        if threading.active_count() > 1:
            self.trouble = f"threads are left: {[one.name for one in threading.enumerate()]}"
        elif in_child(lambda folder: self._judge(self._items, folder), seconds=self._patience(self._items)):
            self.trouble = "without any mutant the tests fail in a child"
        else:
            self._functions = _functions_of(str(self.module.file))
            self._kept = [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper)]
            gc.freeze()
            for number in self.chosen:
                self._try(number)
        return True

    def _first_run(self, item: pytest.Item, session: pytest.Session) -> bool:
        passed: set[int] = set()
        file, began = str(self.module.file), time.monotonic()

        def inside(frame: FrameType, event: str, _arg: Any) -> Any:
            passed.add(frame.f_lineno)
            return inside

        def entered(frame: FrameType, event: str, _arg: Any) -> Any:
            return inside(frame, event, _arg) if frame.f_code.co_filename == file else None

        threading.settrace(entered)
        sys.settrace(entered)
        try:
            # The session as the next item: fixtures of the session stay, so that children find them.
            reports = runtestprotocol(item, nextitem=session, log=False)  # type: ignore[arg-type]
        finally:
            sys.settrace(None)
            threading.settrace(None)  # type: ignore[arg-type]
        self.took[item.nodeid], self._lines[item.nodeid] = time.monotonic() - began, passed
        return not any(report.failed for report in reports)

    def _patience(self, items: Sequence[pytest.Item]) -> float:
        return 15 + 8 * sum(self.took[item.nodeid] for item in items)

    def _try(self, number: int) -> None:
        mutant = self.module.mutants[number]
        wanted = set(mutant.lines)
        items = [item for item in self._items if wanted & self._lines[item.nodeid]]
        if not mutant.is_inside or not items:
            return  # it acts at import, if at all
        try:
            new = _by_name(self.module.compiled(mutant))
        except (SyntaxError, ValueError):
            self.found[number] = KILLED
            return

        def judge(folder: Path) -> int:
            for name, functions in self._functions.items():
                (code,) = new[name]  # two lambdas in one line cannot be told apart: the second way decides
                for function in functions:
                    function.__code__ = code
            for kept in self._kept:
                kept.cache_clear()
            return self._judge(items, folder)

        self.found[number] = in_child(judge, seconds=self._patience(items))

    def _judge(self, items: Sequence[pytest.Item], folder: Path) -> int:
        factory = items[0].config._tmp_path_factory  # type: ignore[attr-defined]
        factory._basetemp = folder
        for item, after in zip(items, [*items[1:], items[0].session], strict=True):
            reports = runtestprotocol(item, nextitem=after, log=False)  # type: ignore[arg-type]
            if any(report.failed for report in reports):
                return KILLED
        return SURVIVED


Name = tuple[str, int]
"""The name of a function and the line it begins in: a mutant changes neither."""


def _codes(code: CodeType) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _codes(inner)


def _name_of(code: CodeType) -> Name:
    return code.co_qualname, code.co_firstlineno


def _by_name(code: CodeType) -> dict[Name, list[CodeType]]:
    found: dict[Name, list[CodeType]] = {}
    for one in _codes(code):
        found.setdefault(_name_of(one), []).append(one)
    return found


def _functions_of(file: str) -> dict[Name, list[FunctionType]]:
    """Return the functions in memory that were made from a file."""
    found: dict[Name, list[FunctionType]] = {}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == file:
            found.setdefault(_name_of(one.__code__), []).append(one)
    return found


def settle_examples() -> None:
    """Have the examples of every run alike, and keep none that failed: it failed on a mutant."""
    hypothesis.settings.register_profile("mutants", deadline=None, derandomize=True, database=None)
    hypothesis.settings.load_profile("mutants")


class Hurried:
    """A pytest plugin for a child in which nothing of ours was imported: the quickest tests come first."""

    def __init__(self, took: dict[str, float]) -> None:
        self._took = took

    def pytest_configure(self, config: pytest.Config) -> None:
        settle_examples()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: self._took.get(item.nodeid, 0.0))


class Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Import one module from code that is given."""

    def __init__(self, module: Module, code: CodeType) -> None:
        self._module, self._code = module, code

    def find_spec(self, fullname: str, path: object, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._module.name:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, origin=str(self._module.file))

    def exec_module(self, module: Any) -> None:
        module.__file__ = str(self._module.file)
        exec(self._code, module.__dict__)


def judge_fresh(module: Module, mutant: Mutant | None, tests: Sequence[str], took: dict[str, float], seed: int) -> int:
    """Return what the tests make of a mutant, or of the code as it is, where nothing of ours is imported yet."""
    try:
        code = module.compiled(mutant)
    except (SyntaxError, ValueError):
        return KILLED

    def judge(folder: Path) -> int:
        sys.meta_path.insert(0, Instead(module, code))
        given = [*ARGUMENTS, "--seed", str(seed), "--basetemp", str(folder / "tests"), *tests]
        ended = pytest.main(given, plugins=[Hurried(took)])
        # 2 to 4: the mutant broke the collection, which no one would overlook.
        return SURVIVED if ended == 0 else BROKEN if ended == 5 else KILLED

    return in_child(judge, seconds=60 + 8 * sum(took.values()))


def judge_in_place(module: Module, chosen: Sequence[int], tests: Sequence[str], seed: int) -> Bench:
    """Return the bench on which the tests of a module have judged those mutants that can be put in place."""
    bench = Bench(module, chosen, seed)
    ended = pytest.main([*ARGUMENTS, "--seed", str(seed), *tests], plugins=[bench])
    if not bench.took:
        bench.trouble = f"the tests could not be collected ({ended})"
    return bench
