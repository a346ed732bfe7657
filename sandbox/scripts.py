"""People who play themselves: ordered rules, first match acts, the same each time for the same seed."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox import keyboards
from sandbox.errors import StageError
from sandbox.messages import Message

SEES = {"button", "data", "text", "chat"}
DOES = {"tap", "tap_data", "say", "press", "location", "nothing", "block"}


@dataclass
class Rule:
    """When a message looks like `see`, do `do` after a random delay within `after` minutes."""

    see: dict[str, str]
    do: dict[str, Any]
    after: tuple[float, float] = (0, 0)
    chance: float = 1.0
    days: tuple[int, int] | None = None
    times: int | None = None
    every: int = 1
    seen: int = 0
    used: int = 0

    def looks_right(self, message: Message, kind: str) -> bool:
        found = keyboards.buttons(message.inline)
        if "chat" in self.see and not re.search(self.see["chat"], kind):
            return False
        if "text" in self.see and not _has(self.see["text"], message.words):
            return False
        if "button" in self.see and not any(_has(self.see["button"], b["text"]) for b in found):
            return False
        return "data" not in self.see or any(_has(self.see["data"], b.get("callback_data", "")) for b in found)

    def is_on(self, day: int) -> bool:
        return self.days is None or self.days[0] <= day <= self.days[1]


def _has(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


@dataclass
class Script:
    rules: list[Rule]
    chance: random.Random
    started_at: datetime
    on: bool = True

    def day(self, now: datetime) -> int:
        """Whole days since the script started; the first 24 hours are day 0."""
        return (now - self.started_at) // timedelta(days=1)

    def choose(self, message: Message, kind: str, now: datetime) -> tuple[dict[str, Any], timedelta] | None:
        """Return what the person will do about the message and in how long, or None.

        A rule that looks right but is used up, out of its days, between its turns or unlucky lets
        the next one try.
        """
        day = self.day(now)
        for rule in self.rules:
            if not rule.is_on(day) or not rule.looks_right(message, kind):
                continue
            rule.seen += 1
            if (rule.seen - 1) % rule.every or (rule.times is not None and rule.used >= rule.times):
                continue
            if rule.chance < 1 and self.chance.random() >= rule.chance:
                continue
            rule.used += 1
            return self._deed(rule), timedelta(minutes=self.chance.uniform(*rule.after))
        return None

    def _deed(self, rule: Rule) -> dict[str, Any]:
        said = rule.do.get("say")
        return {"say": self.chance.choice(said)} if isinstance(said, list) else dict(rule.do)


def dice(seed: object) -> random.Random:
    return random.Random(str(seed))  # noqa: S311 (dice, not secrets)


def read_script(rules: object, *, seed: object, now: datetime) -> Script:
    """Return the script this JSON describes, or raise a StageError naming the bad rule."""
    if not isinstance(rules, list):
        raise StageError(400, "a script is a list of rules")
    return Script([_rule(number, rule) for number, rule in enumerate(rules, 1)], dice(seed), now)


def _rule(number: int, rule: Any) -> Rule:
    try:
        see, do = dict(rule.get("see") or {}), dict(rule["do"])
        if see.keys() - SEES or len(do.keys() & DOES) != 1:
            raise ValueError(f"see takes {sorted(SEES)}, do takes one of {sorted(DOES)}")
        for pattern in [*see.values(), *(do[name] for name in ("tap", "tap_data") if name in do)]:
            re.compile(pattern)
        low, high = rule.get("after") or (0, 0)
        days = rule.get("days")
        return Rule(
            see,
            do,
            (float(low), float(high)),
            float(rule.get("chance", 1)),
            (int(days[0]), int(days[1])) if days else None,
            rule.get("times"),
            int(rule.get("every", 1)),
        )
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        raise StageError(400, f"rule {number} of the script is wrong: {error}") from None


@dataclass(order=True)
class Act:
    """Something a person will do: ordered by time, then by the order it was decided."""

    at: datetime
    number: int
    person: int = field(compare=False)
    chat: int = field(compare=False)
    message: int = field(compare=False)
    deed: dict[str, Any] = field(compare=False)
