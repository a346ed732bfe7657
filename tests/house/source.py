"""A source file as the rules see it."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("bot", "care", "clinic", "content", "sandbox", "storage", "web")
Finding = str
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the root of the tree, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def room(self) -> str | None:
        """The room it stands in, or None for tests, bench and what lies at the root."""
        first = PurePosixPath(self.path).parts[0]
        return first if first in ROOMS else None

    @property
    def is_migration(self) -> bool:
        return self.path.startswith("storage/migrations/")

    def at(self, node: ast.AST, what: str) -> Finding:
        return f"{self.path}:{getattr(node, 'lineno', 1)} {what}"


Rule = Callable[[Source], Iterator[Finding]]


def read_tree(root: Path = ROOT) -> list[Source]:
    """Return every Python file of the project."""
    folders = (*ROOMS, "tests", "bench", "lab")
    files = [*root.glob("*.py"), *(file for name in folders for file in (root / name).rglob("*.py"))]
    return [Source(file.relative_to(root).as_posix(), file.read_text(encoding="utf-8")) for file in sorted(files)]


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for a name or a chain of attributes; an unknown start is empty (`f().now` is `.now`)."""
    if isinstance(node, ast.Name):
        return node.id
    return f"{dotted(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else ""


def imports(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Yield what is imported by its full name; `from a import b` gives `a.b`, which may be a module."""
    here = PurePosixPath(source.path).parent.parts
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else ()
            start = ".".join((*base, *([node.module] if node.module else [])))
            yield from ((node, f"{start}.{alias.name}") for alias in node.names)


def functions(source: Source) -> Iterator[Function]:
    yield from (node for node in source.nodes if isinstance(node, Function))


def strings(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Yield each string that does something: neither docstrings nor notes under a field."""
    notes = {node.value for node in source.nodes if isinstance(node, ast.Expr)}
    for node in source.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in notes:
            yield node, node.value
