"""Whether a text counts as its language does: "1 час, 2 часа, 5 часов" are three forms, "1 hour, 2 hours" two."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})
_MOST = 1000


def find_plural_fault(pattern: ast.Pattern, locale: str) -> str | None:
    """Return what is wrong with the first choice by number in a text, or None.

    Only choices that name a form are looked at: "[60] one hour" names a number, "[yes]" an answer.
    """
    choices = _Choices()
    choices.visit(pattern)
    for named in choices.found:
        if missing := sorted(forms_of(locale) - named):
            return f"it counts, but has no form for: {', '.join(missing)}"
        if unknown := sorted(named - forms_of(locale) - {"other"}):
            return f"its language has no such form: {', '.join(unknown)}"
    return None


@lru_cache(maxsize=64)
def forms_of(locale: str) -> frozenset[str]:
    """Return the plural forms that the language has for whole numbers."""
    form = Locale.parse(locale).plural_form
    return frozenset(form(number) for number in range(_MOST))


class _Choices(Visitor):
    """Collects the plural forms that each choice of a text names. Fluent's visitor dictates the name."""

    def __init__(self) -> None:
        self.found: list[frozenset[str]] = []

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802
        names = frozenset(variant.key.name for variant in node.variants if isinstance(variant.key, ast.Identifier))
        if names & _FORMS - {"other"}:
            self.found.append(names & _FORMS)
        self.generic_visit(node)
