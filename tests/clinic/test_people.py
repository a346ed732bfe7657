"""Who somebody is to us, and whose doses, cases and patients they get to see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest

from care.courses import Status
from care.refusals import BadAnswer, NotAllowed, NotFound
from clinic.people import (
    Sender,
    Standing,
    case_for,
    check_here,
    clinic_here,
    course_for,
    find_caller,
    own_clinic,
    own_dose,
    post_in,
    standings,
)
from clinic.ward import Caller, Visit
from storage.clinics import add_staff, get_clinic
from storage.notary import looks_at
from storage.patients import add_invited, find_by_code, set_patient
from storage.queues import Event
from storage.store import Store
from storage.tables import Role
from storage.work import Work
from tests.clinic.two_clinics import CONTENT, GROUP, World, build
from tests.conftest import MovedClock
from tests.storage.ward import write

T = TypeVar("T")
PATIENT, JOINING, CLINICIAN, ADMIN, OTHERS_ADMIN, BOTH = 12, 11, 14, 15, 16, 77
FOREIGN = -5


class Place:
    """Two clinics, the first of which speaks Russian, and a patient of it who speaks Spanish."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.world: World = write(store, self._build)

    def _build(self, work: Work) -> World:
        world = build(work)
        clinic = get_clinic(work.session, world.clinics["own"])
        clinic.languages = ["ru", "en"]
        for code in ("C12", "C21"):
            patient = find_by_code(work.session, code)
            assert patient is not None
            set_patient(work, patient, "spoke", language="es")
        set_patient(work, patient, "bound", telegram_id=BOTH)
        add_staff(work, clinic, telegram_id=BOTH, name="Both", role=Role.CLINICIAN)
        return world

    def visit(
        self,
        who: int,
        unit: Callable[[Visit], T],
        chat: int | None = None,
        language: str | None = None,
        *,
        is_private: bool = False,
    ) -> T:
        """Run a unit for somebody, in private unless a chat is named."""
        sender = Sender(who, who if chat is None else chat, chat is None or is_private, language)
        return write(self._store, lambda work: unit(Visit(work, CONTENT, find_caller(work, CONTENT, sender), None)))


@pytest.fixture
def place(fresh_sqlite: str, clock: MovedClock) -> Iterator[Place]:
    store = Store(fresh_sqlite, clock)
    yield Place(store)
    store.close()


@pytest.mark.parametrize(
    ("who", "chat", "said", "language", "actor"),
    [
        pytest.param(PATIENT, None, "en", "es", "patient", id="a patient is spoken to as they chose"),
        pytest.param(BOTH, None, "en", "es", "patient", id="also one who works here"),
        pytest.param(BOTH, GROUP, "en", "ru", "staff", id="who in a shared chat is a colleague"),
        pytest.param(PATIENT, GROUP, "en", "ru", "stranger", id="a patient in the clinic's chat is nobody"),
        pytest.param(CLINICIAN, None, "en", "ru", "staff", id="staff in their clinic's language"),
        pytest.param(CLINICIAN, FOREIGN, "en", "ru", "staff", id="wherever"),
        pytest.param(1, GROUP, "es", "ru", "stranger", id="a stranger in the clinic's chat"),
        pytest.param(1, FOREIGN, "es", "es", "stranger", id="in another chat by what their telephone says"),
        pytest.param(1, None, "es-MX", "es", "stranger", id="in private as well, whatever the country"),
        pytest.param(1, None, "xx", "en", "stranger", id="a language we do not speak"),
        pytest.param(1, None, None, "en", "stranger", id="nothing said"),
    ],
)
def test_who_is_spoken_to_in_which_language_and_written_down_as_whom(
    place: Place, who: int, chat: int | None, said: str | None, language: str, actor: str
) -> None:
    def seen(visit: Visit) -> tuple[str, str, object]:
        caller = visit.caller
        ids = {"patient": caller.patient and caller.patient.id, "staff": caller.posts and caller.posts[0].id}
        named = f"{actor}:{ids[actor]}" if actor in ids else actor
        assert (caller.telegram_id, caller.chat_id, caller.is_private) == (who, who if chat is None else chat, not chat)
        return caller.language, visit.work.actor, named

    spoken, written, named = place.visit(who, seen, chat, said)
    assert (spoken, written) == (language, named)


