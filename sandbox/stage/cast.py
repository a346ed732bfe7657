"""The people: bringing them in, letting them act, their scripts and journeys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox import doing, membership
from sandbox.errors import StageError
from sandbox.scripts import read_script
from sandbox.stage.desk import Ask, stage
from sandbox.stage.time import person_json
from sandbox.world import Event, World

CELLS = {"taken", "skipped", "unknown", "held", "open", "ahead", "missed-by-us"}


@stage("POST", "/people")
def add_person(world: World, ask: Ask) -> Any:
    script = ask.body.get("script")
    rules = read_script(script or [], seed=_seed(world, ask, 0), now=world.clock.now)
    person = membership.add_person(world, ask.body)
    if script is not None:
        rules.chance.seed(_seed(world, ask, person.id))
        person.script = rules
    return person_json(person)


def _seed(world: World, ask: Ask, person_id: int) -> str:
    return f"{ask.body.get('seed', world.seed)}:{person_id}"


@stage("GET", "/people/{id:int}")
def get_person(world: World, ask: Ask) -> Any:
    return person_json(world.person(ask.id))


@stage("GET", "/people/{id:int}/toasts")
def toasts(world: World, ask: Ask) -> Any:
    return world.person(ask.id).toasts


@stage("POST", "/people/{id:int}/say")
def say(world: World, ask: Ask) -> Any:
    message = doing.say(
        world,
        world.person(ask.id),
        ask.text("text"),
        chat_id=ask.number("chat"),
        reply_to=ask.number("reply_to"),
        thread_id=ask.number("thread"),
    )
    return {"message_id": message.id}


@stage("POST", "/people/{id:int}/tap")
def tap(world: World, ask: Ask) -> Any:
    wishes = {name: ask.body[name] for name in ("label", "data") if ask.body.get(name) is not None}
    if not wishes:
        raise StageError(400, "a tap needs a label or data")
    return doing.tap(
        world,
        world.person(ask.id),
        chat_id=ask.number("chat"),
        message_id=ask.number("message"),
        forge=bool(ask.body.get("forge")),
        **wishes,
    )


@stage("POST", "/people/{id:int}/press")
def press(world: World, ask: Ask) -> Any:
    place = ask.body.get("lat", 52.52), ask.body.get("lon", 13.405)
    return {"message_id": doing.press(world, world.person(ask.id), ask.text("label"), place).id}


@stage("POST", "/people/{id:int}/location")
def location(world: World, ask: Ask) -> Any:
    message = doing.share_location(
        world, world.person(ask.id), float(ask.body["lat"]), float(ask.body["lon"]), ask.number("chat")
    )
    return {"message_id": message.id}


@stage("POST", "/people/{id:int}/edit")
def edit(world: World, ask: Ask) -> Any:
    number = ask.number("message") or 0
    return {"message_id": doing.edit(world, world.person(ask.id), number, ask.text("text"), ask.number("chat")).id}


@stage("POST", "/people/{id:int}/block")
def block(world: World, ask: Ask) -> Any:
    membership.block(world, world.person(ask.id), True)
    return person_json(world.person(ask.id))


@stage("POST", "/people/{id:int}/unblock")
def unblock(world: World, ask: Ask) -> Any:
    membership.block(world, world.person(ask.id), False)
    return person_json(world.person(ask.id))


@stage("POST", "/people/{id:int}/deactivate")
def deactivate(world: World, ask: Ask) -> Any:
    world.person(ask.id).deactivated = True
    world.tell(Event("person", person=ask.id))
    return person_json(world.person(ask.id))


@stage("POST", "/people/{id:int}/script")
def switch(world: World, ask: Ask) -> Any:
    switch_script(world, ask.id, bool(ask.body.get("on")))
    return person_json(world.person(ask.id))


@stage("POST", "/people/{id:int}/{kind}")
def send_thing(world: World, ask: Ask) -> Any:
    """Send a photo, voice message, sticker, contact and the like: small, but with all that Telegram sends."""
    kind = ask.path["kind"]
    if kind not in THINGS:
        raise StageError(404, f"people cannot {kind!r}; they can send {sorted(THINGS)}")
    media = {kind: THINGS[kind](world)}
    message = doing.send(world, world.person(ask.id), ask.number("chat"), media=media, caption=ask.body.get("caption"))
    return {"message_id": message.id}


DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f8"
    "0f00010501012718e3660000000049454e44ae426082"
)


def _file(world: World, data: bytes, name: str, mime: str) -> dict[str, Any]:
    return world.files.add(data, name, mime, "people").as_file()


THINGS: dict[str, Callable[[World], Any]] = {
    "photo": lambda w: [_file(w, DOT, "photo.png", "image/png") | {"width": 1, "height": 1}],
    "voice": lambda w: _file(w, b"OggS", "voice.ogg", "audio/ogg") | {"duration": 4, "mime_type": "audio/ogg"},
    "document": lambda w: (
        _file(w, b"paper", "paper.pdf", "application/pdf") | {"file_name": "paper.pdf", "mime_type": "application/pdf"}
    ),
    "sticker": lambda w: (
        _file(w, b"RIFF----WEBP", "sticker.webp", "image/webp")
        | {
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "type": "regular",
            "emoji": "👍",
        }
    ),
    "contact": lambda w: {"phone_number": "+49301234567", "first_name": "A friend"},
    "dice": lambda w: {"emoji": "🎲", "value": 4},
}


@stage("PUT", "/people/{id:int}/script")
def write_script(world: World, ask: Ask) -> Any:
    """Give somebody a new script; it starts now."""
    person = world.person(ask.id)
    person.script = read_script(ask.body.get("rules"), seed=_seed(world, ask, person.id), now=world.clock.now)
    world.tell(Event("person", person=person.id))
    return person_json(person)


@stage("PUT", "/people/{id:int}/journey")
def journey(world: World, ask: Ask) -> Any:
    cells = ask.body.get("cells", [])
    if not isinstance(cells, list) or set(cells) - CELLS:
        raise StageError(400, f"cells are a list of {sorted(CELLS)}")
    world.person(ask.id).journey = ask.body
    world.tell(Event("journey", person=ask.id))
    return {"cells": len(cells)}


def switch_script(world: World, person_id: int, on: bool) -> None:
    person = world.person(person_id)
    if person.script is None:
        raise StageError(409, f"{person.name} has no script")
    person.script.on = on
    if not on:
        world.forget_acts(lambda act: act.person == person.id)
    world.tell(Event("person", person=person.id))
