"""Nothing that an update can ask for is missing from the table of who may do what."""

from bot.handlers.install import COMMANDS, PRESSES
from clinic.menus import CLINICIAN_MENU, PATIENT_MENU
from clinic.permissions import ADMIN, ALLOWED, CLINICIAN


def test_every_button_and_command_is_in_the_table() -> None:
    asked = {press.action.__name__ for press in PRESSES.values()} | {command.action.__name__ for command in COMMANDS}
    assert asked - ALLOWED.keys() == set()


def test_what_is_about_cases_is_for_clinicians_alone() -> None:
    for word in ("ack", "outcome", "read", "history", "arrange", "put-off", "hand", "take-over", "storm"):
        assert ALLOWED[PRESSES[word].action.__name__].who == {CLINICIAN}, word
    for word in ("bind", "bind-second"):
        assert ALLOWED[PRESSES[word].action.__name__].who == {ADMIN}, word


def test_the_desk_is_for_staff_and_who_works_here_for_admins() -> None:
    for word in ("write", "line", "line-send", "read-answer", "cases", "case", "patients", "patient", "week"):
        assert ALLOWED[PRESSES[word].action.__name__].who == {CLINICIAN}, word
    for word in ("staff", "staff-tier", "staff-leave", "staff-gone", "staff-admit"):
        allowed = ALLOWED[PRESSES[word].action.__name__]
        assert (allowed.who, allowed.private) == ({ADMIN}, True), word


def test_the_menus_name_commands_that_there_are() -> None:
    words = {command.word for command in COMMANDS}
    assert set(PATIENT_MENU) <= words
    assert set(CLINICIAN_MENU) <= words
    staff = {command.word for command in COMMANDS if CLINICIAN in ALLOWED[command.action.__name__].who}
    assert staff - {"help", "privacy", "start", "help_now"} <= set(CLINICIAN_MENU)
