"""A process's sign of life for others on the same machine: a locked file that lets go the moment the process dies."""

from __future__ import annotations

import socket
import uuid
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: a dead holder is then known only by its lease running out
    fcntl = None  # type: ignore[assignment]

FOLDER = "run"


class Lifeline:
    """This process's name among all that share a database, and whether another on this machine has died."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER
        self._folder.mkdir(parents=True, exist_ok=True)
        life = uuid.uuid4().hex
        self.name = f"{socket.gethostname()[:80]}:{life}"
        self._file: IO[bytes] = self._path(life).open("wb")
        if fcntl is not None:
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def _path(self, life: str) -> Path:
        return self._folder / f"{life}.alive"

    def is_dead(self, holder: str) -> bool:
        """Return whether `holder` ran on this machine, from the same home, and has died. In doubt it lives."""
        host, _, life = holder.rpartition(":")
        path = self._path(life)
        if fcntl is None or host != socket.gethostname()[:80] or not life.isalnum() or not path.exists():
            return False
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return False
        return True

    def end(self) -> None:
        """Let go. What others held of ours is theirs at once."""
        self._file.close()
        Path(self._file.name).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what dead processes left behind."""
        for path in self._folder.glob("*.alive"):
            if self.is_dead(f"{socket.gethostname()[:80]}:{path.stem}"):
                path.unlink(missing_ok=True)
