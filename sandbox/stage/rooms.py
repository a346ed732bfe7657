"""Groups, supergroups and channels: opening them, the bot's and people's place in them, what was said."""

from __future__ import annotations

from typing import Any

from sandbox import membership
from sandbox.chats import Chat, Member
from sandbox.errors import StageError
from sandbox.markup import message_html
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.stage.desk import Ask, stage
from sandbox.stage.time import chat_json
from sandbox.world import Event, World


@stage("POST", "/chats")
def open_chat(world: World, ask: Ask) -> Any:
    members = [int(one) for one in ask.body.get("members", [])]
    chat = membership.open_chat(
        world,
        ask.text("kind"),
        ask.text("title"),
        members,
        chat_id=ask.number("id"),
        username=ask.body.get("username"),
        forum=bool(ask.body.get("forum")),
    )
    return chat_json(chat)


def _room(world: World, ask: Ask) -> Chat:
    chat = world.chat(ask.id)
    if chat.private:
        raise StageError(409, "a private chat has no members to change")
    return chat


def _by(world: World, chat: Chat, ask: Ask) -> Person:
    """Return who does it: the person named, or else the chat's owner."""
    named = ask.number("by")
    if named is not None:
        return world.person(named)
    owner = next((one for one, m in chat.members.items() if m.status == "creator"), None)
    if owner is None:
        raise StageError(400, "say who does it with `by`: this chat has no owner")
    return world.person(owner)


@stage("POST", "/chats/{id:signed}/add_bot")
def add_bot(world: World, ask: Ask) -> Any:
    chat = _room(world, ask)
    membership.add_bot(
        world,
        chat,
        _by(world, chat, ask),
        admin=bool(ask.body.get("admin")),
        rights=ask.body.get("rights") or {},
    )
    return chat_json(chat)


@stage("POST", "/chats/{id:signed}/remove_bot")
def remove_bot(world: World, ask: Ask) -> Any:
    chat = _room(world, ask)
    membership.remove_bot(world, chat, _by(world, chat, ask).as_user())
    return chat_json(chat)


@stage("POST", "/chats/{id:signed}/migrate")
def migrate(world: World, ask: Ask) -> Any:
    return chat_json(membership.migrate(world, _room(world, ask)))


@stage("POST", "/chats/{id:signed}/delete")
def delete(world: World, ask: Ask) -> Any:
    chat = _room(world, ask)
    membership.delete(world, chat)
    return chat_json(chat)


@stage("POST", "/chats/{id:signed}/rights")
def rights(world: World, ask: Ask) -> Any:
    """Change the bot's rights by name; {"silenced": true} lets only admins write."""
    chat = _room(world, ask)
    wish = dict(ask.body)
    wish.pop("by", None)
    if "silenced" in wish:
        chat.silenced = bool(wish.pop("silenced"))
    if wish:
        membership.set_bot_rights(world, chat, _by(world, chat, ask), {k: bool(v) for k, v in wish.items()})
    return chat_json(chat)


@stage("POST", "/chats/{id:signed}/members")
def set_member(world: World, ask: Ask) -> Any:
    """Let a person join, leave, be promoted or go anonymous: {"person", "status", "rights", "anonymous"}."""
    chat, status = _room(world, ask), str(ask.body.get("status", "member"))
    if status not in {"creator", "administrator", "member", "restricted", "left", "kicked"}:
        raise StageError(400, f"unknown member status {status!r}")
    member = Member(status, ask.body.get("rights") or {}, bool(ask.body.get("anonymous")), ask.body.get("title"))
    membership.set_member(world, chat, world.person(ask.number("person") or 0), member)
    return chat_json(chat)


@stage("POST", "/chats/{id:signed}/delete_topic")
def delete_topic(world: World, ask: Ask) -> Any:
    """Delete a topic. No update tells the bot; its next message to the topic is refused."""
    if world.chat(ask.id).topics.pop(ask.number("thread") or 0, None) is None:
        raise StageError(404, "there is no such topic")
    world.tell(Event("chat", chat=ask.id))
    return chat_json(world.chat(ask.id))


@stage("POST", "/chats/{id:signed}/delete_message")
def delete_message(world: World, ask: Ask) -> Any:
    """A person deletes a message; bots are not told."""
    message = world.chat(ask.id).messages.get(ask.number("message") or 0)
    if message is None:
        raise StageError(404, "there is no such message")
    message.deleted = True
    world.tell(Event("message", chat=ask.id, message=message.id))
    return {"deleted": message.id}


@stage("GET", "/chats/{id:signed}/messages")
def messages(world: World, ask: Ask) -> Any:
    chat = world.chat(ask.id)
    return [message_json(world, message) for message in chat.messages.values() if message.id > ask.after()]


def message_json(world: World, message: Message) -> dict[str, Any]:
    """A message as a person sees it."""
    markup = message.markup or {}
    return {
        "id": message.id,
        "chat": message.chat_id,
        "date": message.date,
        "edit_date": message.edit_date,
        "from": message.sender or message.sender_chat,
        "from_bot": message.from_bot,
        "text": message.words,
        "html": message_html(message.words, message.entities),
        "entities": message.entities,
        "buttons": [[_button(b) for b in row] for row in markup.get("inline_keyboard", [])],
        "keyboard": [[b["text"] for b in row] for row in markup.get("keyboard", [])] or None,
        "removes_keyboard": bool(markup.get("remove_keyboard")),
        "force_reply": bool(markup.get("force_reply")),
        "media": message.media,
        "service": message.service,
        "reply_to": message.reply_to,
        "thread": message.thread_id,
        "silent": message.silent,
        "protected": message.protected,
        "link_preview": message.link_preview,
        "effect": message.effect,
        "reactions": message.reactions,
        "pinned": message.id in world.chats[message.chat_id].pinned,
        "deleted": message.deleted,
        "history": message.history,
    }


def _button(button: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": button["text"],
        "data": button.get("callback_data"),
        "url": button.get("url"),
        "style": button.get("style"),
        "copy_text": (button.get("copy_text") or {}).get("text"),
        "web_app": (button.get("web_app") or {}).get("url"),
    }
