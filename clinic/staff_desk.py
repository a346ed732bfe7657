"""Who works here: the list, one person's tier, and how somebody leaves, with everything they could see."""

from __future__ import annotations

from care.escalation import CaseState
from care.refusals import BadAnswer, NotFound, Stale
from care.rota import TIERS
from clinic.invite_staff import admin_of, invite_colleague
from clinic.letters import Button, Rows, body, rewrite, words
from clinic.menus import owe_menu
from clinic.people import check_here, own_clinic, post_in
from clinic.show_case import show_case
from clinic.ward import Visit, Ward
from clinic.work_case import visit_case
from content.values import Words
from storage.cases import find_case, set_case
from storage.clinics import remove_staff, set_staff, staff_of
from storage.desk import StaffInvite
from storage.joining_staff import (
    cases_of_staff,
    forget_shown_to,
    letters_shown_to,
    open_staff_invites,
    revoke_invites_by,
)
from storage.outbox import Letter, add_letter
from storage.queues import Lane
from storage.routes import forget_route
from storage.tables import Clinic, Role, Staff
from storage.talk import end_drafts

MOST_BUTTONS = 80
"""Telegram takes a hundred under one message; whoever has more staff removes people on the command line."""


def ask_staff(visit: Visit, *, said: str = "") -> None:
    """Show who works here, or invite a colleague: `invite NAME`."""
    word, _, rest = said.strip().partition(" ")
    if not word:
        show_staff(visit)
    elif word.lower() == "invite":
        invite_colleague(visit, name=rest)
    else:
        raise BadAnswer("refused-usage-staff")


def show_staff(visit: Visit) -> None:
    """Show who works here and who is invited; admins get, in private, a button for each person."""
    clinic = own_clinic(visit)
    check_here(visit, clinic)
    visit.work.record("staff-shown", clinic_id=clinic.id)
    people = staff_of(visit.work.session, clinic.id)
    invites = open_staff_invites(visit.work.session, clinic.id, now=visit.now)
    texts = [words("staff-head", clinic=clinic.name), *(_person(one) for one in people)]
    texts += [_invited(visit, clinic, one) for one in invites]
    is_admin = post_in(visit, clinic.id).role is Role.ADMIN
    rows: list[list[Button]] = []
    if is_admin and visit.caller.is_private:
        rows = [[Button(words("button-staff", name=one.name), "staff", (one.id,))] for one in people[:MOST_BUTTONS]]
    texts.append(words("staff-how" if rows else "staff-how-not"))
    rewrite(visit, *texts, buttons=rows, tight=True)


def _person(post: Staff) -> Words:
    return words("staff-line", name=post.name, role=words(f"role-{post.role}"), tier=_tier(post))


def _tier(post: Staff) -> Words:
    return words("staff-tier", tier=str(post.tier)) if post.tier is not None else words("staff-no-tier")


def _invited(visit: Visit, clinic: Clinic, invite: StaffInvite) -> Words:
    until = visit.clock_of_clinic(clinic, invite.expires_at).replace(tzinfo=None)
    return words("staff-waits" if invite.claimed_by is not None else "staff-invited", name=invite.name, until=until)


def show_person(visit: Visit, *, staff_id: int) -> None:
    """Show what an admin may change about one person."""
    post, _admin = _colleague(visit, staff_id)
    visit.work.record("person-shown", clinic_id=post.clinic_id, staff=post.id)
    rewrite(visit, words("staff-person", name=post.name, role=words(f"role-{post.role}"), tier=_tier(post)),
            buttons=_choices(post))  # fmt: skip


def _choices(post: Staff) -> Rows:
    tiers = [
        Button(words("button-tier", tier=str(tier)), "staff-tier", (post.id, tier))
        for tier in TIERS
        if tier != post.tier
    ]
    if post.tier is not None:
        tiers.append(Button("button-no-tier", "staff-tier", (post.id, 0)))
    remove = Button("button-staff-remove", "staff-leave", (post.id,), "danger")
    return [tiers, [remove, Button("button-staff-back", "staff-list")]]


def _colleague(visit: Visit, staff_id: int) -> tuple[Staff, Staff]:
    """Return somebody who works here, and the admin who asks; to anybody else there is no such person."""
    for own in visit.caller.posts:
        for post in staff_of(visit.work.session, own.clinic_id):
            if post.id == staff_id:
                return post, admin_of(visit, post.clinic_id)
    raise NotFound("refused-not-found")


def set_tier(visit: Visit, *, staff_id: int, tier: int) -> None:
    """Put somebody into a tier, or into none (0), for the hours that no rota names anybody."""
    post, _admin = _colleague(visit, staff_id)
    set_staff(visit.work, post, "tier-set", {"before": post.tier, "after": tier or None}, tier=tier or None)
    show_person(visit, staff_id=staff_id)


def ask_leave(visit: Visit, *, staff_id: int) -> None:
    """Ask once more before somebody loses their access."""
    post, _admin = _colleague(visit, staff_id)
    _keep_an_admin(visit, post)
    visit.work.record("leave-asked", clinic_id=post.clinic_id, staff=post.id)
    yes = Button("button-staff-leave", "staff-gone", (post.id,), "danger")
    rewrite(visit, words("ask-staff-leave", name=post.name), buttons=[[yes, Button("button-staff-keep", "staff-list")]])


def let_go(visit: Visit, *, staff_id: int) -> None:
    """End somebody's access at once."""
    post, admin = _colleague(visit, staff_id)
    _keep_an_admin(visit, post)
    off_board(visit, post)
    rewrite(visit, words("staff-left", name=post.name, by=admin.name))


def _keep_an_admin(visit: Visit, leaving: Staff) -> None:
    admins = [post for post in staff_of(visit.work.session, leaving.clinic_id) if post.role is Role.ADMIN]
    if [post.id for post in admins] == [leaving.id]:
        raise Stale("refused-last-admin", name=leaving.name)


def off_board(ward: Ward, post: Staff) -> None:
    """End somebody's access: no press, no page, no draft, no card in their chat, and no case that waits for them."""
    shown = letters_shown_to(ward.work.session, post.clinic_id, post.telegram_id)
    end_drafts(ward.work, [post])
    revoke_invites_by(ward.work, post)
    remove_staff(ward.work, post)
    forget_shown_to(ward.work, post.clinic_id, post.telegram_id)
    forget_route(ward.work, post.clinic_id, post.telegram_id)
    for letter in shown:
        take_back = Letter(chat_id=post.telegram_id, body={}, lane=Lane.REPLY, kind="delete", edits_row=letter)
        add_letter(ward.work, take_back)
    for case in cases_of_staff(ward.work.session, post):
        held = find_case(ward.work.session, case.id)
        if held is None:
            continue
        if held.offered_to == post.id:
            set_case(ward.work, held, "hand-over-over", offered_to=None, offered_at=None)
            show_case(ward, held, anew=False)
        if held.owner_id == post.id and held.state is CaseState.ACKNOWLEDGED:
            visit_case(ward, held)  # what they had taken speaks again: somebody else must take it
    owe_menu(ward, post, is_staff=False)
    written = body(post.clinic.languages[0], [words("staff-told-left", clinic=post.clinic.name)])
    add_letter(ward.work, Letter(chat_id=post.telegram_id, body=written, lane=Lane.REPLY))
