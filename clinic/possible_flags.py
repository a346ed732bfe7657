"""Red flags heard in a message: a certain one acts at once, a possible one asks. No answer in time counts as yes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from care.hearing import HeardKind, HeardState, Plan
from care.triage import Decision, Fact, Level
from clinic.crisis import safe_buttons
from clinic.hear_rest import hear_what_is_left
from clinic.heard import flags_asked, own_item, quote_of, set_waiting
from clinic.letters import Button, Rows, reply, rewrite, tell_patient, words
from clinic.people import Standing, standings
from clinic.raise_alert import numbers_of, raise_alerts
from clinic.ward import Visit, Ward
from content.values import Words
from storage.hearings import set_due, set_items, waiting_hearings
from storage.patients import ask
from storage.reports import add_report
from storage.tables import Clinic, HeardItem, Hearing

ANSWERS = ("yes", "no", "unsure")
WISH = "wish-to-stop"
UNCERTAIN = (HeardState.NOTED, HeardState.ASKED, HeardState.CONFIRMED)


def act_on_danger(visit: Visit, hearing: Hearing, plan: Plan) -> bool:
    """Act on the red flags of a message and on distress; return whether its words reached the clinic with that.

    Beside a certain flag that is answered by itself nothing is asked: what may be meant as well counts as meant.
    """
    flags = [item for item in hearing.items if item.kind is HeardKind.FLAG]
    certain = [item for item in flags if item.is_certain]
    possible = [item for item in flags if not item.is_certain]
    is_alone = bool(_alone(visit, certain))
    facts = [Fact("distress")] if plan.is_distressed and not certain else []
    if is_alone and possible:
        set_items(visit.work, hearing, possible, HeardState.PRESUMED)
        facts += [Fact("red-flag", item.subject) for item in possible]
        possible = []
    if certain:
        set_items(visit.work, hearing, certain, HeardState.ACTED)
        facts += _reported(visit, certain)
    until = _take_over(visit, hearing, flags)
    if possible:
        set_items(visit.work, hearing, possible, HeardState.ASKED)
        set_waiting(visit, hearing, until or visit.now + visit.content.hearing.answer_within)
    asks_first = bool(possible) and flags[0] in possible
    if asks_first:
        ask_possible(visit, hearing)
    _raise(visit, hearing, facts)
    if possible and not asks_first:
        ask_possible(visit, hearing)
    return bool(facts)


def _alone(ward: Ward, items: Sequence[HeardItem]) -> list[HeardItem]:
    alone = {rule.flag for rule in ward.content.hearing.flags if rule.alone}
    return [item for item in items if item.subject in alone]


def _reported(visit: Visit, items: Sequence[HeardItem]) -> list[Fact]:
    """Keep red flags as the patient's own report; return them as facts."""
    for item in items:
        add_report(visit.work, visit.course, kind="flag", subject=item.subject, grade=None, dose_id=None)
    return [Fact("red-flag", item.subject) for item in items]


def _take_over(visit: Visit, hearing: Hearing, items: Sequence[HeardItem]) -> datetime | None:
    """What an older message still asks about one of these flags is asked, or acted on, here. Return its end, if any."""
    subjects = {item.subject for item in items}
    ends = []
    for older in waiting_hearings(visit.work.session, visit.course.id):
        same = [one for one in flags_asked(older) if one.subject in subjects and older.id != hearing.id]
        if same:
            ends.append(older.due_at)
            set_items(visit.work, older, same, HeardState.NOTED)
            set_waiting(visit, older)
    return min((end for end in ends if end is not None), default=None)


def _raise(visit: Visit, hearing: Hearing, facts: Sequence[Fact]) -> None:
    """Tell triage and answer the patient: the crisis reply by itself, then what the other flags call for."""
    if not facts:
        return
    decision = raise_alerts(visit, visit.course, facts, quote=quote_of(visit, hearing), hearing_id=hearing.id)
    crisis, others = answers_to(visit, visit.patient.clinic, decision)
    if crisis is not None:
        reply(visit, crisis, buttons=safe_buttons())
        _await_safe(visit)
    if others:
        reply(visit, *others, words("not-watched"), buttons=_buttons(decision))


def _await_safe(visit: Visit) -> None:
    """Let a typed yes or no answer "are you safe?"; a question that joining waits for stays open."""
    if Standing.PATIENT in standings(visit.caller):
        ask(visit.patient, "safe")


