"""One `steady run` serves two bots, each with a Telegram of its own, through a kill and a stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.settings import setting_name
from storage.engines import in_schema
from storage.migrate import upgrade
from tests.faults.births import PATIENCE, born, kill, steady_run
from tests.faults.stage import Stage, open_stage

TOKENS = {"north": "4242:NORTH-" + "n" * 30, "south": "4343:SOUTH-" + "s" * 30}


def until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it never happened"


def answers(stage: Stage) -> int:
    stage.read_calls()
    return len(stage.sent)


@pytest.mark.postgres
def test_one_process_serves_two_bots_and_a_kill_or_a_stop_loses_nothing(fresh_postgres: str, tmp_path: Path) -> None:
    folder, log = tmp_path / "bots", tmp_path / "steady.log"
    folder.mkdir()
    with ExitStack() as rooms:
        stages = {name: rooms.enter_context(open_stage(token)) for name, token in TOKENS.items()}
        for name, stage in stages.items():
            upgrade(in_schema(fresh_postgres, f"bot_{name}"))
            file = folder / f"{name}.env"
            file.write_text(f"STEADY_BOT_TOKEN={TOKENS[name]}\nSTEADY_API_URL={stage.url}\n", encoding="utf-8")
            file.chmod(0o600)
        given = {"bots": str(folder), "home": str(tmp_path / "var"), "database_url": fresh_postgres}
        environment = {setting_name(name): value for name, value in given.items()}
        people = {name: stage.person("Somebody") for name, stage in stages.items()}
        assert len(set(people.values())) == 1  # the same number in both
        first = born(steady_run, environment, log)
        for name in TOKENS:
            stages[name].call("POST", f"/people/{people[name]}/say", text="/start")
            until(lambda name=name: answers(stages[name]) == 1)  # type: ignore[misc]
            seen = stages[name].newest_call()
            until(lambda name=name, seen=seen: stages[name].was_polled_since(seen))  # type: ignore[misc]
        kill(first)
        stages["north"].call("POST", f"/people/{people['north']}/say", text="/start")
        second = born(steady_run, environment, log)
        until(lambda: answers(stages["north"]) >= 2)
        second.terminate()
        second.join(PATIENCE)
        assert second.exitcode == 0
        assert answers(stages["south"]) <= 2  # one copy, if the kill came before the answer was written down
    said = log.read_text(encoding="utf-8")
    assert all(token.partition(":")[2] not in said for token in TOKENS.values())
    assert "of=north" in said
    assert "of=south" in said
