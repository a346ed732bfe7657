"""Whom a case tells at each step, whoever has left, whatever does not work."""

from __future__ import annotations

from datetime import time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from care.escalation import CaseState
from care.triage import Level
from clinic.found_clinic import found_clinic
from clinic.ladder import audience, chats_of_clinic, gone_people, is_uncovered, people_on_call, policy
from clinic.ward import Ward
from storage.cases import find_case
from storage.clinics import get_clinic, remove_staff, set_clinic, set_clinicians_chat, set_staff, staff_of
from storage.rota import add_cover, add_shift
from storage.routes import note_route
from storage.tables import Case, Clinic, Staff
from tests.clinic.wing import CHAT, GREY, LEE, MOSS, Wing

SECOND = -200
EVERYBODY = [GREY, LEE, MOSS]


@pytest.fixture
def wing(wing_on_sqlite: Wing) -> Wing:
    return wing_on_sqlite


def clinic_of(wing: Wing, ward: Ward) -> Clinic:
    return get_clinic(ward.work.session, wing.clinic_id)


def post(ward: Ward, clinic: Clinic, telegram_id: int) -> Staff:
    return next(one for one in staff_of(ward.work.session, clinic.id) if one.telegram_id == telegram_id)


def arrange(
    wing: Wing, ward: Ward, *, tiers: dict[int, int], second: int | None = SECOND, chat: int | None = CHAT,
    broken: tuple[int, ...] = (),
) -> Clinic:  # fmt: skip
    clinic = clinic_of(wing, ward)
    for telegram_id, tier in tiers.items():
        set_staff(ward.work, post(ward, clinic, telegram_id), "tier-set", {}, tier=tier)
    set_clinic(ward.work, clinic, "second-chat-set", {}, second_chat=second)
    if chat is None:
        set_clinicians_chat(ward.work, clinic, None)
    for one in broken:
        note_route(ward.work, clinic.id, one, trouble="forbidden")
    return clinic


def case_at(ward: Ward, case_id: int, level: Level, step: int, owner: Staff | None = None) -> Case:
    case = find_case(ward.work.session, case_id)
    assert case is not None
    case.level, case.step, case.owner = level, step, owner
    ward.work.session.flush()
    return case


TIERS = {LEE: 1, MOSS: 2}


@pytest.mark.parametrize(
    ("level", "step", "owner", "given", "told"),
    [
        pytest.param(Level.URGENT, 0, None, {}, [CHAT], id="raised: the chat"),
        pytest.param(Level.URGENT, 0, MOSS, {}, [CHAT, MOSS], id="and its owner"),
        pytest.param(Level.URGENT, 1, None, {}, [CHAT, LEE], id="then the first tier"),
        pytest.param(Level.URGENT, 1, LEE, {}, [CHAT, LEE], id="nobody twice"),
        pytest.param(Level.URGENT, 2, None, {}, [CHAT, LEE, MOSS, SECOND], id="then the second and the second chat"),
        pytest.param(Level.EMERGENCY, 3, None, {}, [CHAT, LEE, MOSS, SECOND, GREY], id="then the admins"),
        pytest.param(Level.EMERGENCY, 9, None, {}, [CHAT, LEE, MOSS, SECOND, GREY], id="and so on"),
        pytest.param(Level.ROUTINE, 9, MOSS, {}, [CHAT], id="routine climbs nothing"),
        pytest.param(Level.URGENT, 1, None, {"tiers": {}}, [CHAT, *EVERYBODY], id="no first tier: everybody"),
        pytest.param(
            Level.URGENT, 2, None, {"tiers": {LEE: 1}}, [CHAT, LEE, GREY, MOSS, SECOND], id="no second tier: everybody"
        ),
        pytest.param(Level.URGENT, 2, None, {"second": None}, [CHAT, LEE, MOSS, GREY], id="no second chat: the admins"),
        pytest.param(
            Level.URGENT, 2, None, {"broken": (SECOND,)}, [CHAT, LEE, MOSS, GREY], id="a second chat that is down"
        ),
        pytest.param(Level.URGENT, 0, None, {"broken": (CHAT,)}, [SECOND, *EVERYBODY], id="the chat is down"),
        pytest.param(
            Level.URGENT, 0, None, {"broken": (CHAT,), "second": None}, EVERYBODY, id="it is, and there is no second"
        ),
        pytest.param(Level.URGENT, 0, None, {"broken": (CHAT, SECOND, LEE)}, [GREY, MOSS], id="who can be reached"),
        pytest.param(Level.URGENT, 1, None, {"broken": (LEE,)}, [CHAT], id="who cannot is left out"),
        pytest.param(Level.URGENT, 0, None, {"chat": None}, [GREY], id="no chat yet: the admins"),
        pytest.param(Level.URGENT, 0, None, {"chat": None, "broken": (GREY,)}, [LEE, MOSS], id="and else everybody"),
        pytest.param(
            Level.URGENT, 0, None, {"chat": None, "broken": (GREY, LEE, MOSS)}, EVERYBODY, id="nothing works: tried all"
        ),
        pytest.param(
            Level.URGENT, 0, None, {"broken": (CHAT, SECOND, *EVERYBODY)}, [CHAT, *EVERYBODY], id="the chat, too"
        ),
        pytest.param(
            Level.URGENT, 0, None, {"broken": (CHAT, *EVERYBODY), "second": None}, [CHAT, *EVERYBODY], id="or only it"
        ),
        pytest.param(
            Level.URGENT, 1, MOSS, {"chat": None, "broken": (GREY, LEE, MOSS)}, [GREY, LEE, MOSS], id="each once"
        ),
    ],
)  # fmt: skip
def test_whom_a_step_tells(
    wing: Wing, level: Level, step: int, owner: int | None, given: dict[str, Any], told: list[int]
) -> None:
    case_id = wing.open_case()

    def unit(ward: Ward) -> list[int]:
        clinic = arrange(wing, ward, **{"tiers": TIERS, **given})
        return audience(ward, case_at(ward, case_id, level, step, (owner and post(ward, clinic, owner)) or None))

    assert wing.do(unit) == told


