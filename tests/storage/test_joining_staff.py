"""An invitation to the staff is claimed once; what is shown to somebody can be taken away again."""

from datetime import timedelta

from care.triage import Level
from storage import joining_staff as joining
from storage.cases import add_case, set_case
from storage.clinics import add_staff, set_staff
from storage.copies import copies_of, set_copy
from storage.desk import StaffInvite
from storage.outbox import add_letter
from storage.queues import OutboxRow, OutboxState
from storage.sending import mark_sent
from storage.sent import find_sent
from storage.store import Store
from storage.tables import Role
from storage.talk import add_anchor
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import done, letter, new_clinic, new_patient, write


def invite(work: Work, token: str = "team-x") -> StaffInvite:
    clinic = new_clinic(work)
    admin = add_staff(work, clinic, telegram_id=1, name="Grey", role=Role.ADMIN)
    expires_at = work.now + timedelta(hours=24)
    return joining.add_staff_invite(
        work, clinic, name="Amir", role=Role.CLINICIAN, token=token, invited_by=admin, expires_at=expires_at
    )


def test_one_claim_wins_and_the_token_is_not_kept(store: Store, clock: MovedClock) -> None:
    def unit(work: Work) -> tuple[int, int]:
        made = invite(work)
        assert "team-x" not in repr(vars(made))
        assert joining.find_staff_invite(work.session, "team-y") is None
        found = joining.find_staff_invite(work.session, "team-x")
        assert found is made
        assert joining.claim_staff_invite(work, made, 77, number="0042")
        assert not joining.claim_staff_invite(work, made, 78, number="0043")
        assert (made.claimed_by, made.number) == (77, "0042")
        return made.id, made.clinic_id

    invite_id, clinic_id = write(store, unit)
    assert len(done(store.read(lambda s: joining.open_staff_invites(s, clinic_id, now=clock.now)))) == 1
    later = clock.now + timedelta(hours=25)
    assert done(store.read(lambda s: joining.open_staff_invites(s, clinic_id, now=later))) == []

    def decide(work: Work) -> None:
        held = joining.lock_staff_invite(work.session, invite_id)
        assert held is not None
        amir = add_staff(work, held.clinic, telegram_id=77, name="Amir", role=held.role)
        joining.decide_staff_invite(work, held, amir, accepted=True)
        set_staff(work, amir, "tier-set", {"before": None, "after": 2}, tier=2)
        assert joining.lock_staff_invite(work.session, 99) is None

    write(store, decide)
    assert done(store.read(lambda s: joining.open_staff_invites(s, clinic_id, now=clock.now))) == []


def test_the_invitations_of_somebody_who_leaves_end(store: Store) -> None:
    def unit(work: Work) -> bool:
        made = invite(work)
        admin = add_staff(work, made.clinic, telegram_id=1, name="Grey", role=Role.ADMIN)
        joining.revoke_invites_by(work, admin)
        work.session.refresh(made)
        return joining.claim_staff_invite(work, made, 77, number="1")

    assert write(store, unit) is False


def test_what_one_person_was_shown_of_one_clinic_is_forgotten(store: Store) -> None:
    def unit(work: Work) -> tuple[list[int], list[int | None]]:
        patient = new_patient(work)
        post = add_staff(work, patient.clinic, telegram_id=7, name="Lee", role=Role.CLINICIAN)
        case = add_case(work, patient, Level.URGENT, next_step_at=None)
        set_case(work, case, "owned", owner_id=post.id)
        rows = [add_letter(work, letter(chat, clinic_id=patient.clinic_id)) for chat in (7, 7, 7, -1)]
        mine, told, waiting, group = [row for row in rows if row is not None]
        set_copy(work, case, 7, letter_id=mine)
        set_copy(work, case, -1, letter_id=group)
        add_anchor(work, case, letter_id=told, chat_id=7)
        for row in (mine, told, group):
            mark_sent(work, row, row + 100)
        assert joining.letters_shown_to(work.session, patient.clinic_id, 7) == [mine, told]
        assert joining.letters_shown_to(work.session, patient.clinic_id + 1, 7) == []
        assert [one.id for one in joining.cases_of_staff(work.session, post)] == [case.id]
        joining.forget_shown_to(work, patient.clinic_id, 7)
        states = [work.session.get_one(OutboxRow, row).state for row in (mine, waiting, group)]
        assert states == [OutboxState.SENT, OutboxState.DROPPED, OutboxState.SENT]
        assert find_sent(work.session, group) == group + 100
        return (
            joining.letters_shown_to(work.session, patient.clinic_id, 7),
            [one.chat_id for one in copies_of(work.session, case.id)],
        )

    assert write(store, unit) == ([], [-1])
