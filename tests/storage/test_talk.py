"""What clinic and patient write: kept word for word, found again by the message that was replied to."""

from datetime import timedelta

from sqlalchemy import select

from care.triage import Level
from storage import talk
from storage.cases import add_case
from storage.clinics import add_staff
from storage.copies import set_copy
from storage.desk import Direction
from storage.outbox import add_letter
from storage.queues import Event, OutboxState
from storage.sending import mark_sent
from storage.store import Store
from storage.tables import Case, Patient, Role, Staff
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import done, letter, new_patient, write

GROUP, HOME = -100, 5


def setting(work: Work, code: str = "AB12") -> tuple[Patient, Case, Staff]:
    patient = new_patient(work, code)
    post = add_staff(work, patient.clinic, telegram_id=HOME, name="Lee", role=Role.CLINICIAN)
    return patient, add_case(work, patient, Level.URGENT, next_step_at=None), post


def test_messages_are_kept_in_order_and_the_record_has_no_words(store: Store, clock: MovedClock) -> None:
    def unit(work: Work) -> tuple[int, int]:
        patient, case, post = setting(work)
        for direction, text in ((Direction.OUT, "How <are> you?"), (Direction.IN, "secret"), (Direction.OUT, "b")):
            staff = post if direction is Direction.OUT else None
            talk.add_message(work, patient, direction=direction, text=text, case=case, staff=staff)
        talk.add_message(work, patient, direction=Direction.IN, text="later", case=None)
        return patient.id, case.id

    patient_id, case_id = write(store, unit)
    assert [one.text for one in done(store.read(lambda s: talk.messages_of(s, patient_id)))] == [
        "How <are> you?", "secret", "b", "later",
    ]  # fmt: skip
    assert [one.text for one in done(store.read(lambda s: talk.messages_of(s, patient_id, most=2)))] == ["b", "later"]
    assert [one.direction.value for one in done(store.read(lambda s: talk.messages_in(s, case_id)))] == [
        "out", "in", "out",
    ]  # fmt: skip
    last = done(store.read(lambda s: talk.last_written(s, patient_id)))
    assert last is not None
    assert (last.text, last.staff and last.staff.name) == ("b", "Lee")
    assert done(store.read(lambda s: talk.last_written(s, patient_id + 1))) is None
    facts = done(store.read(lambda s: s.scalars(select(Event.facts)).all()))
    assert "secret" not in repr(facts)


def test_a_reply_finds_its_case_by_card_or_anchor_in_that_chat_only(store: Store) -> None:
    def unit(work: Work) -> int:
        _, case, _ = setting(work)
        card, told, other = (add_letter(work, letter(GROUP)) for _ in range(3))
        assert card is not None
        assert told is not None
        assert other is not None
        set_copy(work, case, GROUP, letter_id=card)
        talk.add_anchor(work, case, letter_id=told, chat_id=GROUP)
        for number, row in enumerate((card, told, other), start=10):
            mark_sent(work, row, number)
        return case.id

    case_id = write(store, unit)

    def found(chat: int, message: int) -> int | None:
        case = done(store.read(lambda s: talk.case_under(s, chat, message)))
        return None if case is None else case.id

    assert [found(GROUP, number) for number in (10, 11, 12, 13)] == [case_id, case_id, None, None]
    assert found(HOME, 10) is None
    write(store, lambda work: (talk.move_anchors(work, GROUP, -200), work.record("moved"))[0])
    assert (found(-200, 11), found(GROUP, 11)) == (case_id, None)


def test_a_patients_reply_finds_only_their_own_message(store: Store) -> None:
    def unit(work: Work) -> tuple[int, int]:
        patient, case, post = setting(work)
        other = new_patient(work, "CD34", patient.clinic)
        message = talk.add_message(work, patient, direction=Direction.OUT, text="hello", case=case, staff=post)
        row = add_letter(work, letter(7))
        assert row is not None
        talk.set_letter(message, row)
        mark_sent(work, row, 70)
        assert talk.message_under(work.session, patient, 70) is message
        assert talk.message_under(work.session, other, 70) is None
        assert talk.states_of_letters(work.session, [message]) == {message.id: OutboxState.SENT}
        assert talk.states_of_letters(work.session, []) == {}
        return patient.id, message.id

    write(store, unit)


def test_somebody_writes_to_one_patient_at_a_time(store: Store, clock: MovedClock) -> None:
    def unit(work: Work) -> None:
        patient, _, post = setting(work)
        other = new_patient(work, "CD34", patient.clinic)
        assert talk.find_draft(work.session, [post]) is None
        talk.begin_draft(work, post, patient)
        talk.begin_draft(work, post, other)
        draft = talk.find_draft(work.session, [post])
        assert draft is not None
        assert (draft.patient_id, draft.begun_at) == (other.id, work.now)
        talk.end_drafts(work, [post])
        assert talk.find_draft(work.session, [post]) is None
        assert talk.find_draft(work.session, []) is None

    write(store, unit)
    assert clock.now + timedelta(0) == clock.now