def answers_to(ward: Ward, clinic: Clinic, decision: Decision | None) -> tuple[Words | None, list[Words]]:
    """Return the crisis reply, if a flag calls for it, and every other answer, the gravest first, each once."""
    crisis: Words | None = None
    others: dict[str, Words] = {}
    numbers = numbers_of(clinic)
    crises = {flag.id for flag in ward.content.red_flags if flag.crisis}
    for match in decision.matches if decision is not None else ():
        key = match.rule.answer
        if key is None:
            continue
        said = Words(key, ward.content.texts.fitting(key, numbers))
        if match.fact.kind == "red-flag" and match.fact.subject in crises:
            crisis = crisis or said
        else:
            others.setdefault(key, said)
    return crisis, list(others.values())


def _buttons(decision: Decision | None) -> Rows:
    rows: list[Sequence[Button]] = []
    if decision is not None and any(match.fact.subject == WISH for match in decision.matches):
        rows += [[Button("button-stop", "stop"), Button("button-ask-pause", "ask-pause")]]
        rows += [[Button("button-keep-going", "keep-going")]]
    if decision is not None and decision.level >= Level.URGENT:
        rows.append([Button("key-help-now", "help", (), "danger")])
    return rows


def ask_possible(visit: Visit, hearing: Hearing) -> None:
    """Ask about the gravest flag that waits, in one neutral sentence, the number first."""
    item = flags_asked(hearing)[0]
    key = f"ask-possible-{item.subject}"
    text = Words(key, visit.content.texts.fitting(key, numbers_of(visit.patient.clinic)))
    reply(
        visit, text, buttons=[[Button(f"button-possible-{a}", "possible", (hearing.id, item.id, a)) for a in ANSWERS]]
    )


def answer_possible(visit: Visit, *, hearing_id: int, item_id: int, answer: str) -> None:
    """Take the answer to "did you mean …?". "Not sure" counts as yes; a "no" is shown to the clinic as a no."""
    hearing, item = own_item(visit, hearing_id, item_id)
    if item.state in (HeardState.CONFIRMED, HeardState.ACTED) or (item.state is HeardState.DENIED and answer == "no"):
        visit.work.record("possible-answered-already", patient_id=visit.patient.id, hearing=hearing.id)
        rewrite(visit, words("possible-answered"))
        return
    if answer == "no":
        set_items(visit.work, hearing, [item], HeardState.DENIED)
        fact = Fact("denied", item.subject)
        raise_alerts(visit, visit.course, [fact], quote=quote_of(visit, hearing), hearing_id=hearing.id)
        rewrite(visit, words("possible-denied"))
    else:
        was_presumed = item.state is HeardState.PRESUMED
        set_items(visit.work, hearing, [item], HeardState.CONFIRMED)
        rewrite(visit, words("possible-confirmed"))
        facts = _reported(visit, [item])
        if _alone(visit, [item]) and (rest := flags_asked(hearing)):
            set_items(visit.work, hearing, rest, HeardState.PRESUMED)
            facts += [Fact("red-flag", one.subject) for one in rest]
        _take_over(visit, hearing, [item])
        if not was_presumed:
            _raise(visit, hearing, facts)
    _go_on(visit, hearing)


def _go_on(visit: Visit, hearing: Hearing) -> None:
    """Ask what the message still leaves to ask: the next flag, then the symptoms; after a grave yes nothing."""
    set_waiting(visit, hearing)
    meant = [one for one in hearing.items if one.kind is HeardKind.FLAG and one.state is HeardState.CONFIRMED]
    if flags_asked(hearing):
        ask_possible(visit, hearing)
    elif not _alone(visit, meant) and Standing.PATIENT in standings(visit.caller):
        hear_what_is_left(visit, hearing)


def visit_hearing(ward: Ward, hearing: Hearing) -> None:
    """What waited has waited long enough: flags count as meant, symptoms are shown to the clinic as not confirmed."""
    flags = flags_asked(hearing)
    symptoms = [one for one in hearing.items if one.kind is HeardKind.SYMPTOM and one.state in UNCERTAIN]
    facts = [Fact("red-flag", item.subject) for item in flags]
    facts += [Fact("unconfirmed", item.subject, item.grade or 0) for item in symptoms]
    if flags:
        set_items(ward.work, hearing, flags, HeardState.PRESUMED)
    if symptoms:
        set_items(ward.work, hearing, symptoms, HeardState.UNCONFIRMED)
    set_due(ward.work, hearing, None)
    course = hearing.course
    decision = raise_alerts(ward, course, facts, quote=quote_of(ward, hearing), hearing_id=hearing.id)
    if not flags:
        return
    crisis, others = answers_to(ward, course.patient.clinic, decision)
    tell_patient(ward, course.patient, words("possible-presumed"), *others)
    if crisis is not None:
        tell_patient(ward, course.patient, crisis, buttons=safe_buttons())
