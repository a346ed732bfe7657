"""What the patients of a sweep do, and what must be on record of it in the end."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from content.loader import Content
from storage.cases import alerts_of, cases_of
from storage.copies import copies_of, get_storm
from storage.doses import changes_of
from storage.inbox import count_parked, count_waiting
from storage.outbox import count_failed, count_owed
from storage.patients import find_by_code
from storage.queues import OutboxRow
from storage.reading import Session
from storage.tables import Report
from tests.faults.clinic import Enrolled
from tests.faults.stage import Refused, Stage


@dataclass
class Patient:
    """One patient: takes the dose once asked, says how it feels, and some also press a warning sign."""

    enrolled: Enrolled
    deeds: list[dict[str, object]]
    is_alarmed: bool


@dataclass
class Load:
    """Patients doing the next thing of theirs, in an order that the seed gives."""

    stage: Stage
    rng: random.Random
    patients: list[Patient] = field(default_factory=list)
    done: int = 0

    def add(self, enrolled: Sequence[Enrolled], content: Content) -> None:
        """Let these act too; every third presses a warning sign, and then the clinicians must hear of it."""
        flags = [flag.id for flag in content.red_flags if not flag.crisis]
        for number, one in enumerate(enrolled):
            deeds: list[dict[str, object]] = [
                {"label": "Taken"},
                {"data": f"grade:{one.dose}:headache:1", "forge": True},
            ]
            if number % 3 == 0:
                deeds.append({"data": f"flag:{one.dose}:{flags[number % len(flags)]}", "forge": True})
            self.patients.append(Patient(one, deeds, number % 3 == 0))

    @property
    def is_over(self) -> bool:
        """Return whether everybody has done everything."""
        return not any(one.deeds for one in self.patients)

    def act(self) -> None:
        """Let somebody do their next thing; whoever has not been asked about the dose yet cannot."""
        able = [one for one in self.patients if one.deeds][:40]
        if not able:
            return
        one = self.rng.choice(able)
        try:
            self.stage.call("POST", f"/people/{one.enrolled.telegram_id}/tap", **one.deeds[0])
        except Refused:
            return
        one.deeds.pop(0)
        self.done += 1


@dataclass(frozen=True)
class Tally:
    """What a sweep found. Everything but the copies must be zero."""

    doses: int
    alerts: int
    prompts: int
    lost_doses: int
    doubled_doses: int
    lost_alerts: int
    doubled_alerts: int
    lost_prompts: int
    alert_copies: int
    prompt_copies: int
    twice_in_one_life: int
    left_over: int


def tally(session: Session, load: Load, chat: int) -> Tally:
    """Compare what patients did with what is on record, and what is owed with what Telegram accepted."""
    expected = Counter({(one.enrolled.dose, kind): 1 for one in load.patients for kind in _kinds(one)})
    found = Counter({key: n for one in load.patients for key, n in _on_record(session, one.enrolled.dose).items()})
    alarmed = [one.enrolled.code for one in load.patients if one.is_alarmed]
    raised = {code: _times_alerted(session, code) for code in alarmed}
    sent = [(life, what) for life, params in load.stage.sent for what in _what(params, chat)]
    times = Counter(what for _, what in sent)
    carded = [code for code in alarmed if not _is_in_storm(session, code)]
    cards = Counter({f"card {code}": 1 for code in carded})
    prompts = Counter({f"prompt {one.enrolled.dose}": 1 for one in load.patients})
    # Alone in a message a case stands once: in its card, or in one for many that had only it when it left.
    copies = times - Counter({f"card {code}": 1 for code in alarmed}) - prompts
    return Tally(
        doses=expected.total(),
        alerts=len(alarmed),
        prompts=len(load.patients),
        lost_doses=(expected - found).total(),
        doubled_doses=(found - expected).total(),
        lost_alerts=sum(n == 0 for n in raised.values()) + (cards - times).total(),
        doubled_alerts=sum(n > 1 for n in raised.values()),
        lost_prompts=(prompts - times).total(),
        alert_copies=sum(n for what, n in copies.items() if what.startswith("card")),
        prompt_copies=sum(n for what, n in copies.items() if what.startswith("prompt")),
        twice_in_one_life=sum(n - 1 for n in Counter(sent).values()),
        left_over=owed_now(session) + count_parked(session) + count_failed(session),
    )


def owed_now(session: Session) -> int:
    """Return how many updates and letters are not dealt with yet."""
    return count_waiting(session) + count_owed(session)


def _kinds(patient: Patient) -> list[str]:
    return ["taken", "symptom", *(["flag"] if patient.is_alarmed else [])]


def _on_record(session: Session, dose_id: int) -> Counter[tuple[int, str]]:
    kinds = [change.after.value for change in changes_of(session, dose_id)]
    kinds += [row.kind for row in session.query(Report).filter(Report.dose_id == dose_id)]
    return Counter((dose_id, kind) for kind in kinds)


def _times_alerted(session: Session, code: str) -> int:
    patient = find_by_code(session, code)
    assert patient is not None
    return sum(len(alerts_of(session, case.id)) for case in cases_of(session, patient.id))


def _is_in_storm(session: Session, code: str) -> bool:
    """Return whether a message that stands for many cases, and that Telegram has, stands for this patient's too."""
    patient = find_by_code(session, code)
    assert patient is not None
    copies = [copy for case in cases_of(session, patient.id) for copy in copies_of(session, case.id)]
    storms = [get_storm(session, copy.storm_id) for copy in copies if copy.storm_id is not None]
    letters = [session.get(OutboxRow, storm.letter_id) for storm in storms if storm is not None and storm.letter_id]
    return any(letter is not None and letter.message_id is not None for letter in letters)


def _what(params: dict[str, Any], chat: int) -> set[str]:
    """Return what a message was, as far as the sweep counts it: the card of a case, or the prompt of a dose."""
    if str(params["chat_id"]) == str(chat):
        codes = re.findall(r"\bK[0-9]{5}\b", str(params.get("text")))
        return {f"card {code}" for code in codes} if len(codes) == 1 else set()
    markup = json.dumps(params.get("reply_markup", ""))
    return {f"prompt {dose}" for dose in re.findall(r"\btaken:([0-9]+)", markup)}


def letters_by_state(session: Session) -> Counter[str]:
    """Return how many letters there are in each state, for the message of a failure."""
    return Counter(row.state.value for row in session.query(OutboxRow))
