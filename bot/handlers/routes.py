"""The shape of a route: how an update's words become the arguments of one action."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from care.refusals import NotFound
from clinic.serve import Action

Read = Callable[[str], Any]


@dataclass(frozen=True)
class Press:
    """A button: the first word of its data, the action, and how its arguments are read, in order.

    The last `optional` arguments may be missing: the action has a default for them.
    """

    word: str
    action: Action
    reads: Mapping[str, Read] = field(default_factory=dict)
    optional: int = 0

    def values(self, args: list[str]) -> dict[str, Any]:
        """Return the action's arguments; raise NotFound for data that no button of ours carries."""
        if not len(self.reads) - self.optional <= len(args) <= len(self.reads):
            raise NotFound("refused-unknown-button")
        try:
            return {name: read(arg) for (name, read), arg in zip(self.reads.items(), args, strict=False)}
        except (ValueError, KeyError):
            raise NotFound("refused-unknown-button") from None


@dataclass(frozen=True)
class Command:
    """A typed command; `takes` names the argument that gets the rest of the line, if the action has one."""

    word: str
    action: Action
    takes: str | None = None


def one_of(*words: str) -> Read:
    """Return a reader that takes only these words."""

    def read(arg: str) -> str:
        if arg not in words:
            raise ValueError(arg)
        return arg

    return read


def number(least: int, most: int) -> Read:
    """Return a reader of whole numbers in [`least`, `most`]."""

    def read(arg: str) -> int:
        value = int(arg)
        if not least <= value <= most or not arg.isascii():
            raise ValueError(arg)
        return value

    return read


PAGE = number(1, 9999)
"""A page of a long answer, from 1 on; one that is not there any more shows the last."""
ROW = number(0, 2**53)
"""A row id, 0 for none. A client can send any data, so the range is checked here and the owner in the database."""
