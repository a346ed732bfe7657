"""Places: every city we know by any of its names, and no guess that could be wrong."""

from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from content import places
from content.places import Place, city_of, find_places, is_zone, likely_zones, zone_at
from content.zones import zone_table


def zones(text: str, language: str = "en") -> list[str]:
    return [place.zone for place in find_places(text, language)]


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("London", "Europe/London"),
        ("  new york ", "America/New_York"),
        ("NEW-YORK", "America/New_York"),
        ("St. John's", "America/St_Johns"),
        ("port au prince", "America/Port-au-Prince"),
        ("Zürich", "Europe/Zurich"),
        ("sao paulo", "America/Sao_Paulo"),
        ("Kyiv", "Europe/Kyiv"),
        ("Kiev", "Europe/Kyiv"),
        ("Calcutta", "Asia/Kolkata"),
        ("saigon", "Asia/Ho_Chi_Minh"),
        ("Europe/Paris", "Europe/Paris"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Paris, France", "Europe/Paris"),
        ("Germany", "Europe/Berlin"),
        ("UK", "Europe/London"),
        ("Côte d’Ivoire", "Africa/Abidjan"),
        ("Singapore", "Asia/Singapore"),
        ("utc", "UTC"),
        ("GMT", "UTC"),
    ],
)
def test_a_place_is_found_by_what_people_type(typed: str, zone: str) -> None:
    assert zones(typed)[0] == zone


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Lisbno", "Europe/Lisbon"),
        ("Philadelpia", "America/New_York"),
        ("Barselona, Spain", "Europe/Madrid"),
        ("berlinn", "Europe/Berlin"),
        ("New Yrok", "America/New_York"),
        ("Buenos", "America/Argentina/Buenos_Aires"),
    ],
)
def test_a_slip_of_the_pen_is_forgiven_when_it_can_mean_one_place(typed: str, zone: str) -> None:
    assert zones(typed) == [zone]


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "?", "x", "asdfgh", "san", "saint", "port", "../etc/passwd", "UTC+3", "GMT-5", "08:30",
        # Real towns that we do not know, near the name of another place.
        "Lancing", "Branson", "Angol", "Saran", "Barrow", "Salina Cruz", "Kirovsk", "Viborg",
        # What answers of another kind, and regions that count after a comma only, are not.
        "ok", "hi", "me", "no", "la", "qwertyuiop", "s" * 4000,
        # What follows the comma must agree.
        "Paris, Texas", "Paris, TX", "Berlin, NH", "Munich, France", "Moscow, Idaho",
    ],
)  # fmt: skip
def test_nothing_is_guessed(typed: str) -> None:
    assert find_places(typed, "en") == []


def test_a_country_gives_all_its_zones_the_most_peopled_first() -> None:
    found = zones("USA")
    assert found[:3] == ["America/New_York", "America/Chicago", "America/Los_Angeles"]
    assert "Pacific/Honolulu" in found
    assert zones("United States") == found


def test_names_count_in_every_language_we_speak(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {"en": Locale.parse("en_GB"), "ru": Locale.parse("ru")}
    monkeypatch.setattr(places, "_locales", lambda: both)
    places._names.cache_clear()
    places._guessable.cache_clear()
    try:
        assert find_places("Киев", "ru") == [Place("Киев", "Europe/Kyiv")]
        assert find_places("калькутта", "en") == [Place("Kolkata", "Asia/Kolkata")]
        assert zones("Германия", "ru")[0] == "Europe/Berlin"
        assert find_places("Paris", "ru") == [Place("Париж", "Europe/Paris")]
        assert find_places("Мюнхен", "ru") == [Place("Мюнхен", "Europe/Berlin")]
        assert [place.city for place in find_places("Валенсия", "ru")] == ["Валенсия, Испания", "Валенсия, Венесуэла"]
    finally:
        places._names.cache_clear()
        places._guessable.cache_clear()


def test_coordinates_are_latitude_first_here() -> None:
    assert zone_at(48.85, 2.35) == "Europe/Paris"
    assert zone_at(-33.87, 151.21) == "Australia/Sydney"


def test_the_open_sea_has_a_zone_too() -> None:
    assert zone_at(30.0, -140.0) == "Etc/GMT+9"


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(91, 0), (-91, 0), (0, 181), (0, -181), (float("nan"), 0), (0, float("inf"))]
)
def test_a_point_off_the_globe_has_no_zone(latitude: float, longitude: float) -> None:
    assert zone_at(latitude, longitude) is None


@pytest.mark.parametrize(
    ("zone", "city"),
    [
        ("Asia/Kolkata", "Kolkata"),
        ("America/New_York", "New York"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_shown_by_its_city(zone: str, city: str) -> None:
    assert city_of(zone, "en") == city == city_of(zone, "no such language")


@pytest.mark.parametrize("name", ["Europe/Paris", "UTC", "Etc/GMT+9", "Asia/Calcutta"])
def test_a_zone_is_known_by_its_full_name(name: str) -> None:
    assert is_zone(name)


@pytest.mark.parametrize(
    "name",
    ["", " ", "Paris", "Europe", "Europe/", "europe/paris", "/etc/localtime", "../UTC", "Europe/../UTC",
     "posixrules", "localtime", "Factory", "posix/UTC", "Europe/Paris\0"],
)  # fmt: skip
def test_what_is_no_zone_is_refused(name: str) -> None:
    assert not is_zone(name)


def test_likely_zones_are_real_once_each_and_leave_nobody_out() -> None:
    found = likely_zones()
    assert len(found) == len(set(found))
    assert [name for name in found if not is_zone(name)] == []
    assert found[0] == "Asia/Shanghai"
    assert {zone for _, zone in zone_table()} == set(found)
    assert ZoneInfo(found[-1]).key == found[-1]


def test_every_zone_is_found_by_its_own_city() -> None:
    assert [zone for zone in likely_zones() if zone not in zones(city_of(zone, "en"))] == []
