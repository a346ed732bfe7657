"""Time moves: everything people had in mind to do by then happens, in order of time."""

from __future__ import annotations

import heapq
from datetime import datetime

from sandbox import doing, keyboards, membership
from sandbox.errors import StageError
from sandbox.journal import log
from sandbox.people import Person
from sandbox.scripts import Act
from sandbox.world import Event, World


def move_clock(world: World, to: datetime, *, force: bool = False) -> int:
    """Set the clock, firing each act due on the way at its own time; return how many fired."""
    if to < world.clock.now:
        world.clock.set(to, force=force)
    fired = 0
    while world.acts and world.acts[0].at <= to:
        act = heapq.heappop(world.acts)
        if act.at > world.clock.now:
            world.clock.set(act.at)
        fired += fire(world, act)
    if to > world.clock.now:
        world.clock.set(to)
    world.tell(Event("clock"))
    return fired


def fire_due(world: World) -> int:
    """Real mode: do what is due by the wall clock."""
    fired = 0
    while world.acts and world.acts[0].at <= world.clock.now:
        fired += fire(world, heapq.heappop(world.acts))
    return fired


def fire(world: World, act: Act) -> bool:
    """Do one act; somebody who finds the button gone, or has been blocked meanwhile, lets it be."""
    person = world.people[act.person]
    if person.script is None or not person.script.on or person.blocked:
        return False
    try:
        perform(world, person, act)
    except StageError as error:
        log.debug("%s lets it be: %s", person.name, error.text)
        return False
    return True


def perform(world: World, person: Person, act: Act) -> None:
    deed = act.deed
    chat = world.chat(act.chat)
    if "tap" in deed:
        doing.tap(world, person, chat_id=chat.id, message_id=act.message, label=deed["tap"])
    elif "tap_data" in deed:
        message = chat.messages[act.message]
        fits = [
            b["callback_data"]
            for b in keyboards.buttons(message.inline)
            if keyboards.matches(deed["tap_data"], b.get("callback_data", ""))
        ]
        if not fits:
            raise StageError(404, f"no button with data like {deed['tap_data']!r}")
        doing.tap(world, person, chat_id=chat.id, message_id=act.message, data=fits[0])
    elif "say" in deed:
        doing.say(world, person, deed["say"], chat_id=None if chat.private else chat.id)
    elif "press" in deed:
        doing.press(world, person, deed["press"])
    elif "location" in deed:
        doing.share_location(world, person, *deed["location"])
    elif "block" in deed:
        membership.block(world, person, True)
