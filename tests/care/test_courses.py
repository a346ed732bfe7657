"""A course moves as it may, ends when it ends, and is followed up on the right dates."""

from datetime import date
from itertools import product

import pytest

from care.courses import (
    JOINED,
    NEXT,
    RUNNING,
    FollowUpDate,
    Status,
    check_move,
    follow_up_closes_on,
    follow_up_dates,
    last_day,
)
from care.joining import APPROVAL, LATEST_START_DAYS, ZONE, after_question, question_of
from care.refusals import Refusal
from care.regimens import Regimen
from care.screening import Answer, Question, concerns
from content.loader import Content

# Written out a second time on purpose: one table cannot check itself.
MOVES = {
    ("invited", "screening"),
    ("invited", "closed"),
    ("screening", "awaiting-approval"),
    ("screening", "planned"),
    ("screening", "closed"),
    ("awaiting-approval", "screening"),
    ("awaiting-approval", "closed"),
    ("planned", "active"),
    ("planned", "stopped"),
    ("planned", "closed"),
    ("active", "paused"),
    ("active", "completed"),
    ("active", "stopped"),
    ("paused", "active"),
    ("paused", "completed"),
    ("paused", "stopped"),
    ("completed", "follow-up"),
    ("stopped", "follow-up"),
    ("follow-up", "closed"),
}


@pytest.mark.parametrize(("now", "to"), list(product(Status, Status)), ids=str)
def test_a_course_moves_only_as_it_may(now: Status, to: Status) -> None:
    if (now.value, to.value) in MOVES:
        check_move(now, to)
        return
    with pytest.raises(Refusal) as refused:
        check_move(now, to)
    assert refused.value.key == "refused-course-state"


def test_every_course_can_end() -> None:
    ends = {Status.CLOSED}
    while more := {status for status in Status if NEXT[status] & ends} - ends:
        ends |= more
    assert ends == set(Status)


def test_nobody_starts_without_screening_or_skips_the_follow_up() -> None:
    assert {now for now in Status if Status.ACTIVE in NEXT[now]} == {Status.PLANNED, Status.PAUSED}
    assert {now for now in Status if Status.PLANNED in NEXT[now]} == {Status.SCREENING}
    assert not any(Status.CLOSED in NEXT[now] for now in (*RUNNING, Status.COMPLETED, Status.STOPPED))
    assert {Status.ACTIVE, Status.PAUSED} == RUNNING
    assert RUNNING | {Status.PLANNED, Status.FOLLOW_UP} == JOINED


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("alcohol-50", ["month-1", "month-2", "month-3", "month-6"]),
        ("low-dose", ["month-1", "month-2", "month-3", "month-6"]),
        (
            "opioid-50",
            ["day-1", "day-3", "day-7", "day-14", "month-1", "month-2", "month-3", "month-6"],
        ),
    ],
)
def test_contacts_come_in_order_of_date(content: Content, name: str, labels: list[str]) -> None:
    contacts = follow_up_dates(content.regimens[name].follow_up, ended_on=date(2026, 3, 31))
    assert [one.label for one in contacts] == labels
    assert [one.on for one in contacts] == sorted(one.on for one in contacts)


def test_months_after_the_31st_end_with_the_month(regimen: Regimen) -> None:
    assert list(follow_up_dates(regimen.follow_up, ended_on=date(2026, 8, 31))) == [
        FollowUpDate("month-1", date(2026, 9, 30)),
        FollowUpDate("month-2", date(2026, 10, 31)),
        FollowUpDate("month-3", date(2026, 11, 30)),
        FollowUpDate("month-6", date(2027, 2, 28)),
    ]


def test_the_follow_up_closes_with_its_last_contact(regimen: Regimen) -> None:
    ended_on = date(2026, 8, 31)
    closes_on = follow_up_closes_on(regimen.follow_up, ended_on=ended_on)
    assert closes_on == date(2027, 2, 28) == follow_up_dates(regimen.follow_up, ended_on=ended_on)[-1].on


def test_a_course_of_twelve_weeks_has_84_days(regimen: Regimen) -> None:
    assert last_day(regimen, start_on=date(2026, 3, 1)) == date(2026, 5, 23)


# --- joining

QUESTIONS = ("adult", "liver", "opioids")


@pytest.mark.parametrize(
    ("question", "needs_clinician", "step"),
    [
        pytest.param("adult", False, "screening:liver", id="the next question"),
        pytest.param("adult", True, "screening:liver", id="all are asked, whatever was answered"),
        pytest.param("opioids", False, ZONE, id="after the last: the plan"),
        pytest.param("opioids", True, APPROVAL, id="after the last: the clinician decides"),
    ],
)
def test_what_follows_a_screening_question(question: str, needs_clinician: bool, step: str) -> None:
    assert after_question(question, QUESTIONS, needs_clinician=needs_clinician) == step


def test_all_questions_are_asked_once_and_in_order() -> None:
    asked, step = [QUESTIONS[0]], after_question(QUESTIONS[0], QUESTIONS, needs_clinician=False)
    while (question := question_of(step)) is not None:
        asked.append(question)
        step = after_question(question, QUESTIONS, needs_clinician=False)
    assert (tuple(asked), step) == (QUESTIONS, ZONE)


@pytest.mark.parametrize("step", [None, ZONE, APPROVAL, "screen", ""])
def test_no_other_step_asks_a_screening_question(step: str | None) -> None:
    assert question_of(step) is None


def test_a_start_may_be_two_months_ahead_at_most() -> None:
    assert LATEST_START_DAYS == 60


ASKED = [Question(name, "label") for name in QUESTIONS]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param(dict.fromkeys(QUESTIONS, Answer.NO), [], id="all clear"),
        pytest.param({"adult": Answer.NO, "liver": Answer.YES, "opioids": Answer.NO}, ["liver"], id="a yes"),
        pytest.param({"adult": Answer.NO, "liver": Answer.NOT_SURE, "opioids": Answer.NO}, ["liver"], id="not sure"),
        pytest.param({"opioids": Answer.YES, "liver": Answer.NO}, ["adult", "opioids"], id="an answer is missing"),
        pytest.param({}, list(QUESTIONS), id="nothing answered"),
    ],
)
def test_anything_but_a_clear_no_is_the_clinicians_to_decide(answers: dict[str, Answer], expected: list[str]) -> None:
    assert concerns(answers, ASKED) == expected
