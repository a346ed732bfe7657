"""A message arrives in a chat: kept, shown, told to the bot where it may see it, and to people's scripts."""

from __future__ import annotations

from typing import Any

from sandbox.chats import Chat
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.scripts import Act
from sandbox.world import Event, World


def keep(world: World, chat: Chat, message: Message) -> Message:
    """Put a new message into its chat and show it."""
    chat.messages[message.id] = message
    world.tell(Event("message", chat=chat.id, message=message.id, new=True))
    return message


def draft(world: World, chat: Chat, **fields: Any) -> Message:
    return Message(id=chat.next_id(), chat_id=chat.id, date=world.clock.stamp(), **fields)


def tell_bot(world: World, chat: Chat, message: Message, *, edited: bool = False) -> int | None:
    """Queue the update for a message somebody else wrote, if the bot may see it."""
    if not bot_sees(world, chat, message):
        return None
    kind = ("edited_" if edited else "") + ("channel_post" if chat.kind == "channel" else "message")
    return world.updates.add(kind, world.message_json(message))


def bot_sees(world: World, chat: Chat, message: Message) -> bool:
    """Privacy mode: in groups a plain member sees commands, replies to it and service messages only."""
    if chat.private:
        return True
    member = world.bot_member(chat)
    if member is None or not member.is_in:
        return False
    if member.is_admin or world.bot.reads_all_group_messages or message.service:
        return True
    replied = chat.messages.get(message.reply_to or 0)
    if replied is not None and replied.from_bot:
        return True
    return _is_command_for(world.bot.username, message)


def _is_command_for(username: str, message: Message) -> bool:
    if not any(e["type"] == "bot_command" and e["offset"] == 0 for e in message.entities):
        return False
    command = message.words.split()[0]
    return "@" not in command or command.lower().endswith(f"@{username.lower()}")


def show_scripts(world: World, chat: Chat, message: Message) -> None:
    """Let everybody who reads the message and plays by themselves decide what to do about it."""
    for person in readers(world, chat):
        script = person.script
        if script is None or not script.on or person.blocked or person.deactivated:
            continue
        world.forget_acts(
            lambda act, who=person.id: (
                (act.person, act.chat, act.message)  # type: ignore[misc]
                == (who, chat.id, message.id)
            )
        )
        choice = script.choose(message, chat.kind, world.clock.now)
        if choice is None or "nothing" in choice[0]:
            continue
        deed, delay = choice
        world.plan(Act(world.clock.now + delay, world.number(), person.id, chat.id, message.id, deed))


def readers(world: World, chat: Chat) -> list[Person]:
    if chat.private:
        return [world.people[chat.id]]
    return [world.people[one] for one, member in chat.members.items() if member.is_in and one in world.people]


def add_service(world: World, chat: Chat, sender: dict[str, Any] | None, **media: Any) -> Message:
    """Add a service message, such as "new_chat_members", and tell the bot."""
    message = draft(world, chat, sender=sender, media=media, service=True)
    keep(world, chat, message)
    tell_bot(world, chat, message)
    return message
