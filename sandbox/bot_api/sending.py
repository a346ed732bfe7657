"""Sending: text, photos, documents, places."""

from __future__ import annotations

from typing import Any

from sandbox import deliver, keyboards
from sandbox.bot_api.media import document_media, photo_media
from sandbox.bot_api.methods import may_send, method, reach
from sandbox.bot_api.params import Params
from sandbox.chats import GENERAL_TOPIC, Chat
from sandbox.entities import Entity, parse, utf16_len
from sandbox.errors import bad_request
from sandbox.messages import Message
from sandbox.world import World

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024


def read_text(params: Params) -> tuple[str, list[Entity]]:
    """Return the text as people will see it, refused when empty or too long after parsing."""
    text, entities = parse(params.text("text"), params.text("parse_mode"), params.value("entities"))
    if not text:
        raise bad_request("message text is empty")
    if utf16_len(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text, entities


def read_caption(params: Params) -> tuple[str | None, list[Entity]]:
    text, entities = parse(params.text("caption"), params.text("parse_mode"), params.value("caption_entities"))
    if utf16_len(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return text or None, entities


def read_markup(chat: Chat, params: Params) -> dict[str, Any] | None:
    return keyboards.check(params.value("reply_markup"), private=chat.private, channel=chat.kind == "channel")


def read_reply(chat: Chat, params: Params) -> int | None:
    """Return the message replied to; a missing one is refused unless the call allows it."""
    wish = params.value("reply_parameters") or {}
    if not isinstance(wish, dict):
        raise bad_request("can't parse reply parameters: object expected")
    reply_to = int(wish.get("message_id") or params.number("reply_to_message_id"))
    if not reply_to:
        return None
    target = chat.messages.get(reply_to)
    if target is not None and not target.deleted:
        return reply_to
    if wish.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def read_thread(chat: Chat, params: Params) -> int | None:
    thread = params.number("message_thread_id")
    if not thread or thread == GENERAL_TOPIC:
        return None
    if thread not in chat.topics:
        raise bad_request("message thread not found")
    return thread


def post(world: World, chat: Chat, params: Params, **fields: Any) -> dict[str, Any]:
    """Put the bot's message into the chat and return it as the call's result."""
    channel = chat.kind == "channel"
    message = deliver.draft(
        world,
        chat,
        sender=None if channel else world.bot.as_user(),
        sender_chat=chat.as_chat() if channel else None,
        from_bot=True,
        silent=params.flag("disable_notification"),
        protected=params.flag("protect_content"),
        effect=params.text("message_effect_id") or None,
        **fields,
    )
    deliver.keep(world, chat, message)
    deliver.show_scripts(world, chat, message)
    return world.message_json(message)


def _common(chat: Chat, params: Params) -> dict[str, Any]:
    return {
        "markup": read_markup(chat, params),
        "reply_to": read_reply(chat, params),
        "thread_id": read_thread(chat, params),
    }


@method("sendMessage")
def send_message(world: World, params: Params) -> Any:
    chat = reach(world, params)
    text, entities = read_text(params)
    common = _common(chat, params)
    may_send(world, chat)
    preview = params.value("link_preview_options") or None
    if preview is None and params.flag("disable_web_page_preview"):
        preview = {"is_disabled": True}
    return post(world, chat, params, text=text, entities=entities, link_preview=preview, **common)


@method("sendPhoto")
def send_photo(world: World, params: Params) -> Any:
    chat = reach(world, params)
    caption, entities = read_caption(params)
    common = _common(chat, params)
    media = photo_media(world, params, params.given.get("photo"), "photo")
    may_send(world, chat, "photos")
    return post(world, chat, params, caption=caption, entities=entities, media=media, **common)


@method("sendDocument")
def send_document(world: World, params: Params) -> Any:
    chat = reach(world, params)
    caption, entities = read_caption(params)
    common = _common(chat, params)
    media = document_media(world, params, params.given.get("document"), "document")
    may_send(world, chat, "documents")
    return post(world, chat, params, caption=caption, entities=entities, media=media, **common)


@method("sendLocation")
def send_location(world: World, params: Params) -> Any:
    chat = reach(world, params)
    place = {}
    for name, most in (("latitude", 90.0), ("longitude", 180.0)):
        try:
            place[name] = float(params.text(name))
        except ValueError:
            raise bad_request(f"{name} is empty" if name not in params else f"{name} must be a number") from None
        if abs(place[name]) > most:
            raise bad_request("wrong latitude or longitude specified")
    common = _common(chat, params)
    may_send(world, chat)
    return post(world, chat, params, media={"location": place}, **common)


def find_own(chat: Chat, params: Params, missing: str) -> Message:
    """Return the message a call names, or refuse with the words for a missing one."""
    message = chat.messages.get(params.number("message_id"))
    if message is None or message.deleted:
        raise bad_request(missing)
    return message
