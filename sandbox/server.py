"""Running the sandbox: inside somebody's event loop for tests and demos, or alone."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from types import FrameType

import uvicorn

from sandbox.app import create_app
from sandbox.world import World


@dataclass(frozen=True)
class Server:
    url: str
    world: World

    @property
    def bot_url(self) -> str:
        """What a bot library takes as its base; the token comes right behind it."""
        return f"{self.url}/bot"

    @property
    def file_url(self) -> str:
        return f"{self.url}/file/bot"


class _Uvicorn(uvicorn.Server):
    """Ends every open stream and long poll before waiting for connections, else Ctrl-C seems dead."""

    def __init__(self, config: uvicorn.Config, world: World) -> None:
        super().__init__(config)
        self.world = world

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.world.close()
        super().handle_exit(sig, frame)

    async def begin(self, listener: socket.socket) -> None:
        """Start without uvicorn's main loop: no signal handlers in a loop that belongs to somebody else."""
        self.config.load()
        self.lifespan = self.config.lifespan_class(self.config)
        await self.startup([listener])

    async def end(self) -> None:
        """Stop at once, without the tenths of a second that uvicorn naps; tests do this hundreds of times."""
        self.world.close()
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            await asyncio.wait(list(self.server_state.tasks), timeout=1)
        await self.lifespan.shutdown()


def _server(world: World, host: str, port: int) -> _Uvicorn:
    config = uvicorn.Config(
        create_app(world),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
        lifespan="on",
        ws="none",
    )
    return _Uvicorn(config, world)


def _listener(host: str, port: int) -> socket.socket:
    """Return a socket that says it is TCP: only then does asyncio switch off Nagle, 40 ms a call."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(256)
    return listener


@asynccontextmanager
async def serve(world: World, *, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[Server]:
    """Serve the world in the running loop until the block ends; port 0 takes a free one."""
    server = _server(world, host, port)
    with _listener(host, port) as listener:
        await server.begin(listener)
        try:
            yield Server(f"http://{host}:{listener.getsockname()[1]}", world)
        finally:
            await server.end()


def run(world: World, host: str, port: int) -> None:
    """Serve alone until Ctrl-C."""
    with suppress(KeyboardInterrupt):  # uvicorn raises it again once everything is closed
        _server(world, host, port).run()
