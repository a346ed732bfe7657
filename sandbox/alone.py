"""Driving the clock where no conductor does: the sandbox started alone, with somebody's own bot.

A conductor knows what the bot still has to do and moves accordingly; here only people's own acts are known.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime

from sandbox import playing
from sandbox.orders import Order
from sandbox.world import Event, World

BOT_PATIENCE = 5.0


async def keep_driving(world: World) -> None:
    """Carry out the page's orders, one after the other, until the world closes."""
    given = asyncio.Event()

    def hear(event: Event) -> None:
        if event.kind in {"order", "closing"}:
            given.set()

    world.on_event.append(hear)
    while not world.closing.is_set():
        await given.wait()
        given.clear()
        order = world.orders.take()
        if order is not None:
            await _carry_out(world, order)


async def _carry_out(world: World, order: Order) -> None:
    """Go from act to act, letting the bot answer each, and then to the end of the order."""
    to = order.to or world.clock.now
    while not order.stopped and (at := world.next_act()) is not None and at <= to:
        await _step(world, max(at, world.clock.now), order.pace)
    if not order.stopped:
        await _step(world, to, 0)
    world.orders.finish(order.id, "")
    world.tell(Event("order"))


async def _step(world: World, to: datetime, pace: float) -> None:
    playing.move_clock(world, to)
    with suppress(TimeoutError):
        await asyncio.wait_for(world.updates.quieted.wait(), BOT_PATIENCE)
    await asyncio.sleep(pace)
