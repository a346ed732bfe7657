"""Be `steady run`, and write down now and then what only the process itself knows: its tasks and its objects.

The command is the real one; only this thread beside it is the test's.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import bot.main
from bot.cli import main

EVERY = 5.0


def look(loop: asyncio.AbstractEventLoop, file: Path) -> None:
    """Write what is there now, whole or not at all."""
    found = {"tasks": len(asyncio.all_tasks(loop)), "blocks": sys.getallocatedblocks(), "garbage": len(gc.garbage)}
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(found), encoding="ascii")
    fresh.replace(file)


def keep_looking(loop: asyncio.AbstractEventLoop, file: Path) -> None:
    never = threading.Event()
    while not never.wait(EVERY):
        look(loop, file)


def serve(file: Path) -> None:
    """Serve as the command line would, with the watcher beside it."""
    run_in_loop = bot.main.run_in_loop

    async def beside(serving: Coroutine[Any, Any, None]) -> None:
        loop = asyncio.get_running_loop()
        threading.Thread(target=keep_looking, args=(loop, file), name="watcher", daemon=True).start()
        await serving

    bot.main.run_in_loop = lambda serving: run_in_loop(beside(serving))  # type: ignore[assignment]
    sys.argv = ["steady", "run"]
    main()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
