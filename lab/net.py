"""Small nets with one hidden layer, learnt with numpy alone: all labels share what they find in the features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

NETS, HIDDEN, ROUNDS, BATCH, RATE = 2, 48, 12, 256, 0.02
DROPPED, SCALE = 0.35, 4.0
LIGHT = np.float32


@dataclass
class Net:
    """Weights in front of the hidden units, behind them, and what each unit and label starts from."""

    front: Any
    front_bias: Any
    back: Any
    back_bias: Any

    def scores(self, seen: Any) -> Any:
        """Return the scores of messages, a row each."""
        return np.maximum(np.asarray(seen @ self.front) + self.front_bias, 0) @ self.back + self.back_bias


class Pace:
    """How far a step goes, by how far earlier ones went (Adam)."""

    def __init__(self, values: Any) -> None:
        """Keep what is to be moved."""
        self.values, self.steps = values, 0
        self.mean, self.square = np.zeros_like(values), np.zeros_like(values)

    def step(self, slope: Any, rate: float) -> None:
        """Move the values down the slope."""
        self.steps += 1
        self.mean += 0.1 * (slope - self.mean)
        self.square += 0.01 * (slope * slope - self.square)
        size = np.sqrt(self.square / (1 - 0.99**self.steps)) + 1e-6
        self.values -= LIGHT(rate) * (self.mean / (1 - 0.9**self.steps)) / size


def fit_nets(seen: Any, said: Any, nearness: Any) -> Net:
    """Return several nets as one, each learnt from another start: what one of them hears by chance weighs less."""
    nets = [_fit_net(seen, said, nearness, seed) for seed in range(NETS)]
    return Net(
        front=np.hstack([net.front for net in nets]),
        front_bias=np.concatenate([net.front_bias for net in nets]),
        back=np.vstack([net.back for net in nets]) / LIGHT(NETS),
        back_bias=np.mean([net.back_bias for net in nets], axis=0),
    )


def _fit_net(seen: Any, said: Any, nearness: Any, seed: int) -> Net:
    """Learn from messages and their labels (1, 0, or -1: says nothing), each as much as it is near."""
    chance = np.random.default_rng(seed)
    seen = (seen * SCALE).astype(LIGHT).tocsr()
    wanted = (said == 1).astype(LIGHT)
    clear = ((said >= 0) * (nearness / nearness.mean())[:, None]).astype(LIGHT)
    net = Net(
        front=(chance.standard_normal((seen.shape[1], HIDDEN)) * 0.05).astype(LIGHT),
        front_bias=np.zeros(HIDDEN, LIGHT),
        back=(chance.standard_normal((HIDDEN, said.shape[1])) * 0.1).astype(LIGHT),
        back_bias=np.log(np.maximum(wanted.mean(axis=0), 1e-4)).astype(LIGHT),
    )
    paces = [Pace(net.front_bias), Pace(net.back), Pace(net.back_bias)]
    moved = np.full(seen.shape[1], 1e-8, LIGHT)
    for number in range(ROUNDS):
        order = chance.permutation(seen.shape[0])
        rate = RATE * (1 - number / ROUNDS) + 1e-4
        for first in range(0, len(order), BATCH):
            some = order[first : first + BATCH]
            _step(net, paces, moved, chance, (seen[some], wanted[some], clear[some]), rate)
    net.front *= LIGHT(SCALE)
    return net


def _step(net: Net, paces: list[Pace], moved: Any, chance: Any, batch: tuple[Any, Any, Any], rate: float) -> None:
    """Learn from one batch; only features that occur in it move."""
    rows, wanted, clear = batch
    kept = ((chance.random(rows.nnz) > DROPPED) / (1 - DROPPED)).astype(LIGHT)
    used, places = np.unique(rows.indices, return_inverse=True)
    rows = sparse.csr_matrix((rows.data * kept, places.astype(np.int32), rows.indptr), (rows.shape[0], len(used)))
    raw = np.asarray(rows @ net.front[used]) + net.front_bias
    open_ = ((chance.random(raw.shape) > DROPPED) / (1 - DROPPED) * (raw > 0)).astype(LIGHT)
    hidden = raw * open_
    with np.errstate(over="ignore"):  # a very sure no
        slope = (1 / (1 + np.exp(-(hidden @ net.back + net.back_bias))) - wanted) * clear
    before = (slope @ net.back.T) * open_
    front = np.asarray(rows.T @ before)
    moved[used] += (front**2).mean(axis=1)
    net.front[used] -= LIGHT(rate) * front / np.sqrt(moved[used])[:, None]
    for pace, down in zip(paces, (before.sum(axis=0), hidden.T @ slope, slope.sum(axis=0)), strict=True):
        pace.step(down, rate / 5)
