"""Cities, regions, countries and coordinates become time zones, offline.

The zones are those of tzdata's `zone.tab`, under their present names (Asia/Kolkata). Countries and the cities that
zones are named for have CLDR's names, in every language that Steady speaks; other cities and regions are those of
`cities.toml`. Nothing is read before the first question.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.core import get_global

from content.cities import Atlas, plain, read_cities
from content.languages import read_languages
from content.loader import HERE
from content.toml_tables import open_table
from content.zones import countries, zone_table

UTC_ZONE = "UTC"
# Strict, because a zone guessed wrong means reminders at night. Towns that we do not know are near ones that we do:
# Bucha begins Bucharest, Lancing and Irving are one letter from Lansing and Irvine.
_SHORTEST_GUESS = 6
_SHORTEST_OTHER_LETTER = 9
_CONTINENTS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)

# Names that people use for countries and CLDR does not, by ISO code.
_ALSO = {
    "usa": "US", "us": "US", "america": "US", "united states of america": "US", "uk": "GB", "great britain": "GB",
    "britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "uae": "AE",
    "holland": "NL", "czech republic": "CZ", "burma": "MM", "ivory coast": "CI", "turkey": "TR", "korea": "KR",
}  # fmt: skip

# By the number of people who live by them; the rest follow in the order of zone.tab.
_LIKELY = """
Asia/Shanghai Asia/Kolkata Europe/London America/New_York Europe/Berlin Europe/Moscow America/Chicago
America/Los_Angeles America/Sao_Paulo Asia/Jakarta Africa/Lagos Asia/Karachi Asia/Dhaka Asia/Tokyo
America/Mexico_City Asia/Manila Europe/Paris Europe/Istanbul Europe/Kyiv Africa/Cairo Asia/Tehran
Europe/Madrid Europe/Rome Europe/Warsaw Asia/Ho_Chi_Minh Asia/Bangkok Asia/Seoul America/Toronto Australia/Sydney
Africa/Johannesburg Africa/Nairobi Africa/Kinshasa Africa/Addis_Ababa Africa/Algiers Africa/Casablanca
Asia/Baghdad Asia/Riyadh Asia/Kabul Asia/Tashkent Asia/Almaty Asia/Dubai Asia/Yangon Asia/Kathmandu Asia/Colombo
America/Bogota America/Argentina/Buenos_Aires America/Lima America/Caracas America/Santiago America/Denver
America/Phoenix America/Vancouver America/Halifax America/St_Johns America/Anchorage Pacific/Honolulu
Asia/Yekaterinburg Asia/Omsk Asia/Novosibirsk Asia/Krasnoyarsk Asia/Irkutsk Asia/Yakutsk Asia/Vladivostok
Europe/Samara Europe/Kaliningrad Asia/Magadan Asia/Kamchatka Asia/Singapore Asia/Hong_Kong Asia/Jerusalem
Asia/Tbilisi Asia/Baku Asia/Yerevan Europe/Minsk Europe/Bucharest Europe/Athens Europe/Lisbon Europe/Dublin
Australia/Brisbane Australia/Perth Australia/Adelaide Australia/Darwin Pacific/Auckland Pacific/Port_Moresby
Pacific/Noumea Pacific/Fiji Pacific/Tongatapu Pacific/Apia Pacific/Kiritimati Pacific/Chatham Pacific/Marquesas
Atlantic/Azores Atlantic/Cape_Verde Atlantic/South_Georgia America/Noronha America/Nuuk Pacific/Gambier
Pacific/Pago_Pago Australia/Eucla Australia/Lord_Howe
"""


@dataclass(frozen=True)
class Place:
    """A time zone and the city that people know it by."""

    city: str
    zone: str


class _Sense(NamedTuple):
    """What a name may mean. Without a `name` it is the zone's own city; `told` tells it from its namesakes."""

    zone: str
    name: str = ""
    told: str = ""
    is_lesser: bool = False


