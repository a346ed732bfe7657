"""Texts that no keyboard types: the action bears them all, and nothing is lost. And plain words, really read."""

from __future__ import annotations

import pytest

from clinic.hear_text import hear_text
from clinic.people import Sender, find_caller
from clinic.ward import Visit, Ward
from storage.patients import notes_of
from tests.stories.house import CRISIS, EMERGENCY, House
from tests.stories.people import Patient
from tests.stories.understudy import CERTAIN

HARD = {
    "empty": "",
    "blank": " \n\t ",
    "very long": "nausea and more of it, " * 4400,
    "one very long word": "x" * 100_000,
    "emoji only": "😭🤢🤮" * 30,
    "control characters": "".join(map(chr, range(1, 32))) + "\x7f\x9f",
    "bidi controls": "\u202e\u2066\u2067abc\u2069\u202c gnp.exe\u200f",
    "NUL": "a\x00b\x00",
    "lone surrogates": "a\ud83d b\udc00",
    "combining": "e" + "\u0301" * 5000,
    "joined": "\u200d" * 3000,
    "markup": "<b>{ $x }</b> &amp; </blockquote> %s {0}",
}


async def hears(house: House, ann: Patient, text: str) -> None:
    """Hand the action a text that Telegram would not carry."""

    def act(ward: Ward) -> None:
        caller = find_caller(ward.work, ward.content, Sender(ann.id, ann.id, True))
        hear_text(Visit(ward.work, ward.content, caller, None), text=text)

    await house.write(act)
    await house.settle()


@pytest.mark.parametrize("text", HARD.values(), ids=list(HARD))
@pytest.mark.parametrize("is_real", [False, True], ids=["unread", "read"])
async def test_whatever_the_text_it_is_kept_answered_and_shown(house: House, text: str, is_real: bool) -> None:
    house.reader.is_real = is_real
    ann = await house.joined()
    await hears(house, ann, text)
    assert ann.read(), "there is always an answer"
    notes = await house.look(lambda session: notes_of(session, 1))
    kept = notes[-1].text
    assert len(kept) == len(text)
    odd = sum(one != other for one, other in zip(kept, text, strict=True))
    assert odd == text.count("\x00") + sum("\ud800" <= one <= "\udfff" for one in text)
    await house.forward(hours=3)
    if not is_real:
        card = house.clinicians.expect("Unread words")
        assert "\u202e" not in card.text
        assert card.text.count("\u2068") == card.text.count("\u2069")


async def test_danger_is_heard_at_the_end_of_a_text_of_any_length(house: House) -> None:
    house.reader.is_real = True
    ann = await house.joined()
    await hears(house, ann, "the sea was calm and the bread was good. " * 2400 + "My eyes have gone yellow.")
    await house.forward(minutes=10)
    assert any("Liver sign" in said.text for said in house.clinicians.everything)


async def test_a_quote_cannot_turn_the_card_around(house: House) -> None:
    ann = await house.joined()
    await ann.says(house.reader.learns("abc \u202eEMERGENCY\u2069\u2069 </blockquote>", flags={"liver": CERTAIN}))
    card = house.clinicians.expect("Urgent")
    assert "\u2068abc EMERGENCY </blockquote>\u2069" in card.text


REAL = {
    "my eyes have gone yellow": "Urgent.*Liver sign",
    "I took some heroin last night": "Urgent.*Opioid use",
    "мои глаза пожелтели": "Urgent.*Liver sign",
    "tengo los ojos amarillos": "Urgent.*Liver sign",
}


@pytest.mark.parametrize("text", REAL)
async def test_plain_words_of_danger_are_really_read(house: House, text: str) -> None:
    house.reader.is_real = True
    ann = await house.joined()
    await ann.says(text)
    answer = ann.read()[0]
    await house.forward(minutes=10)
    house.clinicians.expect(REAL[text])
    assert EMERGENCY in answer or CRISIS in answer or "clinic" in answer


@pytest.mark.parametrize("text", ["I want to die", "quiero morir", "я хочу умереть"])
async def test_a_wish_to_die_is_really_read_in_every_language(house: House, text: str) -> None:
    house.reader.is_real = True
    ann = await house.joined()
    await ann.says(text)
    assert CRISIS in ann.read()[0]
    await house.forward(minutes=10)
    house.clinicians.expect("EMERGENCY.*speaks of suicide")
