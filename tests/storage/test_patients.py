"""Invites are claimed once, answers are kept, and no event holds what a patient wrote."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from storage import patients
from storage.clinics import add_staff
from storage.queues import Event
from storage.store import Store
from storage.tables import Invite, Patient, Role
from storage.work import Work
from tests.storage.ward import done, new_clinic, new_course, new_invite, new_patient, write


def events(store: Store) -> list[str]:
    return list(done(store.read(lambda session: session.scalars(select(Event.name).order_by(Event.id)).all())))


def claim(work: Work, telegram_id: int, token: str = "token") -> bool:
    invite = patients.find_invite(work.session, token)
    assert invite is not None
    return patients.claim_invite(work, invite, telegram_id)


def test_of_a_hundred_claims_exactly_one_wins(store: Store) -> None:
    write(store, lambda work: new_invite(work).id)
    futures = [store.write(lambda work, n=n: claim(work, n)) for n in range(1, 101)]  # type: ignore[misc]
    won = [n for n, future in enumerate(futures, 1) if done(future)]
    assert len(won) == 1
    bound = done(store.read(lambda session: [each.telegram_id for each in session.scalars(select(Patient))]))
    assert bound == won
    assert events(store).count("invite-claimed") == 1


def test_only_the_hash_of_a_token_is_kept(store: Store) -> None:
    write(store, lambda work: new_invite(work, token="s3cret").id)
    invite = done(store.read(lambda session: session.scalars(select(Invite)).one()))
    assert "s3cret" not in repr(vars(invite))
    assert len(invite.token_hash) == 64
    assert done(store.read(lambda session: patients.find_invite(session, "S3cret"))) is None


def test_one_telegram_id_is_one_patient(store: Store) -> None:
    def unit(work: Work) -> None:
        clinic = new_clinic(work)
        new_invite(work, "A", "one", clinic)
        new_invite(work, "B", "two", clinic)
        claim(work, 7, "one")

    write(store, unit)
    with pytest.raises(IntegrityError):
        write(store, lambda work: claim(work, 7, "two"))
    invite = done(store.read(lambda session: patients.find_invite(session, "two")))
    assert invite is not None
    assert invite.used_at is None  # the claim that failed left the invite as it was


def test_a_patient_is_found_by_id_and_by_code_in_any_case(store: Store) -> None:
    def unit(work: Work) -> None:
        patients.set_patient(work, new_patient(work, "AB12"), "patient-bound", telegram_id=7)

    write(store, unit)
    for look in (
        lambda session: patients.find_person(session, 7)[0],
        lambda session: patients.find_by_code(session, " ab12 "),
    ):
        found = done(store.read(look))
        assert found is not None
        assert (found.case_code, found.clinic.name) == ("AB12", "Riverside")
    assert done(store.read(lambda session: patients.find_person(session, 8)[0])) is None
    assert done(store.read(lambda session: patients.find_by_code(session, "ZZ"))) is None


def test_one_glance_tells_the_patient_and_whether_there_may_be_a_post(store: Store) -> None:
    def unit(work: Work) -> None:
        patients.set_patient(work, new_patient(work, "AB12"), "patient-bound", telegram_id=7)
        both = new_patient(work, "CD34")
        patients.set_patient(work, both, "patient-bound", telegram_id=8)
        for telegram_id in (8, 9):
            add_staff(work, both.clinic, telegram_id=telegram_id, name="Kim", role=Role.CLINICIAN)

    write(store, unit)
    found = {who: done(store.read(lambda session, who=who: patients.find_person(session, who))) for who in (7, 8, 9)}  # type: ignore[misc]
    codes = {who: patient and patient.case_code for who, (patient, _) in found.items()}
    assert codes == {7: "AB12", 8: "CD34", 9: None}
    assert [may for _, may in found.values()] == [False, True, True]


def test_changing_settings_names_them_and_not_their_values(store: Store) -> None:
    def unit(work: Work) -> None:
        patients.set_patient(work, new_patient(work), "settings-changed", language="ru", time_zone="Asia/Tokyo")

    write(store, unit)
    event = done(store.read(lambda s: s.scalars(select(Event).where(Event.name == "settings-changed")).one()))
    assert event.facts == {"changed": ["language", "time_zone"]}


def test_a_question_that_waits_is_remembered_and_cleared(store: Store) -> None:
    def unit(work: Work) -> None:
        patient = new_patient(work)
        patients.ask(patient, "taken-at", {"dose": 3})

    write(store, unit)
    found = done(store.read(lambda session: session.scalars(select(Patient)).one()))
    assert (found.awaits, found.awaits_about) == ("taken-at", {"dose": 3})


def test_a_second_screening_answer_replaces_the_first(store: Store) -> None:
    def unit(work: Work) -> int:
        course = new_course(work)
        for question, answer in (("liver", "yes"), ("allergy", "no"), ("liver", "not-sure")):
            patients.set_screening(work, course, question, answer)
        return course.id

    course_id = write(store, unit)
    kept = done(store.read(lambda session: patients.screening_of(session, course_id)))
    assert kept == {"liver": "not-sure", "allergy": "no"}


def test_every_answer_to_the_consent_text_is_kept(store: Store) -> None:
    def unit(work: Work) -> int:
        patient = new_patient(work)
        patients.add_consent(work, patient, version="1", given=False)
        patients.add_consent(work, patient, version="1", given=True)
        return patient.id

    patient_id = write(store, unit)
    kept = done(store.read(lambda session: patients.consents_of(session, patient_id)))
    assert [(one.version, one.language, one.given) for one in kept] == [("1", "en", False), ("1", "en", True)]


def test_what_a_patient_wrote_is_in_no_event(store: Store) -> None:
    def unit(work: Work) -> int:
        course = new_course(work)
        patients.add_note(work, course, about="dose", text="my sister knows")
        return course.id

    course_id = write(store, unit)
    notes = done(store.read(lambda session: patients.notes_of(session, course_id)))
    assert [(one.about, one.text) for one in notes] == [("dose", "my sister knows")]
    facts = done(store.read(lambda session: session.scalars(select(Event.facts)).all()))
    assert "sister" not in repr(facts)
