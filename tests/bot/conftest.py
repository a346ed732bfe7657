"""Settings as one person would have them, logs put back as they were, a real database, and a stub of Telegram."""

import json
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.logs import QUIET, RedactingFilter
from bot.settings import PREFIX, setting_name

TOKEN = "987654321:AAcanary_canary-canary0123456789abc"


@pytest.fixture(autouse=True)
def no_settings_from_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX) or name.lower().endswith("_proxy")]:
        if name != setting_name("master_key"):  # a throwaway one, of `tests/conftest.py`
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)  # no .env of ours is read


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, hooks = root.handlers[:], root.level, (sys.excepthook, threading.excepthook)
    quiet = {name: logging.getLogger(name).level for name in QUIET}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook, threading.excepthook = hooks
    for name, before in quiet.items():
        logging.getLogger(name).setLevel(before)
    for handler in handlers:
        handler.filters[:] = [each for each in handler.filters if not isinstance(each, RedactingFilter)]
    logging.captureWarnings(False)
    structlog.reset_defaults()


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The address of a database that is not there yet; `steady init` or `steady migrate` make it."""
    url = f"sqlite:///{tmp_path.as_posix()}/steady.db"
    monkeypatch.setenv(setting_name("database_url"), url)
    return url


class Telegram:
    """A stub of the Bot API on this machine: it answers what it was told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.answers: dict[str, Any] = {
            "getMe": {"id": 987654321, "is_bot": True, "username": "steady_test_bot"},
            "getWebhookInfo": {"url": ""},
            "getChat": {"id": -100, "type": "supergroup", "permissions": {"can_send_messages": True}},
            "getChatMember": {"status": "member"},
        }

    def refuses(self, method: str, code: int, description: str) -> None:
        """Answer `method` as Telegram says no."""
        self.answers[method] = {"ok": False, "error_code": code, "description": description}

    def answer(self, method: str, values: dict[str, Any]) -> tuple[int, bytes]:
        self.asked.append((method, values))
        told = self.answers[method]
        if isinstance(told, bytes):
            return 502, told
        if told.get("ok") is False:
            return told["error_code"], json.dumps(told).encode()
        return 200, json.dumps({"ok": True, "result": told}).encode()


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[Telegram]:
    stub = Telegram()
    with serve(stub.answer) as address:
        monkeypatch.setenv(setting_name("api_url"), address)
        monkeypatch.setenv(setting_name("bot_token"), TOKEN)
        yield stub


@contextmanager
def serve(answer: Callable[[str, dict[str, Any]], tuple[int, bytes]]) -> Iterator[str]:
    """Answer `/bot<token>/<method>` on a free port of this machine; yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            _, bot, method = self.path.split("/")
            assert bot == f"bot{TOKEN}"
            length = int(self.headers.get("Content-Length") or 0)
            status, body = answer(method, json.loads(self.rfile.read(length) or b"{}"))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
