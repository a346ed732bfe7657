"""Hostile input through the whole bot: mutated updates, forged presses, floods. The others are served all the same."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from bot.handlers.install import PRESSES
from storage.inbox import Unusable, Waiting, add_updates, arrival
from storage.reading import Session
from tests.stories.house import House
from tests.stories.people import Patient
from tests.stories.understudy import CERTAIN

HERE = {"id": 0, "type": "private", "first_name": "A"}
PHOTO = {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}
COMMAND = {"type": "bot_command", "offset": 0, "length": 6}
PRESSED = {"id": "1", "from": HERE, "chat_instance": "1", "data": "taken:1"}
GROUP = {"id": 0, "type": "supergroup", "title": "Team"}
BLOCKED = {"status": "kicked", "user": HERE, "until_date": 0}
MEMBER = {"status": "member", "user": HERE}


def message(**more: Any) -> dict[str, Any]:
    return {"message_id": 7, "date": 1, "chat": HERE, "from": HERE, **more}


SEEDS: tuple[dict[str, Any], ...] = (
    {"message": message(text="I feel sick")},
    {"message": message(text="/today now", entities=[COMMAND])},
    {"edited_message": message(text="hello")},
    {"message": message(location={"latitude": 1.5, "longitude": 2.5})},
    {"message": message(photo=[PHOTO])},
    {"callback_query": {**PRESSED, "message": message()}},
    {"callback_query": {**PRESSED, "data": "ack:1", "message": message(chat=GROUP)}},
    {"callback_query": {**PRESSED, "data": "patient:KT4RM:doses:1", "message": message()}},
    {"message": message(text="/patients silent", entities=[{**COMMAND, "length": 9}])},
    {"message": message(text="/oncall 1 mon-fri 8-18 Lee", chat=GROUP, entities=[{**COMMAND, "length": 7}])},
    {"message": message(text="please call me", chat=GROUP, reply_to_message=message(chat=GROUP))},
    {"my_chat_member": {"chat": HERE, "from": HERE, "date": 1, "old_chat_member": MEMBER, "new_chat_member": BLOCKED}},
)
MOST_GROWTH = 50
"""Mebibytes of memory that 100,000 updates may leave behind."""
JUNK: tuple[Any, ...] = (
    None, "", 0, -1, 2**31, 2**63, 2**70, -(2**63), 1e308, True, [], {}, [[]], {"id": {}}, "A" * 5000,
    "\u202e\x00\ud800",
    "👩‍👩‍👧",
    "<b>", "/start x", "taken:99999999999999999999", ["a"] * 50, {"a": {"b": {"c": None}}},
)  # fmt: skip


def mutate(rng: random.Random, number: int, sender: int, group: int) -> dict[str, Any]:
    """Return an update with one to three things wrong in it."""
    update: dict[str, Any] = copy.deepcopy(rng.choice(SEEDS))
    _be(update, sender, group)
    for _ in range(rng.randint(1, 3)):
        place: Any = update
        while isinstance(place, dict) and place and rng.random() < 0.8:
            name = rng.choice(list(place))
            if not isinstance(place[name], dict) or rng.random() < 0.2:
                _spoil(rng, place, name)
                break
            place = place[name]
    update["update_id"] = number if rng.random() < 0.98 else rng.choice(JUNK)
    return update


def _be(value: Any, sender: int, group: int) -> None:
    if isinstance(value, dict):
        for name, held in value.items():
            if name == "id" and held == 0:
                value[name] = group if value.get("type") == "supergroup" else sender
            _be(held, sender, group)


def _spoil(rng: random.Random, place: dict[str, Any], name: str) -> None:
    match rng.randrange(3):
        case 0:
            del place[name]
        case 1:
            place[name] = rng.choice(JUNK)
        case _:
            place[f"{name}_"] = place.pop(name)


async def feed(house: House, updates: list[dict[str, Any]]) -> int:
    """Let updates arrive as the intake would keep them; return how many could be kept."""
    arrivals = []
    for update in updates:
        try:
            arrivals.append(arrival(update))
        except Unusable:
            continue
    kept = await house.write(lambda ward: add_updates(ward.work, arrivals))
    house.steady.worker.wake.set()
    return kept


async def count(house: House, state: str) -> int:
    query = text(f"select count(*) from inbox where state = '{state}'")
    return await house.look(lambda session: int(session.connection().execute(query).scalar_one()))


async def mutated(house: House, rng: random.Random, total: int, *, first: int = 10_000_000) -> None:
    house.allows("error", "parked", "failed")
    ann, eve = await house.joined(f"Ann {first}"), await house.person(f"Eve {first}")
    senders = (ann.id, eve.id, house.lee.id)
    ann.read()
    kept = handled = 0
    for start in range(0, total, 100):
        batch = [mutate(rng, first + start + n, rng.choice(senders), house.clinicians.chat) for n in range(100)]
        kept += await feed(house, batch)
        await house.settle()
    await house.forward(minutes=10)
    handled = await count(house, "done") + await count(house, "parked")
    assert await count(house, "waiting") == 0
    assert handled >= kept > total * 0.9
    assert not [task for task in house.steady._tasks if task.done()]
    bob = await house.joined(f"Bob {first}")
    await bob.says("/today")
    bob.expect("planned for 09:00")


async def test_mutated_updates_stop_nobody(house: House, rng: random.Random) -> None:
    if not house.database_url.startswith("sqlite"):
        pytest.skip("what is mutated never reaches the engine; one is enough")
    await mutated(house, rng, 1000)


OTHERS = ("doses", "dose_changes", "reports", "notes", "courses", "cases", "alerts", "consents")


def picture(session: Session, patient_ids: list[int]) -> dict[str, str]:
    """Return everything on record about these patients, as text."""
    from storage.personal import personal_rows

    found = {}
    for patient_id in patient_ids:
        rows = personal_rows(session, patient_id)
        found |= {f"{patient_id} {table}": repr(rows.get(table)) for table in OTHERS}
    return found


def forge(rng: random.Random) -> str:
    """Return callback data as a client might invent it, from real words and others' numbers."""
    odd = ("yes", "no", "3", "nausea", "twice", "KT4RM", "-1", "١", "1e3", "")
    args: tuple[Callable[[], str], ...] = (
        lambda: str(rng.randint(0, 12)), lambda: rng.choice(odd), lambda: str(rng.getrandbits(70)),
    )  # fmt: skip
    word = rng.choice([*PRESSES, "admin", "sql'--", ""])
    given = len(PRESSES[word].reads) if word in PRESSES and rng.random() < 0.8 else rng.randint(0, 5)
    return ":".join([word, *(rng.choice(args)() for _ in range(given))])[:64]


