"""The languages Steady speaks, and how each writes a day, a time and a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, cast

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global
from babel.dates import format_date, format_time
from babel.lists import format_list

from content.toml_tables import Table


@dataclass(frozen=True)
class Language:
    """One language: `code` names its folder of texts, `name` is its own name for itself.

    One that is `patients_only` has nothing that only clinicians read; they read that in English.
    """

    code: str
    name: str
    locale: str
    day: str
    time: str
    patients_only: bool = False


def read_languages(table: Table) -> dict[str, Language]:
    """Return the languages by code, in the order in which they are offered. English must be one of them."""
    languages: dict[str, Language] = {}
    for row in table.many("languages"):
        language = _read_language(row)
        if language.code in languages:
            row.note(f'the language "{language.code}" is here twice', "code")
        languages[language.code] = language
    table.finish()
    if "en" in languages and languages["en"].patients_only:
        table.note('the language "en" has all texts; clinicians who have no other read it')
    if "en" not in languages and table.is_sound():
        table.note('the language "en" is missing; other languages fall back on it')
    _forget_the_world(languages.values())
    return languages


def _read_language(row: Table) -> Language:
    language = Language(
        code=row.text("code"),
        name=row.text("name"),
        locale=row.text("locale"),
        day=row.text("day"),
        time=row.text("time"),
        patients_only=row.yes("patients_only") if row.has("patients_only") else False,
    )
    row.finish()
    try:
        _learn(language.locale)
    except (UnknownLocaleError, ValueError):
        if row.is_sound("locale"):
            row.note(f'nobody knows the locale "{language.locale}"', "locale")
    return language


NEVER_SAID = (
    "unit_patterns", "unit_display_names", "compound_unit_patterns", "currency_names", "currency_names_plural",
    "currency_symbols", "compact_decimal_formats", "compact_currency_formats", "interval_formats", "date_fields",
    "datetime_skeletons", "meta_zones", "languages", "scripts", "variants",
)  # fmt: skip
"""What CLDR knows of a language and no text of ours asks for: names of currencies, of a gallon in the plural..."""


def _learn(locale: str) -> None:
    """Have a locale at hand, without what is never said: most of it. Raise UnknownLocaleError if nobody knows it."""
    whole = Locale.parse(locale)
    between = get_global("parent_exceptions").get(str(whole), whole.language)
    for name in ("root", whole.language, between, str(whole)):  # each begins as a copy of the one before
        known = localedata.load(name)
        for part in NEVER_SAID:
            known.pop(part, None)


def _forget_the_world(languages: Iterable[Language]) -> None:
    """Let go of what Babel has loaded about the world besides these languages, 2 MiB that nothing of ours asks for.

    Where a locale is not written as CLDR has it, Babel goes on asking which is meant, each time: then all is kept.
    """
    if all(localedata.exists(language.locale) for language in languages):
        names: tuple[Any, ...] = (
            "likely_subtags", "territory_languages", "territory_currencies", "territory_aliases", "meta_zones",
        )  # fmt: skip
        for name in names:
            cast(dict[str, Any], get_global(name)).clear()


@lru_cache(maxsize=4096)
def write_day(day: date, language: Language) -> str:
    """Return a date as people of that language write it: "Tue 3 Nov"."""
    return format_date(day, language.day, locale=language.locale)


def write_time(clock: time, language: Language) -> str:
    """Return a time of day, to the minute, as people of that language write it: "08:30"."""
    return _write_minute(clock.hour, clock.minute, language)


@lru_cache(maxsize=4096)
def _write_minute(hour: int, minute: int, language: Language) -> str:
    return format_time(time(hour, minute), language.time, locale=language.locale)


def write_moment(moment: datetime, language: Language) -> str:
    """Return a local moment, "Tue 3 Nov, 08:30". It is shown as it is: make it local before."""
    return f"{write_day(moment.date(), language)}, {write_time(moment.time(), language)}"


def write_list(items: Sequence[str], language: Language) -> str:
    """Return items as one phrase: "nausea, headache and rash"."""
    return format_list(list(items), style="standard", locale=language.locale)
