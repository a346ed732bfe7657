"""The clock, what is due, whether all is quiet, and orders of the page to whoever drives the clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sandbox import playing
from sandbox.chats import Chat
from sandbox.clock import iso, parse_instant
from sandbox.errors import StageError
from sandbox.people import Person
from sandbox.stage.desk import Ask, stage, wait_for
from sandbox.world import Event, World

STEPS = {"1h": timedelta(hours=1), "1d": timedelta(days=1), "1w": timedelta(weeks=1)}


@stage("GET", "/state")
def state(world: World, ask: Ask) -> Any:
    order = world.orders.running()
    return {
        "clock": iso(world.clock.now),
        "real": world.clock.real,
        "bot": world.bot.as_user(),
        "people": [person_json(person) for person in world.people.values()],
        "chats": [chat_json(chat) for chat in world.chats.values() if not chat.private],
        "pending": world.updates.pending(),
        "order": order.as_json() if order else None,
        "webhook": world.webhook.url,
    }


def person_json(person: Person) -> dict[str, Any]:
    script = person.script
    return person.as_user() | {
        "about": person.about,
        "role": person.role,
        "zone": person.zone,
        "started": person.started,
        "blocked": person.blocked,
        "deactivated": person.deactivated,
        "journey": person.journey,
        "script": {"on": script.on, "rules": len(script.rules)} if script else None,
    }


def chat_json(chat: Chat) -> dict[str, Any]:
    return chat.as_chat() | {
        "members": {str(one): member.status for one, member in chat.members.items()},
        "pinned": chat.pinned,
        "migrated_to": chat.migrated_to,
        "deleted": chat.deleted,
        "topics": chat.topics,
    }


@stage("PUT", "/clock")
async def set_clock(world: World, ask: Ask) -> Any:
    """Move the clock; with `quiet`, answer as `/quiet` does too, after that many seconds at most."""
    fired = playing.move_clock(world, parse_instant(ask.body.get("now")), force=bool(ask.body.get("force")))
    moved = {"now": iso(world.clock.now), "fired": fired, "halt": world.orders.halt()}
    return moved | (await when_quiet(world, float(ask.body["quiet"])) if "quiet" in ask.body else {})


@stage("GET", "/next")
def next_act(world: World, ask: Ask) -> Any:
    at = world.next_act()
    return {"at": iso(at) if at else None}


@stage("GET", "/pending")
def pending(world: World, ask: Ask) -> Any:
    due = sum(act.at <= world.clock.now for act in world.acts)
    return {"updates": world.updates.pending(), "acts_due": due, "acts": len(world.acts)}


@stage("GET", "/quiet")
async def quiet(world: World, ask: Ask) -> Any:
    """Answer as soon as every queued update has been confirmed by the bot, or when the time is up."""
    return await when_quiet(world, float(ask.query.get("timeout", 25)))


async def when_quiet(world: World, patience: float) -> dict[str, Any]:
    """Return whether all updates are confirmed, how many are not, and when somebody acts next by themselves."""
    world.updates.drop_stale()
    if world.updates.queue:
        await wait_for(world, world.updates.quieted, patience)
    at = world.next_act()
    left = len(world.updates.queue)
    return {"quiet": not left, "updates": left, "next": iso(at) if at else None}


@stage("GET", "/orders")
async def take_order(world: World, ask: Ask) -> Any:
    order = world.orders.take()
    if order is None:
        await wait_for(world, world.orders.arrived, float(ask.query.get("timeout", 25)))
        order = world.orders.take()
    return order.as_json() if order else None


@stage("POST", "/orders")
def give_order(world: World, ask: Ask) -> Any:
    plus = str(ask.body.get("plus", ""))
    return order_time(world, plus, ask.body.get("to"), float(ask.body.get("pace", 0))).as_json()


def order_time(world: World, plus: str, to: object, pace: float) -> Any:
    """Give the order for an instant or a step; "end" means the latest end of anybody's journey."""
    moment: datetime | None
    if to:
        moment = parse_instant(to)
    elif plus in STEPS:
        moment = world.clock.now + STEPS[plus]
    elif plus == "end":
        ends = [p.journey["ends_at"] for p in world.people.values() if p.journey and p.journey.get("ends_at")]
        moment = max((parse_instant(end) for end in ends), default=None)
    else:
        raise StageError(400, "an order needs `to`, or `plus` as 1h, 1d, 1w or end")
    order = world.orders.add(moment, plus, pace)
    world.tell(Event("order"))
    return order


@stage("POST", "/orders/stop")
def stop_order(world: World, ask: Ask) -> Any:
    world.orders.stop()
    world.tell(Event("order"))
    return {"stopped": True}


@stage("POST", "/orders/{id:int}/done")
def order_done(world: World, ask: Ask) -> Any:
    order = world.orders.finish(ask.id, str(ask.body.get("note", "")))
    if order is None:
        raise StageError(404, f"there is no order {ask.id}")
    world.tell(Event("order"))
    return order.as_json()


@stage("POST", "/reset")
def reset(world: World, ask: Ask) -> Any:
    world.reset()
    return {"clock": iso(world.clock.now)}
