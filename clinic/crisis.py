"""Help now, and the one question after it. Fixed words only; the number always comes first."""

from __future__ import annotations

from care.triage import Fact
from clinic.letters import Button, reply, rewrite, words
from clinic.raise_alert import numbers_of, raise_alerts
from clinic.ward import Visit
from content.values import Words

SAFE = ("yes", "no", "not-sure")


def safe_buttons() -> list[list[Button]]:
    """Return the answers to "are you safe right now?"."""
    return [[Button(f"crisis-safe-{answer}", "safe", (answer,))] for answer in SAFE]


def call_for_help(visit: Visit) -> None:
    """Show the numbers and page the clinic. Works for everybody who was invited; a stranger has no clinic to page."""
    page_for(visit, "crisis-help-now")


def page_for(visit: Visit, reply_key: str) -> None:
    """Page the clinic and answer with the crisis text `reply_key`, which carries the numbers."""
    if visit.caller.patient is None or visit.caller.course is None:
        reply(visit, words("stranger"))
        return
    visit.work.record("help-called", patient_id=visit.patient.id)
    raise_alerts(visit, visit.course, [Fact("help-now")])
    reply(visit, _numbered(visit, reply_key), buttons=[*safe_buttons(), *_what_buttons()])


def _what_buttons() -> list[list[Button]]:
    return [[Button("button-what-is-it", "signs", (0,))], [Button("button-by-mistake", "help-why", ("mistake",))]]


def answer_safe(visit: Visit, *, answer: str) -> None:
    """Pass on whether the patient is safe. Neither answer closes or lowers anything."""
    visit.work.record("safe-answered", patient_id=visit.patient.id, answer=answer)
    if answer != "yes":
        raise_alerts(visit, visit.course, [Fact("help-now")])
    rewrite(visit, _numbered(visit, f"crisis-after-{answer}"))


def explain_help(visit: Visit, *, why: str) -> None:
    """Keep that Help now was pressed by mistake. The page stays: a person looks all the same."""
    visit.work.record("help-explained", patient_id=visit.patient.id, why=why)
    rewrite(visit, _numbered(visit, "help-by-mistake"))


def _numbered(visit: Visit, key: str) -> Words:
    return Words(key, visit.content.texts.fitting(key, numbers_of(visit.patient.clinic)))
