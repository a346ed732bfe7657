"""From the world's events to open pages: a bounded ring that every page reads at its own pace.

Nothing is queued per page. A page that falls behind the ring is told to load itself again.
"""

from __future__ import annotations

import asyncio
from collections import deque

from sandbox.world import Event, World

KEPT = 4_000
Numbered = tuple[int, Event]


class Hub:
    def __init__(self, world: World) -> None:
        self.world = world
        self.ring: deque[Numbered] = deque(maxlen=KEPT)
        self.last = 0
        self.waiting: set[asyncio.Event] = set()
        world.on_event.append(self.hear)

    def hear(self, event: Event) -> None:
        self.last += 1
        self.ring.append((self.last, event))
        for waiter in self.waiting:
            waiter.set()

    def since(self, number: int) -> list[Numbered]:
        """Return what came after the number, each subject once; a gap becomes a single reset."""
        if number > self.last or (self.ring and number + 1 < self.ring[0][0]):
            return [(self.last, Event("reset"))]
        missed = self.last - number
        start = len(self.ring) - missed
        return coalesce([self.ring[at] for at in range(start, len(self.ring))])

    async def wait(self, number: int, seconds: float) -> bool:
        """Wait for something newer than the number; return whether it came in time."""
        if self.last > number or self.world.closing.is_set():
            return True
        waiter = asyncio.Event()
        self.waiting.add(waiter)
        try:
            await asyncio.wait_for(waiter.wait(), seconds)
        except TimeoutError:
            return False
        finally:
            self.waiting.discard(waiter)
        return True


def coalesce(events: list[Numbered]) -> list[Numbered]:
    """Keep the latest event of each subject, and keep a message new if it was new in any of them.

    New messages stay where they first came, so that a chat is appended to in order.
    """
    kept: dict[tuple[str, int, int, int, str], Numbered] = {}
    for number, event in events:
        key = (event.kind, event.chat, event.message, event.person, event.text)
        earlier = kept.get(key)
        if earlier is None or not earlier[1].new:
            kept.pop(key, None)
            kept[key] = (number, event)
    return list(kept.values())
