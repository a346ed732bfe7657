"""One update: who is it, may they, do it, and tick it off; and what is left of it when it was refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from care.courses import Status
from care.refusals import NotAllowed, Refusal
from clinic import serve as serving
from clinic.people import Sender
from clinic.serve import Call, Toast, refuse, serve
from clinic.ward import Visit
from content.values import Words
from storage.courses import find_course, set_course
from storage.inbox import AlreadyHandled, find_waiting
from storage.patients import find_by_code, set_patient
from storage.queues import Event, OutboxRow
from storage.store import Store
from storage.tables import Course
from storage.work import Work
from tests.clinic.two_clinics import CONTENT, GROUP, World, build
from tests.conftest import MovedClock
from tests.storage.ward import write

PATIENT, CLINICIAN = 12, 14
SEEN: list[tuple[Any, ...]] = []


def show_today(visit: Visit, **values: object) -> None:
    """Stand in for the action of this name, which patients may call in private."""
    SEEN.append((visit.caller.telegram_id, visit.message_id, values))
    visit.work.record("stood-in")


def list_cases(visit: Visit) -> None:
    """Stand in for one that staff may call, and say something in passing."""
    visit.toast = Words("toast-yours", {})
    visit.work.record("stood-in")


@pytest.fixture
def store(fresh_sqlite: str, clock: MovedClock) -> Iterator[Store]:
    SEEN.clear()
    opened = Store(fresh_sqlite, clock)
    yield opened
    opened.close()


@pytest.fixture
def world(store: Store) -> World:
    built = write(store, build)
    write(store, lambda work: set_course(work, course_of(work), "prepared", silent_at=None, last_heard_at=None))
    return built


def course_of(work: Work) -> Course:
    patient = find_by_code(work.session, "C12")
    assert patient is not None
    course = find_course(work.session, patient.id)
    assert course is not None
    return course


def call(world: World, action: Any, who: int = PATIENT, *, chat: int | None = None, **more: Any) -> Call:
    return Call(action, Sender(who, chat or who, chat is None, "en"), world.row_id, 7, **more)


def served(store: Store, asked: Call) -> Toast | None:
    return write(store, lambda work: serve(work, CONTENT, asked))


def refused(store: Store, asked: Call, refusal: Refusal) -> Toast | None:
    return write(store, lambda work: refuse(work, CONTENT, asked, refusal))


def waiting(store: Store) -> int:
    return write(store, lambda work: len(find_waiting(work.session, now=work.now, held=())))


def silent_at(store: Store) -> object:
    return write(store, lambda work: course_of(work).silent_at)


def written(store: Store, name: str) -> list[Event]:
    return write(store, lambda work: list(work.session.query(Event).filter(Event.name == name)))


def test_what_was_asked_is_done_once_and_ticked_off(store: Store, world: World) -> None:
    asked = call(world, show_today, message_id=5, values={"said": "x"})
    assert waiting(store) == 1
    assert served(store, asked) is None
    assert SEEN == [(PATIENT, 5, {"said": "x"})]
    assert waiting(store) == 0
    with pytest.raises(AlreadyHandled):
        served(store, asked)
    assert len(SEEN) == 1


def test_whoever_may_not_is_refused_and_nothing_happens(store: Store, world: World) -> None:
    for who, chat in ((10, None), (CLINICIAN, None), (PATIENT, GROUP)):
        with pytest.raises(NotAllowed):
            served(store, call(world, show_today, who, chat=chat))
    assert (SEEN, waiting(store), written(store, "stood-in")) == ([], 1, [])


def test_what_an_action_says_in_passing_is_said_in_the_callers_language(store: Store, world: World) -> None:
    assert served(store, call(world, list_cases, CLINICIAN)) == Toast(Words("toast-yours", {}), "en")


def test_letters_carry_the_name_of_their_update(store: Store, world: World) -> None:
    from clinic.letters import reply, words

    def show_today(visit: Visit) -> None:
        reply(visit, words("toast-yours"))

    served(store, call(world, show_today))
    assert write(store, lambda work: [row.dedupe_key for row in work.session.query(OutboxRow)][-1:]) == ["update:7/1"]


@pytest.mark.parametrize(
    ("who", "chat", "status", "is_heard"),
    [
        pytest.param(PATIENT, None, Status.ACTIVE, True, id="a patient in private"),
        pytest.param(PATIENT, GROUP, Status.ACTIVE, False, id="in a shared chat they are nobody"),
        pytest.param(PATIENT, None, Status.PAUSED, False, id="on a pause nobody counts"),
        pytest.param(CLINICIAN, None, Status.ACTIVE, False, id="somebody else"),
    ],
)
def test_a_sign_of_life_is_heard_also_when_it_is_refused(
    store: Store, world: World, clock: MovedClock, who: int, chat: int | None, status: Status, is_heard: bool
) -> None:
    write(store, lambda work: set_course(work, course_of(work), "prepared", status=status))
    clock.forward(minutes=3)
    wait = CONTENT.regimens["alcohol-50"].missed.silent_after
    assert refused(store, call(world, show_today, who, chat=chat), Refusal("refused-role")) is None
    assert silent_at(store) == (clock.now + wait if is_heard else None)
    assert waiting(store) == 0


def test_a_sign_of_life_is_heard_when_it_is_done(store: Store, world: World, clock: MovedClock) -> None:
    served(store, call(world, show_today))
    assert silent_at(store) == clock.now + CONTENT.regimens["alcohol-50"].missed.silent_after > clock.now + timedelta(1)


def test_who_must_agree_anew_is_asked_instead(store: Store, world: World) -> None:
    write(store, lambda work: set_patient(work, course_of(work).patient, "prepared", agreed="an older text"))
    toast = served(store, call(world, show_today))
    assert toast == Toast(Words("consent-needed", {}), "en")
    assert (SEEN, silent_at(store), len(written(store, "consent-asked"))) == ([], None, 1)


def test_a_refusal_is_said_where_it_was_asked_and_written_down(store: Store, world: World) -> None:
    refusal = Refusal("refused-case-owned", name="Lee", count=2, kept=None)
    said = Words("refused-case-owned", {"name": "Lee", "count": 2})
    assert refused(store, call(world, show_today, is_press=True), refusal) == Toast(said, "en")

    def letters(work: Work) -> int:
        return work.session.query(OutboxRow).count()

    assert write(store, letters) == 0, "a press is told in passing"
    (event,) = written(store, "refused")
    patient_id = write(store, lambda work: course_of(work).patient_id)
    assert (event.patient_id, event.facts) == (patient_id, {"action": "show_today", "why": "refused-case-owned"})


@pytest.mark.parametrize(
    ("who", "chat"),
    [
        pytest.param(PATIENT, GROUP, id="a patient in a shared chat"),
        pytest.param(CLINICIAN, None, id="staff"),
    ],
)
def test_a_message_is_answered_and_nobodys_name_is_beside_it(
    store: Store, world: World, who: int, chat: int | None
) -> None:
    assert refused(store, call(world, show_today, who, chat=chat), Refusal("refused-role")) is None

    def letters(work: Work) -> list[tuple[int, str | None]]:
        return [(row.chat_id, row.dedupe_key) for row in work.session.query(OutboxRow)]

    assert write(store, letters) == [(chat or who, "update:7/1")]
    (event,) = written(store, "refused")
    assert event.patient_id is None


def test_words_within_words_are_said_and_nothing_else_is(store: Store, world: World) -> None:
    inner = Words("toast-yours", {})
    toast = refused(store, call(world, show_today, is_press=True), Refusal("refused-role", a=inner, b=1.5, c=[1]))
    assert toast == Toast(Words("refused-role", {"a": inner}), "en")


def test_no_action_stands_in_for_good() -> None:
    assert serving.Call(show_today, Sender(1, 1, True), 1, 1).values == {}
