"""A call's parameters, whichever way they came: query string, form, JSON or multipart."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.requests import Request

from sandbox.errors import bad_request

TRUE = {"true", "1", "yes"}


@dataclass(frozen=True)
class Upload:
    name: str
    mime: str
    data: bytes


@dataclass
class Params:
    given: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return self.given.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        value = self.given.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def number(self, name: str, default: int = 0) -> int:
        value = self.given.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f'invalid value of the parameter "{name}": it must be a number') from None

    def flag(self, name: str) -> bool:
        value = self.given.get(name)
        return value if isinstance(value, bool) else str(value).lower() in TRUE

    def value(self, name: str) -> Any:
        """Return what a parameter that holds JSON says, parsed if it came as text."""
        value = self.given.get(name)
        if not isinstance(value, str) or not value:
            return value
        try:
            return json.loads(value)
        except ValueError:
            what = {"reply_markup": "reply keyboard markup", "entities": "message entities"}.get(name, name)
            raise bad_request(f"can't parse {what} JSON object") from None

    def journal(self) -> dict[str, Any]:
        """The call as it is written down: JSON parameters readable, files by name and size."""
        shown = {name: _readable(value) for name, value in self.given.items()}
        return shown | {name: f"<{u.name}, {u.mime}, {len(u.data)} bytes>" for name, u in self.uploads.items()}


def _readable(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


async def read_params(request: Request) -> Params:
    params = Params(dict(parse_qsl(request.url.query, keep_blank_values=True)))
    if request.method != "POST":
        return params
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        await _read_multipart(request, params)
        return params
    body = await request.body()
    if kind == "application/json" and body:
        params.given |= _read_json(body)
    elif body:
        params.given |= dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return params


def _read_json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        raise bad_request("can't parse request body as JSON") from None
    if not isinstance(found, dict):
        raise bad_request("request body must be a JSON object")
    return found


async def _read_multipart(request: Request, params: Params) -> None:
    async with request.form(max_part_size=64 * 1024 * 1024) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                mime = value.content_type or "application/octet-stream"
                params.uploads[name] = Upload(value.filename or name, mime, await value.read())
            else:
                params.given[name] = value
