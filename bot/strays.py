"""Letters that count as on their way and are not: nobody would ever send them, so they are freed to be sent again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storage.sending import release_claims
from storage.work import Work

SWEEPS = (0, 5, 30, 120)
"""Seconds after a claim whose answer was lost at which we look: the database may have made it, and even later."""


@dataclass(frozen=True)
class Search:
    """What to free: these letters, and (`besides` given) all that are in nobody's hand."""

    ids: frozenset[int]
    besides: frozenset[int] | None
    looked_at: float

    def __bool__(self) -> bool:
        """Return whether there is anything to look for."""
        return bool(self.ids) or self.besides is not None


class Strays:
    """What one sender has in hand, and what slipped out of it. `now` is the loop's own clock, in seconds."""

    def __init__(self) -> None:
        self._ids: set[int] = set()
        self._in_hand: set[int] = set()
        self._sweeps: list[float] = []

    def take(self, letters: Iterable[int]) -> None:
        """Note that these were claimed, and are in hand."""
        self._in_hand.update(letters)

    def put_down(self, letters: Iterable[int]) -> None:
        """Note that nobody is at work on these any more."""
        self._in_hand.difference_update(letters)

    def add(self, letters: Iterable[int]) -> None:
        """Note letters whose end could not be written: the database was away, or our lease had lapsed."""
        self._ids.update(letters)

    def claim_lost(self, now: float) -> None:
        """Note that we do not know whether a claim was made, nor of what."""
        self._sweeps = [now + wait for wait in SWEEPS]

    def look(self, now: float) -> Search:
        """Return what to free now."""
        is_time = bool(self._sweeps) and self._sweeps[0] <= now
        return Search(frozenset(self._ids), frozenset(self._in_hand) if is_time else None, now)

    def freed(self, search: Search) -> None:
        """Note that what `look` returned has been freed for good."""
        self._ids -= search.ids
        self._sweeps = [at for at in self._sweeps if at > search.looked_at]


def free(work: Work, search: Search) -> None:
    """Free what was found. Only as the holder of the lease: nobody else's letters are on their way then."""
    if search.ids:
        release_claims(work, search.ids)
    if search.besides is not None:
        release_claims(work, besides=search.besides)
