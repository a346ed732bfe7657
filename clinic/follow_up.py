"""Silence during a course, and the contacts after it. Both end with a person, not with a text."""

from __future__ import annotations

from datetime import timedelta

from care.calendar import end_of
from care.courses import Status
from care.refusals import NotFound, Stale
from care.triage import Fact
from clinic.letters import Button, reply, rewrite, tell_patient, words
from clinic.raise_alert import answer_of, raise_alerts, raise_once_a_day
from clinic.ward import Visit, Ward, zone_of
from storage.courses import find_follow_up, set_course, set_follow_up
from storage.queues import Lane
from storage.tables import Course, FollowUp

ASK_AGAIN = timedelta(hours=24)
ANSWER_WITHIN = timedelta(hours=72)


def note_silence(ward: Ward, course: Course) -> None:
    """The patient has not answered for as long as the regimen allows: triage hears of it, every day anew."""
    if course.status is not Status.ACTIVE or course.last_heard_at is None:
        set_course(ward.work, course, "silence-not-counted", silent_at=None)
        return
    hours = int((ward.now - course.last_heard_at).total_seconds() // 3600)
    set_course(ward.work, course, "silent", silent_at=ward.now + ASK_AGAIN)
    decision = raise_once_a_day(ward, course, [Fact("silent", value=hours)])
    buttons = [[Button("button-well", "well", ("yes",))], [Button("button-call-me", "well", ("call",))]]
    expires = end_of(ward.today(course.patient), zone_of(course.patient))
    texts = answer_of(ward, course, decision) or [words("are-you-there")]
    tell_patient(ward, course.patient, *texts, buttons=buttons, lane=Lane.REMINDER, expires_at=expires)


def answer_well(visit: Visit, *, answer: str) -> None:
    """The patient speaks after a silence; a wish to be called goes to the clinic."""
    visit.work.record("answered-after-silence", patient_id=visit.patient.id, answer=answer)
    if answer == "call":
        raise_alerts(visit, visit.course, [Fact("follow-up", "talk")])
    rewrite(visit, words(f"well-{answer}"))


def visit_follow_up(ward: Ward, contact: FollowUp) -> None:
    """A contact after the course is due: ask how things are; if nobody answers in time, tell the clinic once."""
    course = contact.course
    if course.status is not Status.FOLLOW_UP or contact.answered_at is not None:
        set_follow_up(ward.work, contact, "follow-up-over", due_at=None)
        return
    if contact.asked_at is not None:
        set_follow_up(ward.work, contact, "follow-up-unanswered", due_at=None, answer="silent")
        raise_alerts(ward, course, [Fact("follow-up", "silent")])
        return
    set_follow_up(ward.work, contact, "follow-up-asked", asked_at=ward.now, due_at=ward.now + ANSWER_WITHIN)
    tell_patient(
        ward,
        course.patient,
        words("contact-question"),
        buttons=_choices(ward, contact),
        lane=Lane.REMINDER,
        expires_at=ward.now + ANSWER_WITHIN,
        dedupe_key=f"follow-up:{contact.id}",
    )


def _choices(ward: Ward, contact: FollowUp) -> list[list[Button]]:
    offered = [answer for answer in ward.content.answers.follow_up if answer != "silent"]
    return [[Button(f"follow-up-{answer}", "follow-up", (contact.id, answer))] for answer in offered]


def answer_follow_up(visit: Visit, *, contact_id: int, answer: str) -> None:
    """Keep the answer to a contact, and let triage decide who should know."""
    contact = find_follow_up(visit.work.session, contact_id)
    if contact is None or contact.course_id != visit.course.id:
        raise NotFound("refused-not-found")
    if contact.answered_at is not None:
        raise Stale("refused-answered-already")
    if answer not in visit.content.answers.follow_up:
        raise NotFound("refused-unknown-button")
    set_follow_up(visit.work, contact, "follow-up-answered", answered_at=visit.now, answer=answer, due_at=None)
    decision = raise_alerts(visit, visit.course, [Fact("follow-up", answer)])
    rewrite(visit, words("asked-and-answered", question=words("contact-question"), answer=words(f"follow-up-{answer}")))
    reply(visit, *(answer_of(visit, visit.course, decision) or [words("contact-thanks")]))
