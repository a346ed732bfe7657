"""Kinds of patient as scripts of the stand-in, and what each one's ledger must say in the end.

The expectations are written down apart from the product: what a day must hold is computed here from the kind alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.demo.scripts import on

SOON = (5, 5)
DAYS = 84

AGAIN = {"text": "quiet word again|Last one for today|waiting time is over"}
GAP = [on("^opioids:", "^opioids:[0-9]+:no", SOON), on("^withdrawal:", "^withdrawal:[0-9]+:none", SOON)]
FINE = [on("^fine:", "^fine:", SOON)]
CONTACT = [on("^follow-up:", "^follow-up:[0-9]+:well", SOON)]
SKIPS = [
    on("^not-today:", "^not-today:", SOON, every=3),
    on("^skip:[0-9]+:felt-better", "^skip:[0-9]+:felt-better", SOON),
]
CLOSES_CASES = [on("^ack:", "^ack:", SOON), on("^outcome:", "^outcome:[0-9]+:reached-safe", SOON)]
"""What a clinician does with every card."""


def takes_every_day(_regimen: str) -> list[str]:
    return ["taken"] * DAYS


def needs_a_second_reminder(_regimen: str) -> list[str]:
    """Answers only when asked again: on light days, when there is no again, the day stays unknown."""
    days: list[str] = []
    for day in range(1, DAYS + 1):
        is_dense = day <= 14 or days[-1] == "unknown"
        is_light = not is_dense and days[-14:] == ["taken"] * 14
        days.append("unknown" if is_light else "taken")
    return days


def falls_silent(_regimen: str) -> list[str]:
    return ["taken"] * 5 + ["unknown"] * (DAYS - 5)


def skips_every_third_day(_regimen: str) -> list[str]:
    return ["skipped" if day % 3 == 1 else "taken" for day in range(1, DAYS + 1)]


@dataclass(frozen=True)
class Kind:
    """One kind of patient: how they play, and the state that each of their days must end in."""

    name: str
    script: Sequence[dict[str, Any]]
    days: Callable[[str], list[str]]
    answers_contacts: bool = True


def _answers(**see: str) -> dict[str, Any]:
    return {"see": {"data": "^taken:", **see}, "do": {"tap_data": "^taken:"}, "after": list(SOON)}


KINDS = (
    Kind("steady", [*GAP, _answers(), *FINE, *CONTACT], takes_every_day),
    Kind("forgetful", [*GAP, _answers(**AGAIN), *FINE, *CONTACT], needs_a_second_reminder),
    Kind(
        "silent",
        [{**rule, "days": [0, 4]} for rule in [*GAP, _answers(), *FINE]],
        falls_silent,
        answers_contacts=False,
    ),
    Kind("skipping", [*GAP, *SKIPS, _answers(), *FINE, *CONTACT], skips_every_third_day),
)
