"""Read a module and make its mutants, each with a name that outlives a change elsewhere in the file."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType
from typing import Any

from tests.house.source import ROOT
from tests.mutants.operators import NOT_MEANT, Enums, conditions, instead_of, turned

UNTOUCHED = (ast.Import, ast.ImportFrom, ast.Assert, ast.Global, ast.Nonlocal)
"""An `assert` here only tells the type checker something."""
LONGEST, AROUND = 120, 25


@dataclass(frozen=True)
class Mutant:
    """One small mistake. `lines` run when a test comes by; `is_inside` says that it is in the body of a function."""

    path: str
    where: str
    before: str
    after: str
    number: int
    line: int
    lines: range
    is_inside: bool
    slot: tuple[Any, str, int | None] = field(repr=False, compare=False)
    new: ast.AST = field(repr=False, compare=False)

    @property
    def key(self) -> str:
        """Return the name by which a waiver knows it: no line number is in it."""
        again = f" #{self.number}" if self.number > 1 else ""
        return f"{self.path} {self.where}: {self.before} → {self.after}{again}"


@dataclass(frozen=True)
class Place:
    """Where the walk through a tree is."""

    where: tuple[str, ...] = ()
    lines: range = range(0)
    is_inside: bool = False


class Module:
    """A file of ours, its tree and all its mutants."""

    def __init__(self, path: str, root: Path = ROOT) -> None:
        self.path, self.file = path, root / path
        self.tree = ast.parse(self.file.read_text(encoding="utf-8"))
        self.enums = enums_named(self.tree, root)
        self._names: Counter[str] = Counter()
        self.mutants = list(self._below(self.tree, Place()))

    @property
    def name(self) -> str:
        """Return the name by which it is imported."""
        return self.path.removesuffix(".py").replace("/", ".")

    def compiled(self, mutant: Mutant | None = None) -> CodeType:
        """Return the module's code, with one mutant in it or with none."""
        if mutant is None:
            return compile(self.tree, str(self.file), "exec")
        old = _held(mutant.slot)
        try:
            if not hasattr(mutant.new, "lineno"):  # a part of the old one keeps the place that it has
                ast.copy_location(mutant.new, old)
            _put(mutant.slot, ast.fix_missing_locations(mutant.new))
            return compile(self.tree, str(self.file), "exec")
        finally:
            _put(mutant.slot, old)

    def _below(self, node: ast.AST, place: Place) -> Iterator[Mutant]:
        for name, at, child in _children(node):
            here = _step(node, name, child, place)
            if here is None:
                continue
            for new in instead_of(child, self.enums):
                yield self._made((node, name, at), child, new, here)
            for inner, number in conditions(child):
                held = _held((child, inner, number))
                yield self._made((child, inner, number), held, turned(held), here)
            yield from self._below(child, here)

    def _made(self, slot: tuple[Any, str, int | None], old: ast.AST, new: ast.AST, place: Place) -> Mutant:
        before, after = _apart(_written(old), _written(new))
        where = ".".join(place.where) or "module"
        name = f"{where}: {before} → {after}"
        self._names[name] += 1
        line = getattr(old, "lineno", 0) or (place.lines.start if place.lines else 0)
        last = getattr(old, "end_lineno", line) or line
        inside = place.lines if line in place.lines else range(line, last + 1)
        return Mutant(self.path, where, before, after, self._names[name], line, inside, place.is_inside, slot, new)


def _children(node: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    for name, held in ast.iter_fields(node):
        if isinstance(held, ast.AST):
            yield name, None, held
        elif isinstance(held, list):
            yield from ((name, at, one) for at, one in enumerate(held) if isinstance(one, ast.AST))


def _step(node: ast.AST, name: str, child: ast.AST, place: Place) -> Place | None:
    """Return where a child stands; None where nothing is spoilt: words about the code, and types."""
    if name in ("annotation", "returns", "bases") or isinstance(child, UNTOUCHED):
        return None
    if isinstance(node, ast.Subscript) and name == "slice" and _is_type(node):
        return None
    if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
        return None
    if isinstance(child, ast.keyword) and child.arg in NOT_MEANT and name == "keywords":
        return None
    if isinstance(child, ast.Call) and ast.unparse(child.func) in ("TypeVar", "cast"):
        return None
    if isinstance(child, ast.FunctionDef) and "overload" in map(ast.unparse, child.decorator_list):
        return None
    if isinstance(node, ast.FunctionDef | ast.Lambda) and name == "body":
        return Place(place.where, _lines_of(child) or place.lines, True)
    if isinstance(child, ast.FunctionDef | ast.ClassDef):
        return Place((*place.where, child.name), _lines_of(child), place.is_inside)
    return Place(place.where, _lines_of(child) or place.lines, place.is_inside)


def _is_type(node: ast.Subscript) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id[:1].isupper() and not node.value.id.isupper()


def _lines_of(node: ast.AST) -> range:
    """Return the lines of a statement without those of its body."""
    if not isinstance(node, ast.stmt):
        return range(0)
    body = getattr(node, "body", None) or getattr(node, "cases", None)
    last = node.end_lineno or node.lineno
    if body:
        first = getattr(body[0], "lineno", None) or body[0].pattern.lineno
        last = max(node.lineno, first - 1)
    return range(node.lineno, last + 1)


def _written(node: ast.AST) -> str:
    return "pass" if isinstance(node, ast.Pass) else " ".join(ast.unparse(node).split())


def _apart(before: str, after: str) -> tuple[str, str]:
    """Return two texts; of long ones, what differs and a little around it."""
    if max(len(before), len(after)) <= LONGEST:
        return before, after
    first = _alike(before, after)
    last = min(_alike(before[::-1], after[::-1]), min(len(before), len(after)) - first)
    begin, left = max(0, first - AROUND), max(0, last - AROUND)
    return tuple(f"{'…' * (begin > 0)}{text[begin : len(text) - left]}{'…' * (left > 0)}" for text in (before, after))


def _alike(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _held(slot: tuple[Any, str, int | None]) -> Any:
    node, name, at = slot
    return getattr(node, name) if at is None else getattr(node, name)[at]


def _put(slot: tuple[Any, str, int | None], new: ast.AST) -> None:
    node, name, at = slot
    if at is None:
        setattr(node, name, new)
    else:
        getattr(node, name)[at] = new


def enums_named(tree: ast.Module, root: Path) -> Enums:
    """Return the members of every enum of ours that a module defines or imports."""
    found = _enums_in(tree)
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            file = root / f"{node.module.replace('.', '/')}.py"
            theirs = _enums_in(ast.parse(file.read_text(encoding="utf-8"))) if file.is_file() else {}
            found |= {one.asname or one.name: theirs[one.name] for one in node.names if one.name in theirs}
    return found


def _enums_in(tree: ast.Module) -> dict[str, list[str]]:
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    kinds = ("Enum", "StrEnum", "IntEnum")
    enums = [node for node in classes if any(ast.unparse(base).split(".")[-1] in kinds for base in node.bases)]
    return {
        node.name: [ast.unparse(one.targets[0]) for one in node.body if isinstance(one, ast.Assign)] for node in enums
    }
