"""Telegram's bad days (group B): nothing lost, no wait cut short, no chat waiting for another."""

from __future__ import annotations

import asyncio
import logging
import random
from datetime import timedelta

import pytest

from bot.logs import SPEAKS_BODIES
from storage.queues import Lane
from tests.faults.post import ambiguous, arrived, delays, owe, too_early
from tests.stories.house import House


async def people(house: House, count: int) -> list[int]:
    return [(await house.person(f"P{number}")).id for number in range(count)]


async def refuse_one_in_five(house: House, rng: random.Random) -> None:
    """Answer 429 to 20 % of the sends, each asking for a wait of 1 to 60 s."""
    for _ in range(20):
        wait = rng.randint(1, 60)
        await house.fault("429", method="^sendMessage$", share=0.011, retry_after=wait, seed=rng.random())


async def check_limits(house: House, rng: random.Random, chats: int, each: int) -> None:
    everybody = await people(house, chats)
    owed = await owe(house, everybody, each, Lane.REMINDER)
    await refuse_one_in_five(house, rng)
    began = house.clock.now()
    await house.forward(hours=3)
    assert arrived(house) == owed
    assert too_early(house) == []
    limited = {entry["params"]["chat_id"] for entry in house.world.calls.ring if entry.get("status") == 429}
    late = [wait for chat, waits in delays(house, began).items() if chat not in limited for wait in waits]
    assert limited
    assert sorted(late)[int(0.95 * (len(late) - 1))] <= timedelta(seconds=2)


async def test_one_send_in_five_limited_and_nothing_lost(house: House, rng: random.Random) -> None:
    await check_limits(house, rng, chats=60, each=4)


@pytest.mark.nightly
async def test_ten_thousand_sends_one_in_five_limited(house: House, rng: random.Random) -> None:
    await check_limits(house, rng, chats=400, each=25)


async def test_a_wait_imposed_by_one_chat_holds_up_no_other(house: House) -> None:
    slow, *others = await people(house, 20)
    await house.fault("429", chat=slow, retry_after=3600, times=1)
    owed = await owe(house, [slow, *others], 3, Lane.PAGE)
    await house.settle()
    assert set(arrived(house)) == {key for key in owed if key[0] != slow}
    await house.forward(hours=2)
    assert arrived(house) == owed


KINDS = (
    "timeout_before",
    "timeout_after",
    "reset",
    "reset_after",
    "half_json",
    "html",
    "slow",
    "status",
    "status_after",
)


async def mix_faults(house: House, rng: random.Random) -> None:
    """Let 30 % of the sends go wrong in every way there is. A read that trickles is given up on after 0.8 s."""
    request = house.steady.application.bot.request
    request._read_seconds = 0.8  # a busy machine must not make an honest answer look like one that trickles
    library = logging.getLogger(
        SPEAKS_BODIES
    )  # muted as the real process mutes it: it would log what it could not read
    house.rooms.callback(library.setLevel, library.level)
    library.setLevel(logging.CRITICAL)
    for kind in KINDS:
        share, status = 0.3 / len(KINDS) * 1.15, rng.choice([500, 502, 504])
        seconds = 1.2 if kind == "slow" else 0.01
        await house.fault(kind, method="^sendMessage$", share=share, seed=rng.random(), status=status, seconds=seconds)


async def check_mixture(house: House, rng: random.Random, chats: int, each: int) -> None:
    everybody = await people(house, chats)
    owed = await owe(house, everybody, each, Lane.PAGE)
    await mix_faults(house, rng)
    await house.forward(hours=12)
    found = arrived(house)
    assert owed - found == {}
    assert found - owed == ambiguous(house) - (ambiguous(house) - (found - owed)), "a copy nobody had to fear"
    assert all(n <= ambiguous(house)[key] for key, n in (found - owed).items())


async def test_three_sends_in_ten_go_wrong_and_no_page_is_lost(house: House, rng: random.Random) -> None:
    await check_mixture(house, rng, chats=40, each=4)


@pytest.mark.nightly
async def test_ten_thousand_sends_three_in_ten_go_wrong(house: House, rng: random.Random) -> None:
    await check_mixture(house, rng, chats=400, each=25)


async def test_one_chats_hanging_answer_holds_up_no_page(house: House) -> None:
    """An answer that never comes keeps one chat, and not the page to another."""
    slow, other = await people(house, 2)
    house.steady.application.bot.request._read_seconds = 0.5
    await house.fault("slow", chat=slow, seconds=2.0, times=1)
    owed = await owe(house, [slow], 1, Lane.REMINDER)
    await house.steady.sender.look()
    owed += await owe(house, [other], 1, Lane.PAGE)
    await house.steady.sender.look()
    for _ in range(100_000):
        if other in {chat for chat, _ in arrived(house)}:
            break
        await asyncio.sleep(0)
    assert house.steady.sender.is_busy
    await house.forward(minutes=5)
    assert owed - arrived(house) == {}


@pytest.mark.parametrize(("kind", "word"), [("401", "http 401"), ("409", "http 409"), ("html", "http 502")])
async def test_polling_goes_on_after_a_refusal(house: House, kind: str, word: str) -> None:
    ann = await house.joined()
    await house.fault(kind, method="^getUpdates$", times=2)
    await ann.presses("Help now")
    await house.call("GET", "/quiet?timeout=20")
    await house.settle()
    assert house.steady.intake.trouble is None
    assert word in {line.get("trouble") for line in house.logs if line["event"] == "polling-trouble"}
    ann.expect_only("We are glad you pressed this")


async def test_a_revoked_token_delays_and_loses_nothing(house: House) -> None:
    ann = await house.joined()
    await house.fault("401", method="^(send|edit|answer)")
    await ann.presses("Help now")
    await house.forward(minutes=1)
    await house.call("DELETE", "/faults")
    await house.forward(minutes=2)
    ann.expect_only("We are glad you pressed this")
    house.clinicians.expect("EMERGENCY")


async def test_three_hours_of_nothing(house: House) -> None:
    """B11 without its second channel: nothing stale afterwards, and the page goes as soon as there is a way."""
    ann, ben = await house.joined("Ann"), await house.joined("Ben", hour="14:00")
    await house.until("08:59")
    await house.fault("status", status=502, method="^(send|edit)")
    await ben.presses("Help now")
    await house.until("13:30")
    await house.call("DELETE", "/faults")
    await house.forward(minutes=6)
    house.clinicians.expect("EMERGENCY")
    ben.expect("We are glad you pressed this")
    assert [words for words in ann.read() if "09:00" in words] == []
    await house.until("14:01")
    ben.expect("daily check")
