"""The measure: a bot as the library's own examples write it. It makes the same calls to Telegram and keeps nothing."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters
from telegram.request import HTTPXRequest

from sandbox.world import DEFAULT_TOKEN

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("That is all", callback_data="told")]])


async def serve(telegram: str, expected: int) -> tuple[float, float]:
    handled = 0
    done = asyncio.Event()

    def count() -> None:
        nonlocal handled
        handled += 1
        if handled == expected:
            done.set()

    async def said(update: Update, _context: Any) -> None:
        assert update.message is not None
        await update.message.reply_text("How do you feel?", reply_markup=KEYS)
        count()

    async def pressed(update: Update, _context: Any) -> None:
        query = update.callback_query
        assert query is not None
        await query.answer()
        await query.edit_message_text(f"Noted {query.id}")
        assert update.effective_chat is not None
        await update.effective_chat.send_message("Thank you. Anything else?", reply_markup=KEYS)
        count()

    request = HTTPXRequest(connection_pool_size=32, httpx_kwargs={"trust_env": False})
    polling = HTTPXRequest(httpx_kwargs={"trust_env": False})
    builder = Application.builder().token(DEFAULT_TOKEN).base_url(f"{telegram}/bot")
    application = builder.request(request).get_updates_request(polling).build()
    application.add_handler(MessageHandler(filters.TEXT, said))
    application.add_handler(CallbackQueryHandler(pressed))
    async with application:
        await application.start()
        assert application.updater is not None
        began, worked = time.perf_counter(), time.process_time()
        await application.updater.start_polling(timeout=1)
        await done.wait()
        seconds = (time.perf_counter() - began, time.process_time() - worked)
        await application.updater.stop()
        await application.stop()
    return seconds


def main() -> None:
    wall, processor = asyncio.run(serve(sys.argv[1], int(sys.argv[2])))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": wall, "processor": processor, "peak_kib": peak}))


if __name__ == "__main__":
    main()
