"""What needs nobody, what sounds distressed, and which common question was asked."""

from __future__ import annotations

from collections.abc import Sequence

from care.reading.features import ASKED, Heard

SMALL_TALK = frozenset({"thanks", "greeting", "okay", "joke"})
LONGEST_TRIVIAL = 8


def is_distressed(heard: Heard) -> bool:
    """Whether a message that could not be classed sounds as if somebody should look at it soon."""
    return any(
        item.hit.concept == "distress" and not item.marks & {"neg", "other", "media"}
        for row in heard.marked
        for item in row
    )


def is_small_talk(heard: Heard) -> bool:
    """Whether a message is thanks, a greeting, an "ok" or a picture, and nothing more."""
    if len(heard.tokens) > LONGEST_TRIVIAL:
        return False
    covered = {place for hit in heard.hits if hit.concept in SMALL_TALK for place in range(hit.first, hit.last)}
    return all(place in covered or not token.text[0].isalnum() for place, token in enumerate(heard.tokens))


def asks(heard: Heard) -> bool:
    """Whether a message asks something: what no answer of ours fits is for a person."""
    return any(token.text == "?" for token in heard.tokens) or any(hit.concept == "question" for hit in heard.hits)


def asked_about(heard: Heard, known: Sequence[str]) -> str | None:
    """Return the first of the `known` common questions that was asked, if one was."""
    asked = {hit.concept.removeprefix(ASKED) for hit in heard.hits if hit.concept.startswith(ASKED)}
    return next((question for question in known if question in asked), None)
