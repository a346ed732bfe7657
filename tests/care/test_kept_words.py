"""The words that stand in databases, buttons and backups. Renaming one loses what was kept under it."""

from enum import StrEnum

import pytest

from care.courses import Status
from care.doses import AnsweredBy, DoseState, SkipReason
from care.escalation import CaseState, Outcome, Way
from care.triage import Level

KEPT: dict[type[StrEnum], str] = {
    DoseState: "open taken skipped unknown held missed-by-us",
    AnsweredBy: "patient staff nobody",
    SkipReason: "forgot felt-bad out-of-tablets felt-better travelling other not-said",
    Status: "invited screening awaiting-approval planned active paused completed stopped follow-up closed",
    CaseState: "open acknowledged closed",
    Outcome: ("reached-safe advice-given appointment emergency-care could-not-reach not-clinical erased"),
    Way: "chat owner tier-one tier-two second admins",
}


@pytest.mark.parametrize("kind", KEPT, ids=lambda kind: kind.__name__)
def test_what_is_kept_goes_by_the_words_it_was_kept_by(kind: type[StrEnum]) -> None:
    assert [one.value for one in kind] == KEPT[kind].split()
    assert [one.name for one in kind] == [word.upper().replace("-", "_") for word in KEPT[kind].split()]


def test_levels_are_kept_by_word_and_ordered_by_gravity() -> None:
    assert [(level.name, level.word) for level in sorted(Level)] == [
        ("SELF_CARE", "self-care"), ("ROUTINE", "routine"), ("URGENT", "urgent"), ("EMERGENCY", "emergency"),
    ]  # fmt: skip
