"""The event loop in which the bot lives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
NewLoop = Callable[[], asyncio.AbstractEventLoop]


def run_in_loop(main: Coroutine[Any, Any, T]) -> T:
    """Run `main` to its end and return its result: in uvloop's loop where there is one, in Python's own on Windows."""
    with asyncio.Runner(loop_factory=_loop_maker()) as runner:
        return runner.run(main)


def _loop_maker() -> NewLoop | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop
