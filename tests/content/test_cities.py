"""Cities that zones are not named for: found in three languages, asked about when there are several."""

import pytest

from content.cities import read_cities
from content.loader import HERE
from content.places import Place, find_places
from content.toml_tables import open_table
from content.zones import countries

FOUND = {
    "Europe/Berlin": ["Munich", "München", "muenchen", "Мюнхен", "Múnich", "Hamburg", "Köln", "Кёльн"],
    "America/New_York": [
        "Boston",
        "Бостон",
        "Miami",
        "Nueva York",
        "NYC",
        "Boston, MA",
        "Atlanta, Georgia",
        "boston, massachusetts, usa",
    ],
    "America/Chicago": ["Houston", "Хьюстон", "Pensacola", "St. Louis, MO", "saint louis", "Nueva Orleans"],
    "America/Denver": ["El Paso", "Salt Lake City", "Santa Fe, NM"],
    "America/Los_Angeles": ["Seattle", "Сиэтл", "Portland, OR", "portland oregon"],
    "Asia/Kolkata": ["Mumbai", "Bombay", "Мумбаи", "Bengaluru", "Bangalore", "Ченнаи", "Hyderabad, India"],
    "Europe/Madrid": ["Sevilla", "Seville", "Севилья", "malaga", "Donostia", "Valencia, Spain"],
    "Atlantic/Canary": ["Las Palmas", "Тенерифе"],
    "America/Mexico_City": ["Puebla", "CDMX", "Guadalajara, Mexico"],
    "America/Tijuana": ["Mexicali"],
    "America/Argentina/Cordoba": ["Rosario", "Santa Fe, Argentina"],
    "America/Bogota": ["medellin", "Медельин"],
    "America/Sao_Paulo": ["Rio de Janeiro", "Belo Horizonte", "brasilia"],
    "America/Toronto": ["Ottawa", "London, ON"],
    "America/Edmonton": ["Calgary"],
    "Australia/Sydney": ["Canberra"],
    "Africa/Johannesburg": ["Durban", "Претория"],
    "Europe/Moscow": ["Москва", "Питер", "СПб", "Казань", "Ростов-на-Дону", "Saint Petersburg, Russia"],
    "Europe/Samara": ["Тольятти", "Izhevsk"],
    "Asia/Yekaterinburg": ["Челябинск", "Perm", "Уфа"],
    "Asia/Krasnoyarsk": ["Norilsk"],
    "Asia/Vladivostok": ["Хабаровск"],
    "Europe/Kyiv": ["Львов", "Lviv", "Харків", "Одеса"],
    "Europe/Minsk": ["Гомель"],
    "Asia/Almaty": ["Караганда", "Shymkent"],
    "Asia/Bishkek": ["Ош"],
    "Europe/Warsaw": ["Krakow", "Краков", "Cracovia", "lodz"],
    "Europe/Paris": ["Lyon", "Лион", "Marsella"],
    "Europe/Rome": ["Milano", "Nápoles, Italy"],
    "Asia/Tokyo": ["Osaka"],
    "Asia/Jerusalem": ["Haifa"],
    "Europe/London": ["Edimburgo", "Birmingham, UK", "Cambridge, England"],
}

SEVERAL = {
    "Portland": ["Portland, Oregon", "Portland, Maine"],
    "Портленд": ["Портленд, Орегон", "Портленд, Мэн"],
    "London": ["London, United Kingdom", "London, Ontario"],
    "Birmingham": ["Birmingham, United Kingdom", "Birmingham, Alabama"],
    "Cambridge": ["Cambridge, United Kingdom", "Cambridge, Massachusetts", "Cambridge, Ontario"],
    "Valencia": ["Valencia, Spain", "Valencia, Venezuela"],
    "Guadalajara": ["Guadalajara, Mexico", "Guadalajara, Spain"],
    "San Jose": ["San Jose, California", "San José, Costa Rica"],
    "Vancouver": ["Vancouver, Canada", "Vancouver, Washington"],
    "Georgetown": ["Georgetown, Guyana", "Georgetown, Cayman Islands", "George Town, Penang"],
    "Richmond": ["Richmond, Virginia", "Richmond, England", "Richmond, California", "Richmond, British Columbia"],
    "Springfield": ["Springfield, Massachusetts", "Springfield, Missouri", "Springfield, Illinois"],
    "Columbus": ["Columbus, Ohio", "Columbus, Georgia"],
    "La Paz": ["La Paz, Bolivia", "La Paz, Baja California Sur"],
    "St. Petersburg": ["St. Petersburg, Russia", "St. Petersburg, Florida"],
    "Hamilton": ["Hamilton, Ontario", "Hamilton, New Zealand", "Hamilton, Bermuda"],
    "Armenia": ["Armenia, Colombia", "Yerevan, Armenia"],
    "Georgia": ["New York, United States", "Tbilisi, Georgia"],
    "Samoa": ["Apia, Samoa", "Pago Pago, American Samoa"],
    "Monterey": ["Monterey, United States", "Monterrey, Mexico"],
    "Kansas": ["Chicago", "Denver"],
    "Birmingh": ["Birmingham, United Kingdom", "Birmingham, Alabama"],
}


NAMES = [(typed, zone) for zone, names in FOUND.items() for typed in names]
ATLAS = read_cities(open_table(HERE / "cities.toml", file="cities.toml"), countries=countries())


@pytest.mark.parametrize(("typed", "zone"), NAMES)
def test_a_city_is_found_in_three_languages(typed: str, zone: str) -> None:
    assert {place.zone for place in find_places(typed, "en")} == {zone}


@pytest.mark.parametrize(("typed", "cities"), SEVERAL.items())
def test_namesakes_are_offered_apart_the_commonest_first(typed: str, cities: list[str]) -> None:
    assert [place.city for place in find_places(typed, "en")] == cities


def test_a_city_is_called_as_it_was_typed() -> None:
    assert find_places("munchen", "en") == [Place("München", "Europe/Berlin")]
    assert find_places("portland, maine", "en") == [Place("Portland, Maine", "America/New_York")]


def test_a_city_goes_to_each_of_its_zones_by_all_its_names() -> None:
    lost = [
        (spelling.name, city.zone)
        for city in ATLAS.cities
        for spelling in city.spellings
        if city.zone not in {place.zone for place in find_places(spelling.name, "en")}
    ]
    assert lost == []


def test_places_offered_together_never_look_alike() -> None:
    for typed in {spelling.name for city in ATLAS.cities for spelling in city.spellings}:
        cities = [place.city for place in find_places(typed, "en")]
        assert len(cities) == len(set(cities)), typed


def test_the_same_name_abroad_is_asked_about_never_settled() -> None:
    homes: dict[str, set[str]] = {}
    for city in ATLAS.cities:
        for spelling in city.spellings:
            homes.setdefault(spelling.typed, set()).add(countries()[city.zone])
    for typed, home in homes.items():
        offered = {countries()[place.zone] for place in find_places(typed, "en")}
        assert home <= offered, typed
