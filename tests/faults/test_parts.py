"""A part of `steady run` that ends by itself ends the process: nobody else would do its work, and it starts anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.intake import Intake
from bot.sender import Sender
from bot.worker import Worker
from storage.store import SqliteWriter
from tests.faults.births import PATIENCE, born, kill, steady_run
from tests.faults.stage import open_stage
from tests.faults.sweep import TOKEN

PARTS = {"worker": Worker, "sender": Sender, "intake": Intake}


def run_with_broken(part: str, is_database_stuck: bool, environment: dict[str, str], log: Path) -> None:
    """Be `steady run` with a part that fails as it begins, and perhaps with a database that takes nothing after it."""

    async def fail(_self: object) -> None:
        if is_database_stuck:
            SqliteWriter._commit = lambda _self, _batch: None  # type: ignore[method-assign]
        raise KeyError(part)

    PARTS[part].run = fail  # type: ignore[attr-defined]
    steady_run(environment, log)


@pytest.mark.parametrize(("part", "is_database_stuck"), [*((part, False) for part in PARTS), ("sender", True)])
def test_a_part_that_fails_ends_the_process_with_1(
    fresh_sqlite: str, tmp_path: Path, part: str, is_database_stuck: bool
) -> None:
    with open_stage(TOKEN) as stage:
        environment = {
            "STEADY_BOT_TOKEN": TOKEN, "STEADY_API_URL": stage.url, "STEADY_HOME": str(tmp_path),
            "STEADY_DATABASE_URL": fresh_sqlite,
        }  # fmt: skip
        process = born(run_with_broken, part, is_database_stuck, environment, tmp_path / "log")
        process.join(PATIENCE)
        code = process.exitcode
        kill(process)  # one that hangs must not keep this test from ending
        assert code == 1
    assert "part-ended" in (tmp_path / "log").read_text(encoding="utf-8")
