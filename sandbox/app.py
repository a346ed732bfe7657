"""The wiring: Bot API, files, stage and page over one world."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.routing import BaseRoute, Route

from sandbox import playing
from sandbox.alone import keep_driving
from sandbox.bot_api import gate
from sandbox.bot_api.download import download
from sandbox.bot_api.params import Params
from sandbox.page import routes as page
from sandbox.stage import cast, desk, rooms, time, wires
from sandbox.webhook import push_for_ever
from sandbox.world import World

__all__ = ["cast", "create_app", "rooms", "time", "wires"]


class SignedConvertor(Convertor[int]):
    """Chat ids: groups and channels are below zero."""

    regex = "-?[0-9]+"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("signed", SignedConvertor())


def create_app(world: World) -> Starlette:
    bot_api = gate.BotApi(world)
    routes: list[BaseRoute] = [
        Route("/bot{token}/{method}", bot_api, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", partial(download, world), methods=["GET"]),
        *desk.routes(world),
        *page.routes(world),
    ]
    return Starlette(routes=routes, lifespan=partial(_lifespan, world))


@asynccontextmanager
async def _lifespan(world: World, app: Starlette) -> AsyncIterator[None]:
    """Run what goes on by itself: webhook pushes and, in real mode, people acting by the wall clock."""

    async def answer(body: dict[str, object]) -> None:
        await gate.call(world, str(body.pop("method")), Params(body))

    tasks = [asyncio.create_task(push_for_ever(world, answer))]
    if world.self_driving:
        tasks.append(asyncio.create_task(keep_driving(world)))
    if world.clock.real:
        tasks.append(asyncio.create_task(_live(world)))
    yield
    world.close()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _live(world: World) -> None:
    while True:
        playing.fire_due(world)
        await asyncio.sleep(1)
