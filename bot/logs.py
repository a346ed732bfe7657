"""Logs: one line an event, with ids, and never the bot's token, whatever a library writes or raises.

Redaction happens where lines leave, not by log level: on every handler as a filter, in the chain as a processor,
and for tracebacks of errors that nobody caught.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections.abc import Mapping, MutableMapping
from types import TracebackType
from typing import Any, TextIO

import structlog

from bot.exhaustion import end_if_exhausted
from bot.settings import Settings

HIDDEN = "[token]"
QUIET = ("httpx", "httpcore", "telegram", "apscheduler", "alembic")
"""Loggers that never speak below WARNING: httpx writes whole URLs, telegram whole messages."""
ANY_TOKEN = re.compile(r"[0-9]{5,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
SPEAKS_BODIES = "telegram.request.BaseRequest"
"""Writes the whole answer of Telegram as an error when it is no JSON, words of patients included."""
_PLAIN = (int, float, bool, type(None))
_LONGEST_SECRET_TO_SHARE = 16
"""The part after the colon is hidden on its own too, unless it is so short that it could be a word."""


class Redactor:
    """Takes the bots' tokens, and anything of the shape of one, out of whatever it is given."""

    def __init__(self, *tokens: str) -> None:
        parts = []
        for token in tokens:
            secret = token.partition(":")[2]
            parts += [token, token.replace(":", "%3A")]
            parts += [secret] if len(secret) >= _LONGEST_SECRET_TO_SHARE else []
        own = "|".join(re.escape(part) for part in parts)
        self._pattern = re.compile(f"{own}|{ANY_TOKEN.pattern}") if own else ANY_TOKEN

    def text(self, text: str) -> str:
        """Return `text` without tokens."""
        return self._pattern.sub(HIDDEN, text)

    def value(self, value: Any) -> Any:
        """Return `value` without tokens: strings and collections cleaned, other objects as text if they hold one."""
        match value:
            case str():
                return self.text(value)
            case _ if isinstance(value, _PLAIN):
                return value
            case Mapping():
                return {self.value(key): self.value(held) for key, held in value.items()}
            case list() | set() | frozenset():
                return [self.value(held) for held in value]
            case tuple():
                return tuple(self.value(held) for held in value)
        seen = value.decode("utf-8", "replace") if isinstance(value, bytes) else f"{value} {value!r}"
        return self.text(seen) if self._pattern.search(seen) else value

    def traceback(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> str:
        """Return the printed form of an error, causes included, without tokens."""
        return self.text("".join(traceback.format_exception(kind, error, trace))).rstrip("\n")

    def __call__(self, _logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """Clean a structlog event; the processor."""
        for key, value in event.items():
            if not key.startswith("_"):  # `_record` and its like are the formatter's own
                event[key] = self.value(value)
        return event


class RedactingFilter(logging.Filter):
    """Cleans a record before its handler sees it: message, arguments, and the error's printed form."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean `record` in place and let it pass. Libraries log errors and go on: not those of memory."""
        if record.exc_info:
            end_if_exhausted(record.exc_info[1])
        if isinstance(record.msg, dict):  # an event of structlog's on its way to the formatter
            record.msg = self._redactor.value(record.msg)
            return True
        try:
            message = record.getMessage()
        except Exception as error:  # a record that does not fit its arguments would be printed raw by logging itself
            end_if_exhausted(error)
            message = f"{record.msg} {record.args!r}"
        record.msg, record.args = self._redactor.text(message), ()
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = self._redactor.traceback(*record.exc_info)
        if record.stack_info:
            record.stack_info = self._redactor.text(record.stack_info)
        return True


class Lines(logging.StreamHandler[TextIO]):
    """Writes lines; where a line cannot be written for want of memory, the process ends."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  (logging's name)
        """Look at the error before logging's own report of it."""
        end_if_exhausted(sys.exc_info()[1])
        super().handleError(record)


def set_up_logs(*bots: Settings, stream: TextIO | None = None) -> Redactor:
    """Send structlog's and every library's lines to `stream` (None: standard error), cleaned; return the cleaner.

    Of several `bots` every token is taken out; how much is logged, and how, is one for all.

    Replaces the handlers of the root logger, so calling it again changes the set-up and doubles nothing.
    """
    settings = bots[0]
    redactor = Redactor(*(one.bot_token.get_secret_value() for one in bots if one.bot_token))
    stream = stream or sys.stderr
    handler = Lines(stream)
    handler.setFormatter(_formatter(settings.log_format, redactor, colours=stream.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger(SPEAKS_BODIES).setLevel(logging.CRITICAL)
    logging.captureWarnings(True)
    for found in _handlers():
        found.filters[:] = [old for old in found.filters if not isinstance(old, RedactingFilter)]
        found.addFilter(RedactingFilter(redactor))
    _configure_structlog(redactor)
    _clean_uncaught(redactor)
    return redactor


def _handlers() -> list[logging.Handler]:
    """Return every handler there is, those that libraries hung on their own loggers included."""
    loggers = [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    last = [logging.lastResort] if logging.lastResort else []
    return list(dict.fromkeys([*(handler for logger in loggers for handler in logger.handlers), *last]))


def _formatter(form: str, redactor: Redactor, *, colours: bool) -> logging.Formatter:
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    if form == "console":
        # The plain form: the pretty one prints local variables, and the token may be one of them.
        renderer = structlog.dev.ConsoleRenderer(
            colors=colours, exception_formatter=structlog.dev.plain_traceback, pad_event_to=0
        )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            redactor,
            renderer,
            lambda _logger, _method, line: redactor.text(str(line)),
        ],
    )


def _shared() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _configure_structlog(redactor: Redactor) -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.processors.format_exc_info,
            redactor,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,  # a logger made at import must follow a later set-up
    )


def _clean_uncaught(redactor: Redactor) -> None:
    """Print errors that nobody caught without tokens: an HTTP error carries the whole URL in its text."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        sys.stderr.write(redactor.traceback(kind, error, trace) + "\n")

    def report_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_type is not SystemExit:
            sys.stderr.write(redactor.traceback(args.exc_type, args.exc_value, args.exc_traceback) + "\n")

    sys.excepthook = report
    threading.excepthook = report_thread


def trouble(error: BaseException) -> str:
    """Return the kind of an error and where in our code it arose, and never its text: that may quote a patient.

    Whoever asks means to go on after it. Once memory is out nobody does: then the process ends here.
    """
    end_if_exhausted(error)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    if not frames:
        return type(error).__name__
    room, _, name = frames[-1].filename.replace("\\", "/").rpartition("/")
    return f"{type(error).__name__} in {room.rpartition('/')[2]}/{name}:{frames[-1].lineno}"