async def forged(house: House, rng: random.Random, total: int) -> None:
    house.allows("failed")
    ann, bob = await house.joined(day=3), await house.joined("Bob", day=3)
    await bob.says("words of Bob")
    await house.joined("Cid", day=2)
    eve = await house.person("Eve")
    before = await house.look(lambda session: picture(session, [2, 3]))
    for start in range(0, total, 100):
        batch = [press(20_000_000 + start + n, eve if n % 2 else ann, forge(rng)) for n in range(100)]
        await feed(house, batch)
        await house.settle()
    assert await house.look(lambda session: picture(session, [2, 3])) == before
    assert await count(house, "parked") == 0


def press(number: int, by: Any, data: str) -> dict[str, Any]:
    who = {"id": by.id, "is_bot": False, "first_name": "x"}
    message = {"message_id": 1, "date": 1, "chat": {"id": by.id, "type": "private", "first_name": "x"}}
    query = {"id": str(number), "from": who, "chat_instance": "1", "data": data, "message": message}
    return {"update_id": number, "callback_query": query}


async def test_forged_presses_change_nothing_of_others(house: House, rng: random.Random) -> None:
    if not house.database_url.startswith("sqlite"):
        pytest.skip("who may is decided above the engine; one is enough")
    await forged(house, rng, 600)


