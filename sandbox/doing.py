"""What people do: write, press, share a place, block. Each becomes an update for the bot."""

from __future__ import annotations

from typing import Any

from sandbox import deliver, keyboards
from sandbox.chats import Chat, Member
from sandbox.entities import with_found
from sandbox.errors import StageError
from sandbox.messages import Message
from sandbox.people import ANONYMOUS_ADMIN, Person
from sandbox.world import Event, Query, World


def chat_for(world: World, person: Person, chat_id: int | None) -> Chat:
    """Return the chat the person acts in: their private one unless another is named and they are in it."""
    chat = world.chat(chat_id if chat_id is not None else person.id)
    if chat.private and chat.id != person.id:
        raise StageError(409, f"{person.name} cannot act in somebody else's private chat")
    if not chat.private and not (chat.id in world.chats and _member(chat, person).is_in):
        raise StageError(409, f"{person.name} is not in {chat.title!r}")
    if person.deactivated:
        raise StageError(409, f"{person.name} has deleted their account")
    return chat


def _member(chat: Chat, person: Person) -> Member:
    return chat.members.get(person.id, Member("left"))


def send(world: World, person: Person, chat_id: int | None, **fields: Any) -> Message:
    """Let the person send a message; the first one to the bot also opens the conversation."""
    chat = chat_for(world, person, chat_id)
    if chat.private and person.blocked:
        raise StageError(409, f"{person.name} has blocked the bot and cannot write to it")
    member = _member(chat, person)
    if chat.kind == "channel":
        if not member.may("can_post_messages") or not member.is_admin:
            raise StageError(409, f"{person.name} may not post in the channel {chat.title!r}")
        fields |= {"sender": None, "sender_chat": chat.as_chat()}
    elif member.is_anonymous:
        fields |= {"sender": ANONYMOUS_ADMIN, "sender_chat": chat.as_chat()}
    else:
        fields["sender"] = person.as_user()
    if chat.private and not person.started:
        person.started = True
        world.tell(Event("person", person=person.id))
    message = deliver.keep(world, chat, deliver.draft(world, chat, author=person.id, **fields))
    deliver.tell_bot(world, chat, message)
    return message


def say(
    world: World,
    person: Person,
    text: str,
    *,
    chat_id: int | None = None,
    reply_to: int | None = None,
    thread_id: int | None = None,
) -> Message:
    if not text.strip():
        raise StageError(400, "an empty message cannot be sent")
    text = text.strip()[:4096]
    return send(
        world,
        person,
        chat_id,
        text=text,
        entities=with_found(text, []),
        reply_to=reply_to,
        thread_id=thread_id,
    )


def edit(world: World, person: Person, message_id: int, text: str, chat_id: int | None = None) -> Message:
    chat = chat_for(world, person, chat_id)
    message = chat.messages.get(message_id)
    if message is None or message.author != person.id:
        raise StageError(404, f"{person.name} has no message {message_id} in this chat")
    message.history.append(message.content() | {"at": message.edit_date or message.date})
    message.text, message.entities = text, with_found(text, [])
    message.edit_date = world.clock.stamp()
    world.tell(Event("message", chat=chat.id, message=message.id))
    deliver.tell_bot(world, chat, message, edited=True)
    return message


def share_location(world: World, person: Person, lat: float, lon: float, chat_id: int | None = None) -> Message:
    asked = shown_keyboard(world.chat(person.id))
    reply_to = asked[0].id if asked and chat_id is None and _asks_location(asked[1]) else None
    return send(world, person, chat_id, media={"location": {"latitude": lat, "longitude": lon}}, reply_to=reply_to)


def _asks_location(rows: list[list[dict[str, Any]]]) -> bool:
    return any(button.get("request_location") for row in rows for button in row)


def shown_keyboard(chat: Chat) -> tuple[Message, list[list[dict[str, Any]]]] | None:
    """Return the reply keyboard under the composer and the message that put it there."""
    for message in chat.latest():
        markup = message.markup or {}
        if markup.get("remove_keyboard"):
            return None
        if "keyboard" in markup:
            if markup.get("one_time_keyboard") and _used(chat, message, markup):
                return None
            return message, markup["keyboard"]
    return None


