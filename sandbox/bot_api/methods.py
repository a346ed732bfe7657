"""The list of methods, and what a method needs before it may act: a chat it can reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.bot_api.params import Params
from sandbox.chats import Chat, Member
from sandbox.errors import Refusal, bad_request, forbidden
from sandbox.world import World

Method = Callable[[World, Params], Any]

METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Register a function under a Bot API method name; Telegram ignores the case of names."""

    def register(function: Method) -> Method:
        METHODS[name.lower()] = function
        return function

    return register


def find_chat(world: World, params: Params, name: str = "chat_id") -> Chat:
    """Return the chat a call names, by id or @username, or refuse it as not found."""
    wish = params.given.get(name)
    if wish is None or wish == "":
        raise bad_request(f"{name} is empty")
    if isinstance(wish, str) and wish.startswith("@"):
        found = next(
            (c for c in world.chats.values() if not c.private and (c.username or "").lower() == wish[1:].lower()),
            None,
        )
    else:
        found = world.chats.get(params.number(name)) if str(wish).lstrip("-").isdigit() else None
    if found is None:
        raise bad_request("chat not found")
    return found


def reach(world: World, params: Params) -> Chat:
    """Return a chat the bot can act in, or refuse in the words that say why not."""
    chat = find_chat(world, params)
    if chat.private:
        _reach_person(world, chat)
        return chat
    if chat.migrated_to:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    if chat.deleted:
        raise (forbidden("the group chat was deleted") if chat.kind == "group" else bad_request("chat not found"))
    member = world.bot_member(chat)
    if member is None:
        raise bad_request("chat not found")
    if not member.is_in:
        raise _gone(chat, member)
    return chat


def _reach_person(world: World, chat: Chat) -> None:
    person = world.people[chat.id]
    if person.deactivated:
        raise forbidden("user is deactivated")
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not person.started:
        raise forbidden("bot can't initiate conversation with a user")


def _gone(chat: Chat, member: Member) -> Refusal:
    what = {"group": "group", "supergroup": "supergroup", "channel": "channel"}[chat.kind]
    if member.status == "kicked":
        return forbidden(f"bot was kicked from the {what} chat")
    return forbidden(f"bot is not a member of the {what} chat")


def may_send(world: World, chat: Chat, what: str = "messages") -> None:
    """Refuse a send for which the bot lacks the right, then count it against the flood limits."""
    member = world.bot_member(chat)
    if member is not None:
        if chat.kind == "channel" and not (member.is_admin and member.may("can_post_messages")):
            raise bad_request("need administrator rights in the channel chat")
        muted = chat.silenced and not member.is_admin
        if muted or (member.status == "restricted" and not member.may(f"can_send_{what}")):
            names = {"messages": "text messages"}
            raise bad_request(f"not enough rights to send {names.get(what, what)} to the chat")
    world.limits.check(chat.id, private=chat.private)
