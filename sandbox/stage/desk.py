"""How a stage request reaches its function: one decorator, JSON in, JSON out, clear refusals."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.errors import StageError
from sandbox.world import World


@dataclass
class Ask:
    path: dict[str, Any]
    query: dict[str, str]
    body: dict[str, Any]

    @property
    def id(self) -> int:
        return int(self.path["id"])

    def after(self) -> int:
        return int(self.query.get("after", 0))

    def number(self, name: str) -> int | None:
        value = self.body.get(name)
        if value is None:
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            raise StageError(400, f"{name} must be a number, not {value!r}") from None

    def text(self, name: str) -> str:
        value = self.body.get(name)
        if not isinstance(value, str):
            raise StageError(400, f"{name} must be a text")
        return value


Deed = Callable[[World, Ask], Any | Awaitable[Any]]

DEEDS: list[tuple[str, str, Deed]] = []


def stage(verb: str, path: str) -> Callable[[Deed], Deed]:
    """Register a function for /stage<path>; it returns JSON, or None for 204."""

    def register(function: Deed) -> Deed:
        DEEDS.append((verb, path, function))
        return function

    return register


def routes(world: World) -> list[Route]:
    return [Route(f"/stage{path}", _endpoint(world, deed), methods=[verb]) for verb, path, deed in DEEDS]


def _endpoint(world: World, deed: Deed) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            found = deed(world, await _read(request))
            if inspect.isawaitable(found):
                found = await found
        except StageError as error:
            return _json({"error": error.text}, error.code)
        except (TypeError, ValueError, KeyError) as error:
            return _json({"error": f"{type(error).__name__}: {error}"}, 400)
        return Response(status_code=204) if found is None else _json(found)

    return answer


async def _read(request: Request) -> Ask:
    raw = await request.body()
    try:
        body = json.loads(raw) if raw else {}
    except ValueError:
        raise StageError(400, "the body is not JSON") from None
    if not isinstance(body, dict):
        raise StageError(400, "the body must be a JSON object")
    return Ask(request.path_params, dict(request.query_params), body)


def _json(found: Any, status: int = 200) -> Response:
    return Response(json.dumps(found, ensure_ascii=False), status, media_type="application/json")


async def wait_for(world: World, event: asyncio.Event, seconds: float) -> bool:
    """Wait for the event, the timeout or the end of the world; return whether the event came."""
    waits = [asyncio.ensure_future(event.wait()), asyncio.ensure_future(world.closing.wait())]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
    return event.is_set()
