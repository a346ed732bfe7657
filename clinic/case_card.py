"""What a case says of itself: by case code, with the buttons its state allows. Where it is shown: `show_case.py`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from care.adherence import adherence
from care.courses import Status
from care.escalation import CaseState, Outcome
from care.triage import Fact, Level, Rule
from clinic.ask_opioids import waits_for_team
from clinic.heard import list_heard
from clinic.ladder import is_uncovered
from clinic.letters import Button, Rows, words
from clinic.talk_lines import card_talk
from clinic.ward import Ward
from content.markup import quotable
from content.values import Words
from storage.clinics import find_post
from storage.courses import get_course
from storage.doses import states_of
from storage.hearings import find_hearing
from storage.tables import Alert, Case, Course

MOST_LINES = 8
"""Alerts shown on a card; earlier ones are counted."""
MOST_QUOTED = 600
"""Characters of the patient's own words shown on a card."""


def card_texts(ward: Ward, case: Case, alerts: Sequence[Alert], course: Course) -> list[Words]:
    """Return the words of a card: level and code, what was reported and when, adherence so far, and who owns it.

    `alerts` are those of the case, the oldest first; `course` is the patient's latest.
    """
    if alerts and alerts[-1].course_id != course.id:  # the case is of an earlier one
        course = get_course(ward.work.session, alerts[-1].course_id)
    return [
        words(f"card-head-{_head(case)}", code=case.patient.case_code),
        _place(ward, course),
        *_lines(ward, case, alerts),
        *card_talk(ward, case),
        _adherence(ward, course),
        *_ending(ward, case),
    ]


def _head(case: Case) -> str:
    return "closed" if case.state is CaseState.CLOSED else case.level.word


def _place(ward: Ward, course: Course) -> Words:
    regimen = ward.regimen(course)
    name = words(f"regimen-{course.regimen}")
    if not course.day:
        return words("card-before", regimen=name)
    return words("card-day", day=course.day, days=regimen.days, regimen=name, status=words(f"status-{course.status}"))


def _lines(ward: Ward, case: Case, alerts: Sequence[Alert]) -> list[Words]:
    shown = alerts[-MOST_LINES:]
    lines: list[Words] = []
    if len(alerts) > len(shown):
        lines.append(words("card-earlier", count=len(alerts) - len(shown)))
    for alert, after in zip(shown, [*shown[1:], None], strict=True):
        at = ward.clock_of_clinic(case.patient.clinic, alert.raised_at).replace(tzinfo=None)
        lines.append(words("card-line", at=at, reason=reason_of(ward, alert)))
        if after is None or alert.hearing_id is None or after.hearing_id != alert.hearing_id:
            lines += said_lines(ward, alert, with_quote=case.patient.clinic.shows_quotes)
    return lines


def said_lines(ward: Ward, alert: Alert, *, with_quote: bool = True) -> list[Words]:
    """Return the words that raised an alert, if the clinic wants them there, and what was heard in them."""
    lines: list[Words] = []
    if alert.quote is not None and with_quote:
        lines.append(words("card-quote", quote=quotable(alert.quote)[:MOST_QUOTED]))
    hearing = find_hearing(ward.work.session, alert.hearing_id) if alert.hearing_id is not None else None
    if hearing is not None and hearing.items:
        lines.append(words("card-heard", list=list(list_heard(ward, hearing))))
    elif hearing is not None:
        lines.append(words("card-heard-nothing"))
    return lines


def reason_of(ward: Ward, alert: Alert) -> Words:
    """Return why an alert was raised, in the clinicians' words, even if its rule has left the table since."""
    rule = Rule(alert.rule, alert.fact, alert.level, alert.reason, None, "")
    return ward.content.reason(rule, Fact(alert.fact, alert.subject, alert.value))


def _adherence(ward: Ward, course: Course) -> Words:
    share = adherence([state for _, state in states_of(ward.work.session, course.id)])
    if not share.expected:
        return words("card-adherence-none")
    if share.low == share.high:
        return words("card-adherence", taken=share.taken, expected=share.expected, low=share.low)
    return words(
        "card-adherence-range",
        taken=share.taken,
        unknown=share.unknown,
        expected=share.expected,
        low=share.low,
        high=share.high,
    )


