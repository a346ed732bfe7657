"""Two processes on one database: one acts, the other waits, and it takes over when the first is gone or frozen."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError

from bot.steady import Steady
from bot.web_pages import SECRET_HEADER
from storage.bell import LETTERS, UPDATES
from storage.inbox import count_waiting
from storage.outbox import Letter, add_letter, count_owed
from storage.queues import Lane
from storage.sending import Claimed
from tests.stories.backstage import Backstage
from tests.stories.house import House

SECRET = "a-secret-of-the-webhook"
SOME_BODY = {"language": "en", "texts": [["anything-else", {}]], "buttons": []}


@pytest.fixture
async def second(house: House) -> AsyncIterator[Steady]:
    """A second whole Steady, started by mistake."""
    other = Steady(house._settings(), house.content, house.clock)
    await other.start()
    yield other
    if house.steady is not other:
        await other.stop()


def hand_over(house: House, other: Steady) -> None:
    """Let the second one be the one that the story follows."""
    house.steady = other
    house.conductor = Backstage(other, house.clock, house.world)


async def test_a_second_instance_is_passive_and_nothing_is_sent_twice(house: House, second: Steady) -> None:
    ann = await house.joined()
    await house.until("09:00")
    await second.rest()
    ann.expect_only("daily check")
    await ann.taps("Taken")
    await second.rest()
    ann.expect("taken at 09:00")
    assert second.sender.taken == 0
    assert second.leases.grip("sending") is None
    assert any(line["event"] == "passive" for line in house.logs)


async def test_the_second_takes_over_as_soon_as_the_first_stops(house: House, second: Steady) -> None:
    ann = await house.joined()
    first = house.steady
    await first.stop()
    hand_over(house, second)
    await second.leases.keep()
    await house.until("09:00")
    ann.expect_only("daily check")
    await ann.taps("Taken")
    ann.expect("taken at 09:00")


async def test_a_frozen_leader_that_comes_back_writes_nothing(house: House, second: Steady) -> None:
    ann = await house.joined()
    await house.until("08:59")
    first = house.steady
    house.clock.move_to(house.clock.now().replace(second=40))  # the first does not renew: it is frozen
    await second.leases.keep()
    house.allowed.add("lease-lost")
    await ann.presses("Help now")
    before = first.sender.taken
    await first.sender.look()
    await first.sender.idle()
    assert first.sender.taken == before
    hand_over(house, second)
    await house.settle()
    ann.expect("We are glad you pressed this")
    assert await house.look(count_owed) == 0
    await first.stop()


async def test_what_was_claimed_as_the_lease_ran_out_leaves_once_it_is_ours_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, steady = await house.person("Ann"), house.steady
    claim = steady.sender._claim

    def claim_slowly(*given: Any, **how: Any) -> list[Claimed]:
        claimed = claim(*given, **how)
        steady.leases._good_until = 0.0  # the database took so long that nothing could be renewed
        return claimed

    monkeypatch.setattr(steady.sender, "_claim", claim_slowly)
    letter = Letter(chat_id=ann.id, body=SOME_BODY, lane=Lane.PAGE)
    await house.write(lambda ward: add_letter(ward.work, letter))
    await steady.sender.look()
    await steady.sender.idle()
    assert await house.look(count_owed) == 1
    assert not ann.read()
    monkeypatch.setattr(steady.sender, "_claim", claim)
    await steady.leases.keep()
    await steady.sender.look()
    await steady.sender.idle()
    assert await house.look(count_owed) == 0
    assert len(ann.read()) == 1


@pytest.fixture
async def parts(shared_house: House) -> AsyncIterator[list[Steady]]:
    """The work of one bot in four processes: pages that Telegram calls, two workers, and one that sends and waits."""
    house = shared_house
    await house.steady.stop()
    taken = socket.create_server(("127.0.0.1", 0))
    port = taken.getsockname()[1]
    taken.close()
    changed = {"webhook_url": f"http://127.0.0.1:{port}", "webhook_secret": SecretStr(SECRET), "port": port}
    settings = house._settings().model_copy(update=changed)
    made = [
        Steady(settings, house.content, house.clock, roles)
        for roles in ({"intake", "web"}, {"worker"}, {"worker"}, {"sender", "ticks"})
    ]
    for part in made:
        await part.start()
    yield made
    house.steady = made[-1]
    for part in made[:-1]:
        await part.stop()
    house.steady = Steady(house._settings(), house.content, house.clock)
    await made[-1].stop()
    await house.steady.start()
    house.conductor = Backstage(house.steady, house.clock, house.world)


async def work_until_quiet(house: House, parts: list[Steady]) -> None:
    """Let every process look until none finds anything."""
    while True:
        await house.call("GET", "/quiet?timeout=10")
        before = [part.taken for part in parts]
        for part in parts:
            if part.roles & {"worker"}:
                await part.worker.look()
                await part.worker.idle()
            if part.roles & {"sender"}:
                await part.sender.look()
                await part.sender.idle()
            await part.desk.idle()
        if [part.taken for part in parts] == before:
            return


async def test_the_work_of_one_bot_can_be_shared_by_processes(shared_house: House, parts: list[Steady]) -> None:
    house = shared_house
    people = [await house.person(f"Ann {number}") for number in range(6)]
    await parts[0].leases.keep()
    for person in people:
        await house.call("POST", f"/people/{person.id}/say", text="/start")
        await house.call("POST", f"/people/{person.id}/say", text="hello")
    await work_until_quiet(house, parts)
    for person in people:
        assert len(person.read()) == 2
    assert parts[1].taken + parts[2].taken == 12
    assert parts[0].worker.taken == 0


async def test_processes_ring_each_other_up(
    shared_house: House, parts: list[Steady], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a worker would find an update, and the sender its answer, up to a second late each."""
    house, come, owed = shared_house, asyncio.Event(), asyncio.Event()
    monkeypatch.setitem(parts[1].bell._hears, UPDATES, come.set)
    monkeypatch.setitem(parts[3].bell._hears, LETTERS, owed.set)
    monkeypatch.setattr(parts[3].bell, "_written", lambda: None)  # what it writes itself is no ring
    person = await house.person("Ann")
    await house.call("POST", f"/people/{person.id}/say", text="/start")
    async with asyncio.timeout(20):
        await come.wait()
    await work_until_quiet(house, parts)
    async with asyncio.timeout(20):
        await owed.wait()
    assert len(person.read()) == 1


