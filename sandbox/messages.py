"""A message as the stand-in keeps it, and as a bot is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.entities import Entity


@dataclass
class Message:
    """One message. `media` holds the photo, document, location or service fields as Telegram writes them."""

    id: int
    chat_id: int
    date: int
    sender: dict[str, Any] | None = None
    sender_chat: dict[str, Any] | None = None
    text: str | None = None
    entities: list[Entity] = field(default_factory=list)
    caption: str | None = None
    media: dict[str, Any] = field(default_factory=dict)
    service: bool = False
    markup: dict[str, Any] | None = None
    reply_to: int | None = None
    thread_id: int | None = None
    from_bot: bool = False
    silent: bool = False
    protected: bool = False
    link_preview: dict[str, Any] | None = None
    effect: str | None = None
    edit_date: int | None = None
    deleted: bool = False
    history: list[dict[str, Any]] = field(default_factory=list)
    reactions: list[dict[str, Any]] = field(default_factory=list)
    author: int | None = None

    @property
    def words(self) -> str:
        return self.text if self.text is not None else self.caption or ""

    @property
    def inline(self) -> dict[str, Any] | None:
        """The inline keyboard, the only markup that belongs to the message itself."""
        return self.markup if self.markup and "inline_keyboard" in self.markup else None

    def content(self) -> dict[str, Any]:
        """What an edit can change, for telling whether it changed and for the history."""
        return {
            "text": self.text,
            "caption": self.caption,
            "entities": self.entities,
            "media": self.media,
            "markup": self.inline,
        }

    def as_message(self, chat: dict[str, Any], reply: dict[str, Any] | None = None) -> dict[str, Any]:
        body: dict[str, Any] = {"message_id": self.id, "date": self.date, "chat": chat}
        optional = {
            "from": self.sender,
            "sender_chat": self.sender_chat,
            "edit_date": self.edit_date,
            "message_thread_id": self.thread_id,
            "is_topic_message": True if self.thread_id else None,
            "reply_to_message": reply,
            "has_protected_content": self.protected or None,
            "text": self.text,
            "caption": self.caption,
            ("caption_entities" if self.text is None else "entities"): self.entities or None,
            "link_preview_options": self.link_preview,
            "effect_id": self.effect,
            "reply_markup": self.inline,
        }
        body.update((name, value) for name, value in optional.items() if value is not None)
        return body | self.media
