"""What people write, wherever they can write it, does nothing in any message of ours: no link, mention or markup."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.messages import Message
from tests.content.test_foreign import TURNS, hostile
from tests.stories.house import House
from tests.stories.people import Patient, Person
from tests.stories.test_hostile import feed
from tests.stories.understudy import CERTAIN

OURS = {"bold", "italic", "underline", "blockquote", "expandable_blockquote", "code", "pre", "date_time"}
LINKS_OF_OURS = re.compile(r"https://t\.me/\S+|steady_demo_bot|/[a-z]+")


async def injected(house: House, rng: random.Random, rounds: int) -> int:
    """Let hostile words come from every mouth, so many times; return how many messages of ours were looked at."""
    house.allows("failed")
    ann = await house.joined(day=3)
    await ann.presses("Help now")
    card = house.clinicians.expect(f"EMERGENCY.*{ann.code}")
    seen = set[tuple[int, int, int]]()
    for number in range(rounds):
        await _one_round(house, rng, ann, card.message, number)
        for chat in (ann.chat, house.clinicians.chat, house.lee.chat, house.grey.chat):
            for message in house.world.chats[chat].messages.values():
                place = (chat, message.id, len(message.history))
                if message.from_bot and not message.service and place not in seen:
                    seen.add(place)
                    assert list(_alive(message)) == [], message.text
        await house.forward(minutes=3)
    return len(seen)


async def _one_round(house: House, rng: random.Random, ann: Patient, card: int, number: int) -> None:
    flags = {"liver": CERTAIN} if number % 3 == 0 else {}
    await ann.says(house.reader.learns(hostile(rng)[:3000], flags=flags))
    await house.lee.says(hostile(rng)[:3000], chat=house.clinicians.chat, reply_to=card)
    match number % 5:
        case 0:
            await house.grey.says(f"/staff invite {hostile(rng)[:150]}")
        case 1:
            await house.lee.says(f"/patient {hostile(rng)[:150]}")
        case 2:
            await house.grey.says(f"/oncall set 1 {hostile(rng)[:150]}")
        case 3:
            await house.lee.says(f"/patients {hostile(rng)[:150]}")
        case _:
            await ann.says("/settings")
            await ann.taps("Change the city")
            await ann.says(hostile(rng)[:150])


def _alive(message: Message) -> Iterator[str]:
    """Yield what can be tapped or turns the reading in a message of ours, and is not ours."""
    said = message.text or ""
    if TURNS.search(said):
        yield "turned"
    units = said.encode("utf-16-le", "surrogatepass")
    for entity in message.entities:
        start, length = entity["offset"] * 2, entity["length"] * 2
        words = units[start : start + length].decode("utf-16-le", "replace")
        if entity["type"] not in OURS and not LINKS_OF_OURS.fullmatch(words):
            yield f"{entity['type']}: {words}"


NUMBERS = itertools.count(40_000_000)


def written(by: Person, text: str) -> dict[str, Any]:
    """Return an update of somebody who types this, as a command if it is one."""
    who = {"id": by.id, "type": "private", "is_bot": False, "first_name": "x"}
    command = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}] if text.startswith("/") else []
    message = {"message_id": 1, "date": 1, "chat": who, "from": who, "text": text, "entities": command}
    return {"update_id": next(NUMBERS), "message": message}


async def test_hostile_words_do_nothing_wherever_they_are_shown(house: House, rng: random.Random) -> None:
    if not house.database_url.startswith("sqlite"):
        pytest.skip("words are shown above the engine; one is enough")
    assert await injected(house, rng, 15) > 30


@pytest.mark.nightly
async def test_twenty_thousand_hostile_words_do_nothing(house: House, rng: random.Random) -> None:
    """Each round is three texts of one to five hostile pieces each."""
    if not house.database_url.startswith("sqlite"):
        pytest.skip("words are shown above the engine; one is enough")
    assert await injected(house, rng, 2300) > 2000


@pytest.mark.parametrize("odd", ["\ud800", "\x00", "a\x00b\udfff", "\\u0000"])
async def test_half_letters_and_nul_are_answered_like_any_words(house: House, odd: str) -> None:
    ann = await house.joined(day=3)
    for person, typed in (
        (house.lee, f"/patient {odd}"),
        (house.grey, f"/staff invite {odd}x"),
        (ann, odd),
        (ann, f"x{odd}y"),
    ):
        person.read()
        await feed(house, [written(person, typed)])
        await house.settle()
        assert person.new, typed
