"""Take updates that Telegram brings, on any number of processes: 200 is said only after the commit."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.desk import Desk
from bot.intake import usable
from bot.webhook import PATH
from storage.inbox import add_updates

log = structlog.get_logger()

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the name of a header, not a secret)
LONGEST_UPDATE = 1_000_000


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