def _used(chat: Chat, message: Message, markup: dict[str, Any]) -> bool:
    labels = {button["text"] for row in markup["keyboard"] for button in row}
    return any(
        m.id > message.id and not m.from_bot and (m.text in labels or "location" in m.media)
        for m in chat.messages.values()
    )


def press(world: World, person: Person, label: str, place: tuple[float, float] = (52.52, 13.405)) -> Message:
    """Press a button of the reply keyboard: it writes its label, or shares the place when it asks for one."""
    shown = shown_keyboard(world.chat(person.id))
    found = [button for row in (shown[1] if shown else []) for button in row]
    button = next((b for b in found if b["text"] == label), None) or next(
        (b for b in found if keyboards.matches(label, b["text"])), None
    )
    if button is None:
        raise StageError(404, f"no reply-keyboard button {label!r}; visible: {[b['text'] for b in found]}")
    if button.get("request_location"):
        return share_location(world, person, *place)
    return say(world, person, button["text"])


def tap(
    world: World,
    person: Person,
    *,
    chat_id: int | None = None,
    message_id: int | None = None,
    label: str | None = None,
    data: str | None = None,
    forge: bool = False,
) -> dict[str, Any]:
    """Press an inline button on the newest message that has a fitting one; `forge` sends any data at all."""
    chat = chat_for(world, person, chat_id)
    message, button = _forged(chat, message_id, data) if forge else _button(chat, message_id, label, data)
    if "url" in button:
        return _follow(world, person, button["url"])
    if "copy_text" in button:
        return {"copied": button["copy_text"]["text"]}
    if "callback_data" not in button:
        return {"opened": button}
    return {"query": ask(world, person, chat, message, button["callback_data"]), "message_id": message.id}


def _forged(chat: Chat, message_id: int | None, data: str | None) -> tuple[Message, dict[str, Any]]:
    own = [m for m in chat.latest() if m.from_bot and (message_id is None or m.id == message_id)]
    if not own:
        raise StageError(404, "there is no message of the bot to forge a press on")
    return own[0], {"callback_data": data or ""}


def _button(chat: Chat, message_id: int | None, label: str | None, data: str | None) -> tuple[Message, dict[str, Any]]:
    labels = []
    for message in chat.latest():
        if message_id is not None and message.id != message_id:
            continue
        button = keyboards.find_button(message.inline, label=label, data=data)
        if button is not None:
            return message, button
        labels += [b["text"] for b in keyboards.buttons(message.inline)]
    wish = f"with data {data!r}" if data is not None else f"labelled {label!r}"
    raise StageError(404, f"no button {wish} in sight; visible: {labels[:40]}")


def ask(world: World, person: Person, chat: Chat, message: Message, data: str) -> str:
    """Queue the callback query of a press and return its id. Presses carry the real person, admins too."""
    number = str(4_000_000_000_000_000 + world.number())
    world.queries[number] = Query(number, person.id, chat.id, message.id, world.clock.now)
    world.updates.add(
        "callback_query",
        {
            "id": number,
            "from": person.as_user(),
            "message": world.message_json(message),
            "chat_instance": str(7_000_000_000 + abs(chat.id)),
            "data": data,
        },
    )
    return number


def _follow(world: World, person: Person, url: str) -> dict[str, Any]:
    start = start_payload(world, url)
    if start is None:
        return {"opened": url}
    return {"started": say(world, person, f"/start {start}".strip()).id}


def start_payload(world: World, url: str) -> str | None:
    """Return the payload of a deep link to our bot ("" for none), or None for any other address."""
    rest = url.removeprefix("https://").removeprefix("http://")
    path, _, query = rest.partition("?")
    if path.rstrip("/").lower() != f"t.me/{world.bot.username.lower()}":
        return None
    fields = dict(part.partition("=")[::2] for part in query.split("&"))
    return fields.get("start", "")
