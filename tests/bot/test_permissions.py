"""Nothing that an update can ask for is missing from the table of who may do what."""

from bot.handlers.install import COMMANDS, PRESSES
from clinic.permissions import ADMIN, ALLOWED, CLINICIAN


def test_every_button_and_command_is_in_the_table() -> None:
    asked = {press.action.__name__ for press in PRESSES.values()} | {command.action.__name__ for command in COMMANDS}
    assert asked - ALLOWED.keys() == set()


def test_what_is_about_cases_is_for_clinicians_alone() -> None:
    for word in ("ack", "outcome", "read", "history", "arrange", "put-off", "hand", "take-over", "storm"):
        assert ALLOWED[PRESSES[word].action.__name__].who == {CLINICIAN}, word
    for word in ("bind", "bind-second"):
        assert ALLOWED[PRESSES[word].action.__name__].who == {ADMIN}, word
