"""The wire between Telegram and the bot: calls, faults, flood limits, raw and repeated updates."""

from __future__ import annotations

from typing import Any

from sandbox.errors import StageError
from sandbox.scripts import dice
from sandbox.stage.desk import Ask, stage
from sandbox.world import World


@stage("GET", "/calls")
def calls(world: World, ask: Ask) -> Any:
    limit = int(ask.query.get("limit", 20_000))
    return world.calls.find(ask.after(), ask.query.get("method"), limit)


@stage("GET", "/unimplemented")
def unimplemented(world: World, ask: Ask) -> Any:
    return dict(world.calls.unimplemented)


@stage("GET", "/faults")
def list_faults(world: World, ask: Ask) -> Any:
    return [{"kind": fault.kind, "used": fault.used, "times": fault.times} for fault in world.faults.rules]


@stage("POST", "/faults")
def add_fault(world: World, ask: Ask) -> Any:
    fault = world.faults.add(ask.body)
    if fault.kind in {"401", "409"}:
        world.updates.end_poll()
    return {"kind": fault.kind, "faults": len(world.faults.rules)}


@stage("DELETE", "/faults")
def clear_faults(world: World, ask: Ask) -> Any:
    world.faults.rules.clear()
    return {"faults": 0}


@stage("PUT", "/limits")
def limits(world: World, ask: Ask) -> Any:
    """Switch the flood limits; with {"clock": "wall"} they count real seconds, else sandbox seconds."""
    world.limits.switch(bool(ask.body.get("on")), ask.body.get("clock") == "wall")
    return {"on": world.limits.on, "clock": "wall" if world.limits.wall else "sandbox"}


@stage("PUT", "/tokens")
def tokens(world: World, ask: Ask) -> Any:
    """Replace the tokens that are known, as when one is revoked; open polls end."""
    world.tokens = [str(token) for token in ask.body["tokens"]]
    world.updates.end_poll()
    return {"tokens": len(world.tokens)}


@stage("PUT", "/bot")
def set_bot(world: World, ask: Ask) -> Any:
    if "reads_all_group_messages" in ask.body:
        world.bot.reads_all_group_messages = bool(ask.body["reads_all_group_messages"])
    world.bot.username = str(ask.body.get("username", world.bot.username))
    world.bot.first_name = str(ask.body.get("first_name", world.bot.first_name))
    return world.bot.as_me()


@stage("GET", "/bot")
def get_bot(world: World, ask: Ask) -> Any:
    return world.bot.as_me() | {
        "commands": world.bot.commands,
        "texts": world.bot.texts,
        "menu_buttons": world.bot.menu_buttons,
    }


@stage("POST", "/updates")
def push(world: World, ask: Ask) -> Any:
    if "update" not in ask.body:
        raise StageError(400, "an update is missing")
    return {"update_id": world.updates.add_raw(ask.body["update"], untouched=bool(ask.body.get("raw")))}


@stage("POST", "/updates/repeat")
def repeat(world: World, ask: Ask) -> Any:
    """Deliver the newest `last` updates again, `times` times, in order or shuffled."""
    last = int(ask.body.get("last", 10))
    batch = list(world.updates.past)[-last:] * int(ask.body.get("times", 1))
    if ask.body.get("shuffle"):
        dice(ask.body.get("seed", 0)).shuffle(batch)
    world.updates.repeat(batch)
    return {"repeated": [entry.id for entry in batch]}


@stage("POST", "/updates/renumber")
def renumber(world: World, ask: Ask) -> Any:
    """Go on with another update id, as Telegram may after a week without updates."""
    world.updates.next_id = int(ask.body["next"])
    return {"next": world.updates.next_id}
