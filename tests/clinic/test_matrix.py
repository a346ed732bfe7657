"""Who may do what, where, to whom: every role x action x object x kind of chat, against the real `serve`.

What is expected is written down here apart from the product: the two tables must agree cell by cell.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.handlers.install import COMMANDS, PRESSES
from care.doses import SkipReason
from care.escalation import Outcome
from care.refusals import NotAllowed, NotFound, Refusal
from care.screening import Answer
from clinic import chats, hear_text, join_plan, reply_to_case, routes
from clinic.people import Sender
from clinic.permissions import ALLOWED
from clinic.serve import Call, serve
from storage.clinics import remove_staff
from storage.store import Store
from storage.tables import Report, Wording
from storage.work import Work
from tests.clinic.expected import EXPECTED, PEOPLE, STAFF
from tests.clinic.two_clinics import CONTENT, ELSEWHERE, GROUP, World, build
from tests.conftest import MovedClock
from tests.storage.ward import write

OBJECTS = ("own", "other", "other site's", "erased")
BESIDE_A_DOSE = frozenset({
    "show_first_feelings", "show_more_feelings", "show_warning_signs", "feel_fine", "ask_grade",
    "report_symptom", "answer_symptom_question", "report_flag",
})  # fmt: skip
"""What a patient reports is their own report, whatever dose a forged button names: that of another is left out."""

OF_THE_CLINICS_CHAT = frozenset({
    "list_cases", "bring_card", "list_patients", "show_week", "show_staff", "show_patient", "report", "ask_patients",
    "ask_patient", "ask_staff", "show_from_storm",
})  # fmt: skip
"""Patients are listed in one's private chat and in the clinic's own: elsewhere others would read along."""
OF_ONES_OWN = frozenset({
    "answer_possible", "show_heard", "ask_heard_grade", "grade_heard", "confirm_heard", "drop_heard",
    "mean_something_else", "ask_clinic", "begin_answer",
})  # fmt: skip
"""What was heard in one's own words, or written to oneself."""

PLAIN: dict[str, Any] = {
    "language": "en", "page": 1, "answer": "yes", "question": "adult", "zone": "Europe/Berlin", "hour": "08:00",
    "wording": Wording.PLAIN, "day": "2026-11-03", "setting": "hour", "minutes": 30, "reason": SkipReason.FORGOT,
    "used": "no", "signs": "none", "symptom": "nausea", "grade": 1, "choice": 0, "flag": "chest-pain",
    "why": "unwell", "is_edit": False, "replied": 1, "to_us": True, "is_anonymous": False, "caption": "",
    "kind": "symptom", "can_write": True, "which": "all", "tier": 1, "number": 0, "tab": "overview",
    "regimen": "alcohol-50", "outcome": Outcome.ADVICE_GIVEN, "text": "hello", "said": "", "latitude": 52.5,
    "longitude": 13.4, "new_chat": -1009,
}  # fmt: skip
SPECIAL: dict[tuple[str, str], Any] = {
    ("answer_screening", "answer"): Answer.NO, ("forget", "answer"): "no", ("answer_follow_up", "answer"): "well",
    ("answer_well", "answer"): "yes", ("answer_possible", "answer"): "yes", ("answer_safe", "answer"): "yes",
}  # fmt: skip
HELD_BY = {
    "dose_id": "doses", "contact_id": "contacts", "case_id": "cases", "code": "codes", "clinic_id": "clinics",
    "hearing_id": "hearings", "item_id": "items", "message_id": "answers", "staff_id": "staff", "invite_id": "invites",
    "storm_id": "storms",
}  # fmt: skip


class Undo(Exception):
    """Everything that was done in a cell is undone."""


def actions() -> dict[str, Callable[..., None]]:
    found = {route.action.__name__: route.action for route in (*PRESSES.values(), *COMMANDS)}
    for action in (
        chats.bot_added, chats.bot_removed, chats.ignore, chats.move_clinic_chat, chats.patient_blocked,
        chats.patient_returned, chats.reject_press, hear_text.hear_text, hear_text.hear_other, join_plan.share_location,
        chats.refuse_anonymous, routes.rights_changed, reply_to_case.reply_to_case,
    ):  # fmt: skip
        found[action.__name__] = action
    return found


def values_of(world: World, action: Callable[..., None], thing: str) -> dict[str, Any] | None:
    """Return the arguments that name this object; None when the action names none and `thing` is not "own"."""
    names = list(inspect.signature(action).parameters)[1:]
    held = [name for name in names if name in HELD_BY]
    if not held and thing != "own":
        return None
    if action.__name__ == "begin_answer":
        return {"message_id": world.written[thing]}
    objects = {name: getattr(world, HELD_BY[name])[thing] for name in held}
    special = {name: SPECIAL[action.__name__, name] for name in names if (action.__name__, name) in SPECIAL}
    return {**{name: PLAIN[name] for name in names if name not in HELD_BY}, **special, **objects}


