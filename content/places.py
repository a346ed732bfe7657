"""Cities, countries and coordinates become time zones, offline.

The zones are those of tzdata's `zone.tab`, under their present names (Asia/Kolkata); city and country names are
CLDR's, in every language that Steady speaks. Nothing is read before the first question.
"""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.core import get_global

from content.languages import read_languages
from content.loader import HERE
from content.toml_tables import open_table

UTC_ZONE = "UTC"
# Strict, because a zone guessed wrong means reminders at night: with less, Haifa is Halifax and Portland is Poland.
_SHORTEST_PREFIX = 5
_SHORTEST_GUESS = 6
_CLOSE = 0.83
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
# Letters that Unicode does not take apart into a base and an accent.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})

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


def find_places(text: str, language: str) -> list[Place]:
    """Return the places that `text` may mean, the likeliest first; nothing when it is not clear.

    A name counts in any language we speak, whatever its accents and punctuation. A country gives all its
    zones. The beginning of a name, or a slip of the pen, counts only when it can mean one zone alone.
    """
    zones: tuple[str, ...] = ()
    for part in dict.fromkeys([text, text.partition(",")[0]]):
        zones = zones or _find_zones(_plain(part))
    return [Place(city_of(zone, language), zone) for zone in sorted(zones, key=_rank)]


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


def _find_zones(name: str) -> tuple[str, ...]:
    names = _names()
    if name in names:
        return names[name]
    if not name.isalpha():  # "UTC+3" is not UTC: what has a digit is exact or nothing
        return ()
    beginning = {zones for known, zones in names.items() if known.startswith(name)}
    if len(name) >= _SHORTEST_PREFIX and beginning:
        return _only(beginning)
    if len(name) < _SHORTEST_GUESS:
        return ()
    alike = [known for known in names if known[0] == name[0] and abs(len(known) - len(name)) <= 1]
    return _only(names[near] for near in difflib.get_close_matches(name, alike, n=4, cutoff=_CLOSE))


def _only(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return what was found if all of it means the same, else nothing."""
    sets = {frozenset(zones) for zones in found}
    return tuple(next(iter(sets))) if len(sets) == 1 else ()


def _plain(text: str) -> str:
    """Return a name as it is compared: no case, accents, spaces or punctuation."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return re.sub(r"[\W_]", "", "".join(letter for letter in apart if not unicodedata.combining(letter)))


def _rank(zone: str) -> int:
    return _ranks().get(zone, len(_ranks()))


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    ordered = dict.fromkeys([*_LIKELY.split(), *(zone for _, zone in _zone_table())])
    return {zone: number for number, zone in enumerate(ordered)}


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, ...]]:
    """Return the zones that each name may mean: cities before countries of the same name."""
    names: dict[str, dict[str, None]] = {}
    for name, zone in _city_names():
        names.setdefault(_plain(name), {})[zone] = None
    cities = frozenset(names)
    for name, zone in _country_names():
        if _plain(name) not in cities:
            names.setdefault(_plain(name), {})[zone] = None
    for name in ("utc", "gmt"):
        names[name] = {UTC_ZONE: None}
    return {name: tuple(zones) for name, zones in names.items() if name}


def _city_names() -> Iterator[tuple[str, str]]:
    for zone in _ranks():
        for called in (zone, *_former(zone)):
            yield called, zone
            yield called.rpartition("/")[2], zone
        for locale in _locales().values():
            if city := _named_city(zone, locale):
                yield city, zone


def _country_names() -> Iterator[tuple[str, str]]:
    for code, zone in _zone_table():
        for locale in _locales().values():
            if country := locale.territories.get(code):
                yield country, zone
        for name in (name for name, meant in _ALSO.items() if meant == code):
            yield name, zone


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
    present = {zone for _, zone in _zone_table()}
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
def _zone_table() -> tuple[tuple[str, str], ...]:
    """Return (country code, zone) of every zone that a country lives by."""
    text = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((row[0], row[2]) for row in rows)


@lru_cache(maxsize=1)
def _all_zones() -> frozenset[str]:
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()) - {"Factory"}