def test_another_clinics_broken_chat_is_not_ours(wing: Wing) -> None:
    case_id = wing.open_case()

    def unit(ward: Ward) -> list[int]:
        other = found_clinic(
            ward, name="Hill", time_zone="Europe/Berlin", languages=["en"], emergency_number="112", crisis_line="1",
            admin_id=99, admin_name="Far",
        )  # fmt: skip
        note_route(ward.work, other.id, CHAT, trouble="forbidden")
        assert chats_of_clinic(ward, clinic_of(wing, ward)) == [CHAT]
        return audience(ward, case_at(ward, case_id, Level.URGENT, 0))

    assert wing.do(unit) == [CHAT]


@pytest.mark.parametrize(
    ("broken", "staff", "told"),
    [
        pytest.param(None, None, [SECOND, *EVERYBODY], id="what is kept of the routes"),
        pytest.param((), None, [CHAT], id="what is told of them"),
        pytest.param((CHAT, LEE), None, [SECOND, GREY, MOSS], id="who is told not to work"),
        pytest.param((CHAT,), (), [SECOND], id="of the staff that is given"),
        pytest.param((CHAT, SECOND, *EVERYBODY), None, [CHAT, *EVERYBODY], id="nothing works: all of it is tried"),
    ],
)
def test_where_a_clinic_is_told_things(
    wing: Wing, broken: tuple[int, ...] | None, staff: tuple[()] | None, told: list[int]
) -> None:
    def unit(ward: Ward) -> list[int]:
        clinic = arrange(wing, ward, tiers={}, broken=(CHAT,))
        return chats_of_clinic(ward, clinic, iter(broken) if broken is not None else None, staff)

    assert wing.do(unit) == told


def test_the_rota_stands_before_the_tiers(wing: Wing) -> None:
    def unit(ward: Ward) -> None:
        clinic = arrange(wing, ward, tiers=TIERS)
        people = {one.telegram_id: one for one in staff_of(ward.work.session, clinic.id)}
        add_cover(ward.work, people[MOSS], tier=1, starts_at=ward.now, ends_at=ward.now + timedelta(hours=1))
        assert people_on_call(ward, clinic, 1) == [people[MOSS]]
        assert people_on_call(ward, clinic, 2) == [people[MOSS]]
        assert people_on_call(ward, clinic, 1, [people[LEE], people[GREY]]) == [people[LEE]], "of those given"
        assert people_on_call(ward, clinic, 1, [people[GREY]]) == []

    wing.do(unit)


def test_who_left_is_named_and_not_called(wing: Wing) -> None:
    def unit(ward: Ward) -> None:
        clinic = arrange(wing, ward, tiers={LEE: 1})
        moss = post(ward, clinic, MOSS)
        add_shift(ward.work, moss, tier=1, weekdays=range(7), starts=time(0), ends=time(0))
        assert gone_people(ward, clinic) == frozenset()
        assert people_on_call(ward, clinic, 1) == [moss]
        remove_staff(ward.work, moss)
        assert gone_people(ward, clinic) == {moss.id}
        assert [one.telegram_id for one in people_on_call(ward, clinic, 1)] == [LEE]

    wing.do(unit)


@pytest.mark.parametrize(
    ("state", "step", "tiers", "is_alone"),
    [
        pytest.param(CaseState.OPEN, 1, {}, True, id="it climbs, and nobody is on call"),
        pytest.param(CaseState.OPEN, 1, {LEE: 1}, False, id="somebody is"),
        pytest.param(CaseState.OPEN, 1, {LEE: 2}, True, id="in the second tier only"),
        pytest.param(CaseState.OPEN, 0, {}, False, id="it has not climbed yet"),
        pytest.param(CaseState.ACKNOWLEDGED, 1, {}, False, id="somebody has it"),
    ],
)
def test_a_case_says_that_nobody_is_on_call(
    wing: Wing, state: CaseState, step: int, tiers: dict[int, int], is_alone: bool
) -> None:
    case_id = wing.open_case()

    def unit(ward: Ward) -> bool:
        arrange(wing, ward, tiers=tiers)
        case = case_at(ward, case_id, Level.URGENT, step)
        case.state = state
        return is_uncovered(ward, case)

    assert wing.do(unit) is is_alone


def test_a_clinics_policy_is_what_it_chose() -> None:
    clinic: Any = SimpleNamespace(options={"waits": {"page-first": 7}})
    assert policy(clinic).value("page-first") == 7
