"""What a patient sees of a dose: the prompt, the record, and the buttons under each."""

from __future__ import annotations

from decimal import Decimal

from care.calendar import local
from care.doses import DoseState, SkipReason
from care.reminders import Prompt
from clinic.letters import Button, Rows
from clinic.ward import Ward
from content.values import Value, Words
from storage.asking import Question
from storage.tables import Dose

ANSWERS = ("taken", "later", "skip")


def prompt_text(ward: Ward, question: Question, prompt: Prompt) -> Words:
    """Return the words of a prompt: which of the day it is, and as openly as the patient chose."""
    which = "first" if prompt.number == 1 else "last" if prompt.number == prompt.of else "again"
    if question.part > 1:
        which = "second-part"
    # One that was put off, or moved, says its own hour and not the planned one.
    hour = local(ward.now, question.zone).time()
    return _fitting(ward, f"reminder-{question.wording}-{which}", question.amount_mg, question.day, hour=hour)


def dose_words(ward: Ward, dose: Dose, key: str) -> Words:
    """Return a text about a dose with those of its amount and hour that the text names."""
    values: dict[str, Value] = {}
    if dose.due_at is not None:
        values["hour"] = ward.clock_of(dose.course.patient, dose.due_at).time()
    if dose.taken_at is not None:
        values["at"] = ward.clock_of(dose.course.patient, dose.taken_at).time()
    return _fitting(ward, key, dose.amount_mg, dose.day, **values)


def _fitting(ward: Ward, key: str, amount_mg: Decimal, day: int, **values: Value) -> Words:
    known = {"amount": amount_mg.normalize(), "day": day, **values}
    return Words(key, ward.content.texts.fitting(key, known))


def answer_buttons(dose_id: int, *, may_put_off: bool = True) -> Rows:
    """Return Taken / Later / Not today."""
    later = [Button("button-later", "later", (dose_id,))] if may_put_off else []
    return [
        [Button("button-taken", "taken", (dose_id,), "success")],
        [*later, Button("button-not-today", "not-today", (dose_id,))],
    ]


def yesterday_buttons(dose_id: int) -> Rows:
    """Return the two answers for a yesterday that has none."""
    return [
        [
            Button("button-yesterday-taken", "taken", (dose_id,)),
            Button("button-yesterday-not", "skip", (dose_id, SkipReason.NOT_SAID)),
        ]
    ]


def record_text(ward: Ward, dose: Dose) -> Words:
    """Return what the ledger now says of a dose, for the patient."""
    if dose.state is DoseState.TAKEN:
        return dose_words(ward, dose, "dose-taken" if dose.taken_at is not None else "dose-taken-no-hour")
    if dose.state is DoseState.SKIPPED:
        reason = Words(f"skip-{dose.reason}")
        return Words("dose-skipped", {"reason": reason})
    return Words(f"dose-{dose.state}")


def record_buttons(dose: Dose, *, is_today: bool) -> Rows:
    """Return how a recorded answer can be changed."""
    if dose.state is DoseState.TAKEN and is_today:
        return [[Button("button-other-time", "times", (dose.id,)), Button("button-undo", "undo", (dose.id,))]]
    if dose.state in (DoseState.TAKEN, DoseState.SKIPPED, DoseState.UNKNOWN, DoseState.MISSED_BY_US):
        return [[Button("button-change", "undo", (dose.id,))]]
    return []
