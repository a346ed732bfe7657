"""`steady read` answers line for line, whatever a line holds."""

import json

import pytest

from bot.cli.reading import heard_in
from content.reader_files import load_reader

READER = load_reader()


def test_a_line_is_answered_in_the_schema() -> None:
    heard = heard_in(READER, b'{"text": "threw up, took my tablet anyway", "lang": "en"}')
    assert {"symptoms", "negated", "severity", "flags", "taken", "spans"} <= set(heard)
    assert "vomiting" in heard["symptoms"]
    assert heard["taken"] is True


@pytest.mark.parametrize("line", [b"", b"not json", b"[]", b"{}", b'{"text": 3}', b"\xff\xfe", b"[" * 9999])
def test_a_bad_line_says_so(line: bytes) -> None:
    assert "error" in heard_in(READER, line)


@pytest.mark.parametrize("line", [b'{"text": "\\ud800"}', b'{"text": "", "lang": null}', b'{"text": "x", "lang": 3}'])
def test_an_odd_line_is_answered(line: bytes) -> None:
    assert json.dumps(heard_in(READER, line))
