"""What is spoilt, in which group, and the tests that must notice. The quickest tests that reach a module are enough."""

from __future__ import annotations

from dataclasses import dataclass

SCHEDULE, ESCALATION, AUTHORISATION, CRYPTO = "schedule", "escalation", "authorisation", "crypto"
GROUPS = (SCHEDULE, ESCALATION, AUTHORISATION, CRYPTO)
NONE_SURVIVES = (ESCALATION, AUTHORISATION)
"""Here every survivor has a written waiver. Everywhere nine of ten mutants must be killed, waived ones not counted."""
LEAST = 0.9


@dataclass(frozen=True)
class Target:
    """A module and what pytest is given to judge its mutants."""

    group: str
    path: str
    tests: tuple[str, ...]


CARE, CLINIC, STORAGE = "tests/care", "tests/clinic", "tests/storage"
WORDS = f"{CARE}/test_kept_words.py"

TARGETS = (
    Target(SCHEDULE, "care/calendar.py", (f"{CARE}/test_calendar.py",)),
    Target(
        SCHEDULE,
        "care/doses.py",
        (f"{CARE}/test_doses.py", WORDS, f"{CARE}/test_adherence.py", f"{CARE}/test_reminders.py"),
    ),
    Target(SCHEDULE, "care/reminders.py", (f"{CARE}/test_reminders.py",)),
    Target(SCHEDULE, "care/courses.py", (f"{CARE}/test_courses.py", WORDS)),
    Target(SCHEDULE, "care/rush.py", (f"{CARE}/test_rush.py",)),
    Target(SCHEDULE, "care/adherence.py", (f"{CARE}/test_adherence.py",)),
    Target(ESCALATION, "care/escalation.py", (f"{CARE}/test_escalation.py", WORDS)),
    Target(ESCALATION, "care/policy.py", (f"{CARE}/test_escalation.py",)),
    Target(ESCALATION, "care/rota.py", (f"{CARE}/test_rota.py",)),
    Target(ESCALATION, "clinic/ladder.py", (f"{CLINIC}/test_ladder.py",)),
    Target(ESCALATION, "clinic/work_case.py", (f"{CLINIC}/test_work_case.py", f"{CLINIC}/test_storms.py")),
    Target(ESCALATION, "clinic/arrange_case.py", (f"{CLINIC}/test_arrange_case.py",)),
    Target(AUTHORISATION, "clinic/permissions.py", (f"{CLINIC}/test_permissions.py",)),
    Target(AUTHORISATION, "clinic/people.py", (f"{CLINIC}/test_people.py",)),
    Target(AUTHORISATION, "clinic/serve.py", (f"{CLINIC}/test_serve.py",)),
    Target(CRYPTO, "storage/masters.py", (f"{STORAGE}/test_masters.py",)),
    Target(CRYPTO, "storage/keyring.py", (f"{STORAGE}/test_data_keys.py",)),
    Target(CRYPTO, "storage/sealed.py", (f"{STORAGE}/test_sealed.py", f"{STORAGE}/test_rows.py")),
    Target(CRYPTO, "storage/bodies.py", (f"{STORAGE}/test_bodies.py",)),
    Target(CRYPTO, "storage/rotation.py", (f"{STORAGE}/test_rotation.py",)),
    Target(CRYPTO, "storage/chain.py", (f"{STORAGE}/test_chain.py",)),
    Target(CRYPTO, "storage/notary.py", (f"{STORAGE}/test_notary.py",)),
)
