"""Keep a message as it was read, and show what was heard in it."""

from __future__ import annotations

from datetime import datetime

from care.hearing import HeardKind, HeardState, Plan
from care.reading import Reading
from care.refusals import NotFound
from clinic.letters import words
from clinic.ward import Visit, Ward
from content.values import Words
from storage.hearings import Item, add_hearing, find_hearing, set_due, words_of
from storage.patients import add_note
from storage.tables import HeardItem, Hearing

LONGEST_QUOTE = 4000
"""Characters of a message that go with an alert; the note keeps them all."""
OPEN_STATES = (HeardState.ASKED, HeardState.CONFIRMED, HeardState.UNCONFIRMED)
"""A symptom in one of these may still become a report."""


def keep_hearing(visit: Visit, text: str, reading: Reading, plan: Plan) -> Hearing:
    """Keep the words, all of them, and what was heard in them."""
    note = add_note(visit.work, visit.course, about="free-text", text=text)
    return add_hearing(
        visit.work, visit.course, note, language=reading.language, is_unread=plan.is_unread, items=_items(plan)
    )


def _items(plan: Plan) -> list[Item]:
    noted, flag = HeardState.NOTED, HeardKind.FLAG
    items = [Item(flag, subject, noted, is_certain=True) for subject in plan.certain]
    items += [Item(flag, subject, noted) for subject in plan.possible]
    items += [Item(HeardKind.SYMPTOM, symptom, noted, grade) for symptom, grade in plan.symptoms]
    items += [Item(HeardKind.DENIED, symptom, noted) for symptom in plan.denied]
    items += [Item(HeardKind.DOSE, plan.dose, noted)] if plan.dose else []
    items += [Item(HeardKind.QUESTION, plan.question[:40], noted)] if plan.question else []
    return items


def quote_of(ward: Ward, hearing: Hearing) -> str:
    """Return the patient's own words, as an alert carries them."""
    return words_of(ward.work.session, hearing)[:LONGEST_QUOTE]


def own_hearing(visit: Visit, hearing_id: int) -> Hearing:
    """Return a hearing of the calling patient; NotFound for anybody else's."""
    hearing = find_hearing(visit.work.session, hearing_id)
    if hearing is None or hearing.course.patient_id != visit.patient.id:
        raise NotFound("refused-not-found")
    return hearing


def own_item(visit: Visit, hearing_id: int, item_id: int) -> tuple[Hearing, HeardItem]:
    """Return one thing heard in a hearing of the calling patient."""
    hearing = own_hearing(visit, hearing_id)
    for item in hearing.items:
        if item.id == item_id:
            return hearing, item
    raise NotFound("refused-not-found")


def flags_asked(hearing: Hearing) -> list[HeardItem]:
    """Return the red flags that wait for the patient's yes or no, the gravest first."""
    return [one for one in hearing.items if one.kind is HeardKind.FLAG and one.state is HeardState.ASKED]


def symptoms_open(hearing: Hearing) -> list[HeardItem]:
    """Return the symptoms that may still become reports."""
    return [one for one in hearing.items if one.kind is HeardKind.SYMPTOM and one.state in OPEN_STATES]


def symptoms_waiting(hearing: Hearing) -> list[HeardItem]:
    """Return the symptoms that wait for the patient and that the clinic has not been shown."""
    return [one for one in symptoms_open(hearing) if one.state is not HeardState.UNCONFIRMED]


def set_waiting(ward: Ward, hearing: Hearing, flags_until: datetime | None = None) -> None:
    """Set when what still waits ends. `flags_until` (None: as it is) is for the red flags, which always come first."""
    rules = ward.content.hearing
    due = None
    if flags_asked(hearing):
        due = flags_until or hearing.due_at or ward.now + rules.answer_within
    elif symptoms_waiting(hearing):
        due = ward.now + rules.confirm_within
    if due != hearing.due_at:
        set_due(ward.work, hearing, due)


def list_heard(ward: Ward, hearing: Hearing) -> list[Words]:
    """Return everything that was heard in a message and what became of it, for clinicians."""
    return [_with_state(ward, item) for item in hearing.items]


def _with_state(ward: Ward, item: HeardItem) -> Words:
    what, state = name_of(ward, item), words(f"heard-state-{item.state}")
    if item.kind is HeardKind.SYMPTOM and item.grade is not None:
        return words("heard-item-graded", what=what, grade=words(f"graded-{item.grade}"), state=state)
    if item.kind in (HeardKind.FLAG, HeardKind.SYMPTOM):
        return words("heard-item", what=what, state=state)
    return what


def name_of(ward: Ward, item: HeardItem) -> Words:
    """Return what one item is called; a name that the content has dropped since is said to be unnamed."""
    match item.kind:
        case HeardKind.FLAG:
            return _named(ward, f"flag-{item.subject}")
        case HeardKind.SYMPTOM:
            return _named(ward, f"symptom-{item.subject}")
        case HeardKind.DENIED:
            key = "heard-any" if item.subject == "any" else f"symptom-{item.subject}"
            return words("heard-not", what=_named(ward, key))
        case HeardKind.DOSE:
            return words(f"heard-dose-{item.subject}")
        case HeardKind.QUESTION:
            return words("heard-question", about=_named(ward, f"question-{item.subject}"))


def _named(ward: Ward, key: str) -> Words:
    return words(key if ward.content.texts.has(key) else "symptom-unnamed")
