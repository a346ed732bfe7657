"""A full outbox, and what became of it: for tests of the sender against a Telegram that misbehaves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from clinic.letters import body, words
from storage.outbox import Letter, add_letter
from storage.queues import Lane
from storage.work import Work
from tests.stories.house import House

AFTER = ("timeout_after", "reset_after", "status_after", "half_json", "slow")
"""Faults after which Telegram has the message, though we cannot know it."""


async def owe(house: House, chats: list[int], each: int, lane: Lane, **more: Any) -> Counter[tuple[int, str]]:
    """Owe every chat so many different letters; return what must arrive, by chat and words."""
    owed: Counter[tuple[int, str]] = Counter()

    def unit(work: Work) -> None:
        for chat in chats:
            for number in range(each):
                text = words("minutes-ago", minutes=number + 2)
                add_letter(
                    work, Letter(chat, body("en", [text]), lane, dedupe_key=f"owed:{lane}:{chat}:{number}", **more)
                )
                owed[chat, house.content.texts.plain("minutes-ago", "en", {"minutes": number + 2})] += 1

    await house.steady.desk.write(unit)
    return owed


def attempts(house: House, method: str = "sendMessage") -> Iterator[dict[str, Any]]:
    """Every call of a kind that Telegram saw, in order."""
    return (entry for entry in house.world.calls.ring if entry["method"] == method)


def arrived(house: House) -> Counter[tuple[int, str]]:
    """Return what Telegram accepted in private chats, by chat and words."""
    texts = (
        (int(entry["params"]["chat_id"]), str(entry["params"]["text"])) for entry in attempts(house) if entry["ok"]
    )
    return Counter(key for key in texts if key[0] > 0)


def too_early(house: House) -> list[str]:
    """Return the attempts at a chat that came before a wait that Telegram had asked for was over."""
    found, free_at = [], {}
    for entry in attempts(house):
        chat, at = entry["params"]["chat_id"], datetime.fromisoformat(entry["at"])
        if at < free_at.get(chat, at):
            found.append(f"chat {chat} at {at.isoformat()}, free at {free_at[chat].isoformat()}")
        if entry.get("status") == 429:
            seconds = int(entry["description"].rpartition(" ")[2])
            free_at[chat] = at + timedelta(seconds=seconds)
    return found


def delays(house: House, since: datetime) -> dict[str, list[timedelta]]:
    """Return when each chat's letters arrived, counted from `since`."""
    found: dict[str, list[timedelta]] = defaultdict(list)
    for entry in attempts(house):
        if entry["ok"]:
            found[entry["params"]["chat_id"]].append(datetime.fromisoformat(entry["at"]) - since)
    return found


def ambiguous(house: House) -> Counter[tuple[int, str]]:
    """Return how often each letter was accepted without our hearing of it."""
    return Counter(
        (int(entry["params"]["chat_id"]), str(entry["params"]["text"]))
        for entry in attempts(house)
        if entry["ok"] and entry.get("fault") in AFTER
    )
