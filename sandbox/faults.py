"""Faults on demand: the ways a call to Telegram goes wrong, chosen by method, chat, count and share."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.errors import Refusal, StageError, too_many_requests

BEFORE = {"status", "html", "timeout_before", "reset", "429", "401", "409"}
AFTER = {"timeout_after", "reset_after", "status_after", "half_json", "slow"}


@dataclass
class Fault:
    """One rule. Kinds in AFTER do the act and then fail to answer: the caller must fear a duplicate."""

    kind: str
    method: re.Pattern[str] | None = None
    chat: int | None = None
    status: int = 500
    says: str = ""
    retry_after: int = 5
    seconds: float = 60.0
    times: int | None = None
    share: float = 1.0
    seed: int = 0
    used: int = 0
    chance: random.Random = field(default_factory=random.Random)

    def strikes(self, method: str, chat_id: object) -> bool:
        if self.times is not None and self.used >= self.times:
            return False
        if self.method is not None and not self.method.search(method):
            return False
        if self.chat is not None and str(self.chat) != str(chat_id):
            return False
        if self.share < 1 and self.chance.random() >= self.share:
            return False
        self.used += 1
        return True

    def refusal(self) -> Refusal:
        """What a fault with an ordinary refusal for an answer says."""
        if self.kind == "429":
            return too_many_requests(self.retry_after)
        if self.kind == "401":
            return Refusal(401, "Unauthorized")
        if self.kind == "409":
            return Refusal(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            )
        names = {
            403: "Forbidden: bot was blocked by the user",
            500: "Internal Server Error",
            502: "Bad Gateway",
            504: "Gateway Timeout",
        }
        plain = names.get(self.status, f"fault asked for on the stage: {self.status}")
        return Refusal(self.status, self.says or plain)


class Faults:
    def __init__(self) -> None:
        self.rules: list[Fault] = []

    def add(self, wish: dict[str, Any]) -> Fault:
        kind = str(wish.get("kind", ""))
        if kind not in BEFORE | AFTER:
            raise StageError(400, f"unknown fault kind {kind!r}; known: {', '.join(sorted(BEFORE | AFTER))}")
        seed = int(wish.get("seed", 0))
        fault = Fault(
            kind=kind,
            method=re.compile(wish["method"], re.IGNORECASE) if wish.get("method") else None,
            chat=wish.get("chat"),
            status=int(wish.get("status", 500)),
            says=str(wish.get("says", "")),
            retry_after=int(wish.get("retry_after", 5)),
            seconds=float(wish.get("seconds", 60)),
            times=wish.get("times"),
            share=float(wish.get("share", 1)),
            seed=seed,
            chance=random.Random(seed),  # noqa: S311 (dice, not secrets)
        )
        self.rules.append(fault)
        return fault

    def pick(self, method: str, chat_id: object) -> Fault | None:
        return next((fault for fault in self.rules if fault.strikes(method, chat_id)), None)
