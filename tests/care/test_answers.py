"""Short typed answers are read strictly: what is not clear is asked again."""

from contextlib import suppress
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.answers import read_first_day, read_time, zones_showing
from care.refusals import BadAnswer
from content.hour_file import read_hours
from content.loader import HERE
from content.toml_tables import open_table

HOURS = read_hours(open_table(HERE / "hours.toml", file="hours.toml"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8", time(8)),
        ("08", time(8)),
        ("8:30", time(8, 30)),
        (" 08.30 ", time(8, 30)),
        ("8h30", time(8, 30)),
        ("8 30", time(8, 30)),
        ("8: 30", time(8, 30)),
        ("20:05", time(20, 5)),
        ("23:59", time(23, 59)),
        ("0:00", time(0)),
        ("8 pm", time(20)),
        ("8pm", time(20)),
        ("8:15 P.M.", time(20, 15)),
        ("8 a. m.", time(8)),
        ("12 am", time(0)),
        ("12:30 am", time(0, 30)),
        ("12 pm", time(12)),
        ("at 9", time(9)),
        ("At 9 pm", time(21)),
        ("noon", time(12)),
        ("Midday", time(12)),
        (" MIDNIGHT ", time(0)),
        ("٨:٣٠", time(8, 30)),
        ("в 9", time(9)),
        ("9 утра", time(9)),
        ("В 8 вечера", time(20)),
        ("8:30 Вечера", time(20, 30)),
        ("8 часов вечера", time(20)),
        ("2 часа дня", time(14)),
        ("21 час", time(21)),
        ("12 дня", time(12)),
        ("12 ночи", time(0)),
        ("2 ночи", time(2)),
        ("Полночь", time(0)),
        ("a las 9", time(9)),
        ("A la 1 de la tarde", time(13)),
        ("8:30 de la mañana", time(8, 30)),
        ("8 de la noche", time(20)),
        ("20 h", time(20)),
        ("20:15 horas", time(20, 15)),
        ("12 del mediodía", time(12)),
        ("2 de la madrugada", time(2)),
        ("8:00\u00a0p.\u00a0m.", time(20)),  # as a phone in Mexico writes it
        ("Medianoche", time(0)),
    ],
)
def test_an_hour_is_read(text: str, expected: time) -> None:
    assert read_time(text, HOURS) == expected


@pytest.mark.parametrize(
    "text",
    ["", " ", "25:99", "24:00", "8:60", "13 pm", "0 am", "8:5", "830", "8:30:15", "-8", "8-9", "8 or 9", "eight",
     "morning", "8 xm", "pm", "at", "at noon", "²:00", "8:30 tomorrow", "11 ночи", "20 вечера", "12 утра",
     "в девять", "часов", "9 часто", "8 mañana", "12 de la mañana", "12 de la noche", "20 de la tarde",
     "a las nueve", "1" * 500],
)  # fmt: skip
def test_anything_else_is_asked_again(text: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        read_time(text, HOURS)
    assert refused.value.key == "refused-time"


@given(st.times())
def test_what_a_clock_shows_is_read(wall: time) -> None:
    wall = wall.replace(second=0, microsecond=0, tzinfo=None)
    for shown in (f"{wall:%H:%M}", f"{wall:%H.%M}", f"{wall.hour}:{wall:%M}", f"{wall:%I:%M %p}"):
        assert read_time(shown, HOURS) == wall


@given(st.text(max_size=20))
def test_no_text_is_more_than_refused(text: str) -> None:
    for read in (lambda text: read_time(text, HOURS), lambda text: read_first_day(text, today=TODAY, latest=LATEST)):
        with suppress(BadAnswer):
            assert read(text) is not None


TODAY = date(2026, 11, 22)
LATEST = date(2027, 1, 21)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2026-11-30", date(2026, 11, 30), id="year first"),
        pytest.param("30.11.", date(2026, 11, 30), id="day first"),
        pytest.param(" 30/11 ", date(2026, 11, 30), id="with a stroke"),
        pytest.param("30-11-2026", date(2026, 11, 30), id="with its year"),
        pytest.param("1 12", date(2026, 12, 1), id="with a space"),
        pytest.param("22.11", TODAY, id="today"),
        pytest.param("21.1", LATEST, id="the last day, next year"),
    ],
)
def test_a_first_day_is_read(text: str, expected: date) -> None:
    assert read_first_day(text, today=TODAY, latest=LATEST) == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("soon", "refused-date", id="a word"),
        pytest.param("31.2.", "refused-date", id="no such day"),
        pytest.param("11/30", "refused-date", id="month first: no month 30"),
        pytest.param("30.11.26", "refused-date", id="half a year"),
        pytest.param("0000-01-01", "refused-date", id="no such year"),
        pytest.param("0.0.", "refused-date", id="nothing"),
        pytest.param("2026-11-21", "refused-date-past", id="yesterday"),
        pytest.param("21.11.2026", "refused-date-past", id="yesterday with its year"),
        pytest.param("21.11.", "refused-date-far", id="yesterday without a year is next year's"),
        pytest.param("22.1.", "refused-date-far", id="a day too far"),
        pytest.param("9999-12-31", "refused-date-far", id="the end of time"),
    ],
)
def test_another_first_day_is_refused(text: str, key: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        read_first_day(text, today=TODAY, latest=LATEST)
    assert refused.value.key == key


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(date(2027, 12, 31), date(2028, 2, 29), id="next year has one"),
        pytest.param(date(2028, 2, 1), date(2028, 2, 29), id="this year has one"),
    ],
)
def test_the_29th_of_february_is_the_next_one(today: date, expected: date) -> None:
    assert read_first_day("29.2.", today=today, latest=date(2028, 12, 31)) == expected


ZONES = ["Europe/London", "Europe/Lisbon", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Auckland"]
NOON = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "expected"),
    [
        pytest.param(time(12, 0), ["Europe/London", "Europe/Lisbon"], id="two zones, in their order"),
        pytest.param(time(13, 10), ["Europe/Berlin"], id="ten minutes off"),
        pytest.param(time(12, 49), [], id="eleven minutes off"),
        pytest.param(time(17, 44), ["Asia/Kathmandu"], id="a quarter of an hour"),
        pytest.param(time(1, 0), ["Pacific/Auckland"], id="tomorrow there"),
    ],
)
def test_zones_are_found_by_what_the_clock_shows(wall: time, expected: list[str]) -> None:
    assert zones_showing(wall, now=NOON, zones=ZONES) == expected


def test_midnight_divides_no_zone() -> None:
    now = datetime(2026, 1, 15, 23, 57, tzinfo=UTC)
    assert zones_showing(time(0, 2), now=now, zones=["Europe/London"]) == ["Europe/London"]


def test_the_nearest_zone_is_first() -> None:
    now = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
    zones = ["Asia/Kathmandu", "Asia/Kolkata"]  # 17:45 and 17:30
    assert zones_showing(time(17, 37), now=now, zones=zones) == ["Asia/Kolkata", "Asia/Kathmandu"]
