"""The running bot: intake, worker, sender and ticks over one store, started and stopped in the right order."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Collection, Coroutine
from datetime import datetime
from typing import TYPE_CHECKING, Any

import structlog
from telegram.error import TelegramError

from bot.application import build_application
from bot.bell import Bell
from bot.clock import Clock
from bot.clock_watch import clock_watch
from bot.desk import Desk
from bot.handlers.install import Handlers, offer_commands
from bot.heartbeat import Heartbeat
from bot.housework import Housework
from bot.intake import Intake
from bot.leases import Leases
from bot.lifeline import Lifeline
from bot.logs import trouble
from bot.mail import mailer_of
from bot.master_keys import masters_of
from bot.route_test import RouteTest
from bot.second_way import SecondWay
from bot.sender import Sender
from bot.settings import Settings
from bot.ticks import Ticks
from bot.turns import Part, Turns
from bot.watch import Watch
from bot.webhook import WebhookWatch, has_everything
from bot.worker import Worker
from clinic.invite_patient import BOT_USERNAME
from clinic.operator import OPERATOR_CHAT
from content.loader import Content
from storage.due import look_ahead
from storage.inbox import count_waiting
from storage.leases import Grip, find_chat_holders, free_chats
from storage.marks import set_chat_mark, set_mark
from storage.sending import release_claims
from storage.store import Store
from storage.work import Work

if TYPE_CHECKING:
    from bot.web_server import WebServer

log = structlog.get_logger()

POLLING, SENDING, ROUNDS, WORKING = "polling", "sending", "rounds", "working"
"""The leases: what only one process of a bot may do at a time."""
ROLES = ("intake", "worker", "sender", "ticks", "web")
"""What a process may do. On PostgreSQL, several processes may share it in any way."""
WITHOUT_PAGES = frozenset(ROLES) - {"web"}


class Steady:
    """One bot at work, or a part of it. `start` returns once it serves; `stop` lets what is in hand be finished."""

    def __init__(
        self, settings: Settings, content: Content, clock: Clock, roles: Collection[str] = WITHOUT_PAGES
    ) -> None:
        self.clock = clock
        self.roles = frozenset(roles)
        self.settings = settings
        self.store = Store(settings.database_url, clock.now, masters_of(settings))
        self.desk = Desk(self.store, content)
        self.application = build_application(settings)
        self.lifeline = Lifeline(settings.home)
        self.leases = Leases(self.desk, self.lifeline, self._wanted_leases())
        self.leases.on_taken[SENDING] = _free_claims
        self.worker = self._make_worker()
        bot = self.application.bot
        self.sender = Sender(
            self.desk,
            bot,
            clock,
            grip=self._grip_on(SENDING),
            per_second=settings.sends_per_second,
            per_minute=settings.group_sends_per_minute,
        )
        self.intake = Intake(
            self.desk,
            clock,
            grip=self._grip_on(POLLING),
            base=f"{settings.api_url}/bot{settings.token}",
            poll_seconds=settings.poll_seconds,
            on_arrival=self.worker.tell,
        )
        self.housework = Housework(self.store, content, settings.home)
        self.ticks = self._make_ticks()
        self.bell = Bell(self.desk, self._grip_on(SENDING), on_updates=self.worker.tell, on_letters=self.sender.tell)
        self._tasks: list[asyncio.Task[None]] = []
        self.turns = Turns()
        self.watch = self._make_watch()
        self._web: WebServer | None = None
        self._is_stopped = False
        Handlers(self.desk).install(self.application)

    def _make_ticks(self) -> Ticks:
        return Ticks(
            self.desk,
            self.clock,
            grip=self._grip_on(ROUNDS),
            every=self.settings.tick_seconds,
            may_judge=self.may_judge,
            housework=self.housework,
            watch=clock_watch(self.desk, self.clock, self.settings.api_url),
        )

    def _make_watch(self) -> Watch:
        url, rounds = self.settings.heartbeat_url, self._grip_on(ROUNDS)
        heartbeat = Heartbeat(
            self.desk,
            self.clock,
            url=url.get_secret_value() if url is not None else None,
            tasks=lambda: self._tasks,
            turns=self.turns,
            intake_trouble=lambda: self.intake.trouble,
        )
        routes = RouteTest(self.desk, self.application.bot)
        second_way = SecondWay(self.desk, self.clock, mailer_of(self.settings))
        return Watch(self.desk, self.clock, heartbeat, routes, second_way, is_active=lambda: rounds() is not None)

    def _make_worker(self) -> Worker:
        """On PostgreSQL one of many, which takes chats in hand; on SQLite the only one, as long as it has the lease."""
        if self.store.is_shared:
            return Worker(self.desk, self.application, self.clock, may_work=lambda: True, holder=self.lifeline.name)
        grip = self._grip_on(WORKING)
        return Worker(self.desk, self.application, self.clock, may_work=lambda: grip() is not None, holder=None)

    def _grip_on(self, name: str) -> Callable[[], Grip | None]:
        return lambda: self.leases.grip(name)

    def _wanted_leases(self) -> list[str]:
        wanted = {SENDING: "sender", ROUNDS: "ticks"}
        if self.settings.webhook_url is None:
            wanted[POLLING] = "intake"
        if not self.store.is_shared:  # one file, one process: a second one by mistake is wholly passive
            wanted[WORKING] = "worker"
        return [name for name, role in wanted.items() if role in self.roles]

    async def may_judge(self) -> bool:
        """Return whether everything the patients said so far has been read: only then is silence silence."""
        if self.worker.is_busy:
            return False
        if await self.desk.read(lambda session: count_waiting(session, now=self.clock.now())):
            return False
        if self.leases.grip(POLLING) is not None:
            return self.intake.is_caught_up
        return await has_everything(self.desk, self.clock.now())

    async def start(self) -> None:
        """Learn our own name, take the leases that are free, and begin to serve."""
        self.bell.hang()
        await asyncio.to_thread(self.housework.begin)
        await self._greet_telegram()
        await self.leases.keep()
        await self._free_chats_of_the_dead()
        self.lifeline.sweep()
        await self._open_web()
        for run in self._runs():
            self._tasks.append(asyncio.create_task(run()))
        if "ticks" in self.roles:
            self.ticks.start()
            self.watch.start()
            self.desk.run_errand(self.watch.test_routes())
        self.desk.run_errand(self._offer_commands())

    async def _free_chats_of_the_dead(self) -> None:
        """A worker that crashed here had chats in hand: their updates must not wait for its claim to run out."""
        dead = [one for one in await self.desk.read(find_chat_holders) if self.lifeline.is_dead(one)]
        if dead:
            await self.desk.write(lambda work: free_chats(work, dead))

    def _runs(self) -> list[Callable[[], Coroutine[Any, Any, None]]]:
        fetching = self.intake if self.settings.webhook_url is None else self._webhook_watch()
        by_role: dict[str, Part] = {"worker": self.worker, "sender": self.sender, "intake": fetching}
        parts: dict[str, Part] = {"leases": self.leases}
        parts |= {role: part for role, part in by_role.items() if role in self.roles}
        for name, part in parts.items():
            part.on_turn = self.turns.begin(name)
        runs = [part.run for part in parts.values()]
        return [*runs, self.leases.end_frozen] if self.store.is_shared else runs

    def _webhook_watch(self) -> WebhookWatch:
        url, secret = self.settings.webhook_url, self.settings.secret
        assert url is not None
        assert secret is not None
        return WebhookWatch(self.desk, self.application.bot, self.clock, url=url, secret=secret)

    async def _open_web(self) -> None:
        if "web" not in self.roles:
            return
        from bot.web_pages import web_pages  # not at the top: most bots poll, and serve no pages
        from bot.web_server import WebServer

        pages = web_pages(self.desk, secret=self.settings.secret, on_arrival=self.worker.tell, is_well=self.health)
        self._web = WebServer(pages, host=self.settings.host, port=self.settings.port)
        await self._web.start()

    def health(self) -> dict[str, bool]:
        """Return which parts of this process are well; a passive one is."""
        return {
            "leases": self.leases.is_fresh,
            "intake": "intake" not in self.roles or self.intake.trouble is None,
            "tasks": not any(task.done() for task in self._tasks),
        }

    async def _greet_telegram(self) -> None:
        """Ask Telegram who we are until it answers; a token that it does not know is tried again too."""
        pause = 1.0
        while True:
            try:
                await self.application.initialize()
                if self.settings.webhook_url is None and "intake" in self.roles:
                    await self.application.bot.delete_webhook(drop_pending_updates=False)
                break
            except TelegramError as error:
                log.warning("telegram-not-reached", trouble=trouble(error))
                await self.watch.second_way.look()  # what was owed before we started waits all the same
                await asyncio.sleep(pause)
                pause = min(pause * 1.5, 30.0)
        username = self.application.bot.username
        chat = self.settings.operator_chat
        await self.desk.write(lambda work: set_mark(work, BOT_USERNAME, username))
        await self.desk.write(lambda work: set_chat_mark(work, OPERATOR_CHAT, chat))

    async def _offer_commands(self) -> None:
        try:
            await offer_commands(self.application.bot, self.desk)
        except TelegramError as error:
            log.warning("menu-not-set", trouble=trouble(error))

    async def stop(self) -> None:
        """Take no more in, let what is in hand be finished, and close. What is left is in the database."""
        if self._is_stopped:
            return
        self._is_stopped = True
        self.ticks.stop()
        self.watch.stop()
        if self._web is not None:
            await self._web.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.worker.stop()
        await self.sender.stop()
        await self.intake.close()
        with contextlib.suppress(Exception):  # the database is away: the leases run out by themselves
            await self.leases.end()
        await self.application.shutdown()
        await self.bell.take_down()
        await asyncio.to_thread(self.store.close)
        self.lifeline.end()

    @property
    def parts(self) -> list[asyncio.Task[None]]:
        """Return the tasks that serve, each until it is cancelled."""
        return self._tasks

    @property
    def taken(self) -> int:
        """Return how many updates and letters have been taken in hand since the start."""
        return self.worker.taken + self.sender.taken

    async def rest(self) -> datetime | None:
        """Do all there is to do at this instant of the clock; return when the next thing is due.

        Everybody is asked to look at once: what a moved clock made due wakes nobody by itself. What people said
        comes before what the clock finds, so that an answer is not judged as silence.
        """
        while True:
            taken = self.taken
            await self._idle()
            async with self.worker.looking, self.sender.looking:
                ahead = await self.desk.read(lambda session: look_ahead(session, now=self.clock.now()))
            if ahead.is_update_waiting:
                await self.worker.look()
                continue
            if ahead.is_letter_due:
                await self.sender.look()
            visited = await self.ticks.make_rounds() if ahead.is_visit_due else 0
            if not ahead.is_letter_due and not visited and self.taken == taken:
                return ahead.next_at

    async def _idle(self) -> None:
        await self.worker.idle()
        await self.sender.idle()
        await self.desk.idle()


def _free_claims(work: Work) -> None:
    """What a sender before us was sending has an unknown outcome: it is sent again."""
    release_claims(work)
