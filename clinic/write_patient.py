"""Write to a patient: under a case's card, or in one's private chat. The words are the clinician's; all is kept."""

from __future__ import annotations

from care.courses import Status
from care.refusals import BadAnswer, NotFound, Refusal, Stale
from care.talk import is_stale
from clinic.letters import Button, Rows, body, reply, rewrite, tell_patient, words
from clinic.people import course_for, post_in
from clinic.show_case import show_case
from clinic.ward import Visit, Ward
from content.pieces import in_pieces
from content.values import Words
from storage.cases import lock_open_case
from storage.courses import find_course
from storage.desk import Direction, Draft
from storage.outbox import Letter, add_letter
from storage.patients import lock
from storage.queues import Lane
from storage.tables import Clinic, Patient, Staff
from storage.talk import add_message, begin_draft, end_drafts, find_draft, set_letter

LINES = ("line-seen", "line-call", "line-missed", "line-quiet", "line-more")
"""First lines that are ready to send, in the order in which they are offered."""


def begin_to_write(visit: Visit, *, code: str) -> None:
    """Ask the presser in private what to write to this patient. It works from a channel too, where nobody replies."""
    course, post = course_for(visit, code)
    patient = course.patient
    check_reachable(visit, patient)
    begin_draft(visit.work, post, patient)
    letter = Letter(
        chat_id=post.telegram_id,
        body=body(visit.caller.language, [_question(patient)], buttons=_lines(patient)),
        lane=Lane.REPLY,
        clinic_id=post.clinic_id,
    )
    add_letter(visit.work, letter)
    if not visit.caller.is_private:
        visit.toast = words("toast-write-private")


def _question(patient: Patient) -> Words:
    return words("ask-write", code=patient.case_code, signed="yes" if signs(patient.clinic) else "no")


def _lines(patient: Patient) -> Rows:
    code = patient.case_code
    lines = [Button(f"{line}-label", "line", (code, number)) for number, line in enumerate(LINES)]
    rows = [lines[place : place + 2] for place in range(0, len(lines), 2)]
    return [*rows, [_cancel(code)]]


def _cancel(code: str) -> Button:
    return Button("button-write-cancel", "write-cancel", (code,))


def signs(clinic: Clinic) -> bool:
    """Return whether the clinic wants its patients to read who of it has written."""
    return bool((clinic.options or {}).get("signs"))


def check_reachable(ward: Ward, patient: Patient) -> None:
    """Raise Refusal for a patient whom a message would not reach, or whose answer nobody would see."""
    code, course = patient.case_code, find_course(ward.work.session, patient.id)
    if patient.telegram_id is None or course is None or course.status is Status.INVITED:
        raise Refusal("refused-write-invited", code=code)
    if course.status is Status.CLOSED:
        raise Refusal("refused-write-closed", code=code)
    if patient.unreachable_since is not None:
        raise Refusal("refused-write-unreachable", code=code)


def show_line(visit: Visit, *, code: str, number: int) -> None:
    """Show a first line as the patient will read it, before it is sent."""
    patient, _post = _drafted(visit, code)
    line = _line_for(visit, patient, number)
    visit.work.record("line-shown", patient_id=patient.id, line=LINES[number])
    send = Button("button-send-line", "line-send", (code, number), "primary")
    back = Button("button-write-back", "write-back", (code,))
    rewrite(visit, words("write-preview", code=code, text=line), buttons=[[send, back], [_cancel(code)]])


def show_lines(visit: Visit, *, code: str) -> None:
    """Go back to all first lines."""
    patient, _post = _drafted(visit, code)
    visit.work.record("lines-shown", patient_id=patient.id)
    rewrite(visit, _question(patient), buttons=_lines(patient))


def send_line(visit: Visit, *, code: str, number: int) -> None:
    """Send a first line to the patient, once: a second press finds nothing that waits to be sent."""
    course, post = course_for(visit, code)
    patient = course.patient
    draft = find_draft(visit.work.session, visit.caller.posts)
    if not visit.caller.is_private or draft is None or draft.patient_id != patient.id:
        raise Stale("refused-nothing-to-send")
    line = _line_for(visit, patient, number)
    end_drafts(visit.work, visit.caller.posts)
    rewrite(visit, write(visit, patient, post, line), buttons=_again(patient))


