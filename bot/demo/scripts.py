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
TOMORROW = {"see": {"data": "^first-day:"}, "do": {"tap": "tomorrow"}, "after": [0.2, 1.0]}
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
        on("^not-today:", "^not-today:", (5, 15), days=[5, 5], times=1),
        on("^skip:", "^skip:[0-9]+:felt-bad", (0.3, 1), days=[5, 5]),
        on("^taken:", "^taken:", (5, 40), days=[0, 4]),
        on("^taken:", "^taken:", (5, 25), days=[6, 400]),
        *_nausea(1, (2, 4)),
        *_nausea(2, (6, 8)),
        *_nausea(3, (9, 9)),
        *_nausea(2, (10, 11)),
        *_nausea(1, (12, 20)),
        *TOLD,
        *FINE,
    ],
    "silent": [
        *JOINS,
        on("^withdrawal:", "^withdrawal:[0-9]+:none", (2, 8), days=[0, 6]),
        on("^taken:", "^taken:", (130, 170), days=[0, 6]),
        on("^well:", "^well:yes", (5, 40), days=[10, 400]),
        on("^opioids:", "^opioids:[0-9]+:no", (2, 8), days=[11, 400]),
        on("^taken:", "^taken:", (10, 60), days=[11, 400]),
        on("^fine:", "^fine:", (0.5, 3)),
    ],
    "induction": [TOMORROW, *JOINS, *GAP, on("^taken:", "^taken:", (5, 20)), *FINE, *TOLD],
    "new": [],
    "clinician": [
        on("^ack:", "^ack:", (65, 100)),
        on("^outcome:", "^outcome:[0-9]+:could-not-reach", (60, 120), chance=0.3),
        on("^outcome:", "^outcome:[0-9]+:advice-given", (90, 240)),
    ],
}
"""How each of the cast plays. The clinician is slow, so that whoever watches can be faster."""
