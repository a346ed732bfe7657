"""One life of a town: everything checked on the way, for the tests and for those who measure how long it takes."""

from __future__ import annotations

from pathlib import Path

from content.loader import Content
from tests.simulation.world import Town, found_town

EVERYTHING_EVERY = 500
"""Steps between two looks at all that there is."""


def lived(file: Path, content: Content, template: Path, *, patients: int, days: int, seed: str) -> Town:
    """Live through it. After every step what it changed must hold, and everything every so often."""
    file.write_bytes(template.read_bytes())
    town = found_town(f"sqlite:///{file}", content, patients=patients, seed=seed)
    steps = 0

    def check() -> None:
        nonlocal steps
        steps += 1
        watch = town.lab.watch
        wrong = watch.broken() + (watch.all_broken() if steps % EVERYTHING_EVERY == 0 else [])
        assert wrong == [], f"seed {seed}, step {steps}, {town.lab.clock.now}: {watch.all_broken()}"

    town.live(days, check)
    assert town.lab.watch.all_broken() == []
    over = {what: n for what, n in town.received.items() if n > 1 + town.ambiguous[what]}
    assert over == {}, "a letter arrived more often than Telegram kept us in the dark about it"
    town.lab.close()
    return town
