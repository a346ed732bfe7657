"""Who does what in a long run: patients press and write, and clinicians take cases and close them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from content.loader import Content
from storage.cases import open_cases
from storage.clinics import all_clinics
from storage.store import Store
from storage.work import Work
from tests.faults.clinic import Cast, Enrolled
from tests.faults.stage import Refused, Stage

SHARES = {"report": 460, "text": 240, "dose": 220, "menu": 65, "sign": 5, "clinician": 10}
"""Of a thousand things that happen, how many are which: a group takes but twenty messages a minute, edits too."""
TEXTS = (
    "slept badly and feel a bit sick since {}", "took it at {} with breakfast", "no headache today", "had {} beers",
    "my stomach hurts a lot, since {} o'clock", "fine", "forgot the tablet, sorry", "threw up {} times",
    "dizzy when I stand up", "what do I do when I travel on the {}th?", "better than last week", "tired but ok",
    "could not sleep until {}", "itchy arms, a rash maybe", "thanks", "is it normal to sweat {} times a night?",
)  # fmt: skip
COMMANDS = ("/start", "/help", "/language")
SYMPTOMS = ("nausea", "headache", "dizziness", "fatigue", "anxiety")
VIEWS = ("/cases", "/patients", "/oncall", "/patient {}")


@dataclass
class Doings:
    """Lets somebody do something, by the seed's choice."""

    stage: Stage
    rng: random.Random
    cast: Cast
    patients: Sequence[Enrolled]
    flags: Sequence[str]
    done: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    cases: list[int] = field(default_factory=list)
    """Open cases that a clinician is to take and close."""

    def act(self) -> None:
        """Let one thing happen."""
        what = self.rng.choices(list(SHARES), list(SHARES.values()))[0]
        try:
            getattr(self, f"_{what}")(self.rng.choice(self.patients))
        except Refused:  # the stand-in has no such button now
            self.refused += 1
        else:
            self.done[what] += 1

    def _tap(self, who: int, data: str, **more: int) -> None:
        self.stage.call("POST", f"/people/{who}/tap", data=data, forge=True, **more)

    def _say(self, who: int, text: str, **more: int) -> None:
        self.stage.call("POST", f"/people/{who}/say", text=text, **more)

    def _report(self, one: Enrolled) -> None:
        grade = self.rng.choice((0, 1, 1, 2))
        self._tap(one.telegram_id, f"grade:{one.dose}:{self.rng.choice(SYMPTOMS)}:{grade}")

    def _text(self, one: Enrolled) -> None:
        self._say(one.telegram_id, self.rng.choice(TEXTS).format(self.rng.randint(2, 12)))

    def _dose(self, one: Enrolled) -> None:
        data = self.rng.choice(("taken:{}", "undo:{}", "snooze:{}:1", "dose:{}", "feelings:{}"))
        self._tap(one.telegram_id, data.format(one.dose))

    def _menu(self, one: Enrolled) -> None:
        self._say(one.telegram_id, self.rng.choice(COMMANDS))

    def _sign(self, one: Enrolled) -> None:
        self._tap(one.telegram_id, f"flag:{one.dose}:{self.rng.choice(self.flags)}")

    def _clinician(self, one: Enrolled) -> None:
        chat = self.cast.chat
        if self.cases and self.rng.random() < 0.5:
            case = self.cases.pop()
            self._tap(self.cast.clinician, f"ack:{case}", chat=chat)
            self._tap(self.cast.clinician, f"outcome:{case}:reached-safe", chat=chat)
        else:
            self._say(self.cast.clinician, self.rng.choice(VIEWS).format(one.code), chat=chat)

    def look_for_cases(self, store: Store) -> None:
        """See which cases are open."""
        self.cases = [case.id for case in store.read(open_cases).result()]


def flags_of(content: Content) -> list[str]:
    """Return the warning signs that patients press."""
    return [flag.id for flag in content.red_flags if not flag.crisis]


def make_digest_due(work: Work) -> None:
    """Let every clinic's digest be due now: in days it comes by itself, in minutes it would not."""
    for clinic in all_clinics(work.session):
        clinic.digest_at = work.now
    work.record("digest-brought-forward")
