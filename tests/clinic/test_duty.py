"""Cards, storms, digests, routes and the rota on both engines, without Telegram."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from care.rota import on_call
from care.triage import Fact, Level
from clinic.digest import visit_digest
from clinic.routes import RouteFinding, note_tests
from clinic.show_case import show_case
from clinic.undelivered import chat_moved
from clinic.ward import Ward
from clinic.work_case import acknowledge, visit_case
from storage.audit import find_breaches
from storage.bodies import Envelope, open_body
from storage.cases import find_case
from storage.clinics import lock_clinic, remove_staff, set_clinicians_chat, staff_of
from storage.copies import cases_in, copies_of, find_storm
from storage.queues import Lane, OutboxRow, OutboxState
from storage.retention import keep_periods
from storage.rota import add_cover, add_shift, remove_covers, rota_of, set_holiday
from storage.routes import failing_routes
from storage.sending import claim_due
from tests.clinic.wing import CHAT, GREY, LEE, MOSS, Wing, press
from tests.conftest import MovedClock


def letters(ward: Ward, chat: int, kind: str = "send") -> list[OutboxRow]:
    query = ward.work.session.query(OutboxRow).filter(OutboxRow.chat_id == chat, OutboxRow.kind == kind)
    return list(query.order_by(OutboxRow.id))


def said(ward: Ward, row: OutboxRow) -> dict[str, Any]:
    envelope = Envelope(row.chat_id, row.patient_id, row.clinic_id, row.created_at)
    return open_body(ward.work.connection, envelope, row.body)


def send_all(ward: Ward) -> None:
    for row in ward.work.session.query(OutboxRow).filter(OutboxRow.state == OutboxState.WAITING):
        row.state, row.message_id = OutboxState.SENT, row.id


def test_more_cases_than_a_chat_can_take_are_one_message_and_all_are_in_it(wing: Wing, clock: MovedClock) -> None:
    ids = [wing.open_case(Fact("grade", "nausea", 3)) for _ in range(9)]

    def unit(ward: Ward) -> None:
        assert [row.lane for row in letters(ward, CHAT)] == [Lane.TASK] * 7, "six cards, and one for the other three"
        storm = find_storm(ward.work.session, CHAT)
        assert storm is not None
        assert [one.case_id for one in cases_in(ward.work.session, storm.id)] == ids[6:]
        send_all(ward)

    wing.do(unit)
    clock.forward(seconds=5)
    wing.open_case(Fact("help-now"))
    wing.open_case(Fact("help-now"))

    def later(ward: Ward) -> None:
        (edit,) = letters(ward, CHAT, "edit")
        assert (edit.send_at - ward.now) == timedelta(seconds=10), "fifteen seconds after the message itself"
        assert said(ward, edit)["texts"][0] == ["storm-head", {"count": 5}]
        for case_id in ids[6:]:
            case = find_case(ward.work.session, case_id)
            assert case is not None
            assert case.patient.case_code in str(said(ward, edit))

    wing.do(later)


def test_what_has_not_gone_yet_is_rewritten_and_sent_no_later(wing: Wing) -> None:
    case_id = wing.open_case(Fact("grade", "nausea", 3))

    def unit(ward: Ward) -> None:
        case = find_case(ward.work.session, case_id)
        assert case is not None
        case.level = Level.EMERGENCY
        show_case(ward, case, anew=True)
        (card,) = letters(ward, CHAT)
        assert (card.lane, said(ward, card)["texts"][0][0]) == (Lane.PAGE, "card-head-emergency")
        send_all(ward)
        ward.work.session.flush()
        show_case(ward, case, anew=False)
        show_case(ward, case, anew=False)
        assert len(letters(ward, CHAT, "edit")) == 1, "two edits that nobody has seen are one"

    wing.do(unit)


def test_a_digest_is_once_a_day_and_names_what_is_routine(wing: Wing) -> None:
    wing.open_case(Fact("free-text"))
    wing.open_case(Fact("help-now"))

    def unit(ward: Ward) -> list[OutboxRow]:
        clinic = lock_clinic(ward.work.session, wing.clinic_id)
        for _ in range(2):
            visit_digest(ward, clinic)
        assert clinic.digest_at is not None
        assert ward.now < clinic.digest_at <= ward.now + timedelta(hours=24)
        return [texts for row in letters(ward, CHAT) if (texts := said(ward, row)["texts"])[0][0] == "digest-head"]

    (digest,) = wing.do(unit)
    assert [key for key, _ in digest] == ["digest-head", "digest-graver", "digest-routine", "digest-line"]


def test_the_rota_is_kept_as_it_was_set(wing: Wing, clock: MovedClock) -> None:
    def unit(ward: Ward) -> None:
        clinic = lock_clinic(ward.work.session, wing.clinic_id)
        people = {post.name: post for post in staff_of(ward.work.session, clinic.id)}
        lee, moss = people["Nurse Lee"], people["Dr Moss"]
        add_shift(ward.work, lee, tier=1, weekdays={0}, starts=time(8), ends=time(18))
        add_cover(ward.work, moss, tier=1, starts_at=ward.now, ends_at=ward.now + timedelta(hours=1))
        set_holiday(ward.work, clinic.id, date(2026, 11, 9), is_one=True)
        rota = rota_of(ward.work.session, clinic, now=ward.now)
        assert on_call(rota, tier=1, now=ward.now) == (moss.id,)
        assert remove_covers(ward.work, clinic.id, tier=1) == 1
        rota = rota_of(ward.work.session, clinic, now=ward.now)
        assert on_call(rota, tier=1, now=ward.now) == (lee.id,)
        assert on_call(rota, tier=1, now=ward.now + timedelta(hours=7 * 24)) == (), "a holiday is a Sunday"

    wing.do(unit)


def test_every_owner_may_leave_and_every_case_still_has_a_next_step(wing: Wing, clock: MovedClock) -> None:
    case_id = wing.open_case(Fact("help-now"))
    wing.do(lambda ward: press(ward.work, ward.content, LEE, acknowledge, case_id=case_id))

    def leave(ward: Ward) -> None:
        for post in staff_of(ward.work.session, wing.clinic_id):
            if post.telegram_id in (LEE, MOSS):
                remove_staff(ward.work, post)

    wing.do(leave)
    clock.forward(hours=1)

    def back(ward: Ward) -> None:
        case = find_case(ward.work.session, case_id)
        assert case is not None
        visit_case(ward, case)
        visit_case(ward, case)
        assert {copy.chat_id for copy in copies_of(ward.work.session, case_id)} == {CHAT, GREY}

    wing.do(back)
    assert wing.store.read(lambda session: find_breaches(session, now=clock.now)).result() == []


def test_a_route_is_news_once_and_its_cards_go_another_way(wing: Wing) -> None:
    case_id = wing.open_case(Fact("help-now"))
    for trouble in ("forbidden", "forbidden", None, None):
        wing.do(lambda ward, why=trouble: note_tests(ward, [RouteFinding(wing.clinic_id, CHAT, why)]))  # type: ignore[misc]

    def unit(ward: Ward) -> None:
        assert list(failing_routes(ward.work.session)) == []
        told = [said(ward, row)["texts"][0][0] for row in letters(ward, GREY)]
        assert [told.count(key) for key in ("route-failed", "route-mended", "card-head-emergency")] == [1, 1, 1]
        assert {copy.chat_id for copy in copies_of(ward.work.session, case_id)} == {CHAT, GREY, LEE, MOSS}

    wing.do(unit)


def test_a_card_that_an_open_case_still_edits_is_not_forgotten(wing: Wing, clock: MovedClock) -> None:
    case_id = wing.open_case(Fact("help-now"))

    def climb(ward: Ward) -> None:
        case = find_case(ward.work.session, case_id)
        assert case is not None
        visit_case(ward, case)
        send_all(ward)

    wing.do(climb)
    clock.forward(hours=24 * 121)
    wing.do(lambda ward: keep_periods(ward.work))
    kept = wing.do(lambda ward: {copy.letter_id for copy in copies_of(ward.work.session, case_id)})
    rows = wing.do(lambda ward: {row.id for row in ward.work.session.query(OutboxRow)})
    assert kept <= rows


def test_a_letter_to_a_chat_that_moved_follows_it_even_when_its_clinic_moved_before(wing: Wing) -> None:
    """Its address was written while the clinic's was changing: at the old one it would be refused for ever."""
    wing.open_case(Fact("help-now"))

    def moved(ward: Ward) -> None:
        set_clinicians_chat(ward.work, lock_clinic(ward.work.session, wing.clinic_id), -200)
        (claimed, *_) = claim_due(ward.work, resting=[], most=8)
        assert claimed.chat_id == CHAT
        chat_moved(ward.work, ward.content, claimed, -200)

    wing.do(moved)
    assert wing.do(lambda ward: (len(letters(ward, CHAT)), len(letters(ward, -200)))) == (0, 1)
