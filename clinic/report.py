"""The patient reports: a symptom with a grade, a warning sign, that it gets worse. Triage hears of all of it."""

from __future__ import annotations

from collections.abc import Sequence

from care.refusals import NotFound
from care.reports import report_facts
from care.symptoms import Symptom
from care.triage import Decision, Fact, Level, triage
from clinic.answer_dose import dose_of_press
from clinic.crisis import await_safe, safe_buttons
from clinic.letters import Button, reply, rewrite, words
from clinic.raise_alert import answer_of, numbers_of, raise_alerts
from clinic.ward import Visit
from content.values import Words
from storage.reports import add_report, said_since
from storage.tables import Dose


def report_symptom(visit: Visit, *, dose_id: int, symptom: str, grade: int) -> None:
    """Keep a symptom and its grade, tell triage, and answer: advice when it is mild, who was told when it is not."""
    _symptom(visit, symptom)
    rewrite(visit, words("noted", what=words(f"symptom-{symptom}"), grade=words(f"graded-{grade}")))
    report_several(visit, [(symptom, grade)], dose_id=dose_id)


def report_several(
    visit: Visit,
    said: Sequence[tuple[str, int]],
    *,
    dose_id: int = 0,
    quote: str | None = None,
    hearing_id: int | None = None,
) -> None:
    """Keep symptoms with their grades and answer them in one breath. `quote` and `hearing_id` are of the message."""
    dose = dose_of_press(visit, dose_id)
    earlier = said_since(visit.work.session, visit.course.id)
    facts = {one: report_facts(one, grade, now=visit.now, earlier=earlier) for one, grade in said}
    for symptom, grade in said:
        _keep(visit, "symptom", symptom, grade, dose)
    every = [fact for row in facts.values() for fact in row]
    decision = raise_alerts(visit, visit.course, every, quote=quote, hearing_id=hearing_id)
    texts = answer_of(visit, visit.course, decision) if decision and decision.level > Level.SELF_CARE else []
    texts += [words(f"advice-{one}") for one in facts if _is_mild(visit, facts[one])]
    questions = _questions(visit, said)
    if questions:
        # A message of its own: its answer takes the question's place, and must not take away who was told.
        reply(visit, *texts, *_after(decision))
        for known in questions:
            assert known.question is not None
            reply(visit, words(known.question.text), buttons=_choices(known, dose_id))
    else:
        worse = said[0][0] if len(said) == 1 else ""
        reply(visit, *texts, *_after(decision), words("anything-else"), buttons=more_buttons(dose_id, decision, worse))


def _is_mild(visit: Visit, facts: Sequence[Fact]) -> bool:
    own = triage(facts, kind=visit.regimen(visit.course).kind, table=visit.content.triage)
    return own is None or own.level is Level.SELF_CARE


def _questions(visit: Visit, said: Sequence[tuple[str, int]]) -> list[Symptom]:
    """Return the symptoms whose follow-up question is due; a question that two of them ask is asked once."""
    found: dict[str, Symptom] = {}
    for name, grade in said:
        known = _symptom(visit, name)
        if known.question is not None and grade >= known.question.from_grade:
            found.setdefault(known.question.text, known)
    return list(found.values())


def _symptom(visit: Visit, symptom: str) -> Symptom:
    try:
        return visit.content.symptom(symptom)
    except KeyError:
        raise NotFound("refused-unknown-button") from None


def _after(decision: Decision | None) -> list[Words]:
    return [words("not-watched")] if decision is not None and decision.level >= Level.URGENT else []


def _keep(visit: Visit, kind: str, subject: str, grade: int | None, dose: Dose | None) -> None:
    add_report(
        visit.work, visit.course, kind=kind, subject=subject, grade=grade, dose_id=dose.id if dose is not None else None
    )


def _choices(symptom: Symptom, dose_id: int) -> list[list[Button]]:
    choices = symptom.question.choices if symptom.question is not None else ()
    return [[Button(choice.label, "choice", (dose_id, symptom.id, number))] for number, choice in enumerate(choices)]


def more_buttons(dose_id: int, decision: Decision | None, symptom: str = "") -> list[Sequence[Button]]:
    """Return what may follow a report: another one, that it gets worse, or nothing more."""
    rows: list[Sequence[Button]] = []
    if decision is not None and decision.level >= Level.ROUTINE:
        rows.append([Button("button-worse", "worse", (symptom,)), Button("key-help-now", "help", (), "danger")])
    return [*rows, [Button("button-more-to-tell", "feelings", (dose_id,)), Button("button-that-is-all", "told")]]


def answer_symptom_question(visit: Visit, *, dose_id: int, symptom: str, choice: int) -> None:
    """Read the answer to a symptom's follow-up question; it may raise a red flag."""
    question = _symptom(visit, symptom).question
    if question is None or choice >= len(question.choices):
        raise NotFound("refused-unknown-button")
    picked = question.choices[choice]
    visit.work.record("question-answered", patient_id=visit.patient.id, symptom=symptom, choice=choice)
    rewrite(visit, words("asked-and-answered", question=words(question.text), answer=words(picked.label)))
    if picked.flag is None:
        reply(visit, words("anything-else"), buttons=more_buttons(dose_id, None))
    else:
        raise_flag(visit, picked.flag, dose_id)


def report_flag(visit: Visit, *, dose_id: int, flag: str) -> None:
    """Keep a warning sign the patient named, and act on it at once."""
    if flag not in {known.id for known in visit.content.red_flags}:
        raise NotFound("refused-unknown-button")
    rewrite(visit, words("flag-noted", what=words(f"flag-{flag}")))
    raise_flag(visit, flag, dose_id)


def raise_flag(visit: Visit, flag: str, dose_id: int) -> None:
    """Keep a red flag, raise its alert, and answer with the fixed text: the number first."""
    _keep(visit, "flag", flag, None, dose_of_press(visit, dose_id))
    decision = raise_alerts(visit, visit.course, [Fact("red-flag", flag)])
    if visit.content.red_flag(flag).crisis:
        answer_crisis(visit, flag, decision)
        return
    texts = [*answer_of(visit, visit.course, decision), words("not-watched")]
    reply(visit, *texts, buttons=more_buttons(dose_id, decision))


def answer_crisis(visit: Visit, flag: str, decision: Decision | None) -> None:
    """Answer thoughts of self-harm with the reviewed text and one question; nothing else is in that message."""
    key = decision.answer if decision is not None and decision.answer else "crisis-thoughts"
    numbers = visit.content.texts.fitting(key, numbers_of(visit.patient.clinic))
    reply(visit, Words(key, numbers), buttons=safe_buttons())
    await_safe(visit)


def report_worse(visit: Visit, *, symptom: str = "") -> None:
    """The patient says that it is getting worse: that always reaches people anew."""
    subject = symptom if symptom in {known.id for known in visit.content.symptoms} else None
    visit.work.record("said-worse", patient_id=visit.patient.id, symptom=subject)
    decision = raise_alerts(visit, visit.course, [Fact("worse", subject)])
    visit.toast = words("toast-told-clinic")
    buttons = [[Button("key-help-now", "help", (), "danger")]]
    reply(visit, *answer_of(visit, visit.course, decision), words("not-watched"), buttons=buttons)
