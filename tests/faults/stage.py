"""The stand-in for Telegram in a process of its own: it goes on while Steady is dead."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.postgres import free_port

PATIENCE = 20


class Refused(Exception):
    """The stage says no: the button is not there (yet)."""


class Stage:
    """What people do at the stand-in, and every message that it has accepted from the bot."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._after = 0
        self.url = str(client.base_url).rstrip("/")
        self.life = 0
        """How often the bot was killed so far."""
        self.sent: list[tuple[int, dict[str, Any]]] = []
        """Each sendMessage that was accepted, whether or not its answer was heard: in which life, and with what."""

    def call(self, verb: str, path: str, /, **body: Any) -> Any:
        """Make one call to the stage; raise Refused when it says no."""
        answer = self._client.request(verb, f"/stage{path}", json=body or None)
        if answer.status_code >= 400:
            raise Refused(answer.text)
        return answer.json() if answer.content else None

    def read_calls(self) -> None:
        """Take note of what was sent since the last time; the journal keeps only the newest 20,000 calls."""
        for entry in self.call("GET", f"/calls?after={self._after}&method=^sendMessage$"):
            self._after = entry["n"]
            if entry["ok"]:
                self.sent.append((self.life, entry["params"]))

    def newest_call(self) -> int:
        """Return the number of the newest call that the bot made."""
        self.read_calls()
        newest = self.call("GET", f"/calls?after={self._after}")
        return newest[-1]["n"] if newest else self._after

    def was_polled_since(self, number: int) -> bool:
        """Return whether the bot asked for updates, and was answered, after that call."""
        return bool(self.call("GET", f"/calls?after={number}&method=^getUpdates$&limit=1"))

    def person(self, name: str) -> int:
        """Bring somebody on the stage who has pressed Start."""
        return int(self.call("POST", "/people", first_name=name, role="patient", started=True)["id"])

    def group(self, member: int) -> int:
        """Open a supergroup with the bot in it."""
        chat = int(self.call("POST", "/chats", kind="supergroup", title="On call", members=[member])["id"])
        self.call("POST", f"/chats/{chat}/add_bot", admin=True)
        return chat


@contextmanager
def open_stage(token: str) -> Iterator[Stage]:
    """Start the stand-in with the clock of this machine, knowing one bot token."""
    port = free_port()
    argv = [sys.executable, "-m", "sandbox", "--port", str(port), "--real", "--token", token]
    with subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60) as client:
                _wait_for(client, process)
                yield Stage(client)
        finally:
            process.terminate()


def _wait_for(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            client.get("/stage/state").raise_for_status()
            return
        except httpx.TransportError:
            if time.monotonic() > end or process.poll() is not None:
                raise
