"""Everything there is in the sandbox, in memory: clock, people, chats, updates, calls, faults."""

from __future__ import annotations

import asyncio
import heapq
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from sandbox.chats import Chat, Member
from sandbox.clock import Clock
from sandbox.errors import StageError
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.journal import Calls
from sandbox.limits import Limits
from sandbox.messages import Message
from sandbox.orders import Orders
from sandbox.people import Bot, Person
from sandbox.scripts import Act
from sandbox.updates import Updates
from sandbox.webhook import Webhook

DEFAULT_TOKEN = "4242:SANDBOX"  # noqa: S105 (known to everybody)
FIRST_PERSON = 5_000_001


@dataclass
class Query:
    """A pressed button waiting for its answer."""

    id: str
    person: int
    chat: int
    message: int
    at: datetime
    answered: bool = False


@dataclass
class Event:
    """Something a page may want to draw again: message, toast, clock, person, chat, journey, order, reset."""

    kind: str
    chat: int = 0
    message: int = 0
    person: int = 0
    text: str = ""
    new: bool = False


@dataclass
class World:
    tokens: Iterable[str] = (DEFAULT_TOKEN,)
    start: datetime | None = None
    real: bool = False
    seed: int = 7
    self_driving: bool = False
    username: str = "steady_demo_bot"
    bot_name: str = "Steady"
    on_event: list[Callable[[Event], None]] = field(default_factory=list)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.tokens = list(self.tokens)
        for token in self.tokens:
            if not re.fullmatch(r"\d{1,20}:[\w-]{3,}", token):
                raise ValueError("a bot token is digits, a colon and at least three letters")
        self.updates = Updates(Clock())
        self.reset()

    def reset(self) -> None:
        """Begin again, as on the first day; queues keep their identity so that open polls survive."""
        self.clock = Clock(self.start, real=self.real)
        self.updates.clear()
        self.updates.past.clear()
        self.updates.clock = self.clock
        self.updates.allowed = []
        token = next(iter(self.tokens))
        self.bot = Bot(int(token.partition(":")[0]), self.bot_name, self.username)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.files = Files()
        self.calls = Calls()
        self.faults = Faults()
        self.limits = Limits(self.clock)
        self.orders = Orders()
        self.webhook = Webhook()
        self.acts: list[Act] = []
        self._numbers = count(1)
        self.ids = {"person": FIRST_PERSON, "group": 1_001, "channel": 1_500_001}
        self.tell(Event("reset"))

    # Looking things up

    def person(self, person_id: int) -> Person:
        if person_id not in self.people:
            raise StageError(404, f"nobody has the id {person_id}; known: {sorted(self.people)}")
        return self.people[person_id]

    def chat(self, chat_id: int) -> Chat:
        if chat_id not in self.chats:
            raise StageError(404, f"no chat has the id {chat_id}; known: {sorted(self.chats)}")
        return self.chats[chat_id]

    def number(self) -> int:
        return next(self._numbers)

    def new_id(self, kind: str) -> int:
        """Return a fresh id in the range Telegram uses for the kind."""
        name = "channel" if kind in {"supergroup", "channel"} else kind
        self.ids[name] += 1
        number = self.ids[name] - 1
        return {"person": number, "group": -number, "channel": -1_000_000_000_000 - number}[name]

    def user(self, user_id: int) -> dict[str, Any]:
        if user_id == self.bot.id:
            return self.bot.as_user()
        return self.people[user_id].as_user()

    def chat_json(self, chat: Chat) -> dict[str, Any]:
        if not chat.private:
            return chat.as_chat()
        person = self.people[chat.id]
        found: dict[str, Any] = {"id": chat.id, "type": "private", "first_name": person.first_name}
        for name in ("last_name", "username"):
            if getattr(person, name):
                found[name] = getattr(person, name)
        return found

    def message_json(self, message: Message, *, with_reply: bool = True) -> dict[str, Any]:
        chat = self.chats[message.chat_id]
        reply = None
        if with_reply and message.reply_to in chat.messages:
            reply = self.message_json(chat.messages[message.reply_to], with_reply=False)
        return message.as_message(self.chat_json(chat), reply)

    def bot_member(self, chat: Chat) -> Member | None:
        return chat.members.get(self.bot.id)

    # Telling

    def tell(self, event: Event) -> None:
        for hear in self.on_event:
            hear(event)

    # What people will do

    def plan(self, act: Act) -> None:
        heapq.heappush(self.acts, act)

    def next_act(self) -> datetime | None:
        return self.acts[0].at if self.acts else None

    def forget_acts(self, unwanted: Callable[[Act], bool]) -> None:
        self.acts = [act for act in self.acts if not unwanted(act)]
        heapq.heapify(self.acts)

    def close(self) -> None:
        """End every long wait, so that a server can stop at once."""
        self.closing.set()
        self.updates.end_poll()
        self.tell(Event("closing"))
