"""Clinicians say what was heard wrongly, or missed. It is counted; an alert that stands is never taken back by it."""

from __future__ import annotations

from care.hearing import HeardKind
from care.refusals import NotFound
from clinic.heard import list_heard, name_of
from clinic.letters import Button, reply, rewrite, words
from clinic.people import case_for, post_in
from clinic.ward import Visit
from content.values import Words
from storage.hearings import add_correction, find_hearing, hearings_of_case
from storage.tables import Case, HeardItem, Hearing, Staff

MISSED = ("flag", "symptom", "dose", "else")


def open_correction(visit: Visit, *, case_id: int, hearing_id: int = 0) -> None:
    """ "Not that": offer everything that was heard in a case's newest message (or this one), and what may be missed."""
    case, _post = case_for(visit, case_id)
    hearings = hearings_of_case(visit.work.session, case.id)
    chosen = [one for one in hearings if one.id == hearing_id] if hearing_id else hearings[-1:]
    if not chosen:
        raise NotFound("refused-nothing-heard")
    hearing = chosen[0]
    earlier = [one.id for one in hearings if one.id < hearing.id]
    visit.work.record("correction-opened", clinic_id=case.clinic_id, hearing=hearing.id)
    say = rewrite if hearing_id else reply
    say(visit, _question(visit, case, hearing), buttons=_choices(visit, case, hearing, earlier))


def _question(visit: Visit, case: Case, hearing: Hearing) -> Words:
    at = visit.clock_of_clinic(case.patient.clinic, hearing.at).replace(tzinfo=None)
    heard = list_heard(visit, hearing)
    if not heard:
        return words("ask-what-was-missed", code=case.patient.case_code, at=at)
    return words("ask-what-was-wrong", code=case.patient.case_code, at=at, list=list(heard))


def _choices(visit: Visit, case: Case, hearing: Hearing, earlier: list[int]) -> list[list[Button]]:
    wrong = [
        [Button(words("button-wrong", what=name_of(visit, item)), "heard-wrong", (case.id, hearing.id, item.id))]
        for item in hearing.items
    ]
    missed = [Button(f"button-missed-{kind}", "heard-missed", (case.id, hearing.id, kind)) for kind in MISSED]
    rows = [*wrong, missed[:2], missed[2:]]
    if earlier:
        rows.append([Button("button-earlier-message", "not-that", (case.id, earlier[-1]))])
    return rows


def mark_wrong(visit: Visit, *, case_id: int, hearing_id: int, item_id: int) -> None:
    """Keep that one thing was heard wrongly."""
    hearing, post = _hearing_for(visit, case_id, hearing_id)
    for item in hearing.items:
        if item.id == item_id:
            what = words("correction-wrong", what=name_of(visit, item))
            _correct(visit, hearing, post, what, item=item, subject=f"{_kind(item)}:{item.subject}")
            return
    raise NotFound("refused-not-found")


def _kind(item: HeardItem) -> str:
    return HeardKind(item.kind).value


def mark_missed(visit: Visit, *, case_id: int, hearing_id: int, kind: str) -> None:
    """Keep that something of this kind was in the message and was not heard."""
    hearing, post = _hearing_for(visit, case_id, hearing_id)
    _correct(visit, hearing, post, words(f"correction-missed-{kind}"), item=None, subject=kind)


def _hearing_for(visit: Visit, case_id: int, hearing_id: int) -> tuple[Hearing, Staff]:
    """Return a hearing of this case's patient, and the presser's post in their clinic."""
    case, _post = case_for(visit, case_id)
    hearing = find_hearing(visit.work.session, hearing_id)
    if hearing is None or hearing.course.patient_id != case.patient_id:
        raise NotFound("refused-not-found")
    return hearing, post_in(visit, case.clinic_id)


def _correct(visit: Visit, hearing: Hearing, post: Staff, what: Words, *, item: HeardItem | None, subject: str) -> None:
    kind = "missed" if item is None else "wrong"
    if add_correction(visit.work, hearing, post, item=item, kind=kind, subject=subject) is None:
        visit.work.record("corrected-already", clinic_id=post.clinic_id, hearing=hearing.id)
        visit.toast = words("toast-corrected-already")
        return
    rewrite(visit, words("corrected", name=post.name, code=hearing.course.patient.case_code, what=what))