def is_expected(role: str, action: Callable[..., None], thing: str, place: str) -> bool:
    who, where = EXPECTED[action.__name__]
    if role not in who or where not in ("b", "p" if place == "private" else "s"):
        return False
    names, name = set(inspect.signature(action).parameters), action.__name__
    home = {"group": role != "other site's", "channel": role == "other site's", "private": True}[place]
    if name in OF_THE_CLINICS_CHAT and not home and not (name == "report" and role == "patient"):
        return False
    if name == "show_from_storm":
        return place != "private" and (thing == "other site's") is (role == "other site's")
    if name in OF_ONES_OWN:
        return (role, thing) == ("patient", "own")
    if name in ("pause", "report") and role == "patient":
        return place == "private"
    if names & {"dose_id", "contact_id"} and name not in BESIDE_A_DOSE:
        return thing == "own"
    if names & {"case_id", "code", "clinic_id", "message_id", "staff_id", "invite_id"} and role in STAFF:
        mine = ("other site's",) if role == "other site's" else ("own", "other")
        return thing in mine
    return True


def outcome(store: Store, world: World, role: str, action: Callable[..., None], thing: str, place: str) -> str:
    values = values_of(world, action, thing)
    chat = {"private": PEOPLE[role], "group": GROUP, "channel": ELSEWHERE}[place]
    sender = Sender(PEOPLE[role], chat, place == "private", "en")
    call = Call(action, sender, world.row_id, 1, message_id=1, is_press=True, values=values or {})

    def unit(work: Work) -> None:
        serve(work, CONTENT, call)
        raise Undo

    try:
        write(store, unit)
    except Undo:
        return "allowed"
    except (NotAllowed, NotFound) as refusal:
        # A button that is not there was looked for by somebody who may look.
        return "allowed" if refusal.key in ("refused-unknown-button", "refused-answered-already") else "forbidden"
    except Refusal as refusal:
        return "forbidden" if refusal.key == "refused-storm-over" else "allowed"
    raise AssertionError("a cell left no outcome")


Cell = tuple[str, Callable[..., None], str, str]


def cells(world: World, *, every: bool) -> Iterator[Cell]:
    """Yield the cells. Who may not do a thing at all is asked about one object, unless `every` one is wanted."""
    for action in actions().values():
        for role in PEOPLE:
            for place in ("private", "group", "channel"):
                for thing in OBJECTS if every or role in EXPECTED[action.__name__][0] else ("own",):
                    if values_of(world, action, thing) is not None:
                        yield role, action, thing, place


def test_every_handler_has_its_row_in_both_tables() -> None:
    assert set(actions()) == set(ALLOWED) == set(EXPECTED)


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.nightly)], ids=["each", "every"])
def test_every_cell_is_as_written_down(fresh_sqlite: str, clock: MovedClock, every: bool) -> None:
    store = Store(fresh_sqlite, clock)
    world = write(store, build)
    wrong, count = [], 0
    for role, action, thing, place in cells(world, every=every):
        count += 1
        try:
            found = outcome(store, world, role, action, thing, place)
        except Exception as error:  # any error of a handler is a finding of its own
            found = f"crashed: {error!r}"
        expected = "allowed" if is_expected(role, action, thing, place) else "forbidden"
        if found != expected:
            wrong.append(f"{role} {action.__name__} {thing} {place}: {found}, expected {expected}")
    store.close()
    assert not wrong, "\n".join([f"{len(wrong)} of {count}", *wrong])
    assert count > (9000 if every else 4500)


def test_who_leaves_the_staff_may_do_nothing_from_that_moment(fresh_sqlite: str, clock: MovedClock) -> None:
    store = Store(fresh_sqlite, clock)
    world = write(store, build)
    look = actions()["read_note"]
    assert outcome(store, world, "clinician", look, "own", "private") == "allowed"

    def leave(work: Work) -> None:
        from storage.clinics import find_staff

        for post in find_staff(work.session, PEOPLE["clinician"]):
            remove_staff(work, post)

    write(store, leave)
    assert outcome(store, world, "clinician", look, "own", "private") == "forbidden"
    store.close()


@pytest.mark.parametrize("place", ["private", "group"])
def test_a_reading_by_staff_is_a_row_of_the_trail(fresh_sqlite: str, clock: MovedClock, place: str) -> None:
    store = Store(fresh_sqlite, clock)
    world = write(store, build)
    sender = Sender(14, 14 if place == "private" else GROUP, place == "private", "en")
    call = Call(actions()["read_note"], sender, world.row_id, 1, values={"case_id": world.cases["other"]})
    write(store, lambda work: serve(work, CONTENT, call) and None)
    from storage.notary import looks_at
    from storage.patients import find_by_code

    def query(session: Any) -> list[str]:
        patient = find_by_code(session, world.codes["other"])
        assert patient is not None
        return [look.name for look in looks_at(session, patient.id)]

    assert "case-opened-by-staff" in store.read(query).result()
    store.close()


def test_a_dose_of_another_patient_is_left_out_of_a_report(fresh_sqlite: str, clock: MovedClock) -> None:
    store = Store(fresh_sqlite, clock)
    world = write(store, build)
    values = values_of(world, actions()["report_symptom"], "other")
    call = Call(actions()["report_symptom"], Sender(12, 12, True, "en"), world.row_id, 1, values=values or {})

    def unit(work: Work) -> list[int | None]:
        serve(work, CONTENT, call)
        work.session.flush()
        return [report.dose_id for report in work.session.query(Report)]

    assert write(store, unit) == [None]
    store.close()
