"""Symptoms heard in a message: said back, confirmed with a tap, graded or removed; only then are they reports."""

from __future__ import annotations

from collections.abc import Sequence

from care.hearing import HeardKind, HeardState
from care.triage import Fact
from clinic.heard import own_hearing, own_item, quote_of, set_waiting, symptoms_open, symptoms_waiting
from clinic.letters import Button, Rows, reply, rewrite, words
from clinic.raise_alert import raise_alerts
from clinic.report import report_several
from clinic.ward import Visit
from content.values import Words
from storage.hearings import set_grade, set_items
from storage.tables import HeardItem, Hearing

GRADES = range(1, 5)


def ask_to_confirm(visit: Visit, hearing: Hearing) -> None:
    """Say back what was heard, and ask whether that is right."""
    waiting = [one for one in hearing.items if one.kind is HeardKind.SYMPTOM and one.state is HeardState.NOTED]
    if waiting:
        set_items(visit.work, hearing, waiting, HeardState.ASKED)
        set_waiting(visit, hearing)
    reply(visit, _said_back(symptoms_open(hearing)), buttons=_screen(hearing))


def show_heard(visit: Visit, *, hearing_id: int) -> None:
    """Show again what was heard."""
    hearing = own_hearing(visit, hearing_id)
    if not _is_late(visit, hearing):
        visit.work.record("heard-shown", patient_id=visit.patient.id, hearing=hearing.id)
        rewrite(visit, _said_back(symptoms_open(hearing)), buttons=_screen(hearing))


def _said_back(items: Sequence[HeardItem]) -> Words:
    return words("heard-symptoms", list=[_named(item) for item in items])


def _named(item: HeardItem) -> Words:
    name = words(f"symptom-{item.subject}")
    if item.grade is None:
        return words("heard-ungraded", symptom=name)
    return words("heard-graded", symptom=name, grade=words(f"graded-{item.grade}"))


def _screen(hearing: Hearing) -> Rows:
    """Return the buttons under what was heard; a single symptom without a grade is graded right there."""
    items = symptoms_open(hearing)
    rows: list[Sequence[Button]] = []
    if len(items) == 1 and items[0].grade is None:
        rows += _grades(hearing, items[0])
    else:
        rows.append([Button("button-heard-yes", "heard-yes", (hearing.id,), "success")])
        edits = [
            Button(
                words("button-heard-change", symptom=words(f"symptom-{item.subject}")),
                "heard-item",
                (hearing.id, item.id),
            )
            for item in items
        ]
        rows += [edits[at : at + 2] for at in range(0, len(edits), 2)]
    return [*rows, [Button("button-heard-none", "heard-none", (hearing.id,))]]


def _grades(hearing: Hearing, item: HeardItem) -> list[Sequence[Button]]:
    buttons = [Button(f"grade-label-{grade}", "heard-grade", (hearing.id, item.id, grade)) for grade in GRADES]
    return [buttons[:2], buttons[2:]]


def ask_heard_grade(visit: Visit, *, hearing_id: int, item_id: int) -> None:
    """Ask how bad one of the symptoms is, or whether it was not meant."""
    hearing, item = own_item(visit, hearing_id, item_id)
    if _is_late(visit, hearing) or item not in symptoms_open(hearing):
        return
    visit.work.record("heard-grade-asked", patient_id=visit.patient.id, hearing=hearing.id)
    _ask_grade(visit, hearing, item)


def _ask_grade(visit: Visit, hearing: Hearing, item: HeardItem) -> None:
    spelled = [words(f"grade-{item.subject}-{grade}") for grade in GRADES]
    rows = _grades(hearing, item)
    rows.append([Button("button-heard-remove", "heard-drop", (hearing.id, item.id))])
    rows.append([Button("button-back", "heard", (hearing.id,))])
    rewrite(
        visit,
        words(f"ask-grade-{item.subject}"),
        words("grades-spelled", one=spelled[0], two=spelled[1], three=spelled[2], four=spelled[3]),
        buttons=rows,
    )


def grade_heard(visit: Visit, *, hearing_id: int, item_id: int, grade: int) -> None:
    """Keep a grade; when that was the last thing to know, what was heard becomes a report."""
    hearing, item = own_item(visit, hearing_id, item_id)
    if _is_late(visit, hearing) or item not in symptoms_open(hearing):
        return
    set_grade(visit.work, hearing, item, grade)
    items = symptoms_open(hearing)
    if len(items) == 1 or any(one.state is HeardState.CONFIRMED for one in items):
        _finish(visit, hearing)
    else:
        rewrite(visit, _said_back(items), buttons=_screen(hearing))


def confirm_heard(visit: Visit, *, hearing_id: int) -> None:
    """ "Yes, that is right": ask for the grades that are missing, then report it all."""
    hearing = own_hearing(visit, hearing_id)
    if not _is_late(visit, hearing):
        set_items(visit.work, hearing, symptoms_open(hearing), HeardState.CONFIRMED)
        _finish(visit, hearing)


def _finish(visit: Visit, hearing: Hearing) -> None:
    items = symptoms_open(hearing)
    missing = next((item for item in items if item.grade is None), None)
    if missing is not None:
        _ask_grade(visit, hearing, missing)
        return
    set_items(visit.work, hearing, items, HeardState.REPORTED)
    set_waiting(visit, hearing)
    rewrite(visit, words("heard-confirmed", list=[_named(item) for item in items]))
    said = [(item.subject, item.grade or 0) for item in items]
    report_several(visit, said, quote=quote_of(visit, hearing), hearing_id=hearing.id)


def drop_heard(visit: Visit, *, hearing_id: int, item_id: int) -> None:
    """Take away one symptom that was not meant; when none is left, the words go to the clinic."""
    hearing, item = own_item(visit, hearing_id, item_id)
    if _is_late(visit, hearing) or item not in symptoms_open(hearing):
        return
    set_items(visit.work, hearing, [item], HeardState.REMOVED)
    left = symptoms_open(hearing)
    if not left:
        _pass_on(visit, hearing)
    elif any(one.state is HeardState.CONFIRMED for one in left):
        _finish(visit, hearing)
    else:
        rewrite(visit, _said_back(left), buttons=_screen(hearing))


def mean_something_else(visit: Visit, *, hearing_id: int) -> None:
    """Nothing of what was heard was meant: a person reads the words."""
    hearing = own_hearing(visit, hearing_id)
    if not _is_late(visit, hearing):
        set_items(visit.work, hearing, symptoms_open(hearing), HeardState.REMOVED)
        _pass_on(visit, hearing)


def _pass_on(visit: Visit, hearing: Hearing) -> None:
    set_waiting(visit, hearing)
    fact = Fact("free-text")
    raise_alerts(visit, visit.course, [fact], quote=quote_of(visit, hearing), hearing_id=hearing.id)
    rewrite(visit, words("heard-none"))


def _is_late(visit: Visit, hearing: Hearing) -> bool:
    """Answer an old button kindly; return whether that was all there is to do."""
    is_old = visit.now - hearing.at > visit.content.hearing.forget_after
    if symptoms_open(hearing) and not is_old:
        return False
    visit.work.record("heard-long-ago", patient_id=visit.patient.id, hearing=hearing.id)
    key = (
        "heard-long-ago"
        if symptoms_waiting(hearing)
        else "heard-by-clinic"
        if symptoms_open(hearing)
        else "heard-answered"
    )
    rewrite(visit, words(key), buttons=[[Button("key-feelings", "feelings", (0,))]])
    return True
