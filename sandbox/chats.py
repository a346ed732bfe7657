"""Chats and who is in them, with Telegram's shapes for both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.messages import Message

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics")
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")
SEND_RIGHTS = ("can_send_messages", "can_send_photos", "can_send_documents")
GENERAL_TOPIC = 1


@dataclass
class Member:
    status: str = "member"
    rights: dict[str, bool] = field(default_factory=dict)
    is_anonymous: bool = False
    title: str | None = None

    @property
    def is_admin(self) -> bool:
        return self.status in {"creator", "administrator"}

    @property
    def is_in(self) -> bool:
        return self.status in {"creator", "administrator", "member", "restricted"}

    def may(self, right: str) -> bool:
        if self.status == "creator":
            return True
        if self.status in {"administrator", "restricted"}:
            return self.rights.get(right, True)
        return self.status == "member" and right in SEND_RIGHTS


@dataclass
class Chat:
    id: int
    kind: str
    title: str = ""
    username: str | None = None
    forum: bool = False
    description: str = ""
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    migrated_to: int | None = None
    deleted: bool = False
    silenced: bool = False
    last_id: int = 0

    @property
    def private(self) -> bool:
        return self.kind == "private"

    def as_chat(self) -> dict[str, Any]:
        chat: dict[str, Any] = {"id": self.id, "type": self.kind, "title": self.title}
        if self.username:
            chat["username"] = self.username
        if self.forum:
            chat["is_forum"] = True
        return chat

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def latest(self) -> list[Message]:
        """Return the messages that are still there, newest first."""
        return [m for m in reversed(self.messages.values()) if not m.deleted]

    def default_permissions(self) -> dict[str, bool]:
        allowed = not self.silenced
        sends = (
            "messages",
            "audios",
            "documents",
            "photos",
            "videos",
            "video_notes",
            "voice_notes",
            "polls",
            "other_messages",
        )
        return {f"can_send_{name}": allowed for name in sends} | {
            "can_add_web_page_previews": allowed,
            "can_change_info": False,
            "can_invite_users": True,
            "can_pin_messages": False,
            "can_manage_topics": False,
            "can_react_to_messages": True,
            "can_edit_tag": False,
        }


def member_json(chat: Chat, user: dict[str, Any], member: Member) -> dict[str, Any]:
    """Return a ChatMember as Telegram writes each of its six kinds."""
    found: dict[str, Any] = {"user": user, "status": member.status}
    if member.status == "creator":
        found["is_anonymous"] = member.is_anonymous
    elif member.status == "administrator":
        names = ADMIN_RIGHTS + (CHANNEL_RIGHTS if chat.kind == "channel" else GROUP_RIGHTS)
        found |= {name: member.rights.get(name, True) for name in names}
        found |= {"can_be_edited": False, "is_anonymous": member.is_anonymous}
    elif member.status == "restricted":
        found |= {name: member.rights.get(name, False) for name in chat.default_permissions()}
        found |= {"is_member": True, "until_date": 0}
    elif member.status == "kicked":
        found["until_date"] = 0
    if member.title and member.is_admin:
        found["custom_title"] = member.title
    return found
