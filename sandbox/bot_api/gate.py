"""The gate every Bot API call passes: token, parameters, faults, method, journal."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sandbox.bot_api import editing, intake, media, profile, rooms, sending
from sandbox.bot_api.methods import METHODS
from sandbox.bot_api.params import Params, read_params
from sandbox.clock import iso
from sandbox.errors import Refusal, bad_request
from sandbox.faults import AFTER, Fault
from sandbox.world import World

__all__ = ["BotApi", "editing", "media", "profile", "rooms", "sending"]

log = logging.getLogger("sandbox")
HTML = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>502 Bad Gateway</body>\r\n</html>"


async def run(world: World, name: str, params: Params) -> Any:
    """Run one method and return its result, or raise the Refusal."""
    if name.lower() == "getupdates":
        return await intake.get_updates(world, params)
    function = METHODS.get(name.lower())
    if function is None:
        world.calls.note_unimplemented(name)
        raise bad_request(f"method not implemented in the stand-in: {name}")
    return function(world, params)


async def outcome_of(world: World, name: str, params: Params) -> dict[str, Any]:
    try:
        return {"ok": True, "result": await run(world, name, params)}
    except Refusal as refusal:
        return refusal.as_json()
    except Exception as error:  # a bug of ours must answer 500 and be loud
        log.exception("the stand-in broke on %s", name)
        return Refusal(500, f"Internal Server Error: {type(error).__name__} in the stand-in").as_json()


async def call(world: World, name: str, params: Params) -> None:
    """Make a call that came without a request of its own, such as from a webhook's answer."""
    outcome = await outcome_of(world, name, params)
    world.calls.add(iso(world.clock.now), name, params.journal(), outcome, None)


class BotApi:
    """An ASGI endpoint for /bot<token>/<method>. Raw ASGI, because faults must be able to cut the line."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        world, name = self.world, str(scope["path_params"]["method"])
        if scope["path_params"]["token"] not in world.tokens:
            await _answer(Refusal(401, "Unauthorized").as_json())(scope, receive, send)
            return
        try:
            params = await read_params(request)
        except Refusal as refusal:
            await _answer(refusal.as_json())(scope, receive, send)
            return
        fault = world.faults.pick(name, params.given.get("chat_id"))
        outcome = await _unless_gone(self.act(name, params, fault), name, receive)
        if outcome is None:
            return
        world.calls.add(iso(world.clock.now), name, params.journal(), outcome, fault.kind if fault else None)
        if fault is None:
            await _answer(outcome)(scope, receive, send)
        else:
            await self.fail(fault, outcome, scope, receive, send)

    async def act(self, name: str, params: Params, fault: Fault | None) -> dict[str, Any]:
        if fault is None or fault.kind in AFTER:
            return await outcome_of(self.world, name, params)
        return fault.refusal().as_json()

    async def fail(self, fault: Fault, outcome: dict[str, Any], scope: Scope, receive: Receive, send: Send) -> None:
        if fault.kind in {"timeout_before", "timeout_after", "slow"}:
            await self.hold(fault.seconds)
        if fault.kind in {"reset", "reset_after", "timeout_before", "timeout_after"}:
            _cut(receive)
        elif fault.kind == "html":
            await Response(HTML, 502, media_type="text/html")(scope, receive, send)
        elif fault.kind == "half_json":
            whole = json.dumps(outcome).encode()
            half = whole[: len(whole) // 2]
            await Response(half, 200, media_type="application/json")(scope, receive, send)
        elif fault.kind == "status_after":
            await _answer(fault.refusal().as_json())(scope, receive, send)
        else:
            await _answer(outcome)(scope, receive, send)

    async def hold(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.world.closing.wait(), seconds)


async def _unless_gone(
    acting: Coroutine[Any, Any, dict[str, Any]], name: str, receive: Receive
) -> dict[str, Any] | None:
    """Await the outcome; a long poll whose caller has hung up ends quietly with None."""
    if name.lower() != "getupdates":
        return await acting
    poll, gone = asyncio.ensure_future(acting), asyncio.ensure_future(_hung_up(receive))
    await asyncio.wait([poll, gone], return_when=asyncio.FIRST_COMPLETED)
    gone.cancel()
    if poll.done():
        return poll.result()
    poll.cancel()
    return None


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _answer(outcome: dict[str, Any]) -> Response:
    status = 200 if outcome["ok"] else outcome["error_code"]
    return Response(json.dumps(outcome), status, media_type="application/json")


def _cut(receive: Receive) -> None:
    """Break the connection without an answer. ASGI has no word for it, so reach for uvicorn's transport."""
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionResetError("fault asked for on the stage")
    transport.abort()
