"""Hand one message to Telegram and say what became of it, in our words. Every error of the library ends here."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    TelegramObject,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.calls import call
from bot.logs import trouble
from bot.rendering import Rendered, render
from bot.telegram_http import SURELY_NOT_SENT
from content.loader import Content
from storage.sending import Claimed

log = structlog.get_logger()
_TAG = re.compile(r"<[^>]+>")


class Fate(StrEnum):
    """What became of one attempt."""

    SENT = "sent"
    AGAIN = "again"
    UNKNOWN = "unknown"
    LIMITED = "limited"
    UNREACHABLE = "unreachable"
    MOVED = "moved"
    LOST_MESSAGE = "lost-message"
    UNREADABLE = "unreadable"
    REFUSED = "refused"
    UNSAYABLE = "unsayable"


@dataclass(frozen=True)
class Attempt:
    """What became of an attempt, and what is needed to go on. `reason` holds no text of ours or the patient's."""

    fate: Fate
    message_id: int | None = None
    wait: timedelta = timedelta(0)
    new_chat: int | None = None
    reason: str = ""


NO_PREVIEW = {"is_disabled": True}
"""No message of ours is about the page behind a link."""


CHAT_GONE = (
    "chat not found", "not enough rights", "have no rights", "need administrator rights", "kicked", "deactivated",
    "chat_write_forbidden", "chat_restricted", "channel_private", "peer_id_invalid", "topic_closed", "topic closed",
    "message thread not found",
)  # fmt: skip
"""What Telegram says, in a refusal that is no 403, of a chat that takes nothing from us."""


async def attempt_at(bot: Bot, content: Content, letter: Claimed) -> Attempt:
    """Put a letter into words and make one attempt; markup that Telegram refuses is left out in the same attempt."""
    rendered: Rendered | None = None
    if letter.kind not in ("leave", "delete", "clear", "menu"):
        try:
            rendered = render(content, letter.body)
        except Exception as error:  # a body that no release of ours wrote: this letter alone, and it is told
            log.error("letter-unsayable", letter=letter.id, trouble=trouble(error))
            return Attempt(Fate.UNSAYABLE)
    attempt = await deliver(bot, letter, rendered)
    if attempt.fate is Fate.UNREADABLE and rendered is not None:
        attempt = await deliver_plain(bot, letter, rendered, html.unescape(_TAG.sub("", rendered.text)))
    return attempt


async def deliver(bot: Bot, letter: Claimed, rendered: Rendered | None) -> Attempt:
    """Make one attempt. A wait is never waited out here: it is returned."""
    try:
        message_id = await _hand_over(bot, letter, rendered)
    except RetryAfter as error:
        wait = error.retry_after
        return Attempt(Fate.LIMITED, wait=wait if isinstance(wait, timedelta) else timedelta(seconds=wait))
    except ChatMigrated as error:
        return Attempt(Fate.MOVED, new_chat=error.new_chat_id)
    except Forbidden:
        return Attempt(Fate.UNREACHABLE, reason="forbidden")
    except InvalidToken:
        return Attempt(Fate.AGAIN, wait=timedelta(seconds=30), reason="token refused")
    except BadRequest as error:
        return _bad_request(error)
    except TimedOut as error:
        return _timed_out(error)
    except NetworkError as error:
        is_sure = isinstance(error.__cause__, SURELY_NOT_SENT)
        return Attempt(Fate.AGAIN if is_sure else Fate.UNKNOWN, reason="network")
    except TelegramError as error:
        return Attempt(Fate.UNKNOWN, reason=type(error).__name__)
    return Attempt(Fate.SENT, message_id=message_id)


def _timed_out(error: TimedOut) -> Attempt:
    if isinstance(error.__cause__, SURELY_NOT_SENT):
        return Attempt(Fate.AGAIN, reason="not connected")
    return Attempt(Fate.UNKNOWN, reason="timed out")


def _bad_request(error: BadRequest) -> Attempt:
    said = error.message.lower()
    if "message is not modified" in said:
        return Attempt(Fate.SENT, reason="not modified")
    if "message to edit not found" in said or "message can't be edited" in said or "message_id_invalid" in said:
        return Attempt(Fate.LOST_MESSAGE, reason="message gone")
    if "can't parse entities" in said or "too long" in said:
        return Attempt(Fate.UNREADABLE, reason="markup refused")
    if any(words in said for words in CHAT_GONE):
        return Attempt(Fate.UNREACHABLE, reason="chat gone")
    return Attempt(Fate.REFUSED, reason="bad request")


