"""How the cast plays: rules of the sandbox's scripts, matched by what the buttons ask for, not by their words."""

from __future__ import annotations

from typing import Any

Rule = dict[str, Any]


def on(data: str, tap: str, after: tuple[float, float] = (0.2, 1.0), **more: Any) -> Rule:
    """Return a rule: when a button whose data matches `data` is there, tap the one that matches `tap`."""
    return {"see": {"data": data}, "do": {"tap_data": tap}, "after": list(after), **more}


JOINS = [
    on("^language:", "^language:en"),
    on("^about:", "^about:"),
    on("^consent:", "^consent:yes"),
    on("^screening:", "^screening:[^:]+:no"),
    on("^zone:", "^zone:"),
    on("^hour:", "^hour:0800"),
    on("^wording:", "^wording:discreet"),
    on("^first-day:", "^first-day:"),
]
GAP = [on("^opioids:", "^opioids:[0-9]+:no", (2, 8)), on("^withdrawal:", "^withdrawal:[0-9]+:none", (2, 8))]
TOLD = [on("^told", "^told", (0.3, 1.0))]
FINE = [on("^fine:", "^fine:", (0.5, 3))]


def _nausea(grade: int, days: tuple[int, int]) -> list[Rule]:
    between = {"days": list(days)}
    return [
        on("^fine:", "^feel:[0-9]+:nausea", (1, 4), **between),
        on("^grade:", f"^grade:[0-9]+:nausea:{grade}", (0.3, 1), **between),
        on("^choice:", "^choice:[0-9]+:[a-z-]+:0", (0.3, 1), **between),
    ]


PLAYS: dict[str, list[Rule]] = {
    "steady": [*JOINS, *GAP, on("^taken:", "^taken:", (3, 25)), *FINE, *TOLD],
    "nausea": [
        *JOINS,
        *GAP,
        on("^not-today:", "^not-today:", (20, 40), days=[6, 6], times=1),
        on("^skip:", "^skip:[0-9]+:felt-bad", (0.3, 1), days=[6, 6]),
        on("^taken:", "^taken:", (5, 40)),
        *_nausea(1, (2, 4)),
        *_nausea(2, (5, 7)),
        *_nausea(3, (8, 12)),
        *_nausea(1, (13, 20)),
        *TOLD,
        *FINE,
    ],
    "silent": [
        *JOINS,
        on("^withdrawal:", "^withdrawal:[0-9]+:none", (2, 8), days=[0, 5]),
        on("^taken:", "^taken:", (10, 60), days=[0, 5]),
        on("^fine:", "^fine:", (0.5, 3), days=[0, 5]),
    ],
    "induction": [*JOINS],
    "new": [],
}
