"""The token never leaves in a log line, whoever writes it and however it went wrong."""

import io
import json
import logging
import sys
import threading

import httpx
import pytest
import structlog

from bot.logs import HIDDEN, Redactor, set_up_logs
from bot.settings import Settings

TOKEN = "987654321:AAcanary_canary-canary0123456789abc"
OTHER = "123456789:AAnother-canary-token-0123456789abcd"
URL = f"https://api.telegram.org/bot{TOKEN}/getMe"

log = structlog.get_logger("steady.test")


class Named:
    def __repr__(self) -> str:
        return f"<Bot {TOKEN}>"


@pytest.fixture(params=["console", "json"])
def lines(request: pytest.FixtureRequest) -> io.StringIO:
    stream = io.StringIO()
    set_up_logs(Settings(bot_token=TOKEN, log_level="DEBUG", log_format=request.param), stream=stream)
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.DEBUG)  # as if somebody had turned them up
    return stream


def assert_clean(stream: io.StringIO, *said: str) -> None:
    text = stream.getvalue()
    assert text
    assert "canary" not in text
    for word in said:
        assert word in text


def answer_404(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(404, json={"ok": False})


@pytest.mark.parametrize("token", [TOKEN, OTHER, TOKEN.replace(":", "%3A"), TOKEN.partition(":")[2]])
def test_a_token_is_hidden_wherever_it_stands(token: str) -> None:
    assert Redactor(TOKEN).text(f"bot{token}/getMe") == f"bot{HIDDEN}/getMe"


@pytest.mark.parametrize("text", ["2026-11-30T08:00:00", "dose:17:taken", "12345:short", "8:30", "sqlite:///var/x.db"])
def test_what_is_no_token_stays(text: str) -> None:
    assert Redactor(TOKEN).text(text) == text


def test_httpx_may_write_its_url_line(lines) -> None:
    with httpx.Client(transport=httpx.MockTransport(answer_404)) as client:
        client.get(URL)
    assert_clean(lines, "HTTP Request", "404")


def test_an_http_error_may_be_logged_with_its_traceback(lines) -> None:
    with httpx.Client(transport=httpx.MockTransport(answer_404)) as client:
        try:
            client.get(URL).raise_for_status()
        except httpx.HTTPStatusError as error:
            log.exception("call-failed", error=error, url=client.base_url.join(URL))
            logging.getLogger("library").exception("failed for %s", error.request.url)
            logging.getLogger("library").warning("failed: %s", error, exc_info=error)
    assert_clean(lines, "call-failed", "HTTPStatusError", "Traceback")


def raise_with_causes() -> None:
    try:
        raise KeyError(URL)
    except KeyError as error:
        wrapped = RuntimeError("outer", Named())
        wrapped.add_note(f"while calling {URL}")
        raise wrapped from error


@pytest.mark.parametrize("logger", [log, logging.getLogger("library")])
def test_causes_and_notes_are_cleaned_too(lines, logger) -> None:
    try:
        raise_with_causes()
    except RuntimeError:
        logger.exception("went-wrong")
    assert_clean(lines, "went-wrong", "RuntimeError", "KeyError", "while calling")


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ("%s", (URL,)),
        ("%r", (Named(),)),
        ("%s", ({"url": URL},)),
        (f"{URL} %s", ("x",)),
        ("%d", (URL,)),
        ("no place for it", (URL,)),
        ("%(url)s", ({"url": URL},)),
    ],
)
def test_messages_and_arguments_of_libraries_are_cleaned(lines, capsys, message, arguments) -> None:
    logging.getLogger("library").debug(message, *arguments)
    assert_clean(lines)
    assert capsys.readouterr().err == ""


def test_the_values_of_an_event_are_cleaned(lines) -> None:
    log.info(f"event {URL}", url=httpx.URL(URL), deep={"list": [URL, (URL,)], URL: 1}, raw=URL.encode(), bot=Named())
    assert_clean(lines, HIDDEN)


def test_a_bound_value_is_cleaned(lines) -> None:
    log.bind(url=URL).warning("bound")
    with structlog.contextvars.bound_contextvars(where=URL):
        log.debug("inside")
    assert_clean(lines, "bound", "inside")


def test_a_stack_is_cleaned(lines) -> None:
    logging.getLogger("library").info("here", stack_info=True)
    log.info("there", stack_info=True)
    assert_clean(lines, "here", "there", "Stack")


def test_a_handler_of_somebody_else_is_cleaned_too() -> None:
    other = io.StringIO()
    logger, handler = logging.getLogger("uvicorn.pretend"), logging.StreamHandler(other)
    logger.addHandler(handler)
    try:
        set_up_logs(Settings(bot_token=TOKEN, log_level="DEBUG"), stream=io.StringIO())
        try:
            raise_with_causes()
        except RuntimeError:
            logger.exception("failed for %s", URL)
    finally:
        logger.removeHandler(handler)
    assert_clean(other, "failed for", "RuntimeError")


def test_an_error_that_nobody_caught_is_printed_without_the_token(lines, capsys) -> None:
    try:
        raise_with_causes()
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=raise_with_causes)
    thread.start()
    thread.join()
    printed = capsys.readouterr().err
    assert printed.count("RuntimeError") == 2
    assert "canary" not in printed


def test_local_variables_are_not_printed(lines) -> None:
    secret_value = "-".join(["can", "ary"]).replace("-", "")
    try:
        raise ValueError(len(secret_value))
    except ValueError:
        log.exception("failed")
    assert_clean(lines, "ValueError: 6")


def test_libraries_are_quiet_however_loud_we_are() -> None:
    stream = io.StringIO()
    set_up_logs(Settings(bot_token=TOKEN, log_level="DEBUG"), stream=stream)
    with httpx.Client(transport=httpx.MockTransport(answer_404)) as client:
        client.get(URL)
    logging.getLogger("telegram.Bot").info("parameters")
    assert stream.getvalue() == ""


def test_a_line_for_machines_is_json_with_ids() -> None:
    stream = io.StringIO()
    set_up_logs(Settings(log_format="json"), stream=stream)
    log.info("dose-taken", dose=17)
    logging.getLogger("library").warning("watch out for %s", "this")
    ours, theirs = map(json.loads, stream.getvalue().splitlines())
    assert (ours["event"], ours["dose"], ours["level"], ours["logger"]) == ("dose-taken", 17, "info", "steady.test")
    assert ours["timestamp"].endswith("Z")
    assert (theirs["event"], theirs["level"], theirs["logger"]) == ("watch out for this", "warning", "library")


def test_the_level_is_kept() -> None:
    stream = io.StringIO()
    set_up_logs(Settings(log_level="WARNING"), stream=stream)
    log.info("quiet")
    log.warning("loud")
    assert "quiet" not in stream.getvalue()
    assert "loud" in stream.getvalue()


def test_setting_up_twice_writes_once() -> None:
    set_up_logs(Settings(), stream=io.StringIO())
    stream = io.StringIO()
    set_up_logs(Settings(), stream=stream)
    log.info("once")
    assert stream.getvalue().count("once") == 1