def test_a_person_is_their_number_and_brings_their_course_and_posts(place: Place) -> None:
    found = place.visit(BOTH, lambda visit: (visit.patient.case_code, visit.course.patient_id, len(visit.caller.posts)))
    assert found[0::2] == ("C21", 1)
    assert found[1] == place.visit(BOTH, lambda visit: visit.patient.id)
    strange = place.visit(1, lambda visit: (visit.caller.patient, visit.caller.course, visit.caller.posts))
    assert strange == (None, None, ())
    assert place.visit(CLINICIAN, lambda visit: visit.caller.patient) is None


def somebody(*posts: Any, step: str | None = None, status: Status | None = None) -> Caller:
    patient: Any = None if status is None else SimpleNamespace(step=step)
    course: Any = None if status is None else SimpleNamespace(status=status)
    return Caller(1, 1, True, "en", patient, course, posts)


LEE, GREY = SimpleNamespace(role=Role.CLINICIAN), SimpleNamespace(role=Role.ADMIN)


@pytest.mark.parametrize(
    ("caller", "held"),
    [
        pytest.param(somebody(), "stranger", id="nobody"),
        pytest.param(somebody(status=Status.INVITED), "joining", id="invited"),
        pytest.param(somebody(status=Status.SCREENING, step="screening:adult"), "joining", id="still joining"),
        pytest.param(somebody(status=Status.SCREENING), "patient", id="joined"),
        pytest.param(somebody(status=Status.ACTIVE), "patient", id="on a course"),
        pytest.param(somebody(status=Status.FOLLOW_UP), "patient", id="followed up"),
        pytest.param(somebody(status=Status.CLOSED), "former", id="closed"),
        pytest.param(somebody(status=Status.CLOSED, step="zone"), "former", id="closed while joining"),
        pytest.param(somebody(LEE), "clinician", id="a clinician"),
        pytest.param(somebody(GREY), "clinician admin", id="an admin"),
        pytest.param(somebody(LEE, GREY), "clinician admin", id="two posts"),
        pytest.param(somebody(LEE, status=Status.ACTIVE), "clinician patient", id="a clinician who is a patient"),
    ],
)
def test_everything_somebody_is_to_us(caller: Caller, held: str) -> None:
    assert standings(caller) == {Standing(word) for word in held.split()}


def test_half_a_patient_is_none() -> None:
    assert standings(Caller(1, 1, True, "en", None, somebody(status=Status.ACTIVE).course, ())) == {Standing.STRANGER}
    assert standings(Caller(1, 1, True, "en", somebody(status=Status.ACTIVE).patient, None, ())) == {Standing.STRANGER}


def test_standings_go_by_the_words_they_are_written_by() -> None:
    assert " ".join(Standing) == "stranger joining patient former clinician admin"


HARBOUR = SimpleNamespace(id=1, clinicians_chat=-10, second_chat=-11)
HILL = SimpleNamespace(id=2, clinicians_chat=-20, second_chat=None)
AT_HARBOUR, AT_HILL = SimpleNamespace(clinic_id=1, clinic=HARBOUR), SimpleNamespace(clinic_id=2, clinic=HILL)


def visitor(chat: int, *posts: Any) -> Any:
    return SimpleNamespace(caller=SimpleNamespace(chat_id=chat, is_private=chat > 0, posts=posts))


@pytest.mark.parametrize(
    ("chat", "posts", "clinic", "may_show"),
    [
        pytest.param(5, (AT_HARBOUR, AT_HILL), HARBOUR, True, id="in private: the first they work for"),
        pytest.param(-20, (AT_HARBOUR, AT_HILL), HILL, True, id="in a clinic's chat: that clinic"),
        pytest.param(-11, (AT_HILL, AT_HARBOUR), HARBOUR, True, id="in a clinic's second chat"),
        pytest.param(-10, (AT_HARBOUR,), HARBOUR, True, id="in its first"),
        pytest.param(-20, (AT_HARBOUR,), HARBOUR, False, id="in the chat of a clinic they do not work for"),
        pytest.param(-99, (AT_HILL, AT_HARBOUR), HILL, False, id="in any other chat"),
    ],
)
def test_which_clinic_somebody_speaks_for_and_whether_here(
    chat: int, posts: tuple[Any, ...], clinic: Any, may_show: bool
) -> None:
    visit = visitor(chat, *posts)
    assert own_clinic(visit) is clinic
    if may_show:
        assert clinic_here(visit) is clinic
        check_here(visit, clinic)
        return
    for look in (lambda: clinic_here(visit), lambda: check_here(visit, clinic)):
        with pytest.raises(NotAllowed) as refused:
            look()
        assert refused.value.key == "refused-not-here"


