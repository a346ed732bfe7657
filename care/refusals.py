"""What Steady says no to. A refusal changes nothing; a face turns it into words."""

from __future__ import annotations


class Refusal(Exception):
    """Something a person asked for that cannot be done; `key` names the sentence they get.

    `values` fill the sentence. A refusal is an answer, not a fault: it is never logged as an error.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class NotAllowed(Refusal):
    """The person may not do this, or not to this object, or not in this chat."""


class NotFound(Refusal):
    """There is no such thing, or it is not theirs; the two are not told apart on purpose."""


class Stale(Refusal):
    """The button or question belongs to something that is already answered or over."""


class BadAnswer(Refusal):
    """The words could not be read as what was asked for; the question stays open."""
