"""The stand-in for Telegram in a process of its own, so that its work is not counted as ours."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

START = "2026-11-02T09:00:00Z"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def stage() -> Iterator[httpx.Client]:
    """Start the stand-in; yield a client for its stage. Flood limits are off: they would be what is measured."""
    port = free_port()
    argv = [sys.executable, "-m", "sandbox", "--port", str(port), "--start", START]
    with subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60) as client:
                wait_for(client)
                client.put("/stage/limits", json={"on": False}).raise_for_status()
                yield client
        finally:
            process.terminate()


def wait_for(client: httpx.Client, seconds: float = 20, path: str = "/stage/state") -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            client.get(path).raise_for_status()
            return
        except httpx.TransportError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
