"""Who starts Steady again: the unit that ships, in the hands of a systemd of the test's own, or done by its words.

A systemd of our own lives in namespaces of its own, and sees of the machine's control groups one that is made for it
and removed afterwards; that takes root. It reads the unit as it is; a drop-in says only what a test cannot have: the
user, and the places of the checkout and the settings.
"""

from __future__ import annotations

import configparser
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).parent.parent.parent
UNIT = ROOT / "docs" / "steady.service"
COMMAND = [sys.executable, "-P", "-c", "import sys; sys.argv = ['steady', 'run']; from bot.cli import main; main()"]
SYSTEMD = Path("/lib/systemd/systemd")
HIERARCHIES = (Path("/sys/fs/cgroup/unified"), Path("/sys/fs/cgroup"))
COMES_UP_WITHIN = 15.0
INSIDE = """
mount -t cgroup2 none /sys/fs/cgroup && mount -t tmpfs none /run && mkdir -p /run/systemd/system || exit 1
env -i HOME="$XDG_RUNTIME_DIR" PATH="$PATH" XDG_RUNTIME_DIR="$XDG_RUNTIME_DIR" \
  SYSTEMD_UNIT_PATH="$XDG_RUNTIME_DIR/units:" "$0" --user --unit=steady.service --log-target=console
exit 0
"""
"""Its parent is the first process of the namespace: were it that itself, it would take itself for the machine's."""
APART = "unshare --cgroup --mount --pid --fork --mount-proc --kill-child"
OUTSIDE = f'echo $$ > "$1/cgroup.procs" && exec {APART} sh -c "$2" "$3"'


class Supervisor(Protocol):
    """Somebody who keeps `steady run` running."""

    def find(self) -> int | None:
        """Return the id of the process that runs at present."""


class Systemd:
    """A systemd of our own, whose first process is `manager`."""

    def __init__(self, manager: int) -> None:
        self._manager = manager

    def find(self) -> int | None:
        """Return the id of the child that is Steady."""
        return next((child for child in children(self._manager) if "bot.cli" in command_of(child)), None)


def children(parent: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []


def command_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return ""


@contextmanager
def systemd(environment: Mapping[str, str], home: Path) -> Iterator[Systemd | None]:
    """Let a systemd of our own keep Steady running; None where none can be had."""
    place = next((one for one in HIERARCHIES if (one / "cgroup.controllers").exists()), None)
    if place is None or os.geteuid() != 0 or not SYSTEMD.exists() or shutil.which("unshare") is None:
        yield None
        return
    folder, group = Path(tempfile.mkdtemp(prefix="steady-sd-")), place / f"steady-{os.getpid()}"
    try:
        group.mkdir()
    except OSError:
        yield None
        return
    write_units(folder / "units", environment)
    argv = ["sh", "-c", OUTSIDE, "sh", str(group), INSIDE, str(SYSTEMD)]
    with (home / "systemd.log").open("wb") as log:
        outer = subprocess.Popen(argv, env={**os.environ, "XDG_RUNTIME_DIR": str(folder)}, stdout=log, stderr=log)
    try:
        yield wait_for_manager(outer, folder)
    finally:
        outer.kill()  # and with it everything in its namespaces
        outer.wait()
        remove_group(group)
        shutil.rmtree(folder, ignore_errors=True)


def write_units(folder: Path, environment: Mapping[str, str]) -> None:
    (folder / "steady.service.d").mkdir(parents=True)
    shutil.copy(UNIT, folder)
    command = " ".join(f'"{part}"' for part in COMMAND)
    lines = [f'Environment="{name}={value}"' for name, value in environment.items()]
    dropped = ["[Service]", "User=", f"WorkingDirectory={ROOT}", "ExecStart=", f"ExecStart={command}", *lines]
    (folder / "steady.service.d" / "test.conf").write_text("\n".join(dropped) + "\n", encoding="utf-8")


def wait_for_manager(outer: subprocess.Popen[bytes], folder: Path) -> Systemd | None:
    end = time.monotonic() + COMES_UP_WITHIN
    while time.monotonic() < end and outer.poll() is None:
        if (folder / "systemd" / "private").exists():
            return Systemd(next(one for first in children(outer.pid) for one in children(first)))
        threading.Event().wait(0.05)
    return None


def remove_group(group: Path) -> None:
    """Remove what is left of a control group, once its last process is gone."""
    end = time.monotonic() + COMES_UP_WITHIN
    while group.exists() and time.monotonic() < end:
        for one in sorted((path for path in group.rglob("*") if path.is_dir()), reverse=True):
            with suppress(OSError):
                one.rmdir()
        with suppress(OSError):
            group.rmdir()
        threading.Event().wait(0.05)


class ByItsWords:
    """Does what the unit says about starting again, and nothing else of a service manager's work."""

    def __init__(self, environment: Mapping[str, str], home: Path) -> None:
        unit = configparser.ConfigParser()
        unit.read(UNIT, encoding="utf-8")
        self._again = unit["Service"]["Restart"] == "always"
        self._after = float(unit["Service"]["RestartSec"])
        self._environment = {**os.environ, **environment}
        self._log = home / "steady.log"
        self._ended = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    def find(self) -> int | None:
        """Return the id of the process that runs at present."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def _keep(self) -> None:
        while not self._ended.is_set():
            with self._log.open("ab") as log:
                self._process = subprocess.Popen(COMMAND, cwd=ROOT, env=self._environment, stdout=log, stderr=log)
            self._process.wait()
            if not self._again:
                return
            self._ended.wait(self._after)

    def end(self) -> None:
        """Keep it running no more."""
        self._ended.set()
        while self._thread.is_alive():
            if (process := self.find()) is not None:
                os.kill(process, signal.SIGKILL)
            self._thread.join(0.1)


@contextmanager
def by_its_words(environment: Mapping[str, str], home: Path) -> Iterator[ByItsWords]:
    """Keep Steady running as the unit says."""
    supervisor = ByItsWords(environment, home)
    try:
        yield supervisor
    finally:
        supervisor.end()
