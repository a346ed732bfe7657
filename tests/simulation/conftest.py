"""What long runs stand on: files that wait for no disk, and a collector that leaves alone what stays anyway."""

from __future__ import annotations

import gc
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder in memory where there is one: nobody pulls a plug here, and half of the time was waiting for a disk."""
    folder = Path(tempfile.mkdtemp(prefix="steady-simulation-", dir=MEMORY if MEMORY.is_dir() else None))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module", autouse=True)
def patient_collector() -> Iterator[None]:
    """Look through what was loaded before once, not with every few units of work: a seventh of the time."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    yield
    gc.set_threshold(*before)
    gc.unfreeze()
