"""Names, sizes, promises, errors and words."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.house.source import Finding, Source, dotted, functions, strings

LONGEST_FILE, LONGEST_FUNCTION = 300, 40
# What is longer needs its reason here: "path" or "path:function" → why. A stale entry fails.
MAY_BE_LONG: dict[str, str] = {}

DRAWERS = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "base", "misc"}
SPEAKS = re.compile(r"^(send|reply|edit|answer)(_|$)")
CYRILLIC = re.compile("[\u0400-\u04ff]")
REASON = re.compile(r"#\s*(?!noqa|type:|pragma)\S+\s+\S+\s+\S+")


def modules_are_no_drawers(source: Source) -> Iterator[Finding]:
    for part in PurePosixPath(source.path).with_suffix("").parts:
        if DRAWERS & {part, part.rpartition("_")[2]}:
            yield f"{source.path}:1 {part} says nothing: name what it holds"


def too_long(source: Source) -> Iterator[tuple[str, Finding]]:
    """Yield what is over its limit, by its key in MAY_BE_LONG."""
    if source.is_migration:
        return
    if len(source.lines) > LONGEST_FILE:
        yield source.path, f"{source.path}:1 {len(source.lines)} lines: two subjects?"
    for function in functions(source):
        span = (function.end_lineno or function.lineno) - function.lineno + 1
        if span > LONGEST_FUNCTION:
            yield f"{source.path}:{function.name}", source.at(function, f"{function.name} has {span} lines")


def files_and_functions_are_short(source: Source) -> Iterator[Finding]:
    yield from (finding for key, finding in too_long(source) if key not in MAY_BE_LONG)


def what_is_public_makes_a_promise(source: Source) -> Iterator[Finding]:
    if source.room not in ("care", "clinic", "storage") or source.is_migration:
        return
    for node in source.tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if not node.name.startswith("_") and not ast.get_docstring(node):
            yield source.at(node, f"{node.name} has no docstring")


def care_holds_frozen_values(source: Source) -> Iterator[Finding]:
    if source.room != "care":
        return
    classes = (node for node in source.nodes if isinstance(node, ast.ClassDef))
    for node in classes:
        for mark in map(ast.unparse, node.decorator_list):
            if mark.removeprefix("dataclasses.").startswith("dataclass") and "frozen=True" not in mark:
                yield source.at(node, f"{node.name} can change: dataclass(frozen=True)")


def errors_are_caught_by_name(source: Source) -> Iterator[Finding]:
    for node in source.nodes:
        if not isinstance(node, ast.ExceptHandler):
            continue
        kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        wide = {dotted(kind) for kind in kinds if kind} & {"Exception", "BaseException"}
        if node.type is None:
            yield source.at(node, "a bare except hides bugs")
        elif wide and not REASON.search(source.lines[node.lineno - 1]):
            yield source.at(node, "catches everything: give the reason on the same line")


def only_the_command_line_prints(source: Source) -> Iterator[Finding]:
    path = PurePosixPath(source.path)
    if not source.room or "cli" in (path.stem, *path.parts):
        return
    for node in source.nodes:
        if isinstance(node, ast.Call) and dotted(node.func) == "print":
            yield source.at(node, "print belongs to the command line; elsewhere it is a log event")


def words_for_people_live_in_content(source: Source) -> Iterator[Finding]:
    """A call that speaks (`send_…`, `reply_…`, `edit_…`, `answer…`) is given no sentence of its own."""
    if source.room not in ("bot", "clinic", "web"):
        return
    for node in source.nodes:
        if not isinstance(node, ast.Call) or not SPEAKS.match(dotted(node.func).rpartition(".")[2]):
            continue
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        spoken = (part for value in given for part in ast.walk(value) if isinstance(part, ast.Constant))
        for part in spoken:
            if isinstance(part.value, str) and len(part.value.split()) >= 4:
                yield source.at(part, f"{part.value[:40]!r} belongs in content/texts")


def code_speaks_no_patients_language(source: Source) -> Iterator[Finding]:
    if not source.room or source.room == "sandbox":
        return
    for node, text in strings(source):
        if CYRILLIC.search(text):
            yield source.at(node, f"{text[:40]!r} belongs in content/")


RULES = (
    modules_are_no_drawers,
    files_and_functions_are_short,
    what_is_public_makes_a_promise,
    care_holds_frozen_values,
    errors_are_caught_by_name,
    only_the_command_line_prints,
    words_for_people_live_in_content,
    code_speaks_no_patients_language,
)
