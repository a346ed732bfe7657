"""What a user of the page asks of the clock; whoever drives the clock collects it over HTTP."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.clock import iso


@dataclass
class Order:
    """`plus` is kept beside `to`: only the driver knows where "end" is, so its `to` may be None."""

    id: int
    to: datetime | None
    plus: str
    pace: float
    taken: bool = False
    done: bool = False
    stopped: bool = False
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "to": iso(self.to) if self.to else None,
            "plus": self.plus,
            "pace": self.pace,
            "stopped": self.stopped,
            "done": self.done,
            "note": self.note,
        }


class Orders:
    def __init__(self) -> None:
        self.all: list[Order] = []
        self.arrived = asyncio.Event()

    def add(self, to: datetime | None, plus: str, pace: float) -> Order:
        """Give an order; it replaces one that still runs, which is told to stop."""
        self.stop()
        order = Order(len(self.all) + 1, to, plus, pace)
        self.all.append(order)
        self.arrived.set()
        return order

    def running(self) -> Order | None:
        return next((order for order in reversed(self.all) if not order.done), None)

    def halt(self) -> bool:
        """Tell the driver once that the order it took has been stopped; that ends the order."""
        halted = [order for order in self.all[-5:] if order.stopped and order.taken and not order.done]
        for order in halted:
            order.done = True
        return bool(halted)

    def stop(self) -> None:
        for order in self.all[-5:]:
            if not order.done:
                order.stopped = True
                order.done = not order.taken

    def finish(self, order_id: int, note: str) -> Order | None:
        order = next((order for order in self.all if order.id == order_id), None)
        if order is not None:
            order.done, order.note = True, note
        return order

    def take(self) -> Order | None:
        order = next((order for order in self.all if not order.taken and not order.done), None)
        if order is None:
            self.arrived.clear()
            return None
        order.taken = True
        return order
