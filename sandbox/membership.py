"""Who is in a chat: coming, going, blocking, promotion, migration, with the updates they cause."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox import deliver
from sandbox.chats import Chat, Member, member_json
from sandbox.errors import StageError
from sandbox.people import Person
from sandbox.world import Event, World


def open_chat(
    world: World,
    kind: str,
    title: str,
    members: list[int],
    *,
    chat_id: int | None = None,
    username: str | None = None,
    forum: bool = False,
) -> Chat:
    if kind not in {"group", "supergroup", "channel"}:
        raise StageError(400, f"a chat is a group, supergroup or channel, not {kind!r}")
    chat = Chat(chat_id or world.new_id(kind), kind, title, username=username, forum=forum)
    if chat.id in world.chats:
        raise StageError(409, f"the id {chat.id} is taken")
    for number, one in enumerate(members):
        world.person(one)
        chat.members[one] = Member("creator" if number == 0 else "member")
    world.chats[chat.id] = chat
    world.tell(Event("chat", chat=chat.id))
    return chat


def _change(world: World, chat: Chat, user_id: int, by: dict[str, Any], new: Member) -> None:
    """Set a member and send my_chat_member (the bot) or chat_member (anybody else, if the bot is admin)."""
    old = chat.members.get(user_id, Member("left"))
    chat.members[user_id] = new
    user = world.user(user_id)
    body = {
        "chat": world.chat_json(chat),
        "from": by,
        "date": world.clock.stamp(),
        "old_chat_member": member_json(chat, user, old),
        "new_chat_member": member_json(chat, user, new),
    }
    me = world.bot_member(chat)
    if user_id == world.bot.id:
        world.updates.add("my_chat_member", body)
    elif me is not None and me.is_admin:
        world.updates.add("chat_member", body)
    world.tell(Event("chat", chat=chat.id))


def block(world: World, person: Person, blocked: bool) -> None:
    """Block or unblock the bot; it is told at once, by my_chat_member in the private chat."""
    if person.blocked == blocked:
        return
    person.blocked = blocked
    chat = world.chats[person.id]
    old, new = Member("member" if blocked else "kicked"), Member("kicked" if blocked else "member")
    me = world.bot.as_user()
    world.updates.add(
        "my_chat_member",
        {
            "chat": world.chat_json(chat),
            "from": person.as_user(),
            "date": world.clock.stamp(),
            "old_chat_member": member_json(chat, me, old),
            "new_chat_member": member_json(chat, me, new),
        },
    )
    world.tell(Event("person", person=person.id))


def add_bot(world: World, chat: Chat, by: Person, *, admin: bool, rights: dict[str, bool]) -> None:
    _living(chat)
    if chat.kind == "channel" and not admin:
        raise StageError(409, "a bot can be in a channel only as an administrator")
    was_in = (world.bot_member(chat) or Member("left")).is_in
    new = Member("administrator", rights) if admin else Member("member")
    _change(world, chat, world.bot.id, by.as_user(), new)
    if not was_in and chat.kind != "channel":
        bot = world.bot.as_user()
        deliver.add_service(
            world, chat, by.as_user(), new_chat_members=[bot], new_chat_member=bot, new_chat_participant=bot
        )


def remove_bot(world: World, chat: Chat, by: dict[str, Any], status: str = "kicked") -> None:
    if chat.kind != "channel" and status == "kicked" and (world.bot_member(chat) or Member("left")).is_in:
        deliver.add_service(world, chat, by, left_chat_member=world.bot.as_user())
    _change(world, chat, world.bot.id, by, Member(status))


def set_bot_rights(world: World, chat: Chat, by: Person, rights: dict[str, bool]) -> None:
    old = world.bot_member(chat)
    if old is None or not old.is_in:
        raise StageError(409, "the bot is not in this chat")
    status = "administrator" if old.is_admin else "restricted"
    _change(world, chat, world.bot.id, by.as_user(), Member(status, old.rights | rights))


def set_member(world: World, chat: Chat, person: Person, member: Member) -> None:
    """Let somebody join, leave, be promoted or go anonymous; coming and going show a service message."""
    _living(chat)
    was_in = chat.members.get(person.id, Member("left")).is_in
    _change(world, chat, person.id, person.as_user(), member)
    if chat.kind == "channel" or was_in == member.is_in:
        return
    user = person.as_user()
    if member.is_in:
        deliver.add_service(world, chat, user, new_chat_members=[user], new_chat_member=user)
    else:
        deliver.add_service(world, chat, user, left_chat_member=user)


def migrate(world: World, chat: Chat) -> Chat:
    """Turn a group into a supergroup: a new id, the old one dead at once, a service message in both."""
    _living(chat)
    if chat.kind != "group":
        raise StageError(409, f"only a group can become a supergroup; this is a {chat.kind}")
    new = Chat(world.new_id("supergroup"), "supergroup", chat.title, members=dict(chat.members))
    world.chats[new.id] = new
    owner = next((world.user(one) for one, m in chat.members.items() if m.status == "creator"), None)
    deliver.add_service(world, chat, owner, migrate_to_chat_id=new.id)
    chat.migrated_to = new.id
    deliver.add_service(world, new, owner, migrate_from_chat_id=chat.id)
    world.tell(Event("chat", chat=new.id))
    return new


def delete(world: World, chat: Chat) -> None:
    """Delete a chat; for the bot it is as if it had been removed."""
    member = world.bot_member(chat)
    if member is not None and member.is_in:
        owner = next((world.user(one) for one, m in chat.members.items() if m.status == "creator"), None)
        _change(world, chat, world.bot.id, owner or world.bot.as_user(), Member("left"))
    chat.deleted = True
    world.tell(Event("chat", chat=chat.id))


def _living(chat: Chat) -> None:
    if chat.deleted or chat.migrated_to:
        raise StageError(409, f"the chat {chat.id} exists no more")


def _zone(wish: dict[str, Any]) -> str:
    """Return the zone whose hours the person's phone shows."""
    name = str(wish.get("zone") or "UTC")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise StageError(400, f"unknown time zone {name!r}") from None
    return name


def add_person(world: World, wish: dict[str, Any]) -> Person:
    """Bring somebody into the world, with an empty private chat that they have not opened yet."""
    person_id = int(wish.get("id") or world.new_id("person"))
    if person_id in world.people:
        raise StageError(409, f"the id {person_id} is taken")
    name = wish.get("first_name")
    if not isinstance(name, str) or not name:
        raise StageError(400, "a person needs a first_name")
    person = Person(
        person_id,
        name,
        wish.get("last_name"),
        wish.get("username"),
        wish.get("language_code"),
        str(wish.get("about", "")),
        str(wish.get("role", "patient")),
        _zone(wish),
        started=bool(wish.get("started", False)),
        joined_at=world.clock.now,
    )
    world.people[person_id] = person
    world.chats[person_id] = Chat(person_id, "private")
    world.tell(Event("person", person=person_id))
    return person
