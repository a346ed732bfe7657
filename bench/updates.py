"""Updates a second, end to end: 200 patients have pressed buttons while the bot was away; it comes and answers.

Each press is answered, its message edited and a further message sent: three calls to Telegram. Steady also keeps the
press, the report and both letters, each durably; the bare bots, on the library's own updater and on aiogram, keep
nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bench.clinic import found
from bench.stage import stage
from sandbox.world import DEFAULT_TOKEN

PATIENTS, EACH = 200, 10
_PLACES = ("bin/python", "Scripts/python.exe")
PEERS = next((file for place in _PLACES if (file := Path(__file__).parents[1] / ".venv-peers" / place).exists()), None)
"""The Python of the peers that have an environment of their own; `make bench` makes it."""
SYMPTOMS = ("nausea", "headache")
LONGEST = 300  # seconds; a bot that stands still is an error to read, not a night to wait


@dataclass(frozen=True)
class Taken:
    """What one bot did with all of the updates; `milliseconds` are the processor's, of one update."""

    per_second: float
    milliseconds: float
    peak_mib: float


def measure(bot: str) -> Taken:
    """Let `bot` (steady, bare or aiogram) first greet everybody, then handle the queued presses, measured."""
    with stage() as telegram, tempfile.TemporaryDirectory() as home:
        people = [_person(telegram, number) for number in range(PATIENTS)]
        url = found(Path(home), people) if bot == "steady" else ""
        for person in people:
            _post(telegram, f"/people/{person}/say", text="How I feel")
        _serve(bot, telegram, url, PATIENTS)
        for turn in range(EACH):
            for person in people:
                data = f"grade:0:{SYMPTOMS[turn % 2]}:1"
                _post(telegram, f"/people/{person}/tap", data=data, forge=True)
        taken = _serve(bot, telegram, url, PATIENTS * EACH)
        sent = len(telegram.get("/stage/calls?method=sendMessage").json())
        assert sent == PATIENTS * (EACH + 1), f"{bot} sent {sent} messages"
        return taken


def _person(telegram: httpx.Client, number: int) -> int:
    return int(_post(telegram, "/people", first_name=f"P{number}", role="patient", started=True)["id"])


def _post(telegram: httpx.Client, path: str, **body: object) -> dict[str, Any]:
    answer = telegram.post(f"/stage{path}", json=body)
    answer.raise_for_status()
    return dict(answer.json())


def _serve(bot: str, telegram: httpx.Client, url: str, expected: int) -> Taken:
    python = PEERS if PEERS and bot == "aiogram" else sys.executable
    argv = [python, "-m", f"bench.{bot}_bot", str(telegram.base_url).rstrip("/"), str(expected), url or DEFAULT_TOKEN]
    done = subprocess.run(argv, check=True, capture_output=True, text=True, timeout=LONGEST)
    told = json.loads(done.stdout.splitlines()[-1])
    return Taken(expected / told["seconds"], 1000 * told["processor"] / expected, told["peak_kib"] / 1024)