def find_places(text: str, language: str) -> list[Place]:
    """Return the places that `text` may mean, the likeliest first; nothing when it is not clear.

    A name counts in any language we speak, whatever its accents and punctuation. A country gives all its
    zones. The beginning of a name, or a slip of the pen, counts only when it can mean one zone alone, or one
    name's namesakes. What follows a comma must agree: nothing is in "Paris, Texas". Namesakes are told apart.
    """
    senses = sorted(_find_senses(text), key=lambda sense: (sense.is_lesser, _rank(sense.zone)))
    is_abroad = len({countries().get(sense.zone) for sense in senses}) > 1
    places = (Place(_call(sense, language, is_abroad, len(senses) > 1), sense.zone) for sense in senses)
    return list(dict.fromkeys(places))


def is_exact(text: str) -> bool:
    """Return whether `text` is spelled as a place we know is; what is only close to one wants to be asked about."""
    return plain(text) in _names() or plain(text.partition(",")[0]) in _names()


def zone_at(latitude: float, longitude: float) -> str | None:
    """Return the zone at a point of the globe, or None when there is no such point or no zone."""
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    import tzfpy  # not at the top: its map of the world takes memory that only shared locations need

    zone = tzfpy.get_tz(longitude, latitude)  # longitude first
    return zone if is_zone(zone) else None


def city_of(zone: str, language: str) -> str:
    """Return what people who speak `language` call the zone's city; an unknown language is English."""
    locale = _locales().get(language) or _locales()["en"]
    return _named_city(zone, locale) or zone.rpartition("/")[2].replace("_", " ")


def is_zone(name: str) -> bool:
    """Return whether `name` is a time zone by its full name (Europe/Paris), never a file or a folder."""
    if name not in _all_zones():
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def likely_zones() -> list[str]:
    """Return every zone that people live by, those of most people first; for `care.answers.zones_showing`."""
    return list(_ranks())


def _find_senses(text: str) -> tuple[_Sense, ...]:
    city, *regions = text.split(",")
    if not regions:
        return _find_name(plain(city))
    if known := _names().get(plain(text)):
        return known
    senses = _find_name(plain(city))
    for region in map(plain, regions):
        zones = {sense.zone for sense in _names().get(region, ())}
        senses = tuple(sense for sense in senses if sense.zone in zones or not zones)
    return senses


def _find_name(name: str) -> tuple[_Sense, ...]:
    if len(name) == 2 and name.isascii() and name not in _ALSO:  # a region after a comma; alone, "ok" is no place
        return ()
    if name in _names():
        return _names()[name]
    if not name.isalpha():  # "UTC+3" is not UTC: what has a digit is exact or nothing
        return ()
    if len(name) < _SHORTEST_GUESS:
        return ()
    near = _guessable().get(name[0], [])
    begun = [known for known in near if known.startswith(name)]
    return _only(begun or [known for known in near if _is_slip(name, known)])


def _is_slip(name: str, known: str) -> bool:
    """Return whether two letters changed places, one is too many or missing, or, in a long name, one is another."""
    if abs(len(name) - len(known)) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(name, known, strict=False)) if a != b), min(len(name), len(known)))
    left, right = name[same:], known[same:]
    if len(left) != len(right):
        return left[1:] == right or left == right[1:]
    return left[2:] == right[2:] and (
        left[:2] == right[1::-1] or (left[1:] == right[1:] and len(name) >= _SHORTEST_OTHER_LETTER)
    )


def _only(found: Iterable[str]) -> tuple[_Sense, ...]:
    """Return what one of these names means if the others mean nothing else, one sense for each zone."""
    meanings = [{sense.zone: sense for sense in reversed(_names()[name])} for name in found]
    widest = max(meanings, key=len, default={})
    return tuple(widest.values()) if all(set(meaning) <= set(widest) for meaning in meanings) else ()


