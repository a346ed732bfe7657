"""The menus of commands that Telegram shows, and which of them somebody gets."""

from __future__ import annotations

from clinic.ward import Ward
from storage.clinics import all_clinics, staff_of
from storage.outbox import Letter, add_letter
from storage.queues import Lane
from storage.tables import Staff

PATIENT_MENU = ("today", "report", "progress", "course", "settings", "help", "privacy", "consent", "export", "forget")
CLINICIAN_MENU = (
    "cases", "patients", "patient", "oncall", "invite", "pause", "resume", "release", "reschedule", "report", "staff",
    "policy", "help",
)  # fmt: skip


def menu_key(word: str, *, is_staff: bool) -> str:
    """Return the text key of a command in a menu; what means another thing to staff has another text."""
    return "menu-week" if is_staff and word == "report" else f"menu-{word}"


def owe_menu(ward: Ward, post: Staff, *, is_staff: bool) -> None:
    """Let the private chat of somebody who joins the staff show the clinicians' menu, or no longer."""
    language, texts = post.clinic.languages[0], ward.content.texts
    menu = [[word, texts.plain(menu_key(word, is_staff=True), language)] for word in CLINICIAN_MENU]
    written = {"menu": menu if is_staff else []}
    add_letter(ward.work, Letter(chat_id=post.telegram_id, body=written, lane=Lane.DIGEST, kind="menu"))


def owe_menus(ward: Ward) -> None:
    """Owe all staff the clinicians' menu: the commands may be others than at the last start."""
    for clinic in all_clinics(ward.work.session):
        for post in staff_of(ward.work.session, clinic.id):
            owe_menu(ward, post, is_staff=True)
