"""Where the edge meets the house: one hop to a storage thread for each unit of work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from telegram import CallbackQuery, Update
from telegram.error import TelegramError

from bot.calls import call
from bot.garbage import nothing_but_keepsakes
from care.refusals import Refusal
from clinic.people import Sender as Caller
from clinic.serve import Action, Call, Toast, refuse, serve
from content.loader import Content
from storage.inbox import Waiting
from storage.store import Query, Store
from storage.work import Work

log = structlog.get_logger()
T = TypeVar("T")

MOST_TOAST = 200
"""Characters that Telegram shows in answer to a press."""


WRITTEN = ("text", "caption")
"""The values of an action that hold what a person wrote, which has to be read."""
ANSWERS_AT_ONCE = 8
"""The HTTP client walks its whole queue for each request: after a long absence hundreds of answers would crawl."""


@dataclass
class Handling:
    """The inbox row being handled, and what became of it."""

    row: Waiting
    is_served: bool = False
    error: BaseException | None = None


HANDLING: ContextVar[Handling] = ContextVar("handling")


class Desk:
    """Runs actions for handlers, and keeps the small tasks that follow them alive until they are done."""

    def __init__(self, store: Store, content: Content) -> None:
        self.store = store
        self.content = content
        self._errands: set[asyncio.Task[None]] = set()
        self._answering = asyncio.Semaphore(ANSWERS_AT_ONCE)
        self._fetching = asyncio.Lock()

    async def write(self, unit: Callable[[Work], T]) -> T:
        """Run a unit of work and return its result once it is durable."""
        return await asyncio.wrap_future(self.store.write(unit))

    async def read(self, query: Query[T]) -> T:
        """Run a query on a reading thread."""
        return await asyncio.wrap_future(self.store.read(query))

    async def act(self, update: Update, action: Action, **values: Any) -> None:
        """Do what an update asks for and tick it off, in one unit of work; then answer the press, if it was one."""
        handling = HANDLING.get()
        if any(values.get(name) for name in WRITTEN):
            await self.have_reader()
        call = _call(update, handling.row, action, values)
        try:
            toast = await self.write(lambda work: serve(work, self.content, call))
        except Refusal as refusal:
            log.info("refused", action=action.__name__, why=refusal.key)
            no = refusal
            toast = await self.write(lambda work: refuse(work, self.content, call, no))
        handling.is_served = True
        if update.callback_query is not None:
            self.run_errand(self._answer(update.callback_query, toast))

    async def have_reader(self) -> None:
        """Have what reads messages at hand: loading it takes half a second, and in a unit of work all others wait."""
        async with self._fetching:
            if not self.content.has_reader:
                await asyncio.to_thread(self._fetch_reader)

    def _fetch_reader(self) -> None:
        with nothing_but_keepsakes():
            _ = self.content.reader

    async def _answer(self, query: CallbackQuery, toast: Toast | None) -> None:
        """Take the waiting sign off the pressed button. Too late is no fault: the press itself is recorded."""
        text, is_refusal = None, False
        if toast is not None:
            text = self.content.texts.plain(toast.said.key, toast.language, toast.said.values)[:MOST_TOAST]
            is_refusal = toast.said.key.startswith("refused")
        try:
            async with self._answering:
                await call(
                    query.get_bot(), "answerCallbackQuery", callback_query_id=query.id, text=text, show_alert=is_refusal
                )
        except TelegramError as error:
            log.info("press-not-answered", trouble=type(error).__name__)

    def run_errand(self, errand: Coroutine[Any, Any, None]) -> None:
        """Run something in the background, held fast until it is done."""
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def idle(self) -> None:
        """Wait until no errand is under way."""
        while self._errands:
            await asyncio.wait(list(self._errands))


def _call(update: Update, row: Waiting, action: Action, values: dict[str, Any]) -> Call:
    user, chat, query = update.effective_user, update.effective_chat, update.callback_query
    assert user is not None
    sender = Caller(
        telegram_id=user.id,
        chat_id=chat.id if chat is not None else user.id,
        is_private=chat is None or chat.type == "private",
        language=user.language_code,
    )
    return Call(
        action=action,
        sender=sender,
        row_id=row.id,
        update_id=update.update_id,
        message_id=query.message.message_id if query is not None and query.message is not None else None,
        is_press=query is not None,
        values=values,
    )
