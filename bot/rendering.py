"""Turn an owed message into what Telegram takes: HTML, a keyboard, a picture. Always within its limits."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from content.loader import Content
from content.values import decode

MOST_TEXT, MOST_CAPTION = 4096, 1024
"""UTF-16 units that Telegram takes; counted with our markup, which only errs on the safe side."""

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup


@dataclass(frozen=True)
class Rendered:
    """A message ready to be sent. `picture` is a PNG, and `text` then its caption."""

    text: str
    markup: Markup | None
    picture: bytes | None
    document: tuple[str, bytes] | None
    """Name and content of a file to send, with `text` as its caption."""
    is_quiet: bool
    is_protected: bool


def render(content: Content, body: Mapping[str, Any]) -> Rendered:
    """Return what to send for the body of an outbox row; raise MissingText for one our content cannot say."""
    language = body["language"]
    said = [content.texts.say(key, language, decode(values)) for key, values in body["texts"]]
    between = "\n" if body.get("tight") else "\n\n"
    qr = body.get("qr")
    return Rendered(
        text=_fitted(said, between, MOST_CAPTION if qr else MOST_TEXT),
        markup=_markup(content, body, language),
        picture=_qr_picture(qr) if qr else None,
        document=(file["name"], file["content"].encode()) if (file := body.get("document")) else None,
        is_quiet=bool(body.get("quiet")),
        is_protected=not body.get("secret"),
    )


def _fitted(said: Sequence[str], between: str, most: int) -> str:
    """Join the texts; while they are too long, the longest of them goes. A text is never cut in its markup."""
    kept = list(said)
    while len(kept) > 1 and utf16_units(between.join(kept)) > most:
        kept.remove(max(kept, key=len))
    return between.join(kept)


def utf16_units(text: str) -> int:
    """Return the length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _markup(content: Content, body: Mapping[str, Any], language: str) -> Markup | None:
    if body.get("buttons"):
        return InlineKeyboardMarkup([[_button(content, button, language) for button in row] for row in body["buttons"]])
    if keys := body.get("keys"):
        return _keyboard(content, keys, language)
    return None


def _button(content: Content, button: Mapping[str, Any], language: str) -> InlineKeyboardButton:
    key, values = button["label"]
    label = content.texts.plain(key, language, decode(values))
    return InlineKeyboardButton(label, callback_data=button["data"], style=button.get("style"))


def _keyboard(content: Content, keys: str, language: str) -> ReplyKeyboardMarkup:
    def label(key: str) -> str:
        return content.texts.plain(key, language)

    help_now = [KeyboardButton(label("key-help-now"), style="danger")]
    upper = [KeyboardButton(label("key-feelings")), KeyboardButton(label("key-today"))]
    if keys == "zone":
        upper = [KeyboardButton(label("key-location"), request_location=True)]
    return ReplyKeyboardMarkup([upper, help_now], resize_keyboard=True, is_persistent=True)


def _qr_picture(link: str) -> bytes:
    picture = io.BytesIO()
    import segno  # not at the top: few processes ever draw one

    segno.make(link, error="m").save(picture, kind="png", scale=8, border=3)
    return picture.getvalue()
