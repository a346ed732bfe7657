"""An unmodified python-telegram-bot finds everything it needs."""

from __future__ import annotations

import struct
import zlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Update
from telegram.error import ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter
from telegram.ext import Application, CallbackQueryHandler, CommandHandler
from telegram.request import HTTPXRequest

from sandbox.server import Server
from sandbox.world import DEFAULT_TOKEN
from tests.sandbox.conftest import Stage, until


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + b"\xff" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def line() -> HTTPXRequest:
    return HTTPXRequest(connection_pool_size=8, httpx_kwargs={"trust_env": False})


@pytest.fixture
async def bot(server: Server) -> AsyncIterator[Bot]:
    made = Bot(DEFAULT_TOKEN, server.bot_url, server.file_url, line(), line())
    async with made:
        yield made


@pytest.fixture
async def application(server: Server) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    """A bot that greets, and edits its greeting when the button is pressed."""

    async def start(update: Update, context: Any) -> None:
        button = InlineKeyboardButton("Taken", callback_data="taken:1", style="success")
        assert update.message
        await update.message.reply_html("<b>Hello</b> 😀", reply_markup=InlineKeyboardMarkup([[button]]))

    async def press(update: Update, context: Any) -> None:
        assert update.callback_query
        await update.callback_query.answer("Noted")
        await update.callback_query.edit_message_text("Thank you")

    app = (
        Application.builder()
        .token(DEFAULT_TOKEN)
        .base_url(server.bot_url)
        .request(line())
        .get_updates_request(line())
        .build()
    )
    app.add_handlers([CommandHandler("start", start), CallbackQueryHandler(press)])
    async with app:
        assert app.updater
        await app.updater.start_polling(poll_interval=0, timeout=10)
        await app.start()
        yield app
        await app.updater.stop()
        await app.stop()


async def quiet(stage: Stage, app: Application[Any, Any, Any, Any, Any, Any]) -> None:
    await stage("GET", "/quiet?timeout=5")
    await app.update_queue.join()
    await stage("GET", "/quiet?timeout=5")


async def replies(stage: Stage, chat: int, count: int) -> list[dict[str, Any]]:
    """Wait until the chat holds so many messages; the handler runs beside the queue."""

    async def enough() -> list[dict[str, Any]]:
        found = await stage.said(chat)
        return found if len(found) >= count else []

    found: list[dict[str, Any]] = await until(enough)
    return found


async def test_a_polling_application_answers_start_and_a_press(stage, application):
    ann = await stage.person("Ann", started=False)
    await stage("POST", f"/people/{ann}/say", text="/start")
    greeting = (await replies(stage, ann, 2))[1]
    assert greeting["html"] == "<b>Hello</b> 😀"
    assert greeting["buttons"][0][0]["style"] == "success"

    await stage("POST", f"/people/{ann}/tap", label="taken")
    await quiet(stage, application)

    async def changed() -> Any:
        message = (await stage.said(ann))[1]
        return message if message["edit_date"] else None

    edited = await until(changed)
    assert edited["text"] == "Thank you"
    assert edited["buttons"] == []
    assert (await stage("GET", f"/people/{ann}/toasts"))[0]["text"] == "Noted"
    assert await stage("GET", "/unimplemented") == {}
    assert all(call["ok"] for call in await stage("GET", "/calls"))


async def test_the_bot_knows_itself(bot):
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.username) == (4242, True, "steady_demo_bot")


async def test_photos_go_up_come_down_and_are_replaced(bot, ann):
    sent = await bot.send_photo(ann, png(40, 30), caption="<i>Your week</i>", parse_mode="HTML")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (40, 30)
    assert sent.caption_html == "<i>Your week</i>"
    file = await bot.get_file(sent.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == png(40, 30)
    edited = await sent.edit_media(InputMediaPhoto(png(50, 20), caption="Two weeks"))
    assert (edited.photo[-1].width, edited.caption) == (50, "Two weeks")
    again = await bot.send_photo(ann, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id


async def test_documents_keep_their_name(bot, ann):
    sent = await bot.send_document(ann, b"a,b\n1,2\n", filename="diary.csv")
    assert (sent.document.file_name, sent.document.file_size) == ("diary.csv", 8)


async def test_members_and_chats_are_parsed(bot, stage, ann):
    bea = await stage.person("Bea")
    room = await stage.room("supergroup", ann, bea)
    assert (await bot.get_chat(room)).title == "On call"
    assert (await bot.get_chat(ann)).first_name == "Ann"
    assert (await bot.get_chat_member(room, bea)).status == "member"
    assert (await bot.get_chat_member(room, 4242)).status == "administrator"
    assert [one.user.first_name for one in await bot.get_chat_administrators(room)] == ["Ann"]
    assert await bot.get_chat_member_count(room) == 3


async def test_profile_calls_are_kept(bot):
    await bot.set_my_commands([("help", "What I can do")])
    assert (await bot.get_my_commands())[0].command == "help"
    await bot.set_my_description("A companion", language_code="en")
    assert (await bot.get_my_description("en")).description == "A companion"
    assert await bot.set_chat_menu_button()


@pytest.mark.parametrize(
    ("deed", "error"),
    [("block", "bot was blocked by the user"), ("deactivate", "user is deactivated")],
)
async def test_somebody_out_of_reach_is_forbidden(bot, stage, ann, deed, error):
    await stage("POST", f"/people/{ann}/{deed}")
    with pytest.raises(Forbidden, match=error):
        await bot.send_message(ann, "Good morning")


async def test_a_stranger_cannot_be_written_to(bot, stage):
    stranger = await stage.person("Zoe", started=False)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(stranger, "Good morning")


async def test_migration_is_understood(bot, stage, ann):
    group = await stage.room("group", ann)
    new = (await stage("POST", f"/chats/{group}/migrate"))["id"]
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group, "Page")
    assert caught.value.new_chat_id == new
    assert (await bot.send_message(new, "Page")).chat.type == "supergroup"


@pytest.mark.parametrize(("kind", "error"), [("429", RetryAfter), ("409", Conflict), ("401", InvalidToken)])
async def test_faults_arrive_as_the_errors_a_bot_expects(bot, stage, ann, kind, error):
    await stage("POST", "/faults", kind=kind, method="sendMessage", times=1)
    with pytest.raises(error):
        await bot.send_message(ann, "Good morning")
    assert await bot.send_message(ann, "Good morning")
