"""Words of a patient that answer nothing: kept, read and acted on. Danger first; nothing passes in silence."""

from __future__ import annotations

from care.hearing import HeardKind, HeardState, Plan, plan_for, read_in_all, yes_or_no
from care.reading import DoseSaid, Reading
from care.triage import Fact
from clinic.confirm_heard import confirm_heard, mean_something_else
from clinic.hear_dose import dose_just_asked, hear_dose
from clinic.hear_rest import hear_rest, show
from clinic.heard import flags_asked, keep_hearing, own_hearing, quote_of, symptoms_waiting
from clinic.letters import Button, Rows, reply, rewrite, words
from clinic.possible_flags import act_on_danger, answer_possible
from clinic.raise_alert import answer_of, numbers_of, raise_alerts
from clinic.ward import Visit
from storage.hearings import set_items, waiting_hearings
from storage.patients import add_note
from storage.tables import Hearing


def read(visit: Visit, text: str) -> tuple[Reading, Plan]:
    """Return what a message says, and what is to be done about it."""
    reading = read_in_all(visit.content.reader, text, language=visit.patient.language)
    return reading, plan_for(reading, text, visit.content.hearing)


def hear_danger(visit: Visit, text: str, reading: Reading, plan: Plan) -> None:
    """Act on what cannot wait, whatever else the message was for."""
    act_on_danger(visit, keep_hearing(visit, text, reading, plan), plan)


def hear_words(visit: Visit, text: str, reading: Reading, plan: Plan) -> None:
    """Keep a message and do everything that it calls for, in order of gravity."""
    if not plan.is_danger and _answers_what_waits(visit, text):
        return
    hearing = keep_hearing(visit, text, reading, plan)
    is_shown = act_on_danger(visit, hearing, plan) if plan.is_danger else False
    if not plan.is_alone:
        is_shown = hear_rest(visit, hearing, plan) or is_shown
    if plan.is_trivial:
        reply(visit, words("small-thanks"))
    elif plan.is_unread and not (is_shown and plan.is_known_language):
        _pass_on(visit, hearing, plan, is_question="?" in text, is_shown=is_shown)


def _answers_what_waits(visit: Visit, text: str) -> bool:
    """A bare yes or no answers what Steady asked last: about a message, or about the dose."""
    said = yes_or_no(text, visit.content.hearing)
    if said is None:
        return False
    for hearing in waiting_hearings(visit.work.session, visit.course.id):
        flags = flags_asked(hearing)
        if not flags and not symptoms_waiting(hearing):
            continue
        add_note(visit.work, visit.course, about="answer", text=text)
        if flags:
            answer_possible(visit, hearing_id=hearing.id, item_id=flags[0].id, answer="yes" if said else "no")
        elif said:
            confirm_heard(visit, hearing_id=hearing.id)
        else:
            mean_something_else(visit, hearing_id=hearing.id)
        return True
    dose = dose_just_asked(visit)
    if dose is None:
        return False
    add_note(visit.work, visit.course, about="answer", text=text)
    hear_dose(visit, Plan(dose=DoseSaid.TAKEN if said else DoseSaid.NOT_TAKEN, is_plain_dose=True))
    return True


def _pass_on(visit: Visit, hearing: Hearing, plan: Plan, *, is_question: bool, is_shown: bool) -> None:
    """What was not understood goes to a person as it stands, and the patient is told so."""
    if not plan.is_known_language:
        if not is_shown:
            show(visit, hearing, Fact("free-text"))
        known = [words(f"speaks-{code}") for code in sorted(visit.content.reader.lexicons)]
        text = words("not-my-language", languages=list(known), **numbers_of(visit.patient.clinic))
        reply(visit, text, buttons=_languages(visit))
    elif is_question and not plan.says_something:
        show(visit, hearing, Fact("question"), answers=True)
    else:
        show(visit, hearing, Fact("free-text"))
        reply(visit, words("passed-on", emergency=visit.patient.clinic.emergency_number))


def _languages(visit: Visit) -> Rows:
    spoken = [code for code in visit.patient.clinic.languages if code in visit.content.languages]
    if len(spoken) < 2:
        return []
    names = visit.content.languages
    return [[Button(words("language-name", name=names[code].name), "language", (code,))] for code in spoken]


def ask_clinic(visit: Visit, *, hearing_id: int) -> None:
    """The fixed answer was not enough: the question goes to the clinic, once."""
    hearing = own_hearing(visit, hearing_id)
    asked = [item for item in hearing.items if item.kind is HeardKind.QUESTION and item.state is not HeardState.ACTED]
    if not asked:
        visit.toast = words("toast-told-clinic")
        return
    set_items(visit.work, hearing, asked, HeardState.ACTED)
    fact, quote = Fact("question"), quote_of(visit, hearing)
    decision = raise_alerts(visit, visit.course, [fact], quote=quote, hearing_id=hearing.id)
    rewrite(visit, *answer_of(visit, visit.course, decision))
