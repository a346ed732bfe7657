"""Turn what Telegram sent into the library's objects."""

from __future__ import annotations

from typing import Any

from telegram import Bot, CallbackQuery, Chat, InaccessibleMessage, Update, User


def read_update(raw: Any, bot: Bot) -> Update | None:
    """Return an update as the library has it; of a press, only what is read of one."""
    return _press(raw, bot) or Update.de_json(raw, bot)


def _press(raw: Any, bot: Bot) -> Update | None:
    """Return the update of a press in a chat; None for anything else.

    The library would make an object of a hundred attributes of the message, of which we read number and chat: that
    costs more than all that is said of the press. To it this is a message that the bot cannot see any more.
    """
    match raw:
        case {
            "update_id": int(number),
            "callback_query": {
                "id": str(name), "from": dict(who), "message": {"message_id": int(message_id), "chat": dict(chat)},
            } as press,
        }:  # fmt: skip
            query = CallbackQuery(
                id=name,
                from_user=User.de_json(who, bot),
                chat_instance=press.get("chat_instance", ""),
                message=InaccessibleMessage(Chat.de_json(chat, bot), message_id),
                data=press.get("data"),
            )
            query.set_bot(bot)
            update = Update(number, callback_query=query)
            update.set_bot(bot)
            return update
    return None
