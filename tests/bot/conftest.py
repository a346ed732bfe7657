"""Settings as one person would have them, and logs put back as they were."""

import logging
import os
import sys
import threading
from collections.abc import Iterator

import pytest
import structlog

from bot.settings import PREFIX


@pytest.fixture(autouse=True)
def no_settings_from_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)  # no .env of ours is read


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, hooks = root.handlers[:], root.level, (sys.excepthook, threading.excepthook)
    quiet = {name: logging.getLogger(name).level for name in ("httpx", "httpcore", "telegram", "apscheduler")}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook, threading.excepthook = hooks
    for name, before in quiet.items():
        logging.getLogger(name).setLevel(before)
    for handler in handlers:
        handler.filters[:] = [each for each in handler.filters if "Redacting" not in type(each).__name__]
    logging.captureWarnings(False)
    structlog.reset_defaults()