@pytest.mark.nightly
async def test_fifty_thousand_forged_presses_change_nothing_of_others(house: House, rng: random.Random) -> None:
    await forged(house, rng, 50_000)


async def test_a_flood_is_kept_within_a_budget_and_hides_no_danger(house: House) -> None:
    ann, bob = await house.joined(day=3), await house.joined("Bob", day=3)
    house.clinicians.read()
    await feed(house, [typed(30_000_000 + n, ann, f"{n} " + "x" * 4000) for n in range(150)])
    await bob.says("/progress")
    bob.expect("Day <b>|Day ")
    await ann.presses("Help now")
    house.clinicians.expect(f"EMERGENCY.*{ann.code}")
    notes = text("select count(*) from notes")
    assert await house.look(lambda session: session.connection().execute(notes).scalar_one()) <= 21
    assert len(ann.read()) < 60


async def test_nobody_waits_behind_a_flood(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    ann, bob = await house.joined(day=3), await house.joined("Bob", day=3)
    worker, held = house.steady.worker, []
    take = worker._take

    def watched(fresh: list[Waiting]) -> None:
        take(fresh)
        held.append(len(worker._held))

    monkeypatch.setattr(worker, "_take", watched)
    flood = [typed(32_000_000 + n, ann, f"{n} " + "x" * 4000) for n in range(500)]
    await feed(house, [*flood, press(32_000_500, bob, "feelings:0")])
    await house.settle()
    query = text("select patient_id from events where patient_id is not null and actor like 'patient:%' order by id")
    order = await house.look(lambda session: list(session.connection().execute(query).scalars()))
    assert (order.count(1), order.count(2)) >= (500, 1)
    assert order[: order.index(2)].count(1) < 250, "Bob is served while half of the flood still waits"
    assert max(held) < 250, "a flood waits in the inbox, not in memory"
    ann.read()
    bob.expect("What do you notice")


async def test_a_crowd_is_served_whole_however_few_are_held(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.worker.MOST_FOUND", 10)
    monkeypatch.setattr("bot.worker.MOST_HELD", 20)
    crowd = [await house.person(f"P{n}") for n in range(60)]
    await feed(house, [typed(33_000_000 + n, one, "hello") for n, one in enumerate(crowd)])
    assert len(house.steady.worker._held) <= 30
    await house.settle()
    assert await count(house, "waiting") == 0
    assert [one.name for one in crowd if not one.read()] == []


async def test_a_danger_inside_a_flood_is_raised(house: House) -> None:
    ann = await house.joined(day=3)
    house.clinicians.read()
    flood = [typed(31_000_000 + n, ann, f"{n} " + "y" * 4000) for n in range(60)]
    danger = house.reader.learns("z" * 3000 + ". I want it to be over. " + "z" * 900, flags={"suicidal": CERTAIN})
    flood[45] = typed(31_000_045, ann, danger)
    await feed(house, flood)
    await house.settle()
    house.clinicians.expect(f"EMERGENCY.*{ann.code}")
    ann.expect("112|116")
    notes = text("select count(*) from notes")
    assert await house.look(lambda session: session.connection().execute(notes).scalar_one()) <= 21


def typed(number: int, by: Patient, said: str) -> dict[str, Any]:
    who = {"id": by.id, "type": "private", "is_bot": False, "first_name": "x"}
    return {"update_id": number, "message": {"message_id": 1, "date": 1, "chat": who, "from": who, "text": said}}


async def test_a_bot_that_is_told_to_stop_leaves_the_rest_of_a_flood_for_later(house: House) -> None:
    ann = await house.joined(day=3)
    await feed(house, [typed(34_000_000 + n, ann, f"{n} " + "x" * 4000) for n in range(150)])
    await house.steady.worker.look()
    await house.stop_steady()
    await house.start_steady()
    left = await count(house, "waiting")
    assert 0 < left < 151
    await house.settle()
    assert await count(house, "waiting") == 0
    assert [line for line in house.logs if line["log_level"] == "error"] == []
