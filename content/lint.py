"""Read every text as an editor would: the same keys and values everywhere, clean markup, a discreet start."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from fluent.syntax import ast

from content.fluent_files import Entry, Sheet
from content.loader import Content
from content.markup import find_markup_fault
from content.plurals import find_plural_fault
from content.problems import Problem

# Telegram counts a message in UTF-16 units; a text of ours stays well below, for the values it will hold.
LONGEST_TEXT = 3500
_MOST_SPELLINGS = 64
_DEEPEST = 8


def check_texts(content: Content) -> list[Problem]:
    """Return what is wrong with the texts of all languages; nothing for a clean house."""
    problems = list(_compare(content))
    for sheet in content.sheets.values():
        for entry in sheet.messages.values():
            problems += _check_entry(content, sheet, entry)
    return sorted(set(problems))


def spell_out(sheet: Sheet, key: str) -> list[str]:
    """Return every wording a text can take: one per choice of its variants, each value shown as "…"."""
    return _spell_entry(sheet, key, 0)


def _compare(content: Content) -> Iterator[Problem]:
    english = content.sheets["en"]
    for sheet in content.sheets.values():
        for key, entry in english.messages.items():
            if key not in sheet.messages:
                if key not in content.may_lack(sheet.code):
                    yield _problem(entry, f'it is missing in "{sheet.code}"')
            elif sheet.variables(key) != english.variables(key):
                yield _problem(sheet.messages[key], "it does not use the same values as in English")
        for key in sheet.messages.keys() - english.messages.keys():
            yield _problem(sheet.messages[key], "it does not exist in English")
        for key in sheet.messages.keys() & content.may_lack(sheet.code):
            yield _problem(sheet.messages[key], "only clinicians read it, and they read it in English")


def _check_entry(content: Content, sheet: Sheet, entry: Entry) -> Iterator[Problem]:
    discreet = content.discreet
    fault = find_plural_fault(entry.pattern, content.languages[sheet.code].locale)
    if fault:
        yield _problem(entry, fault)
    for text in spell_out(sheet, entry.key):
        if broken := find_markup_fault(text):
            yield _problem(entry, broken)
        if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
            yield _problem(entry, f"it is longer than {LONGEST_TEXT} characters")
        word = discreet.find_word(text, sheet.code) if discreet.applies_to(entry.key) else None
        if word:
            yield _problem(entry, f'"{word}" may not stand in the first {discreet.first_characters} characters')


def _problem(entry: Entry, sentence: str) -> Problem:
    return Problem(entry.file, entry.line, entry.key, sentence)


def _spell_entry(sheet: Sheet, key: str, depth: int) -> list[str]:
    entry = sheet.entries.get(key)
    if entry is None or depth > _DEEPEST:
        return ["…"]
    return _spell_pattern(sheet, entry.pattern, depth)


def _spell_pattern(sheet: Sheet, pattern: ast.Pattern, depth: int) -> list[str]:
    pieces = [_spell_element(sheet, element, depth) for element in pattern.elements]
    return ["".join(chosen) for chosen in islice(product(*pieces), _MOST_SPELLINGS)]


def _spell_element(sheet: Sheet, element: ast.TextElement | ast.Placeable, depth: int) -> list[str]:
    if isinstance(element, ast.TextElement):
        return [element.value]
    match element.expression:
        case ast.SelectExpression() as select:
            return [text for variant in select.variants for text in _spell_pattern(sheet, variant.value, depth)]
        case ast.MessageReference() as reference:
            return _spell_entry(sheet, reference.id.name, depth + 1)
        case ast.TermReference() as reference:
            return _spell_entry(sheet, f"-{reference.id.name}", depth + 1)
        case ast.StringLiteral() as literal:
            return [str(literal.parse()["value"])]
        case ast.Placeable() as inner:
            return _spell_element(sheet, inner, depth)
    return ["…"]
