"""The metronome: a few interval ticks that ask what is due. It remembers nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.clock_watch import ClockWatch
from bot.desk import Desk
from bot.housework import Housework
from bot.logs import trouble
from clinic.outage import LATE, note_absence
from clinic.rounds import ask_many, make_visit
from clinic.undelivered import tell_of_failing
from clinic.ward import Ward
from storage.due import Due, Visit, find_due
from storage.leases import Grip, LeaseLost, check_grip
from storage.marks import find_marked_at, set_mark
from storage.pulse import LAST_ROUND
from storage.troubles import is_away
from storage.work import Work

log = structlog.get_logger()

MayJudge = Callable[[], Awaitable[bool]]
JUDGEMENTS = frozenset({Visit.TURN, Visit.SILENCE})
"""Visits that judge what a patient did not say. They wait until what was said has been read."""
URGENT = frozenset({Visit.CASE, Visit.HEARING})
"""Visits that are made whatever the clock says: an alert that comes too early is better than one that does not."""
AT_ONCE = 8
"""Visits of a kind made together. They are units of work in one queue, and whatever is said, claimed or paged meanwhile
waits behind those that were there before it: few, then, for one visit after an absence makes up for weeks.
"""
ASKED_AT_ONCE = 96
"""Patients asked about a dose in one unit of work."""
UNITS_AT_ONCE = 4
"""Such units in line together: the writer then need not wait for who is next, and commits all at once. Whatever comes
meanwhile waits behind them for as long as asking so many takes, some 0.05 s.
"""
MOST_TRIES = 5
TIDY_EVERY = 15
"""Seconds after which an erasure is final and an event is chained, at most."""
MARK_EVERY = 30.0
"""Seconds, of the real clock: a moved one would write a mark for every step."""


class Ticks:
    """Visits everybody who is due, and keeps house."""

    def __init__(
        self,
        desk: Desk,
        clock: Clock,
        *,
        grip: Callable[[], Grip | None],
        every: float,
        may_judge: MayJudge,
        housework: Housework,
        watch: ClockWatch | None = None,
    ) -> None:
        """With `watch`, nobody but those in danger is visited while the clock is in doubt."""
        self._grip = grip
        self._desk = desk
        self._clock = clock
        self._housework = housework
        self._may_judge = may_judge
        self._trouble: dict[tuple[Visit, int], tuple[int, datetime]] = {}
        self._round = asyncio.Lock()
        self._marked_at: float | None = None
        self._last_at: datetime | None = None
        self._watch = watch
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._scheduler.add_job(self.make_rounds, "interval", seconds=every)
        self._scheduler.add_job(self.keep_house, "interval", hours=1)
        self._scheduler.add_job(self.tidy, "interval", seconds=TIDY_EVERY)

    def start(self) -> None:
        """Start the metronome."""
        self._scheduler.start()

    def stop(self) -> None:
        """Stop it; a visit under way is in the hands of the storage thread and ends whole."""
        if self._scheduler.running:  # told to stop before it ever started: Telegram could not be reached
            self._scheduler.shutdown(wait=False)

    async def make_rounds(self) -> int:
        """Visit everybody who is due now, until nobody is; return how many were visited."""
        visited, before = 0, list[Due]()
        async with self._round:
            grip = self._grip()
            if grip is None:  # another process makes the rounds
                return 0
            try:
                await self._look_at_the_clock(grip)
                while self._grip() == grip and (due := await self._find()):
                    await self._visit_all(due, grip)
                    visited += len(due)
                    if due != before:  # a long round is well; one that visits the same rows over and over is not
                        await self._mark_round(grip)
                    before = due
                await self._mark_round(grip)
            except Exception as error:  # the database is away: what is due stays due
                log.error("round-trouble", trouble=trouble(error))
        return visited

    async def _look_at_the_clock(self, grip: Grip) -> None:
        """See whether the clock is to be trusted, and whether nobody made rounds for long: then tell what is late."""
        if self._watch is not None:
            await self._watch.look()
        if self._is_doubtful or not self._may_have_been_away():
            return
        await self._desk.write(lambda work: self._note_absence(work, grip))
        self._last_at = self._clock.now()

    def _may_have_been_away(self) -> bool:
        """At the first round; later only where time goes by itself: a clock moved by hand has no hours to be away."""
        if self._last_at is None:
            return True
        return self._watch is not None and self._clock.now() - self._last_at >= LATE

    def _note_absence(self, work: Work, grip: Grip) -> None:
        check_grip(work, grip)
        marked = find_marked_at(work.session, LAST_ROUND)  # by another process, while this one was passive
        since = max((at for at in (self._last_at, marked) if at is not None), default=None)
        if since is not None and work.now - since >= LATE:
            note_absence(Ward(work, self._desk.content), since)
        set_mark(work, LAST_ROUND, "made")

    @staticmethod
    def _note_round(work: Work, grip: Grip) -> None:
        check_grip(work, grip)
        set_mark(work, LAST_ROUND, "made")

    @property
    def _is_doubtful(self) -> bool:
        return self._watch is not None and self._watch.is_doubtful

    async def _mark_round(self, grip: Grip) -> None:
        """Write down, now and then, that rounds are made."""
        if self._is_doubtful:
            return
        self._last_at = self._clock.now()
        now = asyncio.get_running_loop().time()
        if self._marked_at is None or now - self._marked_at >= MARK_EVERY:
            self._marked_at = now
            await self._desk.write(lambda work: self._note_round(work, grip))

    async def _find(self) -> list[Due]:
        now = self._clock.now()
        most = AT_ONCE + len(self._trouble)  # however many in trouble stand at the head, others are seen behind them
        asked = most - AT_ONCE + ASKED_AT_ONCE * UNITS_AT_ONCE
        due = await self._desk.read(lambda session: find_due(session, now=now, most=most, asked=asked))
        if self._is_doubtful:
            due = [one for one in due if one.visit in URGENT]
        may_judge = any(one.visit in JUDGEMENTS for one in due) and await self._may_judge()
        return [one for one in due if (may_judge or one.visit not in JUDGEMENTS) and self._may_try(one, now)]

    def _may_try(self, due: Due, now: datetime) -> bool:
        _, not_before = self._trouble.get((due.visit, due.id), (0, now))
        return not_before <= now

    async def _visit_all(self, due: Sequence[Due], grip: Grip) -> None:
        """Visit each in a unit of its own, but ask many about their doses in one; if that fails, them one by one."""
        asked, apart = list[Due](), list[Due]()
        for one in due:
            is_apart = one.visit is not Visit.PROMPT or (one.visit, one.id) in self._trouble
            (apart if is_apart else asked).append(one)
        units = [asked[first : first + ASKED_AT_ONCE] for first in range(0, len(asked), ASKED_AT_ONCE)]
        for unit, is_done in zip(units, await asyncio.gather(*(self._ask(unit, grip) for unit in units)), strict=True):
            if not is_done:
                apart += unit
        for first in range(0, len(apart), AT_ONCE):
            await asyncio.gather(*(self._visit(one, grip) for one in apart[first : first + AT_ONCE]))

    async def _ask(self, due: Sequence[Due], grip: Grip) -> bool:
        """Ask many in one unit of work; return False if they are to be visited one by one."""
        if len(due) < 2:
            return False
        try:
            await self._desk.write(lambda work: self._make_many(work, due, grip))
        except LeaseLost:
            log.warning("lease-lost", visit=Visit.PROMPT.value)
        except Exception as error:  # one of them: who it is shows when each is visited alone
            if is_away(error):
                raise
            return False
        return True

    def _make_many(self, work: Work, due: Sequence[Due], grip: Grip) -> None:
        check_grip(work, grip)
        ask_many(work, self._desk.content, due)

    async def _visit(self, due: Due, grip: Grip) -> None:
        """Visit one row; one that fails is tried later and later, and never stops the others."""
        key = (due.visit, due.id)
        try:
            await self._desk.write(lambda work: self._make(work, due, grip))
        except LeaseLost:
            log.warning("lease-lost", visit=due.visit.value)
        except Exception as error:  # this row alone: the round goes on
            if is_away(error):  # no fault of the row's: it is due again as soon as the database is back
                raise
            tries = self._trouble.get(key, (0, due.at))[0] + 1
            wait = timedelta(minutes=min(2**tries, 60))
            self._trouble[key] = (tries, self._clock.now() + wait)
            log.error("visit-trouble", visit=due.visit.value, row=due.id, trouble=trouble(error), tries=tries)
            if tries == MOST_TRIES:
                await self._tell_of_failing(due, tries)
        else:
            self._trouble.pop(key, None)

    async def _tell_of_failing(self, due: Due, tries: int) -> None:
        what = due.visit.value
        await self._desk.write(lambda work: tell_of_failing(work, self._desk.content, what, due.id, tries))

    def _make(self, work: Work, due: Due, grip: Grip) -> None:
        check_grip(work, grip)
        make_visit(work, self._desk.content, due)

    async def tidy(self) -> None:
        """Make erasures final and chain the new events, if this process makes the rounds."""
        if self._grip() is None:
            return
        try:
            await asyncio.to_thread(self._housework.tidy)
            await asyncio.to_thread(self._housework.chain)
            if not self._is_doubtful:
                await asyncio.to_thread(self._housework.follow_zones)
        except Exception as error:  # the database is away: it is done next time
            log.error("housework-trouble", trouble=trouble(error))

    async def keep_house(self) -> None:
        """Delete what has been kept long enough, if this process makes the rounds and knows what time it is."""
        if self._grip() is None or self._is_doubtful:
            return
        try:
            await asyncio.to_thread(self._housework.keep_periods)
        except Exception as error:  # the database is away: it is done next time
            log.error("housework-trouble", trouble=trouble(error))
