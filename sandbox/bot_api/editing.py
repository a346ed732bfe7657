"""Editing, deleting, pinning and reacting to what is already there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox import deliver
from sandbox.bot_api.media import document_media, photo_media
from sandbox.bot_api.methods import method, reach
from sandbox.bot_api.params import Params
from sandbox.bot_api.sending import find_own, read_caption, read_markup, read_text
from sandbox.chats import Chat
from sandbox.entities import parse
from sandbox.errors import bad_request
from sandbox.messages import Message
from sandbox.world import Event, World

DELETABLE_SECONDS = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)


def _editable(world: World, params: Params) -> tuple[Chat, Message]:
    if "inline_message_id" in params:
        raise bad_request("MESSAGE_ID_INVALID")
    chat = reach(world, params)
    message = find_own(chat, params, "message to edit not found")
    if not message.from_bot or message.service:
        raise bad_request("message can't be edited")
    return chat, message


def _edit(world: World, params: Params, change: Callable[[Message], dict[str, Any]]) -> Any:
    """Apply the fields `change` returns. No markup given means no keyboard afterwards, as at Telegram."""
    chat, message = _editable(world, params)
    fields = change(message)
    markup = read_markup(chat, params)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    before = message.content()
    if before == before | fields | {"markup": markup}:
        raise bad_request(NOT_MODIFIED)
    world.limits.check(chat.id, private=chat.private)
    message.history.append(before | {"at": message.edit_date or message.date})
    for name, value in (fields | {"markup": markup}).items():
        setattr(message, name, value)
    message.edit_date = world.clock.stamp()
    world.tell(Event("message", chat=chat.id, message=message.id))
    deliver.show_scripts(world, chat, message)
    return world.message_json(message)


@method("editMessageText")
def edit_text(world: World, params: Params) -> Any:
    def change(message: Message) -> dict[str, Any]:
        text, entities = read_text(params)
        if message.text is None:
            raise bad_request("there is no text in the message to edit")
        message.link_preview = params.value("link_preview_options") or message.link_preview
        return {"text": text, "entities": entities}

    return _edit(world, params, change)


@method("editMessageCaption")
def edit_caption(world: World, params: Params) -> Any:
    def change(message: Message) -> dict[str, Any]:
        if not {"photo", "document"} & message.media.keys():
            raise bad_request("there is no caption in the message to edit")
        caption, entities = read_caption(params)
        return {"caption": caption, "entities": entities}

    return _edit(world, params, change)


@method("editMessageReplyMarkup")
def edit_markup(world: World, params: Params) -> Any:
    return _edit(world, params, lambda _: {})


@method("editMessageMedia")
def edit_media(world: World, params: Params) -> Any:
    def change(message: Message) -> dict[str, Any]:
        wish = params.value("media")
        if not isinstance(wish, dict) or wish.get("type") not in {"photo", "document"}:
            raise bad_request("can't parse InputMedia: photo or document expected in the stand-in")
        make = photo_media if wish["type"] == "photo" else document_media
        media = make(world, params, wish.get("media"), "media")
        caption, entities = parse(wish.get("caption") or "", wish.get("parse_mode"), wish.get("caption_entities"))
        return {"media": media, "caption": caption or None, "text": None, "entities": entities}

    return _edit(world, params, change)


def _delete(world: World, chat: Chat, message: Message) -> None:
    if world.clock.stamp() - message.date > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    member = world.bot_member(chat)
    if (
        not chat.private
        and not message.from_bot
        and not (member is not None and member.is_admin and member.may("can_delete_messages"))
    ):
        raise bad_request("message can't be deleted")
    message.deleted = True
    world.tell(Event("message", chat=chat.id, message=message.id))


@method("deleteMessage")
def delete_message(world: World, params: Params) -> Any:
    chat = reach(world, params)
    _delete(world, chat, find_own(chat, params, "message to delete not found"))
    return True


@method("deleteMessages")
def delete_messages(world: World, params: Params) -> Any:
    chat = reach(world, params)
    for number in params.value("message_ids") or []:
        message = chat.messages.get(int(number))
        if message is not None and not message.deleted:
            _delete(world, chat, message)
    return True


def _may_pin(world: World, chat: Chat) -> None:
    member = world.bot_member(chat)
    right = "can_edit_messages" if chat.kind == "channel" else "can_pin_messages"
    if member is not None and not (member.is_admin and member.may(right)):
        raise bad_request("not enough rights to manage pinned messages in the chat")


@method("pinChatMessage")
def pin(world: World, params: Params) -> Any:
    chat = reach(world, params)
    message = find_own(chat, params, "message to pin not found")
    _may_pin(world, chat)
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        world.tell(Event("chat", chat=chat.id))
    return True


@method("unpinChatMessage")
def unpin(world: World, params: Params) -> Any:
    chat = reach(world, params)
    _may_pin(world, chat)
    wish = params.number("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if wish not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wish)
    world.tell(Event("chat", chat=chat.id))
    return True


@method("unpinAllChatMessages")
def unpin_all(world: World, params: Params) -> Any:
    chat = reach(world, params)
    _may_pin(world, chat)
    chat.pinned.clear()
    world.tell(Event("chat", chat=chat.id))
    return True


@method("setMessageReaction")
def react(world: World, params: Params) -> Any:
    chat = reach(world, params)
    message = find_own(chat, params, "message to react not found")
    wish = params.value("reaction") or []
    if not isinstance(wish, list) or len(wish) > 1 or any("type" not in one for one in wish):
        raise bad_request("REACTIONS_TOO_MANY" if isinstance(wish, list) and len(wish) > 1 else "REACTION_INVALID")
    message.reactions = wish
    world.tell(Event("message", chat=chat.id, message=message.id))
    return True
