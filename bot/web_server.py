"""Serve pages inside the bot's own loop, and stop when it stops."""

from __future__ import annotations

import asyncio

import uvicorn
from starlette.applications import Starlette


class _Quiet(uvicorn.Server):
    """Leaves signals to whoever runs the loop."""

    def install_signal_handlers(self) -> None:
        """Install none."""


class WebServer:
    """One listening address. `start` returns once it listens; raises OSError when the port is taken."""

    def __init__(self, pages: Starlette, *, host: str, port: int) -> None:
        config = uvicorn.Config(
            pages, host=host, port=port, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=2
        )
        self._server = _Quiet(config)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen."""
        self._server.config.load()
        self._server.lifespan = self._server.config.lifespan_class(self._server.config)
        try:
            await self._server.startup()
        except SystemExit:  # uvicorn's way of saying that the port is taken
            raise OSError("the port is taken") from None
        self._task = asyncio.create_task(self._server.main_loop())

    async def stop(self) -> None:
        """Finish what is being answered, for two seconds at most."""
        if self._task is None:
            return
        self._server.should_exit = True
        await self._task
        await self._server.shutdown()
