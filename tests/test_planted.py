"""Every planted mistake can still be planted, in one place: else `python -m tests.planted` shows less than it says."""

import pytest

from tests.house.source import ROOT
from tests.planted.mistakes import MISTAKES, Mistake


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one.name)
def test_a_planted_mistake_still_fits_the_code_in_one_place(mistake: Mistake) -> None:
    assert (ROOT / mistake.file).read_text(encoding="utf-8").count(mistake.right) == 1
    for test in mistake.tests:
        assert not test.endswith(".py") or (ROOT / test).is_file()


def test_there_are_twenty_and_no_two_go_by_one_name() -> None:
    assert len({mistake.name for mistake in MISTAKES}) == len(MISTAKES) >= 20
