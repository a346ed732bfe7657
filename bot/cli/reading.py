"""`steady read`: what the reader hears, line for line, for programs and for people who measure it."""

from __future__ import annotations

import json
import sys
from typing import Any

import typer

from care.reading import Reader, Reading
from content.reader_files import load_reader


def read(
    file: typer.FileBinaryRead = typer.Argument("-", help="JSON lines with `text` and `lang`; - is standard input."),
) -> None:
    """Read messages as JSON lines and print, line for line, what was heard. Needs no database and no token."""
    reader = load_reader()
    for line in file:
        print(json.dumps(heard_in(reader, line)), flush=False)
    sys.stdout.flush()


def heard_in(reader: Reader, line: bytes) -> dict[str, Any]:
    """Return what was heard in one line of JSON, in the schema's words; a line that is none says so."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": "not JSON"}
    if not isinstance(message, dict) or not isinstance(message.get("text"), str):
        return {"error": "no text"}
    language = message.get("lang")
    return as_record(reader.read(message["text"], language=language if isinstance(language, str) else ""))


def as_record(reading: Reading) -> dict[str, Any]:
    """Return a reading in the label schema."""
    return {
        "symptoms": [heard.code for heard in reading.symptoms],
        "negated": list(reading.negated),
        "severity": reading.severity,
        "flags": {flag: strength.value for flag, strength in reading.flags.items()},
        "taken": reading.taken,
        "dose": reading.dose.value if reading.dose else None,
        "question": reading.question,
        "understood": reading.understood,
        "trivial": reading.trivial,
        "distressed": reading.distressed,
        "language": reading.language,
        "known_language": reading.known_language,
        "spans": [{"start": span.start, "end": span.end, "label": span.label} for span in reading.spans],
    }
