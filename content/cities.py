"""Cities and regions by all their names, as people type them: what `cities.toml` holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from content.toml_tables import Table

_LATIN, _CYRILLIC = re.compile("[A-Za-z]"), re.compile(r"[\u0400-\u04ff]")
# Letters that Unicode does not take apart into a base and an accent.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a"})


class Spelling(NamedTuple):
    """One way to type a city: as `plain` gives it, the name meant, and what tells it from its namesakes ("Portland,
    Maine"; empty when only the country does). It is lesser when it is called so only with a qualifier."""

    typed: str
    name: str
    told: str
    is_lesser: bool


@dataclass(frozen=True)
class City:
    """A city in its zone, by all its names with and without their qualifiers."""

    zone: str
    spellings: tuple[Spelling, ...]


@dataclass(frozen=True)
class Region:
    """A part of a country: its names and all its zones."""

    names: tuple[str, ...]
    zones: tuple[str, ...]


@dataclass(frozen=True)
class Atlas:
    """All the cities and regions, in the order of the file."""

    cities: tuple[City, ...]
    regions: tuple[Region, ...]


def plain(text: str) -> str:
    """Return a name as it is compared: no case, accents, spaces or punctuation."""
    apart = text.casefold()
    if not apart.isascii():
        apart = unicodedata.normalize("NFKD", apart.translate(_LETTERS))
    return "".join(filter(str.isalnum, apart))


def read_cities(table: Table, *, countries: Mapping[str, str]) -> Atlas:
    """Return what the file holds. `countries` names the country of each zone that there is."""
    listed = table.one("cities")
    cities: list[City] = []
    shown: dict[tuple[str, str], str] = {}
    for zone in listed.names():
        if zone not in countries:
            listed.note("there is no such time zone, or it has a newer name", zone)
        for index, line in enumerate(listed.words(zone)):
            city = City(zone, tuple(_spell(_names(listed, zone, index, line))))
            _check_namesakes(listed, index, city, countries.get(zone, ""), shown)
            cities.append(city)
    regions = table.one("regions")
    atlas = Atlas(tuple(cities), _read_regions(regions, countries))
    table.finish()
    return atlas


def _read_regions(table: Table, countries: Mapping[str, str]) -> tuple[Region, ...]:
    regions: list[Region] = []
    taken: set[tuple[str, str]] = set()
    for key in table.names():
        region = Region(tuple(_names(table, key, None, key)), table.words(key))
        for index, zone in enumerate(region.zones):
            if zone not in countries:
                table.note(f'there is no time zone "{zone}", or it has a newer name', key, index)
        stand = {(plain(name), zone) for name in region.names for zone in region.zones}
        for name in sorted({name for name, _ in stand & taken}):
            table.note(f'the region "{name}" is here twice', key)
        taken |= stand
        regions.append(region)
    return tuple(regions)


def _names(table: Table, key: str, index: int | None, line: str) -> list[str]:
    names = [name.strip() for name in line.split("|")]
    for name in names:
        if not name or name.startswith(","):
            table.note("a name is empty", key, index)
        elif not name.isascii() and _CYRILLIC.search(name) and _LATIN.search(name):
            table.note(f'"{name}" mixes two alphabets', key, index)
    return names


def _spell(names: list[str]) -> Iterator[Spelling]:
    bare: dict[str, str] = {}
    told: dict[str, str] = {}
    greater: set[str] = set()
    for name in names:
        city, comma, _ = name.partition(",")
        typed = plain(city)
        bare.setdefault(typed, city)
        if comma:
            told.setdefault(typed, name)
            yield Spelling(plain(name), name, name, is_lesser=True)
        else:
            greater.add(typed)
    yield from (Spelling(typed, city, told.get(typed, ""), typed not in greater) for typed, city in bare.items())


def _check_namesakes(table: Table, index: int, city: City, country: str, shown: dict[tuple[str, str], str]) -> None:
    """Two cities of one country that would be shown alike are one city, or want a qualifier."""
    alike = {plain(spelling.told) if spelling.told else spelling.typed: spelling for spelling in city.spellings}
    for typed, spelling in alike.items():
        if first := shown.get((country, typed)):
            name = spelling.told or spelling.name
            table.note(f'"{name}" is here twice, first in {first}; qualify both if they are two', city.zone, index)
        shown[country, typed] = first or city.zone
