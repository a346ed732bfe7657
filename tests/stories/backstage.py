"""The conductor of the demo with a short way to the stage: the same functions, without a socket in between."""

from __future__ import annotations

import inspect
from typing import Any

from starlette.routing import compile_path

from bot.clock import MovableClock
from bot.demo.conductor import Conductor
from bot.steady import Steady
from sandbox import stage as _registers_the_deeds  # noqa: F401
from sandbox.errors import StageError
from sandbox.stage.desk import DEEDS, Ask
from sandbox.world import World

DEEDS_BY_PATH = [(verb, *compile_path(path)[::2], deed) for verb, path, deed in DEEDS]


class Backstage(Conductor):
    """Moves the clock and the people of a world in the same process. The bot itself still speaks only HTTP with it."""

    def __init__(self, steady: Steady, clock: MovableClock, world: World) -> None:
        super().__init__(steady, clock, stage=self)
        self.world = world

    async def call(self, method: str, path: str, /, **body: Any) -> Any:
        """Do what the stage's HTTP face would do; raise for a refusal."""
        route, _, written = path.partition("?")
        query = dict(pair.split("=", 1) for pair in written.split("&") if pair)
        for verb, pattern, readers, deed in DEEDS_BY_PATH:
            match = pattern.match(route)
            if verb != method or match is None:
                continue
            place = {name: readers[name].convert(value) for name, value in match.groupdict().items()}
            try:
                found = deed(self.world, Ask(place, query, body))
                return await found if inspect.isawaitable(found) else found
            except StageError as error:
                raise RuntimeError(f"the stage refuses {path}: {error.text}") from None
        raise RuntimeError(f"the stage has no {method} {path}")
