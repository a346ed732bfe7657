"""Every Bot API call received, in a bounded ring, and the calls nobody has written yet."""

from __future__ import annotations

import logging
import re
from collections import Counter, deque
from itertools import count
from typing import Any

KEPT = 20_000

log = logging.getLogger("sandbox")


class Calls:
    def __init__(self) -> None:
        self.ring: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self.numbers = count(1)
        self.unimplemented: Counter[str] = Counter()

    def add(self, at: str, method: str, params: dict[str, Any], outcome: dict[str, Any], fault: str | None) -> None:
        entry = {
            "n": next(self.numbers),
            "at": at,
            "method": method,
            "params": params,
            "ok": outcome.get("ok", False),
        }
        if outcome.get("ok"):
            entry["result"] = outcome.get("result")
        else:
            entry |= {"status": outcome.get("error_code"), "description": outcome.get("description")}
        if fault:
            entry["fault"] = fault
        self.ring.append(entry)

    def note_unimplemented(self, method: str) -> None:
        self.unimplemented[method] += 1
        log.error("METHOD NOT IMPLEMENTED in the stand-in: %s", method)

    def find(self, after: int, method: str | None, limit: int) -> list[dict[str, Any]]:
        pattern = re.compile(method) if method else None
        found = [e for e in self.ring if e["n"] > after and (pattern is None or pattern.search(e["method"]))]
        return found[:limit]
