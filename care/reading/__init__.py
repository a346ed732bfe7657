"""Understand what a patient writes: symptoms, denials, danger signs, the dose, a question. Pure: text in, values out.

`letters` makes text comparable, `lexicon` finds what its words speak of, `context` who, when and whether, `features`
and `model` weigh all of that, `reader` puts a `Reading` together. Words and weights are data, loaded by `content`.
"""

from care.reading.reader import Reader
from care.reading.said import DoseSaid, Heard, Reading, Span, Strength

__all__ = ["DoseSaid", "Heard", "Reader", "Reading", "Span", "Strength"]
