"""Whether another process on this machine has died."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.lifeline import Lifeline

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs file locks that end with the process")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Lifeline]:
    line = Lifeline(tmp_path)
    yield line
    line.end()


def test_a_living_process_is_not_dead(here: Lifeline, tmp_path: Path) -> None:
    other = Lifeline(tmp_path)
    assert not here.is_dead(other.name)
    assert not other.is_dead(here.name)
    other.end()
    assert not here.is_dead(other.name)  # it has let go of everything itself


def test_a_killed_process_is_dead(here: Lifeline, tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from bot.lifeline import Lifeline; "
        "life = Lifeline(Path(sys.argv[1])); print(life.name, flush=True); os.kill(os.getpid(), 9)"
    )
    told = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False)
    name = told.stdout.strip()
    assert here.is_dead(name)
    here.sweep()
    assert [path.stem for path in (tmp_path / "run").iterdir()] == [here.name.rpartition(":")[2]]


def test_who_ran_elsewhere_or_never_here_is_not_known_to_be_dead(here: Lifeline) -> None:
    for name in ("another-host:0123", f"{here.name.rpartition(':')[0]}:0123", "nonsense", "", "../x"):
        assert not here.is_dead(name)
