"""The event stream behind an open page: fragments for what changed, each with an id, none twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import StreamingResponse

from sandbox.page.hub import Hub
from sandbox.page.look import Pane
from sandbox.page.scene import Scene
from sandbox.world import Event, World

ID_ROOM = 100
BREATH = 0.04
PING_SECONDS = 15.0
Part = tuple[str, str]


def frame(name: str, body: str, number: int) -> str:
    """Return one server-sent event; each line of the fragment needs a data: of its own."""
    lines = "".join(f"data: {line}\n" for line in body.split("\n"))
    return f"id: {number}\nevent: {name}\n{lines}\n"


def parts(world: World, scene: Scene, event: Event) -> Iterator[Part]:
    """Yield the regions of the page that an event changes, with their new content."""
    if event.kind in {"reset", "closing"}:
        yield event.kind, ""
    elif event.kind == "message":
        yield from _message(scene, event)
    elif event.kind == "toast":
        for pane in scene.panes().values():
            if pane.chat.id == event.chat and pane.viewer and pane.viewer.id == event.person:
                yield f"toast-{pane.name}", scene.toast(event.text)
    elif event.kind in {"clock", "order"}:
        yield "clock", scene.clock()
        if event.kind == "order":
            yield "controls", scene.controls()
        for pane in scene.panes().values():
            yield f"time-{pane.name}", scene.hour(pane)
    elif event.kind == "journey":
        yield "cast", scene.cast()
        if scene.patient and event.person == scene.patient.id:
            yield "strip", scene.strip()
            yield "clock", scene.clock()
    else:
        yield from _people(world, scene, event)


def _message(scene: Scene, event: Event) -> Iterator[Part]:
    for pane in scene.panes().values():
        if pane.chat.id != event.chat or event.message not in pane.chat.messages:
            continue
        yield f"chat-{pane.name}", scene.bubble(pane, event.message, oob=not event.new)
        if pane.chat.private:
            yield f"keys-{pane.name}", scene.keys(pane)


def _people(world: World, scene: Scene, event: Event) -> Iterator[Part]:
    """Somebody came, blocked, was switched, or a chat changed; a page that lacks a chat loads again."""
    if _lacks(world, scene, event):
        yield "reset", ""
        return
    yield "cast", scene.cast()
    for pane in scene.panes().values():
        if _concerns(pane, event):
            yield f"head-{pane.name}", scene.head(pane)
            yield f"dock-{pane.name}", scene.dock(pane)


def _lacks(world: World, scene: Scene, event: Event) -> bool:
    if event.kind == "person":
        return scene.patient is None
    if event.kind != "chat":
        return False
    chat = world.chats.get(event.chat)
    gone = scene.team is not None and (scene.team.deleted or scene.team.migrated_to is not None)
    return scene.team is None or gone or (chat is scene.team and scene.clinician is None)


def _concerns(pane: Pane, event: Event) -> bool:
    if event.kind == "commands":
        return True
    return pane.chat.id == event.chat or (pane.viewer is not None and pane.viewer.id == event.person)


async def stream(world: World, hub: Hub, query: Any, since: int) -> AsyncIterator[str]:
    seen = since
    yield "retry: 1000\n\n"
    while not world.closing.is_set():
        if not await hub.wait(seen, PING_SECONDS):
            yield ": still here\n\n"
            continue
        batch, seen = hub.since(seen), hub.last
        scene = Scene.chosen(world, query)
        for number, event in batch:
            for place, (name, body) in enumerate(parts(world, scene, event)):
                yield frame(name, body, number * ID_ROOM + place)
        await asyncio.sleep(BREATH)


def live(world: World, hub: Hub, request: Request) -> StreamingResponse:
    """Go on after the last event the page has seen; a browser that reconnects says which that was."""
    last = request.headers.get("last-event-id", "")
    # Its parts may have been cut off half-way: begin with it again, the page drops doubles.
    since = int(last) // ID_ROOM - 1 if last.isdigit() else int(request.query_params.get("since", hub.last))
    return StreamingResponse(
        stream(world, hub, request.query_params, max(since, 0)), media_type="text/event-stream",
        headers={"Cache-Control": "no-store"},
    )  # fmt: skip
