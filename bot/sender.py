"""Send what is owed: the most urgent first, each chat in order, no chat's wait a wait for another."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.delivering import Attempt, Fate, attempt_at
from bot.desk import Desk
from bot.logs import trouble
from bot.pacing import BotPace, Pace
from bot.sent_book import SentBook
from bot.strays import Search, Strays, free
from clinic.undelivered import chat_moved, letter_refused, letter_unsayable
from storage.leases import Grip, LeaseLost, check_grip
from storage.outbox import drop_expired
from storage.pacing import let_all_but_pages_rest, let_chats_rest
from storage.queues import Lane
from storage.sending import Claimed, Sent, claim_due, is_any_due, put_back
from storage.work import Work

log = structlog.get_logger()
T = TypeVar("T")

AT_ONCE = 8
"""Letters claimed together: few, so that a page never waits behind many that were claimed before it."""
IN_FLIGHT = 12
"""Chats served side by side. Those on their way are past choosing: a page could only wait for them to arrive."""
BACKOFFS = (1, 2, 5, 15, 60, 300)
"""Seconds before the next attempt at a letter that Telegram did not take."""


class Sender:
    """The one task that serves the outbox of one bot."""

    def __init__(
        self,
        desk: Desk,
        bot: Bot,
        clock: Clock,
        *,
        grip: Callable[[], Grip | None],
        per_second: float,
        per_minute: int = 0,
    ) -> None:
        self._desk = desk
        self._grip = grip
        self._bot = bot
        self._clock = clock
        self._budget = BotPace(per_second)
        self._pace = Pace(per_minute)
        self._pages_only: dict[int, datetime] = {}
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._rests: dict[int, datetime] = {}
        self._strays = Strays()
        self._book = SentBook(desk, more_to_come=lambda: len(self._busy) > 1)
        self.looking = asyncio.Lock()
        """Held while rows are being taken in hand: then they are neither waiting nor taken."""
        self.wake = asyncio.Event()
        self._is_told = False
        self._again: asyncio.TimerHandle | None = None
        self.taken = 0
        """Letters taken in hand so far."""
        self.on_turn: Callable[[], None] = lambda: None
        """Called each time the loop has come round without trouble."""

    @property
    def is_busy(self) -> bool:
        """Return whether a letter is on its way right now."""
        return bool(self._busy)

    def tell(self) -> None:
        """Say that letters have been written: the next look need not ask first whether there are any."""
        self._is_told = True
        self.wake.set()

    async def run(self) -> None:
        """Serve until cancelled; what is on its way then is found again at the next start."""
        while True:
            try:
                if not await self.look():
                    await self._pause()
                self.on_turn()
            except asyncio.CancelledError:
                raise
            except Exception as error:  # the database is away: its letters wait in it
                log.error("sender-trouble", trouble=trouble(error))
                await asyncio.sleep(1)

    async def idle(self) -> None:
        """Wait until no letter is on its way."""
        while self._busy:
            await asyncio.wait(list(self._busy.values()))

    async def stop(self) -> None:
        """Let the letters on their way arrive, for a few seconds at most."""
        if self._busy:
            await asyncio.wait(list(self._busy.values()), timeout=5)

    async def _pause(self) -> None:
        with contextlib.suppress(TimeoutError):
            # Not wait_for: before Python 3.12 it swallows a cancellation that comes together with the wake.
            async with asyncio.timeout(1):
                await self.wake.wait()
        self.wake.clear()

    async def look(self) -> bool:
        """Send the most urgent letters of chats that are free on their way; return whether there may be more."""
        async with self.looking:
            try:
                return await self._claim_some()
            except LeaseLost:  # another process sends now; the next renewal tells us so
                log.warning("lease-lost")
                return False

    async def _claim_some(self) -> bool:
        self.wake.clear()
        grip = self._grip()
        if grip is None or len(self._busy) >= IN_FLIGHT:
            return False
        now = self._clock.now()
        self._rests = {chat: until for chat, until in self._rests.items() if until > now}
        resting = {*self._busy, *self._rests}
        search = self._strays.look(asyncio.get_running_loop().time())
        room, only_pages = self._room()
        if not room:
            return False
        slowest = Lane.PAGE if only_pages else Lane.DIGEST
        is_told, self._is_told = self._is_told, only_pages
        is_due = (is_told and not only_pages) or bool(self._rests or search)
        if not is_due and not await self._desk.read(
            lambda session: is_any_due(session, now=now, resting=resting, slowest=slowest)
        ):
            return False
        claimed = await self._claim_surely(
            lambda work: self._claim(work, grip, resting, search, most=room, slowest=slowest)
        )
        # As many as asked for: then there may be more, and that need not be asked for by itself.
        self._is_told = self._is_told or len(claimed) == room
        self._strays.freed(search)
        self._strays.take(letter.id for letter in claimed)
        await self._budget.leave(len(claimed), sum(letter.lane is Lane.PAGE for letter in claimed))
        self.taken += len(claimed)
        chats: dict[int, list[Claimed]] = {}
        for letter in claimed:
            chats.setdefault(letter.chat_id, []).append(letter)
        for chat, letters in chats.items():
            self._busy[chat] = asyncio.create_task(self._serve_chat(chat, grip, letters))
        return len(claimed) == room

    async def _claim_surely(self, unit: Callable[[Work], list[Claimed]]) -> list[Claimed]:
        """Claim letters; when it is not known whether that was done, see that none stays behind."""
        try:
            return await self._desk.write(unit)
        except LeaseLost:
            raise
        except Exception:  # made or not: the answer was lost
            self._strays.claim_lost(asyncio.get_running_loop().time())
            raise

    def _room(self) -> tuple[int, bool]:
        """Return how many letters may leave now, and whether only pages may; look again when there may be more room."""
        loop = asyncio.get_running_loop()
        room, only_pages = self._budget.room(loop.time(), AT_ONCE)
        if (not room or only_pages) and self._again is None:
            self._again = loop.call_later(self._budget.wait(loop.time()), self._look_again)
        return room, only_pages

    def _look_again(self) -> None:
        self._again = None
        self.wake.set()

    def _claim(
        self,
        work: Work,
        grip: Grip,
        resting: Collection[int],
        search: Search,
        *,
        most: int,
        slowest: Lane,
    ) -> list[Claimed]:
        check_grip(work, grip)
        free(work, search)
        if self._rests:  # what is owed to a resting chat is due when its rest is over, and not before
            let_chats_rest(work, dict(self._rests))  # the edge goes on changing its own meanwhile
        self._pages_only = {chat: until for chat, until in dict(self._pages_only).items() if until > work.now}
        let_all_but_pages_rest(work, self._pages_only)
        claimed = claim_due(work, resting=resting, most=most, slowest=slowest)
        if not claimed and slowest is not Lane.PAGE:
            drop_expired(work)
        return claimed

    async def _serve_chat(self, chat: int, grip: Grip, letters: Sequence[Claimed]) -> None:
        reached = 0
        try:
            for number, letter in enumerate(letters):
                if self._grip() != grip:  # another's, who frees what we claimed; or lapsed, and ours again: then we do
                    self._strays.add(one.id for one in letters[number:])
                    return
                reached += 1
                if not await self._send(grip, letter):
                    await self._hand_back(grip, letters[number + 1 :])
                    return
        except LeaseLost:
            log.warning("lease-lost", chat=chat)
        except Exception as error:  # the database was away: whatever is not written down counts as unknown
            self._strays.add(letter.id for letter in letters)
            log.error("letter-trouble", chat=chat, trouble=trouble(error))
        finally:
            self._budget.answered(asyncio.get_running_loop().time(), len(letters) - reached)
            self._busy.pop(chat, None)
            self._strays.put_down(letter.id for letter in letters)
            self.wake.set()

    async def _write(self, grip: Grip, unit: Callable[[Work], T]) -> T:
        """Write as the holder of the lease; raise LeaseLost, with nothing written, once somebody else is."""

        def fenced(work: Work) -> T:
            check_grip(work, grip)
            return unit(work)

        return await self._desk.write(fenced)

    async def _hand_back(self, grip: Grip, letters: Sequence[Claimed]) -> None:
        """Let the chat's further letters wait behind the one that did not go."""

        def unit(work: Work) -> None:
            for letter in letters:
                put_back(work, letter.id, send_at=work.now, reason="chat rests", is_unknown=False)

        await self._write(grip, unit)

    async def _send(self, grip: Grip, letter: Claimed) -> bool:
        """Make one attempt at a letter and write down what became of it; return whether the chat can go on."""
        loop, left_at = asyncio.get_running_loop(), asyncio.get_running_loop().time()
        try:
            attempt = await attempt_at(self._bot, self._desk.content, letter)
        finally:
            self._budget.answered(loop.time())
        if attempt.fate is Fate.SENT:
            self._budget.taken(left_at, loop.time())
        elif attempt.fate is Fate.LIMITED:
            self._budget.refused(loop.time(), letter.chat_id, attempt.wait.total_seconds())
        return await self._settle(grip, letter, attempt)

    async def _settle(self, grip: Grip, letter: Claimed, attempt: Attempt) -> bool:
        now = self._clock.now()
        match attempt.fate:
            case Fate.SENT:
                scrub = bool(letter.body.get("secret"))
                await self._book.note(grip, Sent(letter.id, attempt.message_id, scrub))
                return not self._must_rest(letter.chat_id, now)
            case Fate.LIMITED:
                self._rests[letter.chat_id] = now + attempt.wait
                await self._put_back(grip, letter, attempt, attempt.wait)
            case Fate.AGAIN | Fate.UNKNOWN:
                await self._put_back(grip, letter, attempt, max(attempt.wait, self._backoff(letter)))
            case Fate.UNSAYABLE:  # this letter alone
                await self._write(grip, lambda work: letter_unsayable(work, self._desk.content, letter))
                return True
            case Fate.MOVED if attempt.new_chat is not None:
                new = attempt.new_chat
                await self._write(grip, lambda work: chat_moved(work, self._desk.content, letter, new))
            case _:
                log.warning("letter-refused", letter=letter.id, fate=attempt.fate.value, reason=attempt.reason)
                await self._write(
                    grip,
                    lambda work: letter_refused(work, self._desk.content, letter, attempt.fate.value, attempt.reason),
                )
        return False

    def _must_rest(self, chat: int, now: datetime) -> bool:
        rest = self._pace.rest_after(chat, now)
        if rest is not None:
            (self._rests if rest.pages_too else self._pages_only)[chat] = rest.until
        return rest is not None

    async def _put_back(self, grip: Grip, letter: Claimed, attempt: Attempt, wait: timedelta) -> None:
        at = self._clock.now() + wait
        is_unknown = attempt.fate is Fate.UNKNOWN
        log.info("letter-again", letter=letter.id, fate=attempt.fate.value, reason=attempt.reason)
        await self._write(
            grip, lambda work: put_back(work, letter.id, send_at=at, reason=attempt.fate.value, is_unknown=is_unknown)
        )

    def _backoff(self, letter: Claimed) -> timedelta:
        return timedelta(seconds=BACKOFFS[min(letter.attempts, len(BACKOFFS)) - 1])
