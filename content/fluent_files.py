"""Read the Fluent files of one language and know, of each text, where it is and which values it needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from content.problems import Problem


@dataclass(frozen=True)
class Entry:
    """One text of one language. `needs` are its own variables, `refers` the texts it quotes.

    It is kept as it is written: parsed, all texts would take ten times the memory, and most are never said.
    """

    key: str
    file: str
    line: int
    source: str
    needs: frozenset[str]
    refers: frozenset[str]

    def parse(self) -> ast.EntryType:
        """Return what Fluent reads in it."""
        return FluentParser(with_spans=False).parse_entry(self.source)

    @cached_property
    def pattern(self) -> ast.Pattern:
        """The text itself, kept once it was asked for: for lint, which looks at every text over and over."""
        node = self.parse()
        assert isinstance(node, ast.Message | ast.Term)
        assert node.value is not None
        return node.value


@dataclass
class Sheet:
    """All texts of one language, by key (terms with their leading dash), and what is wrong with the files.

    Filled by `read_sheet`, not changed afterwards.
    """

    code: str
    entries: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def messages(self) -> dict[str, Entry]:
        """Return the texts that can be said, without the terms they are made of."""
        return {key: entry for key, entry in self.entries.items() if not key.startswith("-")}

    def variables(self, key: str) -> frozenset[str]:
        """Return the values that a text needs, with those of the texts it quotes."""
        return _shared(self._variables(key, set()))

    def _variables(self, key: str, seen: set[str]) -> Iterator[str]:
        entry = self.entries.get(key)
        if entry is None or key in seen:
            return
        seen.add(key)
        yield from entry.needs
        for other in entry.refers:
            yield from self._variables(other, seen)


def read_sheet(folder: Path, code: str) -> Sheet:
    """Return the texts in `folder`, which holds the `.ftl` files of the language `code`."""
    sheet = Sheet(code)
    paths = sorted(folder.glob("*.ftl"))
    if not paths:
        sheet.problems.append(Problem(f"texts/{code}", 1, "", "this language has no texts"))
    for path in paths:
        _read_file(sheet, path, f"texts/{code}/{path.name}")
    _check_references(sheet)
    return sheet


def _read_file(sheet: Sheet, path: Path, file: str) -> None:
    text = path.read_text(encoding="utf-8")
    for node in FluentParser().parse(text).body:
        line = text.count("\n", 0, node.span.start if node.span else 0) + 1
        if isinstance(node, ast.Junk):
            cause = node.annotations[0].message if node.annotations else "not Fluent"
            sheet.problems.append(Problem(file, line, "", f"this cannot be read: {cause}"))
        elif isinstance(node, ast.Message | ast.Term):
            _add_entry(sheet, node, file, line, _source(text, node))


@cache
def _one(names: frozenset[str]) -> frozenset[str]:
    return names


def _shared(names: Iterable[str]) -> frozenset[str]:
    """Return these names as a set that all texts with the same names share."""
    return _one(frozenset(names))


def _source(text: str, node: ast.Message | ast.Term) -> str:
    """Return a text as it is written, without the comment above it."""
    assert node.span is not None
    assert node.id.span is not None
    return text[node.id.span.start - isinstance(node, ast.Term) : node.span.end]


def _add_entry(sheet: Sheet, node: ast.Message | ast.Term, file: str, line: int, source: str) -> None:
    key = f"-{node.id.name}" if isinstance(node, ast.Term) else node.id.name
    if known := sheet.entries.get(key):
        sentence = f"this text is already in {known.file}, line {known.line}"
        sheet.problems.append(Problem(file, line, key, sentence))
    elif node.value is None or node.attributes:
        sheet.problems.append(Problem(file, line, key, "a text has a value and no attributes"))
    else:
        names = _Names()
        names.visit(node.value)
        sheet.entries[key] = Entry(key, file, line, source, _shared(names.needs), _shared(names.refers))


def _check_references(sheet: Sheet) -> None:
    for entry in sheet.entries.values():
        for other in sorted(entry.refers - sheet.entries.keys()):
            sentence = f'it quotes the text "{other}", which is missing'
            sheet.problems.append(Problem(entry.file, entry.line, entry.key, sentence))


class _Names(Visitor):
    """Collects the variables and the references of one pattern. Fluent's visitor dictates the names."""

    def __init__(self) -> None:
        self.needs: set[str] = set()
        self.refers: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.needs.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802
        self.refers.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802
        self.refers.add(f"-{node.id.name}")
        self.generic_visit(node)
