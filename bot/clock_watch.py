"""Whether this machine's clock is to be trusted. When it is not, patients are asked and judged later, and alerts go on.

A clock that somebody sets, or that comes up wrong after a restart, would make a month of questions due at once or none.
Seconds that nobody can set tell that it jumped; the hour that Telegram writes on its answers tells who is right. Where
the bot speaks with another Bot API server, nobody can tell: that one may run on this very machine. A jump is then told
of, and the clock believed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp
import structlog

from bot.clock import Clock, SystemClock, running
from bot.desk import Desk
from bot.telegram_http import open_session
from clinic.letters import words
from clinic.operator import tell_operator
from clinic.ward import Ward
from storage.crash_points import passes
from storage.outages import hasten
from storage.work import Work

log = structlog.get_logger()

JUMP = timedelta(minutes=5)
AGREES = timedelta(minutes=2)
"""How far Telegram's clock may be from ours: its answer takes a moment, and its clock is not ours to judge."""
ASK_EVERY = 60.0
"""Seconds between two questions to Telegram while the clock is in doubt."""
PATIENCE = 10.0


TELEGRAM = "api.telegram.org"

Ask = Callable[[], Awaitable[datetime | None]]


class ClockWatch:
    """Looks at the clock before each round. `running` counts seconds that nobody can set; `ask` is another's clock."""

    def __init__(self, desk: Desk, clock: Clock, *, running: Callable[[], float], ask: Ask | None) -> None:
        self._desk = desk
        self._clock = clock
        self._running = running
        self._ask = ask
        self._seen: tuple[datetime, float] | None = None
        self._asked_at: float | None = None
        self.is_doubtful = False
        """Whether the clock jumped, or differs from Telegram's, and nothing has vouched for it since."""

    async def look(self) -> None:
        """Notice a jump, raise the alarm, and ask Telegram until it agrees with us."""
        now, running = self._clock.now(), self._running()
        is_new, jump = self._seen is None, timedelta(0)
        if self._seen is not None:
            jump = (now - self._seen[0]) - timedelta(seconds=running - self._seen[1])
        self._seen = (now, running)
        if abs(jump) > JUMP:
            self._asked_at = None
            await self._doubt(jump)
        if self._ask is not None and (is_new or self.is_doubtful):
            await self._ask_about(self._ask, running)

    async def _ask_about(self, ask: Ask, running: float) -> None:
        if self._asked_at is not None and running - self._asked_at < ASK_EVERY:
            return
        self._asked_at = running
        theirs = await ask()
        if theirs is None:  # nobody to ask: what was in doubt stays so
            return
        off = self._clock.now() - theirs
        if abs(off) > (AGREES if self.is_doubtful else JUMP):
            await self._doubt(off)
        elif self.is_doubtful:
            self.is_doubtful = False
            log.warning("clock-trusted")

    async def _doubt(self, off: timedelta) -> None:
        self.is_doubtful = self._ask is not None
        log.warning("clock-doubted", seconds=round(off.total_seconds()))
        await self._desk.write(lambda work: self._tell(work, off))

    def _tell(self, work: Work, off: timedelta) -> None:
        work.record("clock-doubted", seconds=round(off.total_seconds()))
        if off < timedelta(0):
            hasten(work)
        minutes = max(1, round(abs(off).total_seconds() / 60))
        tell_operator(Ward(work, self._desk.content), "clock", words("operator-clock", count=minutes))


def clock_watch(desk: Desk, clock: Clock, api_url: str) -> ClockWatch | None:
    """Return the watch over the machine's own clock; a clock that is moved by hand needs none."""
    if not isinstance(clock, SystemClock):
        return None
    is_telegram = urlsplit(api_url).hostname == TELEGRAM
    return ClockWatch(desk, clock, running=running, ask=(lambda: telegrams_clock(api_url)) if is_telegram else None)


async def telegrams_clock(api_url: str) -> datetime | None:
    """Return the hour that Telegram writes on an answer, or None when there is none. Asked without a token."""
    passes("call")
    try:
        async with (
            asyncio.timeout(PATIENCE),
            open_session(connections=1, trust_env=True) as session,
            session.get(api_url, allow_redirects=False) as answer,
        ):
            written = answer.headers.get("Date")
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        log.info("telegrams-clock-not-seen", trouble=type(error).__name__)
        return None
    finally:
        passes("called")
    try:
        return None if written is None else parsedate_to_datetime(written)
    except ValueError:
        return None
