"""Some dangers are said in two things, in whatever order: use and going under, no tablets and the dealer on the way."""

import json
from pathlib import Path

import pytest

from care.reading import Reader, Strength
from content.reader_files import load_reader

MESSAGES = Path(__file__).with_name("going_under.jsonl")
CERTAIN = [
    ("en", "I used heroin after four days without tablets and I can't stay awake"),
    ("en", "took some oxy and I can't keep my eyes open"),
    ("en", "used again. lips going blue"),
    ("en", "keep nodding off, i used. dont know what to do"),
    ("en", "shot up after missing 3 days and i can hardly stay awake"),
    ("en", "took methadone off a mate, going in and out of consciousness"),
    ("ru", "Я употребил героин после четырёх дней без таблеток и не могу не засыпать"),
    ("ru", "три дня не пил таблетки, употребил, теперь еле дышу"),
    ("ru", "сорвался на героин, засыпаю на ходу, не могу держать глаза открытыми"),
    ("ru", "я вмазался и отрубаюсь"),
    ("es", "Consumí heroína después de cuatro días sin pastillas y no puedo mantenerme despierto"),
    ("es", "me metí heroína y me quedo dormido todo el rato"),
    ("es", "tomé metadona y estoy muy adormilado, apenas respiro"),
    ("es", "recaí con heroína y estoy cabeceando sin parar"),
]
ASKED = [
    ("en", "its the fentanyl i think, eyes rolling shut"),
    ("en", "had a hit after 9 days off my pills and im sleepy"),
    ("ru", "Я снова употребила. Очень сонная"),
    ("es", "me metí heroína ayer y tengo sueño"),
]
NEITHER = [
    ("en", "I can't stay awake on these tablets, so tired all day"),
    ("en", "haven't used. just can't stay awake"),
    ("en", "my mate used and was nodding off, I walked away"),
    ("en", "dreamt I used heroin, woke up and can't stay awake today"),
    ("en", "film about heroin last night, I couldn't stay awake to the end"),
    ("en", "used to use heroin years ago, now I'm just sleepy from the tablets"),
    ("en", "Used the bus, kept falling asleep"),
    ("ru", "не употреблял. просто засыпаю на ходу"),
    ("ru", "друг употребил и засыпал, я ушёл"),
    ("ru", "таблетку принял, засыпаю на ходу"),
    ("es", "no he consumido, solo me quedo dormido en todas partes"),
    ("es", "mi amigo consumió y se quedaba dormido, me fui"),
    ("es", "se me cierran los ojos en el trabajo desde que empecé"),
]
ABOUT_TO_USE = [
    ("en", "not took the tablets since last week and my guy is five minutes away. sorry"),
    ("en", "been skipping the pill on purpose. picking up tonight, just the once, just to feel ok"),
    ("en", "flushed the pills a fortnight back. got the gear here, foil and everything, hands are sweating"),
    ("ru", "барыга едет, будет через 10 минут. таблетки ваши бросил дней шесть назад"),
    ("ru", "Специально пропускала таблетки с понедельника чтоб сегодня вечером уколоться"),
    ("ru", "я вам врал что пью таблетки. не пью давно. иду сейчас за дозой на район"),
    ("es", "el dealer viene en camino, llega en diez. dejé tus pastillas el martes pasado"),
    ("es", "ya tengo la jeringa lista. 8 días sin naltrexona asi que va a pegar"),
    ("es", "voy bajando a comprar caballo, lo siento, la medicación la tiré hace diez días"),
]
NOT_ABOUT_TO = [
    ("en", "walked past the dealers street, kept on walking. proud of me"),
    ("en", "a mate offered me gear, told him no and went home"),
    ("en", "missed one tablet because my bag was on the wrong train"),
    ("ru", "барыга написал, я его заблокировал"),
    ("ru", "предлагали, отказался и ушёл домой"),
    ("es", "me ofrecieron y dije que no, me fui a casa"),
    ("es", "me olvidé una pastilla por el viaje"),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


@pytest.mark.parametrize(("language", "text"), CERTAIN)
def test_who_used_and_goes_under_is_in_danger_whatever_else_is_said(reader: Reader, language: str, text: str) -> None:
    for said in (text, text.upper(), f"ok {text}"):
        assert reader.read(said, language=language).flags["overdose"] is Strength.CERTAIN


@pytest.mark.parametrize(("language", "text"), ASKED)
def test_who_only_may_be_going_under_is_asked(reader: Reader, language: str, text: str) -> None:
    assert reader.read(text, language=language).flags["overdose"] is Strength.POSSIBLE


@pytest.mark.parametrize(("language", "text"), NEITHER)
def test_neither_use_nor_sleepiness_alone_is_an_overdose(reader: Reader, language: str, text: str) -> None:
    assert not {"overdose", "emergency"} & set(reader.read(text, language=language).flags)


@pytest.mark.parametrize(("language", "text"), ABOUT_TO_USE)
def test_who_left_the_tablets_out_and_is_about_to_use_is_heard(reader: Reader, language: str, text: str) -> None:
    assert reader.read(text, language=language).flags["opioid_use"] is Strength.CERTAIN


@pytest.mark.parametrize(("language", "text"), NOT_ABOUT_TO)
def test_who_turned_it_down_or_only_missed_a_tablet_is_not(reader: Reader, language: str, text: str) -> None:
    assert not {"overdose", "opioid_use"} & set(reader.read(text, language=language).flags)


@pytest.mark.parametrize("language", ["en", "ru", "es"])
def test_most_of_what_strangers_wrote_of_going_under_is_heard(reader: Reader, language: str) -> None:
    """By writers who had seen neither words nor rules; their misses were then learnt from, so this is no measure."""
    heard: dict[bool, list[bool]] = {True: [], False: []}
    for line in MESSAGES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["lang"] == language:
            flags = reader.read(row["text"], language=language).flags
            heard[row["danger"]].append(bool({"overdose", "emergency"} & set(flags)))
    assert (len(heard[True]), len(heard[False])) == (85, 85)
    assert sum(heard[True]) / 85 >= 0.85
    assert sum(heard[False]) / 85 <= 0.15
