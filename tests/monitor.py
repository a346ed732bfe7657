"""A monitor such as operators use: it is asked by HTTP, and alarms when it has not been asked for too long."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

OPERATING = Path(__file__).parent.parent / "docs" / "operating.md"
MINUTES = {"two": 2, "three": 3, "four": 4, "five": 5}


def patience() -> float:
    """Return after how many seconds without a sign operators are told to let their monitor alarm."""
    told = re.search(r"alarm when (\w+)\s+minutes pass", OPERATING.read_text(encoding="utf-8"))
    assert told is not None
    return MINUTES[told[1]] * 60.0


class Monitor:
    """Notes when it was asked; `clock` gives seconds, `waits` is after how many without a sign it alarms."""

    def __init__(self, url: str, clock: Callable[[], float], waits: float) -> None:
        self.url = url
        self.signs: list[float] = []
        self._clock = clock
        self._waits = waits

    def note(self) -> None:
        """Hear a sign of life."""
        self.signs.append(self._clock())

    def alarms(self) -> list[float]:
        """Return when it alarmed so far: each time a sign was missing for too long, once it had heard a first."""
        ends = [*self.signs[1:], self._clock()]
        return [at + self._waits for at, next_at in zip(self.signs, ends, strict=False) if next_at - at > self._waits]


@contextmanager
def open_monitor(clock: Callable[[], float], waits: float) -> Iterator[Monitor]:
    """Serve a monitor on this machine."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            monitor.note()
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    monitor = Monitor(f"http://127.0.0.1:{server.server_port}/steady", clock, waits)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield monitor
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
