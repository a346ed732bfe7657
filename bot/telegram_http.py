"""How the bot's library and the intake speak HTTP: aiohttp, whose calls cost less than the default client's.

The choice and its figures are in `docs/decisions/0006-aiohttp-speaks-to-telegram.md`.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import Any

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.exhaustion import end_if_exhausted
from storage.crash_points import passes

SURELY_NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
"""Errors after which Telegram cannot have what we meant to send: there was no connection to send it by."""

JSON = {"Content-Type": "application/json"}
CONNECT_SECONDS = 10.0
FREE_CONNECTION_SECONDS = 10.0
LONGEST_ANSWER_SECONDS = 30.0
"""An answer that trickles is given up on: what became of the message is then unknown."""


def open_session(*, connections: int, trust_env: bool) -> aiohttp.ClientSession:
    """Return a session with up to `connections` to one server. Proxies of the environment are used with `trust_env`.

    A connection idle for 15 s is closed: one that the server closed first costs an unknown outcome.
    """
    connector = aiohttp.TCPConnector(limit=connections, keepalive_timeout=15)
    return aiohttp.ClientSession(connector=connector, trust_env=trust_env, cookie_jar=aiohttp.DummyCookieJar())


class AiohttpRequest(BaseRequest):
    """The library's requests over aiohttp: JSON, and a form where a file goes along."""

    def __init__(self, *, connections: int, trust_env: bool, read_seconds: float = 10.0) -> None:
        self._connections = connections
        self._trust_env = trust_env
        self._read_seconds = read_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Return the seconds to wait for the next part of an answer."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Open the session; it belongs to the loop that runs now."""
        if self._session is None:
            self._session = open_session(connections=self._connections, trust_env=self._trust_env)

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one call; return the status and the body. Raises TimedOut and NetworkError, their cause beside them."""
        if self._session is None:
            raise RuntimeError("the session is not open")
        timeout = _timeout(_seconds(connect_timeout, CONNECT_SECONDS), _seconds(read_timeout, self._read_seconds))
        passes("call")
        try:
            async with self._session.request(
                method, _address(url), timeout=timeout, allow_redirects=False, **_payload(request_data)
            ) as answer:
                status, body = answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from error
        except (aiohttp.ClientError, OSError) as error:
            # Its own words hold the address, and with it the token.
            raise NetworkError(type(error).__name__) from error
        except MemoryError as error:  # the library would call it a fault of the network
            end_if_exhausted(error)
            raise
        passes("called")
        return status, body


@cache
def _timeout(connect: float | None, read: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(
        total=LONGEST_ANSWER_SECONDS, connect=FREE_CONNECTION_SECONDS, sock_connect=connect, sock_read=read
    )


@lru_cache(maxsize=100)  # one for each method, and for each file that is fetched
def _address(url: str) -> URL:
    return URL(url, encoded=True)


def _seconds(given: Any, default: float) -> float | None:
    return default if isinstance(given, DefaultValue) else given


def _payload(data: RequestData | None) -> dict[str, Any]:
    """Return what goes along. A form is ten times the work of JSON, which Telegram takes as well."""
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": json.dumps(data.parameters).encode(), "headers": JSON}
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}
