"""What no honest client sends, what people send that is no text, and what must never stop anybody else."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from clinic.serve import serve
from storage.inbox import MOST_ATTEMPTS
from tests.stories.house import House


async def test_a_database_that_dies_again_and_again_gives_no_update_up(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.allows("error")
    ann = await house.joined()
    await house.until("09:00")
    ann.expect_only("daily check")
    deaths = iter(range(2 * MOST_ATTEMPTS))

    def serve_or_die(*given: Any) -> Any:
        if next(deaths, None) is not None:
            raise OperationalError("select", {}, psycopg.OperationalError("the server closed the connection"))
        return serve(*given)

    monkeypatch.setattr("bot.desk.serve", serve_or_die)
    await ann.taps("Taken")
    for _ in range(2 * MOST_ATTEMPTS):
        await house.forward(seconds=2)
    assert next(deaths, None) is None
    ann.expect("taken at 09:00")


async def test_a_poison_update_is_parked_and_stops_nobody(house: House) -> None:
    house.allows("error", "parked")
    ann = await house.joined()
    await house.call("POST", "/updates", update={"message": {"message_id": 1, "chat": {"id": ann.id}}})
    await ann.says("I am still here")
    ann.expect_only("passed this to your team")
    await house.forward(minutes=5)
    house.grey.expect("could not be processed after several tries")
    await ann.says("/today")
    ann.expect("planned for 09:00")


@pytest.mark.parametrize(
    "update",
    [
        {"message": None},
        {"message": {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "no sender"}},
        {"callback_query": {"id": "1", "from": {"id": 3, "is_bot": False, "first_name": "x"}, "chat_instance": "1"}},
        {"brand_new_kind": {"a": 1}},
        {"poll": {"id": "1"}},
    ],
    ids=["empty", "no-sender", "press-without-message", "unknown-kind", "half-a-poll"],
)
async def test_a_strange_update_stops_nobody(house: House, update: dict[str, object]) -> None:
    house.allows("error", "parked")
    ann = await house.joined()
    await house.call("POST", "/updates", update=update)
    await house.settle()
    await ann.says("hello")
    ann.expect_only("passed this to your team")


async def test_what_is_no_update_at_all_stops_nobody(house: House) -> None:
    house.allows("error")
    ann = await house.joined()
    for junk in ({"no": "id"}, [1, 2], "text"):
        await house.call("POST", "/updates", update=junk, raw=True)
    await ann.says("hello")
    ann.expect_only("passed this to your team")


async def test_updates_twice_and_out_of_order_count_once(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    await ann.taps("Taken", "All fine")
    await ann.says("I slept well")
    ann.read()
    house.clinicians.read()
    await house.call("POST", "/updates/repeat", last=5, times=3, shuffle=True)
    await house.settle()
    house.nothing_more()
    assert await house.history((await house.ledger(ann))[0]) == [("open", "taken")]


FORGED = (
    "taken", "taken:", "taken:abc", "taken:-1", "taken:1:2", "taken:99999999999999999999", "taken:9007199254740992",
    "snooze:1:-5", "snooze:1:1000000", "skip:1:because", "grade:0:nausea:9", "grade:0:bogus:2", "feel:0:bogus",
    "choice:0:nausea:20", "choice:0:bogus:1", "flag:0:bogus", "worse:bogus", "safe:maybe", "well:no",
    "follow-up:1:bogus",
    "language:xx", "zone:Not/AZone", "zone:../../etc/passwd", "hour:9999", "hour:8", "first-day:2030-01-01",
    "setting:bogus",
    "invite:alcohol-50", "ack:1", "outcome:1:reached-safe", "pause:X", "about:99", "no-such-word", ":", "::::", "💥",
)  # fmt: skip


async def test_forged_presses_change_nothing_and_break_nothing(house: House) -> None:
    ann = await house.joined()
    await house.until("09:00")
    ann.read()
    for data in FORGED:
        await ann.forges(data)
        house.nothing_more() if data != "worse:bogus" else house.clinicians.read() and ann.read()
    assert await house.states(ann) == ["open"]


async def test_another_patients_buttons_are_not_ones_own(house: House) -> None:
    ann, kim = await house.joined(), await house.joined("Kim")
    await house.until("09:00")
    ann.read()
    dose = (await house.ledger(ann))[0].id
    words = ("taken", "times", "undo", "dose", "later", "not-today", "snooze:{}:15", "skip:{}:forgot", "earlier:{}:30",
             "opioids:{}:no", "withdrawal:{}:none")  # fmt: skip
    for word in words:
        await kim.forges(word.format(dose) if "{}" in word else f"{word}:{dose}")
        assert "cannot find that" in str(kim.toast), word
    ann.nothing_more()
    assert await house.states(ann) == ["open"]


async def test_an_edited_message_is_not_lost(house: House) -> None:
    ann = await house.joined()
    first = await ann.says("I feel goood")
    ann.read()
    house.clinicians.read()
    await ann.does("edit", message=first, text="I feel like giving up")
    house.clinicians.expect("I feel like giving up")
    ann.expect("passed this to your team")


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "document", "contact", "dice"])
async def test_what_cannot_be_read_is_said_to_be_unread(house: House, kind: str) -> None:
    ann = await house.joined()
    await ann.does(kind)
    ann.expect_only("nobody has seen it.*write it in a sentence")
    assert house.clinicians.new == []


async def test_a_huge_message_is_kept_and_shown_in_part(house: House) -> None:
    ann = await house.joined()
    await ann.says("a" * 4096)
    ann.expect_only("passed this to your team")
    assert "aaaa" in house.clinicians.expect("Unread words").text


async def test_a_command_nobody_knows_is_words_for_the_clinic(house: House) -> None:
    ann = await house.joined()
    await ann.says("/dance")
    ann.expect_only("passed this to your team")
