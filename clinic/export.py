"""/export: a patient gets a copy of all that is kept about them, and of nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from clinic.letters import body, words
from clinic.records import patient_record
from clinic.ward import Visit, Ward
from storage.outbox import Letter, add_letter
from storage.personal import personal_rows
from storage.queues import Lane
from storage.tables import Patient

STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:50em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;margin:.5em 0 1.5em}td,th{border:1px solid #bbb;padding:.2em .6em;text-align:left}"
)
HIDDEN = frozenset({"owner", "staff"})
"""Names of members of staff are theirs, not the patient's."""


def export(visit: Visit) -> None:
    """Send the patient their record twice: as a page to read, and as JSON."""
    record = whole_record(visit, visit.patient)
    visit.work.record("record-exported", patient_id=visit.patient.id)
    language = visit.caller.language
    name = visit.content.texts.plain("export-file-name", language)
    written = json.dumps(record, ensure_ascii=False, indent=2, default=str)
    documents = {f"{name}.html": page_of(record, name, language), f"{name}.json": written}
    for number, (file, content) in enumerate(documents.items()):
        said = [words("export-ready")] if number == 0 else []
        written_body = body(language, said, document={"name": file, "content": content}, secret=True)
        letter = Letter(
            chat_id=visit.caller.chat_id, body=written_body, lane=Lane.REPLY, kind="document",
            patient_id=visit.patient.id,
        )  # fmt: skip
        add_letter(visit.work, letter)


def whole_record(ward: Ward, patient: Patient) -> dict[str, Any]:
    """Return all that is kept about a patient: the record as clinicians read it, then every row that is theirs."""
    session = ward.work.session
    record = patient_record(session, ward.content, patient.case_code, with_notes=True)
    rows = personal_rows(session, patient.id)
    return {"telegram_id": patient.telegram_id, **_without(record, HIDDEN), "rows": rows}


def _without(value: Any, names: frozenset[str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _without(held, names) for key, held in value.items() if key not in names}
    return [_without(held, names) for held in value] if isinstance(value, list) else value


def page_of(record: Mapping[str, Any], title: str, language: str) -> str:
    """Return a record as one HTML page without anything from elsewhere: tables within tables of names and values."""
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    parts = [f"<h2>{escape(_spoken(name))}</h2>{_cell(value)}" for name, value in record.items()]
    return f'<!doctype html><html lang="{escape(language)}"><head>{head}</head><body>{"".join(parts)}</body></html>'


def _spoken(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _cell(value: Any) -> str:
    if isinstance(value, Mapping):
        rows = (f"<tr><th>{escape(_spoken(str(name)))}</th><td>{_cell(held)}</td></tr>" for name, held in value.items())
        return f"<table>{''.join(rows)}</table>"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _list(value) if value else "–"
    return "–" if value is None else escape(str(value))


def _list(values: Sequence[Any]) -> str:
    if not all(isinstance(value, Mapping) for value in values):
        return ", ".join(_cell(value) for value in values)
    names = list(dict.fromkeys(name for value in values for name in value))
    head = "".join(f"<th>{escape(_spoken(str(name)))}</th>" for name in names)
    rows = ("".join(f"<td>{_cell(value.get(name))}</td>" for name in names) for value in values)
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