def _ending(ward: Ward, case: Case) -> list[Words]:
    ends: list[Words] = []
    if is_uncovered(ward, case):
        ends.append(words("card-nobody-on-call"))
    if case.state is CaseState.OPEN and case.step and case.level > Level.ROUTINE:
        ends.append(words("card-repeated", count=case.step))
    if case.owner is not None and case.acknowledged_at is not None:
        ends.append(words(_owned(case), name=case.owner.name, at=_wall(ward, case, case.acknowledged_at)))
    if case.state is CaseState.CLOSED:
        if case.outcome is not None and case.closed_at is not None:
            at = _wall(ward, case, case.closed_at)
            ends.append(words("card-closed", outcome=words(f"outcome-{case.outcome}"), at=at))
        return ends
    if case.outcome is Outcome.COULD_NOT_REACH:
        ends.append(words("card-not-reached"))
    return [*ends, *_arranged(ward, case)]


def _owned(case: Case) -> str:
    match case.state:
        case CaseState.OPEN:
            return "card-back"
        case CaseState.ACKNOWLEDGED:
            return "card-owner"
        case CaseState.CLOSED:
            return "card-owned"


def _arranged(ward: Ward, case: Case) -> list[Words]:
    """What people have arranged about a case, always with a name and an end."""
    ends: list[Words] = []
    by = find_post(ward.work.session, case.snoozed_by)
    if by is not None and case.snoozed_until is not None and case.snoozed_until > ward.now:
        ends.append(words("card-snoozed", name=by.name, at=_wall(ward, case, case.snoozed_until)))
    offered = find_post(ward.work.session, case.offered_to)
    if offered is not None:
        ends.append(words("card-offered", name=offered.name))
    return ends


def _wall(ward: Ward, case: Case, at: datetime) -> datetime:
    return ward.clock_of_clinic(case.patient.clinic, at).replace(tzinfo=None)


OUTCOMES = (
    (("button-reached-safe", Outcome.REACHED_SAFE, "success"),),
    (("button-advice-given", Outcome.ADVICE_GIVEN, None), ("button-appointment", Outcome.APPOINTMENT, None)),
    (
        ("button-emergency-care", Outcome.EMERGENCY_CARE, None),
        ("button-could-not-reach", Outcome.COULD_NOT_REACH, None),
    ),
    (("button-not-clinical", Outcome.NOT_CLINICAL, None),),
)


def card_buttons(ward: Ward, case: Case, alerts: Sequence[Alert], course: Course) -> Rows:
    """Return what may be done with a case now: acknowledge it, decide what it asks, or say how it ended.

    `alerts` and `course` as of `card_texts`.
    """
    if case.state is CaseState.CLOSED:
        return []
    rows: list[list[Button]] = []
    if case.state is CaseState.OPEN:
        rows.append([Button("button-acknowledge", "ack", (case.id,), "primary")])
    if case.owner_id is not None:
        rows += [[Button(label, "outcome", (case.id, end), style) for label, end, style in row] for row in OUTCOMES]
    rows += [*_decisions(ward, case, alerts, course), *_corrections(case, alerts)]
    last = [
        Button("button-write", "write", (case.patient.case_code,)),
        Button("button-history", "history", (case.id,)),
    ]
    if case.owner_id is not None:
        rows.append([Button("button-arrange", "arrange", (case.id,))])
    return [*rows, last]


def _corrections(case: Case, alerts: Sequence[Alert]) -> list[list[Button]]:
    is_heard = any(alert.hearing_id for alert in alerts)
    return [[Button("button-not-that", "not-that", (case.id,))]] if is_heard else []


def _decisions(ward: Ward, case: Case, alerts: Sequence[Alert], course: Course) -> list[list[Button]]:
    asked = {alert.fact for alert in alerts}
    code = case.patient.case_code
    rows: list[list[Button]] = []
    if course.status is Status.AWAITING_APPROVAL:
        rows.append([Button("button-start", "screen", (code, "yes"), "success")])
        rows.append([Button("button-do-not-start", "screen", (code, "no"), "danger")])
    if "pause-asked" in asked and course.status is Status.ACTIVE:
        rows.append([Button("button-pause", "pause", (code,)), Button("button-no-pause", "no-pause", (code,))])
    if course.status is Status.PAUSED:
        rows.append([Button("button-resume", "resume", (code,))])
    if course.status is Status.ACTIVE and (course.step_held_since is not None or waits_for_team(ward, course)):
        rows.append([Button("button-release", "release", (code,))])
    if any(alert.quote for alert in alerts) and not case.patient.clinic.shows_quotes:
        rows.append([Button("button-read", "read", (case.id,))])
    return rows