def cancel_writing(visit: Visit, *, code: str) -> None:
    """Write nothing after all."""
    course, _post = course_for(visit, code)
    end_drafts(visit.work, visit.caller.posts)
    visit.work.record("draft-dropped", patient_id=course.patient_id)
    rewrite(visit, words("write-cancelled", code=course.patient.case_code))


def _drafted(visit: Visit, code: str) -> tuple[Patient, Staff]:
    """Return the patient of a press in a private chat; what was begun to be written to anybody else is over."""
    course, post = course_for(visit, code)
    if not visit.caller.is_private:
        raise NotFound("refused-unknown-button")
    draft = find_draft(visit.work.session, visit.caller.posts)
    if draft is None or draft.patient_id != course.patient_id:
        begin_draft(visit.work, post, course.patient)
    return course.patient, post


def _line_for(ward: Ward, patient: Patient, number: int) -> str:
    if not 0 <= number < len(LINES):
        raise NotFound("refused-unknown-button")
    return ward.content.texts.plain(LINES[number], patient.language)


def _again(patient: Patient) -> Rows:
    return [[Button("button-write-again", "write", (patient.case_code,))]]


def hear_draft(visit: Visit, text: str, *, is_edit: bool = False) -> bool:
    """Send what a clinician types to the patient they began to write to; return whether there was one."""
    draft = find_draft(visit.work.session, visit.caller.posts)
    if draft is None:
        return False
    patient = draft.patient
    if is_edit:
        raise BadAnswer("refused-edited")
    if is_stale(draft.begun_at, now=visit.now):
        _drop(visit, draft, "draft-over")
    elif text.lstrip().startswith("/"):
        visit.work.record("draft-kept", patient_id=patient.id)
        reply(visit, words("draft-command", code=patient.case_code), buttons=[[_cancel(patient.case_code)]])
    else:
        post = post_in(visit, patient.clinic_id)
        end_drafts(visit.work, visit.caller.posts)
        reply(visit, write(visit, patient, post, text), buttons=_again(patient))
    return True


def refuse_draft(visit: Visit) -> None:
    """Raise BadAnswer if a clinician who is about to write sends something that is no text: nothing goes out."""
    if find_draft(visit.work.session, visit.caller.posts) is not None:
        raise BadAnswer("refused-only-text")


def _drop(visit: Visit, draft: Draft, event: str) -> None:
    patient = draft.patient
    end_drafts(visit.work, visit.caller.posts)
    visit.work.record(event, patient_id=patient.id, clinic_id=patient.clinic_id)
    reply(visit, words("draft-over", code=patient.case_code), buttons=_again(patient))


def write(visit: Visit, patient: Patient, post: Staff, text: str) -> Words:
    """Owe these words to the patient and keep them in their case; return what the writer is told.

    Raises Refusal for a patient whom they would not reach. A long text goes whole, in several messages.
    """
    patient = lock(visit.work.session, patient.id)
    check_reachable(visit, patient)
    pieces = in_pieces(text)
    if not pieces:
        raise BadAnswer("refused-empty")
    case = lock_open_case(visit.work.session, patient.id)
    message = add_message(visit.work, patient, direction=Direction.OUT, text=text, case=case, staff=post)
    for number, piece in enumerate(pieces, start=1):
        is_last = number == len(pieces)
        texts = [words(f"clinic-writes-{patient.wording}")] if number == 1 else []
        texts.append(words("clinic-words" if number == 1 else "clinic-words-more", text=piece))
        if is_last and signs(patient.clinic):
            texts.append(words("clinic-signed", name=post.name))
        buttons = [[Button("button-answer", "answer", (message.id,))]] if is_last else []
        letter = tell_patient(visit, patient, *texts, buttons=buttons, subject=f"message:{message.id}")
        set_letter(message, letter)
    if case is None:
        return words("written-to", code=patient.case_code)
    show_case(visit, case, anew=False)
    return words("written-to" if case.owner_id is not None else "written-unowned", code=patient.case_code)
