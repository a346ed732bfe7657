"""Once memory is out the process ends, whoever noticed: not one of those who go on after errors goes on after this."""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
import subprocess
import sys
from types import SimpleNamespace

import pytest

from bot.exhaustion import EXIT_CODE, LAST_WORDS, end_if_exhausted, is_exhausted
from bot.main import _until_told

SET_UP = """
import asyncio, logging, threading
from concurrent.futures import Future
from contextlib import suppress
from types import SimpleNamespace
from bot.exhaustion import end_when_exhausted, listen_to
from bot.logs import set_up_logs, trouble
from bot.loop import run_in_loop
from bot.settings import Settings
from bot.telegram_http import AiohttpRequest

def fail(*_, **__):
    raise MemoryError
class Fails:
    __del__ = fail
class Unprintable:
    __str__ = fail
class Full:
    write = flush = fail
async def forgotten():
    listen_to(asyncio.get_running_loop())
    task = asyncio.ensure_future(asyncio.to_thread(fail))
    await asyncio.wait([task])
    del task
    await asyncio.sleep(0)
async def call():
    request = AiohttpRequest(connections=1, trust_env=False)
    request._session = SimpleNamespace(request=fail)
    with suppress(BaseException):
        await request.do_request("http://127.0.0.1/", "POST")
async def callback():
    listen_to(asyncio.get_running_loop())
    asyncio.get_running_loop().call_soon(fail)
    await asyncio.sleep(1)
def noted():
    try:
        fail()
    except Exception as error:
        trouble(error)
def handed_on():
    future = Future()
    future.add_done_callback(fail)
    future.set_result(None)
def in_thread():
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()

set_up_logs(Settings(log_format="json"))
end_when_exhausted("json")
"""
WAYS = {
    "noted by one of ours who would go on": "noted()",
    "nobody caught it": "fail()",
    "in a thread": "in_thread()",
    "in the end of an object": "Fails()",
    "in what a future calls, whose library logs it": "handed_on()",
    "while a line is put together": "logging.getLogger('x').error('%s', Unprintable())",
    "while a line is written": "logging.getLogger().handlers[0].setStream(Full()); logging.getLogger('x').error('a')",
    "in a call to Telegram, whose library names it a fault of the network": "run_in_loop(call())",
    "in a callback of the loop": "run_in_loop(callback())",
    "in a task that nobody awaits": "run_in_loop(forgotten())",
}


@pytest.mark.parametrize("way", WAYS)
def test_it_ends_at_once_wherever_memory_ran_out(way: str) -> None:
    argv = [sys.executable, "-c", f"{SET_UP}\n{WAYS[way]}\nprint('it went on')"]
    done = subprocess.run(argv, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (EXIT_CODE, b"")
    assert done.stderr == LAST_WORDS["json"]


def behind(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def of_sqlite(name: str) -> Exception:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = name
    return error


def of_libpq(sqlstate: str | None) -> Exception:
    error = RuntimeWarning("out of memory")
    error.sqlstate = sqlstate  # type: ignore[attr-defined]
    return error


SIGNS = [
    (MemoryError(), True),
    (behind(ValueError(), MemoryError()), True),
    (behind(ValueError(), behind(KeyError(), MemoryError())), True),
    (OSError(errno.ENOMEM, "Cannot allocate memory"), True),
    (OSError(errno.ENOSPC, "No space left on device"), False),
    (RuntimeError("can't start new thread"), True),
    (RuntimeError("the store is closed"), False),
    (of_sqlite("SQLITE_IOERR_SHMMAP"), True),
    (of_sqlite("SQLITE_FULL"), False),
    (of_libpq(None), True),
    (of_libpq("53200"), False),
]


@pytest.mark.parametrize(("error", "says_so"), SIGNS, ids=repr)
def test_what_says_that_memory_is_out(error: Exception, says_so: bool) -> None:
    assert is_exhausted(error) is says_so


def test_two_errors_that_hold_each_other_are_looked_at_once() -> None:
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert not is_exhausted(one)


def test_who_has_not_said_that_it_may_end_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    ends: list[int] = []
    monkeypatch.setattr(os, "_exit", ends.append)
    end_if_exhausted(MemoryError())
    assert ends == []


@pytest.mark.parametrize("ends_by_itself", [False, True])
async def test_a_part_that_ends_by_itself_ends_the_process(ends_by_itself: bool) -> None:
    async def fails() -> None:
        raise KeyError

    told, never = asyncio.Event(), asyncio.Event()
    part = asyncio.create_task(fails() if ends_by_itself else never.wait())
    stopped, fetching = asyncio.create_task(told.wait()), asyncio.create_task(asyncio.sleep(0))
    if not ends_by_itself:
        told.set()
    async with asyncio.timeout(5):
        code = await _until_told(stopped, [SimpleNamespace(parts=[part])], fetching)  # type: ignore[list-item]
    assert code == int(ends_by_itself)
    stopped.cancel()
    part.cancel()
    await asyncio.wait([stopped, part])
