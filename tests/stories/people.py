"""The people of a story, and the chats they read: what they do becomes real updates, what they see came over HTTP."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.keyboards import buttons
from sandbox.messages import Message

if TYPE_CHECKING:
    from tests.stories.house import House

UNSEEN = "[\u2060\u2068\u2069]"
"""Marks around and in other people's words (`content/foreign.py`): nobody sees them, and stories tell what is seen."""


@dataclass(frozen=True)
class Said:
    """One message of the bot, or one edit of it, as it stood then."""

    message: int
    version: int
    text: str
    labels: tuple[str, ...]
    data: tuple[str, ...]
    protected: bool
    silent: bool

    def has(self, label: str) -> bool:
        """Return whether a button under it fits this label."""
        return any(re.search(label, one, re.IGNORECASE) for one in self.labels)


class Chat:
    """A chat as a reader follows it. What was expected, or read on purpose, is no longer new."""

    def __init__(self, house: House, chat: int) -> None:
        self.house = house
        self.chat = chat
        self._read: set[tuple[int, int]] = set()

    @property
    def everything(self) -> list[Said]:
        """Everything the bot ever said here, edits after their message, oldest message first."""
        messages = self.house.world.chats[self.chat].messages.values()
        return [said for one in messages if one.from_bot and not one.service for said in versions(one)]

    @property
    def new(self) -> list[Said]:
        """What nobody has read yet."""
        return [said for said in self.everything if (said.message, said.version) not in self._read]

    def read(self) -> list[str]:
        """Read all that is new, and return its words."""
        found = self.new
        self._read |= {(said.message, said.version) for said in found}
        return [said.text for said in found]

    def expect(self, words: str) -> Said:
        """Return the oldest new message that has these words, and count it as read."""
        for said in self.new:
            if re.search(words, said.text, re.IGNORECASE | re.DOTALL):
                self._read.add((said.message, said.version))
                return said
        raise AssertionError(f"nobody said {words!r}; new here: {[said.text for said in self.new]}")

    def expect_only(self, *words: str) -> list[Said]:
        """Expect each of these, and nothing else."""
        found = [self.expect(one) for one in words]
        self.nothing_more()
        return found

    def shows(self, said: Said) -> bool:
        """Return whether a message is still there to be seen."""
        return said.message in {one.id for one in self.house.world.chats[self.chat].latest()}

    def nothing_more(self) -> None:
        """Fail if there is anything new."""
        assert [said.text for said in self.new] == []

    @property
    def last(self) -> Said:
        """The newest message of the bot, as it stands now."""
        messages = [one for one in self.house.world.chats[self.chat].latest() if one.from_bot and not one.service]
        return list(versions(messages[0]))[-1]

    @property
    def newest_with_buttons(self) -> Said:
        """The newest message that has buttons under it."""
        messages = self.house.world.chats[self.chat].latest()
        return next(list(versions(one))[-1] for one in messages if one.from_bot and buttons(one.inline))


def versions(message: Message) -> list[Said]:
    """Return what a message said at first and after each edit."""
    contents = [*message.history, message.content()]
    return [_said(message, number, content) for number, content in enumerate(contents)]


def _said(message: Message, version: int, content: dict[str, Any]) -> Said:
    found = buttons(content.get("markup"))
    text = content["text"] if content["text"] is not None else content["caption"] or ""
    text = re.sub(UNSEEN, "", text)
    return Said(
        message.id,
        version,
        text,
        tuple(button["text"] for button in found),
        tuple(button.get("callback_data", "") for button in found),
        message.protected,
        message.silent,
    )


class Person(Chat):
    """Somebody with a Telegram account, and their private chat with the bot."""

    def __init__(self, house: House, telegram_id: int, name: str) -> None:
        super().__init__(house, telegram_id)
        self.id = telegram_id
        self.name = name

    async def does(self, deed: str, **body: Any) -> Any:
        """Do something on the stage, and let the house come to rest."""
        answer = await self.house.call("POST", f"/people/{self.id}/{deed}", **body)
        await self.house.settle()
        return answer

    async def says(self, text: str, **more: Any) -> int:
        """Write something; return the id of the message."""
        return int((await self.does("say", text=text, **more))["message_id"])

    async def taps(self, *labels: str, chat: Chat | None = None, on: Said | None = None) -> None:
        """Press buttons one after the other, each on the newest message that has a fitting one."""
        for label in labels:
            where = {"chat": chat.chat} if chat is not None else {}
            which = {"message": on.message} if on is not None else {}
            await self.does("tap", label=label, **where, **which)

    async def forges(self, data: str, *, chat: Chat | None = None, on: Said | None = None) -> None:
        """Send callback data that no button in sight needs to carry."""
        where = {"chat": chat.chat} if chat is not None else {}
        which = {"message": on.message} if on is not None else {}
        await self.does("tap", data=data, forge=True, **where, **which)

    async def presses(self, label: str, **place: float) -> None:
        """Press a button of the keyboard below the chat."""
        await self.does("press", label=label, **place)

    @property
    def toast(self) -> str | None:
        """What the last press was answered with in passing."""
        toasts = self.house.world.people[self.id].toasts
        return toasts[-1]["text"] if toasts else None

    @property
    def keyboard(self) -> list[str]:
        """The labels of the keyboard below the chat."""
        for one in self.house.world.chats[self.id].latest():
            if "keyboard" in (one.markup or {}):
                return [button["text"] for row in one.markup["keyboard"] for button in row]  # type: ignore[index]
        return []


class Patient(Person):
    """A person who was invited; `code` is all the clinicians know of them."""

    def __init__(self, house: House, telegram_id: int, name: str, code: str, token: str, zone: str) -> None:
        super().__init__(house, telegram_id, name)
        self.code = code
        self.token = token
        self.zone = zone

    async def opens_the_link(self) -> None:
        """Follow the invite."""
        await self.says(f"/start {self.token}")
