"""The second way to people: what Telegram has not taken within minutes, a mail tells of.

An alert that waits is never dropped here; the mail only says that it waits, for whom to ask and how many there are. It
holds case codes and levels, never what a patient wrote.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.desk import Desk
from bot.logs import trouble
from bot.mail import Mailer, MailRefused
from storage.marks import find_mark, find_marked_at, set_mark
from storage.pulse import LatePage, find_late_pages
from storage.reading import Session

log = structlog.get_logger()

LATE = timedelta(minutes=4)
"""How long Telegram may take for an alert before a mail leaves: looked for every half minute, it is out within five."""
AGAIN = timedelta(minutes=30)
"""How often the same alerts are mailed of while they wait."""
LOOK_EVERY = 30
MOST_NAMED = 20
MAILED = "second-way"
NOTHING = "0"


class SecondWay:
    """Looks for alerts that do not leave. What it has mailed is in the database: a restart mails nothing twice."""

    def __init__(self, desk: Desk, clock: Clock, mailer: Mailer | None) -> None:
        self._desk = desk
        self._clock = clock
        self._mailer = mailer
        self._looking = asyncio.Lock()

    async def look(self) -> bool:
        """Mail if alerts wait too long, or if they have gone at last; return whether a mail left."""
        if self._mailer is None:
            return False
        async with self._looking:
            try:
                return await self._look(self._mailer)
            except MailRefused as error:
                log.error("mail-refused", why=str(error))
            except Exception as error:  # the database is away: the next look may read it
                log.error("second-way-trouble", trouble=trouble(error))
            return False

    async def _look(self, mailer: Mailer) -> bool:
        now = self._clock.now()
        late, newest, mailed_at = await self._desk.read(lambda session: _find(session, now))
        if not late:
            if newest == 0:
                return False
            await self._mail(mailer, NOTHING, self._say("mail-gone-subject"), self._say("mail-gone"))
            return True
        is_new = max(page.row for page in late) > newest
        if not is_new and mailed_at is not None and now - mailed_at < AGAIN:
            return False
        subject = self._say("mail-waiting-subject", count=len(late))
        await self._mail(mailer, str(max(page.row for page in late)), subject, self._letter(late, now))
        return True

    async def _mail(self, mailer: Mailer, mark: str, subject: str, text: str) -> None:
        """Mail first, remember then: who dies in between mails once more, and nothing stays unsaid."""
        await asyncio.to_thread(mailer.send, subject, text)
        log.warning("mailed", waiting=mark != NOTHING)
        await self._desk.write(lambda work: set_mark(work, MAILED, mark))

    def _letter(self, late: list[LatePage], now: datetime) -> str:
        minutes = int((now - min(page.since for page in late)).total_seconds() // 60)
        named = sorted({(page.clinic, page.code, page.level) for page in late if page.code})
        lines = [self._say("mail-line", clinic=at, code=code, level=level) for at, code, level in named[:MOST_NAMED]]
        if len(named) > MOST_NAMED:
            lines.append(self._say("mail-more", count=len(named) - MOST_NAMED))
        head = self._say("mail-waiting", count=len(late), minutes=minutes)
        return "\n".join([head, "", *lines, "", self._say("mail-what-to-do")])

    def _say(self, key: str, **values: str | int) -> str:
        return self._desk.content.texts.plain(key, "en", values)


def _find(session: Session, now: datetime) -> tuple[list[LatePage], int, datetime | None]:
    known = find_mark(session, MAILED) or NOTHING
    newest = int(known) if known.isdecimal() else 0
    return find_late_pages(session, now=now, after=LATE), newest, find_marked_at(session, MAILED)
