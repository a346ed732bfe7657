"""Calls of the Bot API that need none of the library's objects in return."""

from __future__ import annotations

from typing import Any

from telegram import Bot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter  # the library is pinned; its own methods make these


async def call(bot: Bot, method: str, **values: Any) -> Any:
    """Make one call of the Bot API and return its bare result; raises what the library raises.

    The library's own methods make a tree of objects of each answer; of a sent message we need its number.
    """
    given = [RequestParameter(name, value, None) for name, value in values.items() if value is not None]
    return await bot.request.post(f"{bot.base_url}/{method}", RequestData(given))
