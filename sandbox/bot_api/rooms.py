"""Chats and their members, topics, and leaving."""

from __future__ import annotations

from typing import Any

from sandbox import deliver, membership
from sandbox.bot_api.methods import find_chat, may_send, method, reach
from sandbox.bot_api.params import Params
from sandbox.chats import Chat, Member, member_json
from sandbox.errors import bad_request
from sandbox.world import World


def _visible(world: World, params: Params) -> Chat:
    """Return a chat the bot may look at: blocked and unopened private chats can still be read about."""
    chat = find_chat(world, params)
    return chat if chat.private else reach(world, params)


@method("getChat")
def get_chat(world: World, params: Params) -> Any:
    chat = _visible(world, params)
    full = world.chat_json(chat) | {
        "accent_color_id": 1,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.kind in {"group", "supergroup"}:
        full["permissions"] = chat.default_permissions()
    if chat.description:
        full["description"] = chat.description
    if chat.pinned:
        full["pinned_message"] = world.message_json(chat.messages[chat.pinned[-1]])
    return full


@method("getChatMember")
def get_member(world: World, params: Params) -> Any:
    chat = _visible(world, params)
    user_id = params.number("user_id")
    if user_id != world.bot.id and user_id not in world.people:
        raise bad_request("invalid user_id specified" if user_id <= 0 else "user not found")
    default = Member("member" if chat.private and user_id == chat.id else "left")
    return member_json(chat, world.user(user_id), chat.members.get(user_id, default))


@method("getChatAdministrators")
def get_administrators(world: World, params: Params) -> Any:
    chat = _visible(world, params)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    return [
        member_json(chat, world.user(one), member)
        for one, member in chat.members.items()
        if member.is_admin and one != world.bot.id
    ]


@method("getChatMemberCount")
def count_members(world: World, params: Params) -> Any:
    chat = _visible(world, params)
    return 2 if chat.private else sum(member.is_in for member in chat.members.values())


@method("leaveChat")
def leave(world: World, params: Params) -> Any:
    chat = reach(world, params)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    membership.remove_bot(world, chat, world.bot.as_user(), "left")
    return True


@method("createForumTopic")
def create_topic(world: World, params: Params) -> Any:
    chat = reach(world, params)
    name = params.text("name").strip()
    if not chat.forum:
        raise bad_request("the chat is not a forum")
    if not 1 <= len(name) <= 128:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "topic name is too long")
    member = world.bot_member(chat)
    if member is None or not (member.is_admin and member.may("can_manage_topics")):
        raise bad_request("not enough rights to create a topic")
    may_send(world, chat)
    topic = {"name": name, "icon_color": params.number("icon_color", 7322096)}
    message = deliver.draft(
        world,
        chat,
        sender=world.bot.as_user(),
        media={"forum_topic_created": topic},
        service=True,
        from_bot=True,
    )
    message.thread_id = message.id
    chat.topics[message.id] = name
    deliver.keep(world, chat, message)
    return topic | {"message_thread_id": message.id}


@method("sendChatAction")
def chat_action(world: World, params: Params) -> Any:
    reach(world, params)
    if not params.text("action"):
        raise bad_request("wrong parameter action in request")
    return True
