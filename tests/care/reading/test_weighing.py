"""A danger is weighed by what else a message sounds like."""

import pytest

from care.reading.said import FLAGS
from care.reading.weighing import weighed

QUIET = dict.fromkeys(FLAGS, -1.0) | {"lookalike": -1.0, "plain": -1.0, "nausea": 0.3}
# What a flag's row is made of: a one, its score, look-alike, plain talk, score times look-alike.
ROW = {"liver": (0.1, 1.0, -0.5, -0.25, 0.0)}


def test_a_flag_is_its_score_and_what_is_beside_it() -> None:
    scores = weighed(QUIET | {"liver": 0.6, "allergy": 0.5}, ROW)
    assert scores["liver"] == pytest.approx(0.1 + 0.6 + 0.5 + 0.25)


def test_what_sounds_like_a_lookalike_has_to_say_more() -> None:
    plain, alike = (weighed(QUIET | {"liver": 0.6, "lookalike": value}, ROW)["liver"] for value in (-1.0, 1.0))
    assert alike < plain


def test_everything_else_stays_as_it_was() -> None:
    assert weighed(QUIET, ROW) == QUIET | {"liver": weighed(QUIET, ROW)["liver"]}
    assert weighed(QUIET, {}) == QUIET
