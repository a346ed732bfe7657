"""Steady in a process of its own, until all that was waiting is handled and answered. `bench/updates.py` starts it."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import time
from pathlib import Path

os.environ.setdefault("PTB_TIMEDELTA", "1")

import structlog
from pydantic import SecretStr

from bench.clinic import NOW
from bench.unsealed import as_told
from bot.clock import MovableClock
from bot.loop import run_in_loop
from bot.settings import Settings, read_settings
from bot.steady import Steady
from content.loader import load_content
from sandbox.world import DEFAULT_TOKEN


def settings_for(telegram: str, url: str) -> Settings:
    changed = {
        "bot_token": SecretStr(DEFAULT_TOKEN),
        "api_url": telegram,
        "database_url": url,
        "home": Path(url.removeprefix("sqlite:///")).parent,  # what it keeps beside a database belongs to that one
        "sends_per_second": 0.0,
        "poll_seconds": 1,
    }
    return read_settings(needs_token=False, env_file=None).model_copy(update=changed)


async def serve(telegram: str, url: str) -> tuple[float, float]:
    steady = Steady(settings_for(telegram, url), load_content(), MovableClock(NOW))
    await steady.start()
    began, worked = time.perf_counter(), time.process_time()
    while not steady.intake.is_caught_up:  # noqa: ASYNC110  (the intake announces nothing)
        await asyncio.sleep(0.01)
    await steady.rest()
    seconds = (time.perf_counter() - began, time.process_time() - worked)
    await steady.stop()
    return seconds


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with as_told():
        wall, processor = run_in_loop(serve(sys.argv[1], sys.argv[3]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": wall, "processor": processor, "peak_kib": peak}))


if __name__ == "__main__":
    main()
