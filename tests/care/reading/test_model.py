"""The model's sums are those of its weights, however they are stored."""

import pytest

from care.reading.features import bucket, shares
from care.reading.model import AT_ONCE, Weights, packed, unpacked

LABELS = ("good", "bad")


def model_of(table: dict[int, list[float]]) -> bytes:
    return packed(Weights(LABELS, bias=[0.5, -0.5], hidden_bias=[-1.0], out=[[2.0, 0.0]], table=table), {}, {})


def test_a_score_is_the_sum_of_the_weights_and_of_what_the_net_adds() -> None:
    model = unpacked(model_of({bucket("x"): [1.27, -1.27, 1.5], bucket("y"): [0.0, 0.5, 1.5]}))
    share = shares([2, 0, 0, 0])[0]
    scores = model.scores([{"x", "y"}, set(), set(), set()])
    assert scores["good"] == pytest.approx(0.5 + 1.27 * share + 2.0 * (3.0 * share - 1.0))
    assert scores["bad"] == pytest.approx(-0.5 + (0.5 - 1.27) * share, abs=0.01)


def test_more_features_than_fit_at_once_are_summed_all_the_same() -> None:
    names = {f"word {number}" for number in range(2 * AT_ONCE + 7)}
    model = unpacked(model_of({bucket(name): [1.0, -1.0, 0.0] for name in names}))
    share = shares([len(names), 0, 0, 0])[0]
    assert model.scores([names, set(), set(), set()])["good"] == pytest.approx(0.5 + len(names) * share)


def test_what_is_not_known_weighs_nothing() -> None:
    model = unpacked(model_of({bucket("x"): [1.0, -1.0, 1.0]}))
    assert model.weight("good", "z") == 0
    assert model.weight("bad", "x") == pytest.approx(-1)
    assert model.scores([{"z"}, set(), set(), set()]) == {"good": 0.5, "bad": -0.5}


def test_other_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="not the weights"):
        unpacked(b"steady-reading-2\nold")


def test_weights_that_are_cut_short_are_refused() -> None:
    data = model_of({bucket(f"word {number}"): [number / 1000, 0.5, 0.25] for number in range(5000)})
    assert len(unpacked(data).rows) == 5000 * 3
    for length in (len(data) // 2, len(data) - 40):
        with pytest.raises(ValueError, match="cut short"):
            unpacked(data[:length])
