"""The learned half of the reader: for each thing that can be heard, how much each feature speaks for it.

The weights are sums, nothing more: every verdict can be traced to the words that made it.
"""

from __future__ import annotations

import json
import struct
import zlib
from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from care.reading.features import BUCKETS, bucket, shares

MAGIC = b"steady-reading-1\n"
LARGEST = 127


@dataclass(frozen=True)
class Model:
    """Weights by feature and label, and from which score a label is heard.

    `rows[start[bucket]]` is how many pairs follow: a label's number, then its weight as a signed byte.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    unit: tuple[float, ...]
    thresholds: Mapping[str, Mapping[str, Mapping[str, float]]]
    start: array[int]
    rows: bytes

    def scores(self, groups: Sequence[Collection[str]]) -> dict[str, float]:
        """Return the score of every label; each group of features has its share."""
        totals = [0.0] * len(self.labels)
        rows, start = self.rows, self.start
        sets = [{bucket(feature) for feature in group} for group in groups]
        for buckets, share in zip(sets, shares([len(buckets) for buckets in sets]), strict=True):
            sums = [0] * len(self.labels)
            for number in buckets:
                at = start[number]
                if at:
                    end = at + 1 + 2 * rows[at]
                    for label, weight in zip(rows[at + 1 : end : 2], rows[at + 2 : end : 2], strict=True):
                        sums[label] += weight - 128
            for label, total in enumerate(sums):
                if total:
                    totals[label] += total * share
        return {
            label: bias + unit * total
            for label, bias, unit, total in zip(self.labels, self.bias, self.unit, totals, strict=True)
        }

    def weight(self, label: str, feature: str) -> float:
        """Return how much one feature speaks for one label, before its share."""
        at = self.start[bucket(feature)]
        if not at:
            return 0.0
        number = self.labels.index(label)
        for place in range(at + 1, at + 1 + 2 * self.rows[at], 2):
            if self.rows[place] == number:
                return (self.rows[place + 1] - 128) * self.unit[number]
        return 0.0


def packed(
    labels: Sequence[str],
    bias: Sequence[float],
    weights: Mapping[int, Mapping[int, float]],
    thresholds: Mapping[str, Mapping[str, Mapping[str, float]]],
) -> bytes:
    """Return a model as bytes: `weights` by bucket and label number. The same input gives the same bytes."""
    top = [0.0] * len(labels)
    for row in weights.values():
        for label, weight in row.items():
            top[label] = max(top[label], abs(weight))
    unit = [largest / LARGEST or 1.0 for largest in top]
    body = bytearray()
    for number in sorted(weights):
        pairs = [(label, round(weight / unit[label])) for label, weight in sorted(weights[number].items())]
        pairs = [(label, small) for label, small in pairs if small]
        if pairs:
            body += struct.pack("<IB", number, len(pairs))
            for label, small in pairs:
                body += bytes((label, small + 128))
    head = {
        "labels": list(labels),
        "bias": [round(value, 5) for value in bias],
        "unit": [float(f"{value:.6g}") for value in unit],
        "thresholds": thresholds,
    }
    top_line = json.dumps(head, sort_keys=True).encode()
    return MAGIC + zlib.compress(struct.pack("<I", len(top_line)) + top_line + bytes(body), 9)


def unpacked(data: bytes) -> Model:
    """Return the model in `data`; ValueError if it is none."""
    if not data.startswith(MAGIC):
        raise ValueError("not the weights of a reader")
    raw = zlib.decompress(data[len(MAGIC) :])
    length = struct.unpack_from("<I", raw)[0]
    head = json.loads(raw[4 : 4 + length])
    start = array("I", bytes(4 * BUCKETS))
    at = 4 + length
    while at < len(raw):
        number, count = struct.unpack_from("<IB", raw, at)
        start[number] = at + 4
        at += 5 + 2 * count
    return Model(
        labels=tuple(head["labels"]),
        bias=tuple(head["bias"]),
        unit=tuple(head["unit"]),
        thresholds=head["thresholds"],
        start=start,
        rows=raw,
    )
