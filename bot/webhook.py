"""Take updates that Telegram brings, on any number of processes: 200 is said only after the commit."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import TelegramError

from bot.clock import Clock
from bot.desk import Desk
from bot.intake import KINDS, usable
from bot.logs import trouble
from storage.inbox import add_updates
from storage.marks import find_marked_at, set_mark

log = structlog.get_logger()

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the name of a header, not a secret)
LONGEST_UPDATE = 1_000_000
CAUGHT_UP = "caught-up"
"""The mark that says when all that the patients said was last known to be in the inbox."""
ASK_EVERY = 20.0
STAYS_TRUE = timedelta(minutes=2)


def web_pages(
    desk: Desk, *, secret: str | None, on_arrival: Callable[[], None], is_well: Callable[[], dict[str, bool]]
) -> Starlette:
    """Return what this process answers over HTTP: its health, and Telegram's calls if there is a `secret`."""

    async def healthz(_request: Request) -> Response:
        parts = is_well()
        return JSONResponse(parts, status_code=200 if all(parts.values()) else 503)

    async def receive(request: Request) -> Response:
        assert secret is not None
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            log.warning("webhook-without-secret")
            return Response(status_code=403)
        body = await request.body()
        if len(body) > LONGEST_UPDATE:
            log.error("update-too-long")
            return Response(status_code=200)  # Telegram would bring it for ever
        try:
            update = json.loads(body)
        except ValueError:
            log.error("update-unreadable")
            return Response(status_code=200)
        arrivals = usable([update])
        if arrivals:
            await desk.write(lambda work: add_updates(work, arrivals))
            on_arrival()
        return Response(status_code=200)

    routes = [Route("/healthz", healthz)]
    if secret is not None:
        routes.append(Route(PATH, receive, methods=["POST"]))
    return Starlette(routes=routes)


class WebhookWatch:
    """Sees that Telegram brings updates to us, and knows when it has none left to bring."""

    def __init__(self, desk: Desk, bot: Bot, clock: Clock, *, url: str, secret: str) -> None:
        self._desk = desk
        self._bot = bot
        self._clock = clock
        self._url = f"{url}{PATH}"
        self._secret = secret

    async def run(self) -> None:
        """Set the webhook, set it again whenever it is gone, and note when nothing is pending, until cancelled."""
        while True:
            try:
                await self.look()
            except TelegramError as error:
                log.warning("webhook-trouble", trouble=trouble(error))
            except Exception as error:  # the database is away: the mark grows old, and nobody is judged meanwhile
                log.error("webhook-trouble", trouble=trouble(error))
            await asyncio.sleep(ASK_EVERY)

    async def look(self) -> None:
        """Make one round: set what is missing, and write down whether everything has arrived."""
        info = await self._bot.get_webhook_info()
        if info.url != self._url:
            await self._bot.set_webhook(
                self._url, secret_token=self._secret, allowed_updates=KINDS, drop_pending_updates=False
            )
            return
        if not info.pending_update_count:
            await self._desk.write(lambda work: set_mark(work, CAUGHT_UP, "nothing pending"))


async def has_everything(desk: Desk, now: datetime) -> bool:
    """Return whether some process has said of late that every update is in the inbox."""
    at = await desk.read(lambda session: find_marked_at(session, CAUGHT_UP))
    return at is not None and now - at <= STAYS_TRUE
