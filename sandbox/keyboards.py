"""What Telegram accepts as reply markup, and how a person finds a button in it."""

from __future__ import annotations

import json
import re
from typing import Any

from sandbox.errors import bad_request

Markup = dict[str, Any]

LARGEST = 10_000
KINDS = {
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
STYLES = {"danger", "success", "primary"}


def check(markup: object, *, private: bool, channel: bool) -> Markup | None:
    """Return the markup as kept, None for none, or refuse it."""
    if markup in (None, "", {}):
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup, private=private)
    if channel:
        raise bad_request("inline keyboard expected")
    if "keyboard" in markup:
        return _reply(markup, private=private)
    if markup.get("remove_keyboard") is True or markup.get("force_reply") is True:
        return markup
    raise bad_request("can't parse reply keyboard markup JSON object")


def _rows(markup: Markup, name: str, most: int, per_row: int) -> list[list[Any]]:
    rows = markup[name]
    if not isinstance(rows, list) or any(not isinstance(row, list) for row in rows):
        raise bad_request(
            f'field "{name}" of the {"InlineKeyboardMarkup" if most == 100 else "ReplyKeyboardMarkup"}'
            " must be an Array of Arrays"
        )
    if sum(len(row) for row in rows) > most or any(len(row) > per_row for row in rows):
        raise bad_request("reply markup is too long")
    if len(json.dumps(markup, ensure_ascii=False).encode()) > LARGEST:
        raise bad_request("reply markup is too long")
    return [row for row in rows if row]


def _inline(markup: Markup, *, private: bool) -> Markup | None:
    rows = _rows(markup, "inline_keyboard", 100, 8)
    kept = [[_inline_button(button, private=private) for button in row] for row in rows]
    return {"inline_keyboard": kept} if kept else None


def _inline_button(button: object, *, private: bool) -> Markup:
    wrong = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(wrong + "InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request(wrong + 'Can\'t find field "text"')
    if not button["text"].strip():
        raise bad_request(wrong + "Button text must be non-empty")
    kinds = KINDS & button.keys()
    if not kinds:
        raise bad_request(wrong + "Text buttons are unallowed in the inline keyboard")
    if "style" in button and button["style"] not in STYLES:
        raise bad_request(wrong + "Invalid button style specified")
    _check_kind(button, private=private)
    return button


def _check_kind(button: Markup, *, private: bool) -> None:
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not re.match(r"(https?://|tg://|mailto:|tel:)?[^\s/]+", str(button["url"])):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: URL host is empty")
    if "url" in button and "." not in str(button["url"]) and ":" not in str(button["url"]):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if "web_app" in button:
        if not private:
            raise bad_request("BUTTON_TYPE_INVALID")
        url = button["web_app"].get("url", "") if isinstance(button["web_app"], dict) else ""
        if not url.startswith("https://"):
            raise bad_request(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    if "copy_text" in button:
        copied = button["copy_text"].get("text") if isinstance(button["copy_text"], dict) else None
        if not isinstance(copied, str) or not 1 <= len(copied) <= 256:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _reply(markup: Markup, *, private: bool) -> Markup:
    rows = _rows(markup, "keyboard", 300, 12)
    kept: list[list[Markup]] = []
    for row in rows:
        kept.append([{"text": b} if isinstance(b, str) else b for b in row])
    for button in (button for row in kept for button in row):
        if not isinstance(button, dict) or not isinstance(button.get("text"), str) or not button["text"]:
            raise bad_request("can't parse keyboard button: Can't find field \"text\"")
        if not private and button.get("request_location"):
            raise bad_request("location can be requested in private chats only")
        if not private and button.get("request_contact"):
            raise bad_request("phone number can be requested in private chats only")
    if not kept:
        raise bad_request("keyboard is empty")
    return markup | {"keyboard": kept}


def buttons(markup: Markup | None) -> list[Markup]:
    """Return an inline keyboard's buttons in reading order."""
    return [button for row in (markup or {}).get("inline_keyboard", []) for button in row]


def matches(pattern: str, label: str) -> bool:
    """A label fits when it is the text itself or when the regular expression is found in it."""
    if pattern == label:
        return True
    try:
        return re.search(pattern, label, re.IGNORECASE) is not None
    except re.error:
        return False


def find_button(markup: Markup | None, *, label: str | None = None, data: str | None = None) -> Markup | None:
    """Return the button with exactly this data, or whose label fits; an exact label wins."""
    found = buttons(markup)
    if data is not None:
        return next((b for b in found if b.get("callback_data") == data), None)
    exact = next((b for b in found if b["text"] == label), None)
    return exact or next((b for b in found if matches(label or "", b["text"])), None)
