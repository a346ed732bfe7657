"""What a message says besides danger: a dose, a question, symptoms, and what is not there."""

from __future__ import annotations

from care.hearing import HeardKind, HeardState, Plan
from care.reading import DoseSaid
from care.triage import Fact
from clinic.confirm_heard import ask_to_confirm
from clinic.hear_dose import hear_dose
from clinic.heard import flags_asked, name_of, quote_of
from clinic.letters import Button, reply, words
from clinic.raise_alert import answer_of, raise_alerts
from clinic.ward import Visit
from storage.hearings import set_items
from storage.tables import HeardItem, Hearing


def hear_rest(visit: Visit, hearing: Hearing, plan: Plan) -> bool:
    """Do what is no danger; return whether the clinic was shown the words on the way."""
    is_shown = False
    if plan.dose is not None:
        set_items(visit.work, hearing, _noted(hearing, HeardKind.DOSE), HeardState.ACTED)
        if not hear_dose(visit, plan):
            is_shown = show(visit, hearing, Fact("free-text"))
            reply(visit, words("heard-no-dose"))
    if plan.question is not None:
        is_shown = _hear_question(visit, hearing, plan.question) or is_shown
    if plan.symptoms:
        if not flags_asked(hearing):
            ask_to_confirm(visit, hearing)
    elif plan.denied and not plan.is_danger:
        denied = [name_of(visit, item) for item in hearing.items if item.kind is HeardKind.DENIED]
        reply(visit, words("heard-denied", list=list(denied)))
    return is_shown


def hear_what_is_left(visit: Visit, hearing: Hearing) -> None:
    """A danger turned out to be none, or not a grave one: do what the message said beside it, and was left."""
    dose, question = _noted(hearing, HeardKind.DOSE), _noted(hearing, HeardKind.QUESTION)
    symptoms = _noted(hearing, HeardKind.SYMPTOM)
    plan = Plan(
        dose=DoseSaid(dose[0].subject) if dose else None,
        question=question[0].subject if question else None,
        symptoms=tuple((item.subject, item.grade) for item in symptoms),
    )
    hear_rest(visit, hearing, plan)


def _noted(hearing: Hearing, kind: HeardKind) -> list[HeardItem]:
    return [item for item in hearing.items if item.kind is kind and item.state is HeardState.NOTED]


def _hear_question(visit: Visit, hearing: Hearing, question: str) -> bool:
    """Give the fixed answer to a common question; any other goes to the clinic."""
    asked = _noted(hearing, HeardKind.QUESTION)
    if question in visit.content.questions:
        set_items(visit.work, hearing, asked, HeardState.CONFIRMED)
        buttons = [[Button("button-ask-clinic", "ask-clinic", (hearing.id,))]]
        reply(visit, words(f"answered-{question}"), words("answered-note"), buttons=buttons)
        return False
    set_items(visit.work, hearing, asked, HeardState.ACTED)
    return show(visit, hearing, Fact("question"), answers=True)


def show(visit: Visit, hearing: Hearing, fact: Fact, *, answers: bool = False) -> bool:
    """Show the clinic a message; with `answers`, say what triage has for the patient. Return that it was shown."""
    quote = quote_of(visit, hearing)
    decision = raise_alerts(visit, visit.course, [fact], quote=quote, hearing_id=hearing.id)
    if answers:
        reply(visit, *answer_of(visit, visit.course, decision))
    return True
