"""How things look to the eye: bubbles, people, days, cells. Plain values for the templates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any
from zoneinfo import ZoneInfo

from sandbox import doing
from sandbox.chats import Chat
from sandbox.markup import message_html
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.world import World

SIGNS = {
    "taken": "check", "skipped": "cross", "unknown": "question", "held": "pause", "open": "clock",
    "ahead": "", "missed-by-us": "alert",
}  # fmt: skip
MEANINGS = {
    "taken": "taken", "skipped": "skipped", "unknown": "no answer", "held": "held", "open": "open",
    "ahead": "ahead", "missed-by-us": "missed by us",
}  # fmt: skip
STATES = {"active": "good", "completed": "done", "paused": "pause", "follow-up": "done", "stopped": "off"}
_DEEP = re.compile(r'<a href="(https?://t\.me/[^"]+)"[^>]*>')


@dataclass(frozen=True)
class Pane:
    """One chat on the page: `viewer` is whose eyes and fingers it has.

    `guest` is somebody new, to whom the viewer shows an invitation on their screen: they open it, not the viewer.
    """

    name: str
    chat: Chat
    viewer: Person | None
    zone: ZoneInfo
    guest: Person | None = None


@dataclass(frozen=True)
class Bubble:
    message: Message
    kind: str
    who: str
    initials: str
    colour: int
    html: str
    time: str
    stamp: str
    day: str
    follow: bool
    quote: str
    service: str
    rows: list[list[dict[str, Any]]]


def zone_of(person: Person | None) -> ZoneInfo:
    return ZoneInfo(person.zone if person else "UTC")


def local(stamp: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(stamp, UTC).astimezone(zone)


def day_words(moment: datetime) -> str:
    return f"{moment:%A}, {moment.day} {moment:%B}"


def initials(name: str) -> str:
    words = [word for word in name.replace("Dr ", "").split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "?"


def colour(number: int) -> int:
    return abs(number) % 7


def bubble(world: World, pane: Pane, message: Message) -> Bubble:
    before = _before(pane.chat, message)
    moment = local(message.date, pane.zone)
    new_day = before is None or local(before.date, pane.zone).date() != moment.date()
    sender = message.sender_chat or message.sender or {}
    who = sender.get("title") or f"{sender.get('first_name', '')} {sender.get('last_name', '')}".strip()
    mine = pane.viewer is not None and message.author == pane.viewer.id
    kind = "service" if message.service else "out" if mine else "in"
    follow = (
        not new_day and before is not None and not before.service and before.author == message.author
        and before.sender == message.sender
    )  # fmt: skip
    return Bubble(
        message, kind, who, initials(who), colour(int(sender.get("id", 0))), _html(world, pane, message),
        f"{moment:%H:%M}", moment.isoformat(), day_words(moment) if new_day else "", follow,
        _quote(pane.chat, message), _service(message), _rows(world, message),
    )  # fmt: skip


def _before(chat: Chat, message: Message) -> Message | None:
    for number in range(message.id - 1, max(message.id - 50, 0), -1):
        earlier = chat.messages.get(number)
        if earlier is not None and not earlier.deleted:
            return earlier
    return None


def _html(world: World, pane: Pane, message: Message) -> str:
    """Return the text's HTML, with deep links to our bot pressing /start for the viewer."""

    def deep(found: re.Match[str]) -> str:
        payload = doing.start_payload(world, unescape(found.group(1)))
        if payload is None or pane.viewer is None or not re.fullmatch(r"[\w-]*", payload):
            return found.group()
        who = pane.guest if pane.guest and payload else pane.viewer
        return f'<a href="#" hx-post="/act/{who.id}/start/{escape(payload or "-")}" hx-swap="none">'

    return _DEEP.sub(deep, message_html(message.words, message.entities))


def _quote(chat: Chat, message: Message) -> str:
    target = chat.messages.get(message.reply_to or 0)
    if target is None or target.deleted:
        return ""
    return target.words[:200] or next((name for name in target.media), "message").capitalize()


def _service(message: Message) -> str:
    if not message.service:
        return ""
    who = (message.sender or {}).get("first_name", "Somebody")
    media = message.media
    if "new_chat_members" in media:
        return f"{who} added {', '.join(one['first_name'] for one in media['new_chat_members'])}"
    if "left_chat_member" in media:
        return f"{media['left_chat_member']['first_name']} left the group"
    if "migrate_to_chat_id" in media or "migrate_from_chat_id" in media:
        return "The group was upgraded to a supergroup"
    if "forum_topic_created" in media:
        return f"{who} opened the topic {media['forum_topic_created']['name']}"
    return "Service message"


def _rows(world: World, message: Message) -> list[list[dict[str, Any]]]:
    """Return the inline keyboard with each button's place in it and the sign in its corner."""
    rows, number = [], 0
    for row in (message.inline or {}).get("inline_keyboard", []):
        shown = []
        for button in row:
            sign = "arrow" if "url" in button else "copy" if "copy_text" in button else ""
            if "url" in button and doing.start_payload(world, button["url"]) is not None:
                sign = ""
            outside = button.get("url") if sign == "arrow" else None
            style = button.get("style", "")
            shown.append({"at": number, "text": button["text"], "style": style, "sign": sign, "outside": outside})
            number += 1
        rows.append(shown)
    return rows


def cells(person: Person | None) -> list[dict[str, Any]]:
    """Return the strip: one cell per day, filled up to the course's length with days ahead."""
    journey = (person.journey if person else None) or {}
    known = list(journey.get("cells") or [])
    days = max(int(journey.get("days") or 84), len(known))
    known += ["ahead"] * (days - len(known))
    today = int(journey.get("day") or 0)
    return [
        {"day": n, "state": state, "sign": SIGNS[state], "meaning": MEANINGS[state], "today": n == today}
        for n, state in enumerate(known, 1)
    ]


def summary(person: Person | None) -> str:
    """Say the strip in words, for those who do not see it."""
    found = [cell["meaning"] for cell in cells(person)]
    parts = [f"{found.count(words)} {words}" for words in MEANINGS.values() if found.count(words)]
    return f"{len(found)} days: " + ", ".join(parts)


def state_dot(person: Person) -> str:
    if person.deactivated or person.blocked:
        return "off"
    status = str((person.journey or {}).get("status", ""))
    return STATES.get(status, "wait" if person.started else "new")


def state_words(person: Person) -> str:
    if person.deactivated:
        return "account deleted"
    if person.blocked:
        return "has blocked the bot"
    journey = person.journey or {}
    if journey.get("line"):
        return str(journey["line"])
    if journey.get("status"):
        return str(journey["status"])
    return person.about or ("in touch" if person.started else "not started yet")


def file_size(size: int) -> str:
    return f"{size} B" if size < 1024 else f"{size / 1024:.1f} KB" if size < 1024**2 else f"{size / 1024**2:.1f} MB"