async def _hand_over(bot: Bot, letter: Claimed, rendered: Rendered | None) -> int | None:
    if letter.kind == "delete":
        await _delete(bot, letter)
        return None
    if letter.kind == "menu":
        await _set_menu(bot, letter)
        return None
    if letter.kind == "clear":
        await bot.delete_messages(letter.chat_id, letter.body["messages"])
        return None
    if letter.kind == "leave" or rendered is None:
        await bot.leave_chat(letter.chat_id)
        return None
    if letter.kind == "edit" and letter.edits_message is not None:
        return await _edit(bot, letter, letter.edits_message, rendered)
    if rendered.document is not None:
        return await _send_document(bot, letter, rendered, *rendered.document)
    if rendered.picture is not None:
        sent = await bot.send_photo(
            letter.chat_id,
            rendered.picture,
            caption=rendered.text,
            parse_mode=ParseMode.HTML,
            protect_content=rendered.is_protected,
        )
        return sent.message_id
    said = await call(
        bot,
        "sendMessage",
        chat_id=letter.chat_id,
        text=rendered.text,
        parse_mode=ParseMode.HTML,
        reply_markup=_keys(rendered.markup),
        disable_notification=rendered.is_quiet,
        protect_content=rendered.is_protected,
        link_preview_options=NO_PREVIEW,
    )
    return int(said["message_id"])


async def _send_document(bot: Bot, letter: Claimed, rendered: Rendered, name: str, content: bytes) -> int:
    sent = await bot.send_document(
        letter.chat_id,
        InputFile(content, filename=name),
        caption=rendered.text or None,
        parse_mode=ParseMode.HTML,
        protect_content=rendered.is_protected,
    )
    return sent.message_id


def _keys(markup: TelegramObject | None) -> dict[str, Any] | None:
    if isinstance(markup, InlineKeyboardMarkup):  # the library looks through every attribute that a button might have
        return {"inline_keyboard": [[_key(button) for button in row] for row in markup.inline_keyboard]}
    return None if markup is None else markup.to_dict()


def _key(button: InlineKeyboardButton) -> dict[str, Any]:
    """Return a button of ours as Telegram takes it: `bot/rendering.py` makes none with anything else."""
    style = {"style": button.style} if button.style else {}
    return {"text": button.text, "callback_data": button.callback_data, **style}


async def _set_menu(bot: Bot, letter: Claimed) -> None:
    """Show these commands in one private chat; without any, those that everybody has."""
    scope = BotCommandScopeChat(letter.chat_id)
    commands = [BotCommand(word, text) for word, text in letter.body["menu"]]
    if commands:
        await bot.set_my_commands(commands, scope=scope)
    else:
        await bot.delete_my_commands(scope=scope)


async def _delete(bot: Bot, letter: Claimed) -> None:
    """Delete a message; one that is too old for it loses its buttons instead, so that nobody presses a stale one."""
    if letter.edits_message is None:
        return
    try:
        await bot.delete_message(letter.chat_id, letter.edits_message)
    except BadRequest:
        await bot.edit_message_reply_markup(letter.chat_id, letter.edits_message, reply_markup=None)


async def _edit(bot: Bot, letter: Claimed, message_id: int, rendered: Rendered) -> int:
    markup = rendered.markup if isinstance(rendered.markup, InlineKeyboardMarkup) else None
    await call(
        bot,
        "editMessageText",
        chat_id=letter.chat_id,
        message_id=message_id,
        text=rendered.text,
        parse_mode=ParseMode.HTML,
        reply_markup=_keys(markup),
        link_preview_options=NO_PREVIEW,
    )
    return message_id


async def deliver_plain(bot: Bot, letter: Claimed, rendered: Rendered, plain: str) -> Attempt:
    """Hand over the words without any markup, after Telegram refused ours: said plainly beats not said."""
    try:
        sent = await bot.send_message(
            letter.chat_id, plain[:4000], reply_markup=rendered.markup, protect_content=rendered.is_protected
        )
    except TelegramError as error:
        return Attempt(Fate.UNKNOWN if isinstance(error, TimedOut) else Fate.REFUSED, reason="plain refused")
    return Attempt(Fate.SENT, message_id=sent.message_id, reason="sent plainly")