def _call(sense: _Sense, language: str, is_abroad: bool, is_one_of_many: bool) -> str:
    if is_one_of_many and sense.told:
        return sense.told
    name = sense.name or city_of(sense.zone, language)
    locale = _locales().get(language) or _locales()["en"]
    country = locale.territories.get(countries().get(sense.zone, ""))
    return f"{name}, {country}" if is_abroad and country and country != name else name


def _rank(zone: str) -> int:
    return _ranks().get(zone, len(_ranks()))


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    ordered = dict.fromkeys([*_LIKELY.split(), *(zone for _, zone in zone_table())])
    return {zone: number for number, zone in enumerate(ordered)}


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[_Sense, ...]]:
    """Return what each name may mean, every name as `plain` spells it."""
    names: dict[str, dict[_Sense, None]] = {}
    own: set[tuple[str, str]] = set()
    for name, zone in _city_names():
        own.add((plain(name), zone))
        names.setdefault(plain(name), {})[_Sense(zone)] = None
    for city in _atlas().cities:
        is_own = any((spelling.typed, city.zone) in own for spelling in city.spellings)
        for spelling in city.spellings:
            sense = _Sense(city.zone, spelling.name, spelling.told, spelling.is_lesser)
            names.setdefault(spelling.typed, {})[_Sense(city.zone) if is_own else sense] = None
    for name, zone in _area_names():
        names.setdefault(plain(name), {})[_Sense(zone)] = None
    for name in ("utc", "gmt"):
        names[name] = {_Sense(UTC_ZONE): None}
    return {name: tuple(senses) for name, senses in names.items() if name}


@lru_cache(maxsize=1)
def _guessable() -> dict[str, list[str]]:
    """Return the names that may be guessed at, by first letter: none with a qualifier, found without it anyway."""
    qualified = {spelled.typed for city in _atlas().cities for spelled in city.spellings if "," in spelled.name}
    names: dict[str, list[str]] = {}
    for name in (name for name in _names() if name not in qualified):
        names.setdefault(name[0], []).append(name)
    return names


@lru_cache(maxsize=1)
def _atlas() -> Atlas:
    return read_cities(open_table(HERE / "cities.toml", file="cities.toml"), countries=countries())


def _city_names() -> Iterator[tuple[str, str]]:
    for zone in _ranks():
        for called in (zone, *_former(zone)):
            yield called, zone
            yield called.rpartition("/")[2], zone
        for locale in _locales().values():
            if city := _named_city(zone, locale):
                yield city, zone


def _area_names() -> Iterator[tuple[str, str]]:
    """Yield the names of countries, then of regions, with each of their zones."""
    for code, zone in zone_table():
        yield code, zone
        for locale in _locales().values():
            if country := locale.territories.get(code):
                yield country, zone
        for name in (name for name, meant in _ALSO.items() if meant == code):
            yield name, zone
    for region in _atlas().regions:
        yield from ((name, zone) for name in region.names for zone in region.zones)


def _named_city(zone: str, locale: Locale) -> str | None:
    for called in (zone, *_former(zone)):
        city = locale.time_zones.get(called, {}).get("city")
        if city:
            return str(city)
    return None


def _former(zone: str) -> tuple[str, ...]:
    """Return the other names of a zone; CLDR still keeps some cities under them (Asia/Calcutta)."""
    return _formers().get(zone, ())


@lru_cache(maxsize=1)
def _formers() -> dict[str, tuple[str, ...]]:
    present = {zone for _, zone in zone_table()}
    formers: dict[str, tuple[str, ...]] = {}
    for former, zone in get_global("zone_aliases").items():
        if former not in present and former.startswith(_CONTINENTS):  # neither US/Pacific nor EST5EDT is a city
            formers[zone] = (*formers.get(zone, ()), former)
    return formers


@lru_cache(maxsize=1)
def _locales() -> dict[str, Locale]:
    languages = read_languages(open_table(HERE / "languages.toml", file="languages.toml"))
    return {code: Locale.parse(language.locale) for code, language in languages.items()}


@lru_cache(maxsize=1)
def _all_zones() -> frozenset[str]:
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()) - {"Factory"}
