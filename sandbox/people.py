"""The bot and the people: who they are and how each stands with the bot."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.scripts import Script

ANONYMOUS_ADMIN: dict[str, Any] = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


@dataclass
class Bot:
    id: int
    first_name: str = "Steady"
    username: str = "steady_demo_bot"
    reads_all_group_messages: bool = False
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, dict[str, Any]] = field(default_factory=dict)

    def as_user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username}

    def default_commands(self) -> list[dict[str, str]]:
        """The commands behind the menu button: those of private chats, else of everybody."""
        for scope in ("all_private_chats", "default"):
            found = self.commands.get(json.dumps([{"type": scope}, ""], sort_keys=True))
            if found:
                return found
        return []

    def as_me(self) -> dict[str, Any]:
        return self.as_user() | {
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_all_group_messages,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }


@dataclass
class Person:
    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    about: str = ""
    role: str = "patient"
    zone: str = "UTC"
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    script: Script | None = None
    journey: dict[str, Any] | None = None
    toasts: list[dict[str, Any]] = field(default_factory=list)
    joined_at: datetime | None = None

    def as_user(self) -> dict[str, Any]:
        user: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if getattr(self, name):
                user[name] = getattr(self, name)
        return user

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name or ''}".strip()