async def test_nothing_without_the_secret_is_taken(shared_house: House, parts: list[Steady]) -> None:
    url = f"{parts[0].settings.webhook_url}/telegram"
    forged = {"update_id": 1, "message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}}}
    async with aiohttp.ClientSession() as session:
        for secret in ("", SECRET[:-1], SECRET + "x", "\xe9"):
            async with session.post(url, json=forged, headers={SECRET_HEADER: secret}) as answer:
                assert answer.status == 403
        async with session.post(url, json=forged) as answer:
            assert answer.status == 403
        async with session.post(url, data=b"{", headers={SECRET_HEADER: SECRET}) as answer:
            assert answer.status == 200  # unreadable, and Telegram must not bring it for ever
        async with session.get(f"{parts[0].settings.webhook_url}/healthz") as answer:
            assert answer.status == 200
            assert all((await answer.json()).values())
    shared_house.allowed.add("error")
    assert await parts[0].desk.read(count_waiting) == 0


async def test_letters_of_a_claim_whose_answer_was_lost_leave_by_themselves_and_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database had made the claim and could not say so: nobody knows of it, and no restart may be needed."""
    ann, steady = await house.person("Ann"), house.steady
    real, losses = steady.desk.write, iter([True])

    async def write(unit: Any) -> Any:
        result = await real(unit)
        if isinstance(result, list) and result and isinstance(result[0], Claimed) and next(losses, False):
            raise OperationalError("commit", {}, Exception("the server closed the connection"))
        return result

    house.allows("error")
    monkeypatch.setattr(steady.desk, "write", write)
    async with steady.sender.looking:  # nobody else may look meanwhile
        letter = Letter(chat_id=ann.id, body=SOME_BODY, lane=Lane.PAGE)
        await house.write(lambda ward: add_letter(ward.work, letter))
        with pytest.raises(OperationalError):
            await steady.sender._claim_some()
    await steady.sender.look()
    await steady.sender.idle()
    assert len(ann.read()) == 1
    assert await house.look(count_owed) == 0
