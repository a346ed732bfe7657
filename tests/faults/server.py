"""A PostgreSQL server of a test's own, which may be crashed, hung and started again. Here it does wait for the disk."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import Argv, command, execute, free_port, go_without, places

SETTINGS = "-c max_connections=300 -c shared_buffers=32MB"


@dataclass(frozen=True)
class PostgresServer:
    """One server: its programs, its folder and its port, which stays the same over every restart."""

    binaries: Path
    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Return the address of its first database."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, after a crash with recovery from its log."""
        options = f"-k {self.folder} -h 127.0.0.1 -p {self.port} {SETTINGS}"
        self._control("-l", self.folder / "log", "-o", options, "start")

    def crash(self) -> None:
        """End every process of the server at once, as a crash would: nothing is flushed, nobody is told."""
        self._control("-m", "immediate", "stop")

    def restart_after_crash(self) -> None:
        """Crash it and start it again."""
        self.crash()
        self.start()

    def hang(self) -> None:
        """Let it stand still without closing a connection."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it go on after it hung."""
        self._signal(signal.SIGCONT)

    def database(self, name: str) -> str:
        """Make an empty database and return its address."""
        execute(self.url, f"create database {name}")
        return self.url.removesuffix("postgres") + name

    def _control(self, *what: str | Path) -> None:
        argv: Argv = [self.binaries / "pg_ctl", "-D", self.folder / "data", "-w", *what]
        command(argv)

    def _signal(self, sign: signal.Signals) -> None:
        parent = int((self.folder / "data" / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])
        for process in [*_children(parent), parent]:
            os.kill(process, sign)


def _children(parent: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()]


@contextmanager
def own_server() -> Iterator[PostgresServer]:
    """Start a server in a folder of its own; whatever became of it, nothing is left of it afterwards."""
    if not places():
        go_without("none found")
    folder = Path(tempfile.mkdtemp(prefix="steady-pg-"))
    server = PostgresServer(places()[0], folder, free_port())
    try:
        command(
            [
                server.binaries / "initdb",
                "-D",
                folder / "data",
                "-U",
                "postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
            ]
        )
        server.start()
        try:
            yield server
        finally:
            server.crash()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
