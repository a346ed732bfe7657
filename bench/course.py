"""A whole course of one patient who answers every morning, through HTTP, with the clock moved from event to event."""

from __future__ import annotations

import os
import tempfile
import time
import tomllib
from pathlib import Path

os.environ.setdefault("PTB_TIMEDELTA", "1")

import structlog

from bench.clinic import NOW
from bot.clock import MovableClock
from bot.demo.conductor import Conductor
from bot.demo.show import Show, demo_settings
from bot.demo.stage import open_stage
from bot.loop import run_in_loop
from bot.settings import read_settings
from bot.steady import Steady
from content.loader import HERE, load_content
from sandbox.server import serve
from sandbox.world import World
from storage.migrate import upgrade

DAYS = 84


def measure() -> tuple[float, float]:
    """Return the seconds, and those of the processor, that the days take; setting the stage is not counted."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with tempfile.TemporaryDirectory() as home:
        return run_in_loop(_live(Path(home)))


async def _live(home: Path) -> tuple[float, float]:
    cast = tomllib.loads((HERE / "demo_cast.toml").read_text(encoding="utf-8"))
    cast["patients"] = [one for one in cast["patients"] if one["plays"] in ("steady", "new")]
    for one in cast["patients"]:
        one["joins_day"] = 0
    clock = MovableClock(NOW)
    async with serve(World(start=NOW)) as server, open_stage(server.url) as stage:
        settings = demo_settings(read_settings(needs_token=False, env_file=None), home, server)
        upgrade(settings.database_url)
        steady = Steady(settings, load_content(), clock)
        await steady.start()
        conductor = Conductor(steady, clock, stage)
        await Show(conductor, cast, history_days=0).prepare()
        conductor.after_step = None
        began, worked = time.perf_counter(), time.process_time()
        await conductor.forward(days=DAYS)
        seconds = time.perf_counter() - began, time.process_time() - worked
        await steady.stop()
        return seconds
