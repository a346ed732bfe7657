"""When each loop of this process last came round well: one that hangs, or fails every time, stops doing so."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol


class Part(Protocol):
    """A loop that serves until it is cancelled, and calls `on_turn` each time it has come round without trouble."""

    on_turn: Callable[[], None]

    async def run(self) -> None: ...


class Turns:
    """The turns of some loops, by the real clock: they turn even where a test moves the time of day."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: dict[str, float] = {}

    def begin(self, part: str) -> Callable[[], None]:
        """Expect turns of `part` from now on; return what it is to call after each that went well."""

        def turned() -> None:
            self._last[part] = self._clock()

        turned()
        return turned

    def missing(self, *, after: float) -> list[str]:
        """Return the parts that have not come round for longer than `after` seconds."""
        before = self._clock() - after
        return [part for part, at in self._last.items() if at < before]
