"""Who may know whom, and where each library is at home."""

import ast
import sys
from collections.abc import Iterator

from tests.house.source import ROOMS, Finding, Source, imports

MAY_IMPORT = {
    "care": set(),
    "content": {"care"},
    "storage": {"care"},
    "clinic": {"care", "content", "storage"},
    "bot": {"care", "content", "storage", "clinic"},
    "web": {"care", "content", "storage", "clinic"},
    "sandbox": set(),
}
AT_HOME = {
    "telegram": {"bot"},
    "sqlalchemy": {"storage"},
    "alembic": {"storage"},
    "psycopg": {"storage"},
    "sqlite3": {"storage"},
    "apscheduler": {"bot"},
    "starlette": {"bot", "web", "sandbox"},
}
EDGES = {"bot", "web", "sandbox"}
OUTSIDE_WORLD = {
    "asyncio",
    "ftplib",
    "glob",
    "http",
    "io",
    "logging",
    "multiprocessing",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "signal",
    "socket",
    "sqlite3",
    "ssl",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib",
}


def may_import(source: Source) -> set[str]:
    assert source.room
    allowed = MAY_IMPORT[source.room] | {source.room}
    if source.path == "bot/main.py":
        return allowed | {"web", "sandbox"}
    if source.path.startswith("bot/demo"):  # bot/demo.py, bot/demo_patients.py, bot/demo/…
        return allowed | {"sandbox"}
    return allowed


def rooms_import_downwards_only(source: Source) -> Iterator[Finding]:
    if not source.room:
        return
    for node, module in imports(source):
        room = module.partition(".")[0]
        if room in ROOMS and room not in may_import(source):
            yield source.at(node, f"{source.room} may not know {room}")


def nothing_at_work_imports_tests(source: Source) -> Iterator[Finding]:
    if source.room:
        for node, module in imports(source):
            if module.partition(".")[0] in ("tests", "bench", "lab", "run"):
                yield source.at(node, f"{module} is not there for people who use Steady")


def libraries_stay_at_home(source: Source) -> Iterator[Finding]:
    for node, module in imports(source):
        homes = AT_HOME.get(module.partition(".")[0])
        if homes and source.room and source.room not in homes:
            yield source.at(node, f"{module} belongs in {', '.join(sorted(homes))}")


def care_needs_only_python_and_dateutil(source: Source) -> Iterator[Finding]:
    if source.room != "care":
        return
    for node, module in imports(source):
        name = module.partition(".")[0]
        if name in OUTSIDE_WORLD:
            yield source.at(node, f"care decides and touches nothing: {name}")
        elif name not in sys.stdlib_module_names and name not in (*ROOMS, "dateutil"):
            yield source.at(node, f"care needs no {name}")


def async_lives_at_the_edges(source: Source) -> Iterator[Finding]:
    if not source.room or source.room in EDGES:
        return
    waiting = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    for node in source.nodes:
        if isinstance(node, waiting):
            yield source.at(node, "nothing awaits below the edges")
    for node, module in imports(source):
        if module.partition(".")[0] in ("asyncio", "anyio"):
            yield source.at(node, f"{module} belongs at the edges")


RULES = (
    rooms_import_downwards_only,
    nothing_at_work_imports_tests,
    libraries_stay_at_home,
    care_needs_only_python_and_dateutil,
    async_lives_at_the_edges,
)
