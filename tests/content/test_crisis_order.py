"""A crisis reply, in each language: acknowledged in a line, the numbers, who watches, and the question last."""

import re

import pytest

from content.loader import Content

NUMBERS = {"emergency": "112", "crisis": "116 123"}
# language: nobody watches, the clinic has been told, the last question, and words that must not be there
SAID = {
    "en": (
        "nobody watches this chat",
        "clinic's team has been",
        "Are you safe right now?",
        r"tablet|dose|course|secret|confidential",
    ),
    "ru": (
        "никто не следит за этим чатом",
        "Команда вашей клиники",
        "Вы сейчас в безопасности?",
        r"таблет|доз|курс|тайн|конфиденц",
    ),
    "es": (
        "nadie está pendiente de este chat",
        "al equipo de su clínica",
        "¿Está a salvo en este momento?",
        r"pastilla|dosis|tratamiento|secreto|confidencial",
    ),
}


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("key", ["crisis-intent", "crisis-thoughts", "crisis-help-now"])
def test_a_crisis_reply_keeps_its_order(content: Content, key: str, language: str) -> None:
    unwatched, told, question, forbidden = SAID[language]
    said = content.texts.say(key, language, NUMBERS)
    acknowledged, numbers, *rest = said.split("\n\n")
    assert len(acknowledged) < 100
    assert re.match(r"<b>(112|116 123)</b>", numbers)
    assert all(number in numbers for number in NUMBERS.values())
    assert unwatched in said
    assert told in said
    assert rest[-1] == question
    assert not re.search(forbidden, said)


def test_every_language_has_its_order_checked(content: Content) -> None:
    assert set(SAID) == set(content.languages)
