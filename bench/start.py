"""From typing `steady run` to the bot's first question to Telegram, on a clinic that is founded."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.clinic import found
from bench.stage import stage

STEADY = "import sys; sys.argv[0] = 'steady'; from bot.cli import main; sys.exit(main())"
TOKEN = "424242:SANDBOX-" + "x" * 27


def measure() -> float:
    """Return the seconds of one cold start. The operating system's file cache is warm."""
    with stage() as telegram, tempfile.TemporaryDirectory() as home:
        telegram.put("/stage/tokens", json={"tokens": [TOKEN]}).raise_for_status()
        environment = {
            **os.environ,
            "STEADY_BOT_TOKEN": TOKEN,
            "STEADY_API_URL": str(telegram.base_url).rstrip("/"),
            "STEADY_DATABASE_URL": found(Path(home), []),
        }
        began = time.perf_counter()
        with subprocess.Popen([sys.executable, "-c", STEADY, "run"], env=environment, stderr=subprocess.DEVNULL) as bot:
            while not telegram.get("/stage/calls?method=getUpdates").json():
                time.sleep(0.01)
            seconds = time.perf_counter() - began
            bot.terminate()
        return seconds
