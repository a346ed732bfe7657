"""The search for garbage, which need not look through what stays for good."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

MOST_LOOKED_THROUGH = 10_000
"""Objects that a full search may have to look through: each takes about a microsecond, in which everything stands."""
OLDEST = 2
YOUNG = 10_000
"""New objects between two searches of the youngest: more than a unit of work holds, so that it is never searched."""


@contextmanager
def nothing_but_keepsakes() -> Iterator[None]:
    """Search for no garbage inside: what is made there stays, and is never looked through afterwards either.

    For imports and content: searching them over and over is a third of the time to the first answer, and later a stop
    of everything in the middle of a message.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def keep_what_stays(most: int = MOST_LOOKED_THROUGH) -> Callable[[], None]:
    """From now on keep what has survived a full search once it is more than `most`; return how to end that.

    What is kept is freed as ever when nobody holds it; only what holds itself in a ring would stay. Without this the
    mapped classes and compiled statements, made by the first work, stop everything for 60 ms over and over.
    """

    def keep(phase: str, about: dict[str, int]) -> None:
        if phase == "stop" and about["generation"] == OLDEST and len(gc.get_objects(OLDEST)) > most:
            gc.freeze()

    gc.freeze()
    gc.callbacks.append(keep)
    before = gc.get_threshold()
    gc.set_threshold(YOUNG, *before[1:])

    def end() -> None:
        gc.callbacks.remove(keep)
        gc.set_threshold(*before)

    return end
