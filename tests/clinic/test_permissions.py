"""The table of who may do what, row by row, standing by standing, in both kinds of chat."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from care.refusals import NotAllowed
from clinic.people import Standing
from clinic.permissions import ALLOWED, check_allowed
from tests.clinic.expected import EXPECTED

STRANGER, JOINING, PATIENT, FORMER = Standing.STRANGER, Standing.JOINING, Standing.PATIENT, Standing.FORMER
CLINICIAN, ADMIN = Standing.CLINICIAN, Standing.ADMIN
HELD = {
    "stranger": {STRANGER}, "joining": {JOINING}, "patient": {PATIENT}, "former": {FORMER}, "clinician": {CLINICIAN},
    "admin": {CLINICIAN, ADMIN},
}  # fmt: skip


def why_not(name: str, held: set[Standing], *, is_private: bool) -> str | None:
    """Return the key of the refusal, or None when it is allowed."""
    action: Any = SimpleNamespace(__name__=name)
    try:
        check_allowed(action, frozenset(held), is_private=is_private)
    except NotAllowed as refusal:
        return refusal.key
    return None


def test_both_tables_have_the_same_rows() -> None:
    assert ALLOWED.keys() == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_row_allows_whom_it_names_where_it_says(name: str) -> None:
    who, where = EXPECTED[name]
    for role, held in HELD.items():
        for is_private in (True, False):
            is_expected = role in who and where in ("b", "p" if is_private else "s")
            assert (why_not(name, held, is_private=is_private) is None) is is_expected, (role, is_private)


def test_what_is_not_in_the_table_is_a_bug_and_loud() -> None:
    with pytest.raises(KeyError):
        why_not("no_such_action", {CLINICIAN, ADMIN}, is_private=True)


@pytest.mark.parametrize(
    ("name", "held", "is_private", "key"),
    [
        pytest.param("take_dose", {STRANGER}, True, "refused-stranger", id="a stranger"),
        pytest.param("take_dose", {JOINING}, True, "refused-joining", id="who is still joining"),
        pytest.param("take_dose", {JOINING, CLINICIAN}, True, "refused-joining", id="and works here"),
        pytest.param("take_dose", {FORMER}, True, "today-closed", id="whose course is closed"),
        pytest.param("take_dose", {FORMER, CLINICIAN}, True, "today-closed", id="and works here, too"),
        pytest.param("take_dose", {CLINICIAN, ADMIN}, True, "refused-role", id="staff"),
        pytest.param("acknowledge", {PATIENT}, False, "refused-role", id="a patient"),
        pytest.param("take_dose", {PATIENT}, False, "refused-chat", id="the wrong kind of chat"),
        pytest.param("take_dose", {CLINICIAN}, False, "refused-role", id="both wrong: who comes first"),
        pytest.param("take_dose", {PATIENT, CLINICIAN}, True, None, id="a patient who works here, as a patient"),
        pytest.param("acknowledge", {PATIENT, CLINICIAN}, False, None, id="and as a clinician"),
    ],
)
def test_a_refusal_says_why(name: str, held: set[Standing], is_private: bool, key: str | None) -> None:
    assert why_not(name, held, is_private=is_private) == key
