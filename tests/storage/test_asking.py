"""Many patients are asked about a dose in as many statements as one, each by a ledger of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from care.doses import AnsweredBy, DoseState
from storage import doses
from storage.asking import Asked, Line, chats_of, hold_questions, ledgers_of, waits_until_answered, write_asked
from storage.queues import Event
from storage.sending import claim_due
from storage.store import Store
from storage.tables import Dose
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import DAY, done, letter, new_course, new_dose, write


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(store.engine, "before_cursor_execute", listen)
    yield said
    event.remove(store.engine, "before_cursor_execute", listen)


def statements(store: Store, number: int) -> int:
    """Return how many statements it takes to have at hand what so many patients' questions need."""
    ids = write(store, lambda work: [new_dose(work, new_course(work, f"N{number}{n}")).id for n in range(number)])
    store.keyring.forget()

    def unit(work: Work) -> int:
        with counted(store) as said:
            held = hold_questions(work, ids)
            ledgers = ledgers_of(work, [question.course_id for question in held.values()])
            patients = {question.patient_id for question in held.values()}
        assert sorted(held) == sorted(ids)
        assert {line.id for ledger in ledgers.values() for line in ledger} == {*ids}
        assert len(patients) == number
        return len(said)

    return write(store, unit)


def test_many_are_at_hand_in_as_many_statements_as_one(store: Store) -> None:
    assert statements(store, 7) == statements(store, 1)


def test_a_dose_that_is_gone_is_not_among_those_held(store: Store) -> None:
    dose_id = write(store, lambda work: new_dose(work, new_course(work)).id)
    assert sorted(write(store, lambda work: hold_questions(work, [dose_id, dose_id + 1]))) == [dose_id]


def test_a_ledger_is_its_courses_own(store: Store) -> None:
    def fill(work: Work) -> tuple[int, int, list[int]]:
        one, other = new_course(work, "ONE"), new_course(work, "TWO")
        ids = [new_dose(work, one, part=part).id for part in (1, 2)]
        new_dose(work, other)
        return one.id, other.id, ids

    one, other, ids = write(store, fill)
    ledgers = write(store, lambda work: ledgers_of(work, [one, other, other + 1]))
    assert [line.id for line in ledgers[one]] == ids
    assert [(line.part, line.state, line.day_on) for line in ledgers[other]] == [(1, DoseState.OPEN, DAY)]
    assert ledgers[other + 1] == []


def test_how_long_the_patients_own_answers_took_the_newest_first(store: Store, clock: MovedClock) -> None:
    due = clock.now

    def fill(work: Work) -> int:
        course = new_course(work)
        for day in range(4):
            dose = new_dose(work, course, day_on=DAY + timedelta(days=day), due_at=due - timedelta(minutes=day + 1))
            by = AnsweredBy.NOBODY if day == 2 else AnsweredBy.PATIENT
            doses.answer(work, work.session.get_one(Dose, dose.id), DoseState.TAKEN, by=by)
        new_dose(work, course, day_on=DAY, part=2)
        return course.id

    course_id = write(store, fill)
    ledger: list[Line] = list(write(store, lambda work: ledgers_of(work, [course_id]))[course_id])
    found = waits_until_answered(ledger, newest=2)
    assert found == [(due - minutes, minutes) for minutes in (timedelta(minutes=4), timedelta(minutes=2))]
    assert waits_until_answered([]) == []


def test_keys_that_are_at_hand_are_not_asked_for_again(store: Store) -> None:
    dose_id = write(store, lambda work: new_dose(work, new_course(work)).id)

    def unit(work: Work) -> list[str]:
        hold_questions(work, [dose_id])
        with counted(store) as said:
            hold_questions(work, [dose_id])
        return said

    assert not [one for one in write(store, unit) if "data_keys" in one]
    assert done(store.read(lambda _session: True))


def test_what_became_of_many_questions_is_written_named_and_owed(store: Store, clock: MovedClock) -> None:
    """Three rows as one: two are asked, the third is over; a second letter of the same prompt is none."""
    later = clock.now + timedelta(hours=1)
    ids = write(store, lambda work: [new_dose(work, new_course(work, f"N{n}")).id for n in range(3)])

    def ask(work: Work) -> None:
        held = [hold_questions(work, ids)[dose_id] for dose_id in ids]
        assert set(chats_of(work, held).values()) == {None}  # nobody has joined
        letters = [letter(n, dedupe_key=f"prompt:{n}") for n in range(2)]
        write_asked(work, [
            Asked(held[0], "prompted", 1, later, letters[0]),
            Asked(held[1], "prompted", 1, None, letters[1]),
            Asked(held[2], "prompts-over", 0, None),
        ])  # fmt: skip

    write(store, ask)
    write(store, ask)
    found = done(store.read(lambda session: [session.get_one(Dose, dose_id) for dose_id in ids]))
    assert [(dose.prompts_sent, dose.prompt_at) for dose in found] == [(1, later), (1, None), (0, None)]
    named = done(store.read(lambda session: session.query(Event).filter(Event.name.like("prompt%")).all()))
    assert [(event.name, event.facts["dose"]) for event in named[:3]] == [
        ("prompted", ids[0]), ("prompted", ids[1]), ("prompts-over", ids[2]),
    ]  # fmt: skip
    claimed = write(store, lambda work: claim_due(work, resting=[], most=9))
    assert [(one.chat_id, one.body) for one in claimed] == [(0, {"text": "hello"}), (1, {"text": "hello"})]


def test_who_has_joined_is_asked_in_their_chat(store: Store) -> None:
    def join(work: Work) -> int:
        dose = new_dose(work, new_course(work))
        dose.course.patient.telegram_id = 4711
        return dose.id

    dose_id = write(store, join)
    chats = write(store, lambda work: chats_of(work, hold_questions(work, [dose_id]).values()))
    assert [*chats.values()] == [4711]
