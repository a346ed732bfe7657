"""A start brings along only what serving needs, and what can wait waits until nobody is waiting for an answer."""

import gc
import subprocess
import sys
import threading
from types import SimpleNamespace
from typing import Any

import pytest
from telegram import Update

import bot.main
from bot.desk import HANDLING, Desk, Handling
from bot.garbage import keep_what_stays, nothing_but_keepsakes
from clinic.hear_text import hear_text
from content.loader import Content, load_content
from storage.inbox import Waiting

SPARED = (
    "alembic", "psycopg", "uvicorn", "starlette", "segno", "sandbox", "numpy", "aiohttp.web", "rich.text", "click.core",
)  # fmt: skip


def test_a_polling_bot_on_sqlite_does_not_import_what_it_has_no_use_for() -> None:
    code = "import sys, bot.cli.commands, bot.main, storage.migrate; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert {"sqlalchemy", "telegram"} <= {*told}
    assert {*told}.isdisjoint(SPARED)


def test_what_is_made_at_start_is_not_looked_through_again() -> None:
    before = gc.get_freeze_count()
    try:
        with nothing_but_keepsakes():
            assert not gc.isenabled()
            kept = [[] for _ in range(1000)]
        assert gc.isenabled()
        assert gc.get_freeze_count() - before >= len(kept)
    finally:
        gc.unfreeze()


def test_the_search_goes_on_after_a_start_that_failed() -> None:
    with pytest.raises(ValueError, match="content"), nothing_but_keepsakes():
        raise ValueError("content")
    assert gc.isenabled()
    gc.unfreeze()


@pytest.mark.parametrize("is_much", [True, False])
def test_much_that_survives_a_full_search_is_not_looked_through_again(is_much: bool) -> None:
    gc.collect()
    gc.freeze()
    made: list[list[int]] = []
    end = keep_what_stays(most=1000)
    before = gc.get_freeze_count()
    try:
        made += [[] for _ in range(2000 if is_much else 10)]
        gc.collect()
        assert (gc.get_freeze_count() - before >= len(made)) is is_much
    finally:
        end()
        gc.unfreeze()


class Busy:
    """A bot that handles so many updates before it rests."""

    def __init__(self, updates: int) -> None:
        self.left, self.taken, self.fetched = updates, 0, 0
        self.worker, self.desk = SimpleNamespace(is_busy=False), self

    async def pass_time(self, _seconds: float) -> None:
        self.worker.is_busy = self.left == 1  # the last one takes its time
        self.taken += bool(self.left)
        self.left -= bool(self.left)

    async def have_reader(self) -> None:
        assert self.left == 0
        self.fetched += 1


async def test_the_reader_is_fetched_when_nothing_is_in_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    steady: Any = Busy(3)
    monkeypatch.setattr("bot.main.asyncio", SimpleNamespace(sleep=steady.pass_time))
    await bot.main._fetch_reader_in_quiet([steady])
    assert (steady.taken, steady.fetched) == (3, 1)


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Content:
    """Content whose reader nobody has asked for yet; it is the name of the thread that loads it."""
    monkeypatch.setattr("content.loader.load_reader", lambda _folder: threading.current_thread().name)
    return load_content()


@pytest.mark.parametrize(("values", "is_read"), [({"text": "I feel ill"}, True), ({"caption": ""}, False), ({}, False)])
async def test_what_is_written_has_its_reader_before_the_unit_of_work(
    fresh: Content, values: dict[str, Any], is_read: bool
) -> None:
    desk, had = Desk(None, fresh), []  # type: ignore[arg-type]

    async def write(_unit: object) -> None:
        had.append(fresh.has_reader)

    desk.write = write  # type: ignore[method-assign, assignment]
    person = {"id": 7, "is_bot": False, "first_name": "P"}
    message = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}, "from": person}
    update = Update.de_json({"update_id": 1, "message": message}, None)
    token = HANDLING.set(Handling(Waiting(1, 7, "", 0)))
    try:
        await desk.act(update, hear_text, **values)
    finally:
        HANDLING.reset(token)
    assert had == [is_read]
    if is_read:
        assert not str(fresh.reader).startswith(("steady", "MainThread"))
