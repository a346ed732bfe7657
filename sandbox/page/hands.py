"""What a user's hands do on the page: the same as the stage does, but from forms and buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox import doing, keyboards, membership
from sandbox.errors import StageError
from sandbox.page.scene import Scene
from sandbox.stage.cast import switch_script
from sandbox.stage.time import order_time
from sandbox.world import Event, World

Form = dict[str, str]
Hand = Callable[[World, Request, Form], str | None]


def tap(world: World, request: Request, form: Form) -> str | None:
    """Press the n-th inline button of a message; return a note for the user when nothing is sent."""
    path = request.path_params
    chat = world.chat(path["chat"])
    message = chat.messages.get(path["message"])
    found = keyboards.buttons(message.inline if message else None)
    if message is None or message.deleted or path["at"] >= len(found):
        raise StageError(404, "this button is gone")
    button, person = found[path["at"]], world.person(path["id"])
    if "callback_data" in button:
        doing.chat_for(world, person, chat.id)
        doing.ask(world, person, chat, message, button["callback_data"])
        return None
    done = doing.tap(world, person, chat_id=chat.id, message_id=message.id, label=button["text"])
    if "copied" in done:
        return f"Copied: {done['copied']}"
    return None if "started" in done else "This button opens something outside of the chat."


def say(world: World, request: Request, form: Form) -> str | None:
    text = form.get("text", "").strip()
    if text:
        person = world.person(request.path_params["id"])
        doing.say(world, person, text, chat_id=request.path_params["chat"])
    return None


def start(world: World, request: Request, form: Form) -> str | None:
    payload = request.path_params["payload"]
    text = "/start" if payload == "-" else f"/start {payload}"
    person = world.person(request.path_params["id"])
    is_new = not person.started
    doing.say(world, person, text)
    return f"{person.name} has opened the invitation." if is_new and payload != "-" else None


def press(world: World, request: Request, form: Form) -> str | None:
    doing.press(world, world.person(request.path_params["id"]), form.get("label", ""))
    return None


def place(world: World, request: Request, form: Form) -> str | None:
    person = world.person(request.path_params["id"])
    doing.share_location(world, person, float(form["lat"]), float(form["lon"]))
    return None


def block(world: World, request: Request, form: Form) -> str | None:
    person = world.person(request.path_params["id"])
    membership.block(world, person, not person.blocked)
    return None


def plays(world: World, request: Request, form: Form) -> str | None:
    person = world.person(request.path_params["id"])
    switch_script(world, person.id, not (person.script and person.script.on))
    return None


def order(world: World, request: Request, form: Form) -> str | None:
    if form.get("plus") == "stop":
        world.orders.stop()
        world.tell(Event("order"))
        return None
    order_time(world, form.get("plus", ""), None, float(form.get("pace", 0)))
    return None


PATHS: list[tuple[str, Hand]] = [
    ("/act/{id:int}/tap/{chat:signed}/{message:int}/{at:int}", tap),
    ("/act/{id:int}/say/{chat:signed}", say),
    ("/act/{id:int}/start/{payload}", start),
    ("/act/{id:int}/press", press),
    ("/act/{id:int}/place", place),
    ("/act/{id:int}/block", block),
    ("/act/{id:int}/plays", plays),
    ("/act/order", order),
]


def routes(world: World) -> list[Route]:
    return [Route(path, _endpoint(world, hand), methods=["POST"]) for path, hand in PATHS]


def _endpoint(world: World, hand: Hand) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        # Another site's page can post a form here, but cannot send this header.
        if request.headers.get("hx-request") != "true":
            return Response("only from the page itself", 403)
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        try:
            note: Any = hand(world, request, form)
        except (StageError, ValueError, KeyError) as error:
            note = getattr(error, "text", None) or f"That did not work: {error}"
        if note is None:
            return Response(status_code=204)
        drawn = Scene(world, None, None, None).toast(note)
        return Response(f'<div id="notes" hx-swap-oob="beforeend">{drawn}</div>', media_type="text/html")

    return answer
