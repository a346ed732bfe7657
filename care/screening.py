"""The questions of the label at joining, and what the answers mean for the bot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What a patient may answer to a screening question."""

    NO = "no"
    YES = "yes"
    NOT_SURE = "not-sure"


@dataclass(frozen=True)
class Question:
    """One screening question, worded so that "yes" is the answer that needs a clinician.

    Text key: `screening-<id>` for the patient, `screened-<id>` for the clinicians' summary.
    """

    id: str
    source: str


def concerns(answers: Mapping[str, Answer], questions: Sequence[Question]) -> list[str]:
    """Return the ids of the questions that a clinician must decide about, in the order they were asked.

    Anything but a clear "no" counts, and so does a question without an answer.
    """
    return [question.id for question in questions if answers.get(question.id) is not Answer.NO]
