"""The learned half of the reader: for each thing that can be heard, how much each feature speaks for it.

Two models share one table of features and are added up: a sum of weights, whose verdicts can be traced to the words
that made them, and a small net with one hidden layer, which hears what only counts together.
"""

from __future__ import annotations

import json
import struct
import zlib
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul

from care.reading.features import BUCKETS, bucket, shares
from care.reading.weighing import Weighing, weighed

MAGIC = b"steady-reading-3\n"
# A weight of the sums has seven bits, one of the net four: it is one of many, and packs into half the size.
LARGEST, LARGEST_HIDDEN, ZERO = 127, 15, 128
# So many bytes fit into a lane of two bytes before one could spill into the next.
AT_ONCE = 256
PIECE = 1 << 16


@dataclass(frozen=True)
class Weights:
    """What training found: `table` has, by bucket, a row of weights by label and then by hidden unit."""

    labels: tuple[str, ...]
    bias: Sequence[float]
    hidden_bias: Sequence[float]
    out: Sequence[Sequence[float]]
    table: Mapping[int, Sequence[float]]


@dataclass(frozen=True)
class Model:
    """Weights by feature, and from which score a label is heard.

    `rows` holds for each known feature one byte per label and hidden unit; `start[bucket]` is the number of its row,
    from 1. A row is read as one large number, so that summing rows is adding numbers: every second byte apart, for
    each needs the place beside it while it grows. `out` has, by label, the weight of each hidden unit.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    hidden_bias: tuple[float, ...]
    out: tuple[tuple[float, ...], ...]
    unit: tuple[float, ...]
    thresholds: Mapping[str, Mapping[str, Mapping[str, float]]]
    weighing: Weighing
    start: array[int]
    rows: bytearray
    lanes: int

    def scores(self, groups: Sequence[Collection[str]]) -> dict[str, float]:
        """Return the score of every label, flags weighed by the rest; each group of features has its share."""
        totals = [0.0] * len(self.unit)
        sets = [{bucket(feature) for feature in group} for group in groups]
        for buckets, share in zip(sets, shares([len(buckets) for buckets in sets]), strict=True):
            for sums in self._sums([row for number in buckets if (row := self.start[number])]):
                totals = [total + share * part for total, part in zip(totals, sums, strict=True)]
        totals = [unit * total for unit, total in zip(self.unit, totals, strict=True)]
        labels = len(self.labels)
        hidden = [max(bias + value, 0.0) for bias, value in zip(self.hidden_bias, totals[labels:], strict=True)]
        scores = {
            label: bias + value + sum(map(mul, hidden, weights))
            for label, bias, value, weights in zip(self.labels, self.bias, totals[:labels], self.out, strict=True)
        }
        return weighed(scores, self.weighing)

    def _sums(self, places: Sequence[int]) -> Iterable[list[int]]:
        width, rows, number, lanes = len(self.unit), self.rows, int.from_bytes, self.lanes
        for first in range(0, len(places), AT_ONCE):
            ends = [width * place for place in places[first : first + AT_ONCE]]
            some = [number(rows[end - width : end], "little") for end in ends]
            nothing = ZERO * len(some)
            sums = [0] * (width + width % 2)
            sums[::2] = _apart(sum([row & lanes for row in some]), len(sums))
            sums[1::2] = _apart(sum([row >> 8 & lanes for row in some]), len(sums))
            yield [lane - nothing for lane in sums[:width]]

    def weight(self, label: str, feature: str) -> float:
        """Return how much one feature speaks for one label, before its share."""
        place = self.start[bucket(feature)]
        if not place:
            return 0.0
        number = self.labels.index(label)
        return (self.rows[(place - 1) * len(self.unit) + number] - ZERO) * self.unit[number]


def packed(weights: Weights, thresholds: Mapping[str, Mapping[str, Mapping[str, float]]], weighing: Weighing) -> bytes:
    """Return a model as bytes. The same weights give the same bytes."""
    buckets = sorted(weights.table)
    columns = list(zip(*(weights.table[number] for number in buckets), strict=True))
    steps = [LARGEST] * len(weights.labels) + [LARGEST_HIDDEN] * len(weights.hidden_bias)
    unit = [max(map(abs, column)) / most or 1.0 for column, most in zip(columns, steps, strict=True)]
    unit = [float(f"{value:.6g}") for value in unit]
    head = {
        "labels": list(weights.labels),
        "bias": [round(value, 5) for value in weights.bias],
        "hidden_bias": [round(value, 5) for value in weights.hidden_bias],
        "out": [[round(value, 5) for value in row] for row in weights.out],
        "unit": unit,
        "thresholds": thresholds,
        "weighing": {flag: list(row) for flag, row in weighing.items()},
        "features": len(buckets),
    }
    top_line = json.dumps(head, sort_keys=True).encode()
    body = struct.pack(f"<{len(buckets)}I", *buckets)
    # Column by column: alike next to alike packs better.
    for column, size in zip(columns, unit, strict=True):
        body += bytes(max(1, min(255, round(value / size) + ZERO)) for value in column)
    return MAGIC + zlib.compress(struct.pack("<I", len(top_line)) + top_line + body, 9)


def unpacked(data: bytes) -> Model:
    """Return the model in `data`; ValueError if it is none."""
    if not data.startswith(MAGIC):
        raise ValueError("not the weights of a reader")
    take = _taking(data, len(MAGIC))
    head = json.loads(take(struct.unpack("<I", take(4))[0]))
    count, width = head["features"], len(head["unit"])
    start = array("I", bytes(4 * BUCKETS))
    for place, (number,) in enumerate(struct.iter_unpack("<I", take(4 * count)), 1):
        start[number] = place
    rows = bytearray(count * width)
    for column in range(width):
        rows[column::width] = take(count)
    return Model(
        labels=tuple(head["labels"]),
        bias=tuple(head["bias"]),
        hidden_bias=tuple(head["hidden_bias"]),
        out=tuple(zip(*head["out"], strict=True)),
        unit=tuple(head["unit"]),
        thresholds=head["thresholds"],
        weighing=head["weighing"],
        start=start,
        rows=rows,
        lanes=int.from_bytes(b"\xff\x00" * -(-width // 2), "little"),
    )


def _apart(total: int, size: int) -> tuple[int, ...]:
    """Return the lanes of two bytes of a number that takes `size` bytes."""
    return struct.unpack(f"<{size // 2}H", total.to_bytes(size, "little"))


def _taking(data: bytes, at: int) -> Callable[[int], bytes]:
    """Return what gives the next unpacked bytes of what is packed from `at`: never more in memory than asked for."""
    engine, left = zlib.decompressobj(), b""

    def take(size: int) -> bytes:
        nonlocal left, at
        out = b""
        while len(out) < size:
            left, at = (left, at) if left else (data[at : at + PIECE], at + PIECE)
            more = engine.decompress(left, size - len(out))
            if not more and at >= len(data) + PIECE:
                raise ValueError("the weights of the reader are cut short")
            out, left = out + more, engine.unconsumed_tail
        return out

    return take
