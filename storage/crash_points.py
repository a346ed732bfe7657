"""Named places where a process may die and nothing be lost: beside each commit and each call to Telegram.

Only tests listen, and then die at one of them; no setting reaches this, so no installation can be made to.
"""

from __future__ import annotations

from collections.abc import Callable

_heard: Callable[[str], None] | None = None


def passes(point: str) -> None:
    """Say that the process is at `point`: `commit` and `committed`, `asks` and `answered`, and so on."""
    if _heard is not None:
        _heard(point)


def listen(hear: Callable[[str], None] | None) -> None:
    """Let `hear` be called at every point (None: nobody listens), on whatever thread passes it."""
    global _heard
    _heard = hear
