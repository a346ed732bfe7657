"""python -m sandbox --port 8081: the stand-in alone, for a bot started elsewhere."""

from __future__ import annotations

import argparse
import logging

from sandbox.clock import parse_instant
from sandbox.journal import log
from sandbox.server import run
from sandbox.world import DEFAULT_TOKEN, World


def main() -> None:
    parser = argparse.ArgumentParser(prog="sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", action="append", help=f"a bot token to know (default {DEFAULT_TOKEN})")
    parser.add_argument("--start", help="the instant the clock starts at, such as 2026-03-01T08:00:00Z")
    parser.add_argument("--real", action="store_true", help="follow the wall clock")
    chosen = parser.parse_args()
    start = parse_instant(chosen.start) if chosen.start else None
    world = World(tokens=chosen.token or [DEFAULT_TOKEN], start=start, real=chosen.real, self_driving=not chosen.real)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    log.info("Telegram stand-in: http://%s:%s (Ctrl-C ends it)", chosen.host, chosen.port)
    run(world, chosen.host, chosen.port)


if __name__ == "__main__":
    main()
