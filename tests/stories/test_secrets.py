"""Nothing secret leaves through a log: not the token, not a key, not a name, a number or a word of a patient."""

from __future__ import annotations

import io
import logging

from sandbox.world import DEFAULT_TOKEN
from tests.conftest import THROWAWAY
from tests.stories.house import House

WORDS, REPLIED, NAME = "canary words of a patient", "canary words of a nurse", "Canary-Annabel"


async def test_a_story_at_debug_logs_no_secret(everything_logged: io.StringIO, house: House) -> None:
    house.allows("error", "failed", "parked")
    logging.getLogger("asyncio").debug("the loop speaks")
    ann = await house.enrol(NAME)
    await ann.says(WORDS)
    await house.fault("half_json", method="sendMessage", count=2)
    await ann.presses("Help now")
    await ann.says("/export")
    await house.call("POST", "/updates", update={"message": {"text": WORDS, "chat": {"id": ann.id}}})
    await ann.presses("Help now")
    card = house.clinicians.expect(f"EMERGENCY.*{ann.code}")
    await house.lee.taps("Acknowledge", chat=house.clinicians)
    await house.lee.says(REPLIED, chat=house.clinicians.chat, reply_to=card.message)
    await ann.says(WORDS)
    await house.grey.says(f"/staff invite {NAME}-too")
    link = next(said.text for said in house.grey.new if "start=" in said.text).partition("start=")[2].split()[0]
    await house.lee.says(f"/patient {ann.code}")
    await house.forward(hours=2)
    await ann.says("/forget")
    await ann.taps("Delete my data", "Yes, delete everything now")
    said = everything_logged.getvalue() + repr(house.logs) + repr(house.errors.said)
    assert "the loop speaks" in said
    secret = DEFAULT_TOKEN.partition(":")[2]
    ids = (str(ann.id), str(house.lee.id))
    keys = (THROWAWAY.written(), THROWAWAY.secret.hex())
    for canary in (DEFAULT_TOKEN, secret, *keys, WORDS, REPLIED, NAME, link, *ids):
        assert canary not in said
    assert repr(THROWAWAY.secret) not in said
