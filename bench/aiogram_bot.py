"""The stretch: the same bare bot on aiogram, which keeps nothing either. Aiogram has an environment of its own."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

KEYS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="That is all", callback_data="told")]])


async def serve(telegram: str, expected: int, token: str) -> tuple[float, float]:
    handled = 0
    done = asyncio.Event()

    def count() -> None:
        nonlocal handled
        handled += 1
        if handled == expected:
            done.set()

    dispatcher = Dispatcher()

    async def said(message: Message) -> None:
        await message.answer("How do you feel?", reply_markup=KEYS)
        count()

    async def pressed(query: CallbackQuery) -> None:
        await query.answer()
        assert isinstance(query.message, Message)
        await query.message.edit_text(f"Noted {query.id}")
        await query.message.answer("Thank you. Anything else?", reply_markup=KEYS)
        count()

    dispatcher.message.register(said, F.text)
    dispatcher.callback_query.register(pressed)
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(telegram)))
    began, worked = time.perf_counter(), time.process_time()
    polling = asyncio.create_task(dispatcher.start_polling(bot, polling_timeout=1, handle_signals=False))
    await done.wait()
    seconds = (time.perf_counter() - began, time.process_time() - worked)
    await dispatcher.stop_polling()
    await polling
    return seconds


def main() -> None:
    wall, processor = asyncio.run(serve(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": wall, "processor": processor, "peak_kib": peak}))


if __name__ == "__main__":
    main()