def test_a_post_is_found_in_its_clinic_and_in_no_other() -> None:
    visit = visitor(5, AT_HARBOUR, AT_HILL)
    assert (post_in(visit, 1), post_in(visit, 2)) == (AT_HARBOUR, AT_HILL)
    with pytest.raises(NotFound) as refused:
        post_in(visit, 3)
    assert refused.value.key == "refused-not-found"


def key_of(place: Place, who: int, unit: Callable[[Visit], object]) -> str | None:
    def tried(visit: Visit) -> str | None:
        try:
            unit(visit)
        except (NotFound, BadAnswer) as refusal:
            return refusal.key
        return None

    return place.visit(who, tried)


def test_a_dose_is_its_patients_alone(place: Place) -> None:
    doses = place.world.doses
    assert place.visit(PATIENT, lambda visit: own_dose(visit, doses["own"]).id) == doses["own"]
    for dose in (doses["other"], doses["other site's"], 999):
        assert key_of(place, PATIENT, lambda visit, one=dose: own_dose(visit, one)) == "refused-not-found"  # type: ignore[misc]


def test_a_case_is_for_the_staff_of_its_clinic_and_who_opens_it_is_on_record(place: Place) -> None:
    case_id = place.world.cases["own"]

    def opened(visit: Visit) -> tuple[int, int]:
        case, post = case_for(visit, case_id)
        return case.id, post.telegram_id

    assert place.visit(CLINICIAN, opened) == (case_id, CLINICIAN)
    assert trail_of(place) == [("case-opened-by-staff", place.world.staff["own"])]
    for case in (place.world.cases["other site's"], 999):
        assert key_of(place, CLINICIAN, lambda visit, one=case: case_for(visit, one)) == "refused-not-found"  # type: ignore[misc]


def test_a_record_is_for_the_staff_of_its_clinic_and_who_opens_it_is_on_record(place: Place) -> None:
    def opened(visit: Visit) -> tuple[str, int]:
        course, post = course_for(visit, " c12 ")
        return course.patient.case_code, post.telegram_id

    assert place.visit(CLINICIAN, opened) == ("C12", CLINICIAN)
    assert trail_of(place) == [("record-opened-by-staff", place.world.staff["own"])]


def trail_of(place: Place) -> list[tuple[str, object]]:
    """Return who looked at the patient, by name of the event, each in the clinic it happened in."""

    def look(visit: Visit) -> list[tuple[str, object]]:
        patient = find_by_code(visit.work.session, "C12")
        assert patient is not None
        visit.work.session.flush()
        rows = visit.work.session.query(Event).filter(Event.patient_id == patient.id, Event.name.like("%-by-staff"))
        assert {row.clinic_id for row in rows} == {patient.clinic_id}
        return [(one.name, one.facts["staff"]) for one in looks_at(visit.work.session, patient.id)]

    return place.visit(1, look)


def test_what_a_private_chat_claims_to_be_is_not_asked(place: Place) -> None:
    assert place.visit(1, lambda visit: visit.caller.language, GROUP, "es", is_private=True) == "es"


def test_a_patient_without_a_course_has_no_record_to_open(place: Place) -> None:
    def invited(visit: Visit) -> None:
        clinic = visit.caller.posts[0].clinic
        add_invited(visit.work, clinic, case_code="BARE", token="t", expires_at=visit.now, invited_by=None)

    place.visit(CLINICIAN, invited)
    assert key_of(place, CLINICIAN, lambda visit: course_for(visit, "bare")) == "refused-not-found"


@pytest.mark.parametrize(
    ("code", "key"),
    [
        pytest.param("C22", "refused-not-found", id="a patient of another clinic"),
        pytest.param("nobody", "refused-no-such-code", id="no such code"),
        pytest.param("  ", "refused-usage-code", id="none given"),
    ],
)
def test_no_other_record_opens(place: Place, code: str, key: str) -> None:
    assert key_of(place, CLINICIAN, lambda visit: course_for(visit, code)) == key


def test_a_code_that_is_said_again_is_short(place: Place) -> None:
    def said(visit: Visit) -> object:
        with pytest.raises(NotFound) as refused:
            course_for(visit, " somebody's whole name ")
        return refused.value.values["code"]

    assert place.visit(CLINICIAN, said) == "SOMEBODY'S W"
