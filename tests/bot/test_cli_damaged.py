"""`steady run` on a file that does not hold together: one sentence, and nobody is served from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import service
from bot.settings import setting_name
from storage.migrate import upgrade
from tests.bot.conftest import TOKEN
from tests.bot.test_cli import assert_refused, steady


def test_run_refuses_a_damaged_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One byte of a page that the start itself never reads."""
    file = tmp_path / "steady.db"
    upgrade(f"sqlite:///{file}")
    spoilt = bytearray(file.read_bytes())
    spoilt[len(spoilt) - 4096] ^= 0x40
    file.write_bytes(spoilt)
    monkeypatch.setenv(setting_name("bot_token"), TOKEN)
    monkeypatch.setenv(setting_name("database_url"), f"sqlite:///{file}")
    monkeypatch.setattr(service, "_part", lambda name: pytest.fail(f"{name} was begun"))
    assert_refused(steady("run"), "is damaged: what it would show may be wrong", "restore a backup")
