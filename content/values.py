"""What may stand in a text, and how it rests in a stored row until the text is rendered.

A message is queued as a text key and its values, and becomes words only when it is sent: in the language and
with the wording of that moment. So every value must survive being stored as plain JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias, Union


@dataclass(frozen=True)
class Words:
    """A text inside a text: its key and values, rendered in the language of the text around it."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


Value: TypeAlias = Union[str, int, Decimal, date, time, datetime, Words, "list[Value]", "tuple[Value, ...]"]


def encode(values: Mapping[str, Value]) -> dict[str, Any]:
    """Return `values` as plain JSON data that `decode` turns back into equal values (tuples become lists)."""
    return {name: _encode(value) for name, value in values.items()}


def decode(stored: Mapping[str, Any]) -> dict[str, Value]:
    """Return the values stored by `encode`; ValueError for anything it cannot have written."""
    return {name: _decode(value) for name, value in stored.items()}


def _encode(value: Value) -> Any:
    match value:
        case bool():
            raise TypeError("a text takes no true or false; choose the text key instead")
        case str() | int():
            return value
        case Decimal():
            return {"decimal": str(value)}
        case datetime():
            return {"datetime": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case time():
            return {"time": value.isoformat()}
        case Words():
            return {"words": value.key, "values": encode(value.values)}
        case list() | tuple():
            return [_encode(item) for item in value]
    raise TypeError(f"a text takes no {type(value).__name__}")


def _decode(stored: Any) -> Value:
    match stored:
        case bool():
            raise ValueError("a stored text value cannot be true or false")
        case str() | int():
            return stored
        case {"decimal": str(written), **rest} if not rest:
            return _decimal(written)
        case {"datetime": str(written), **rest} if not rest:
            return datetime.fromisoformat(written)
        case {"date": str(written), **rest} if not rest:
            return date.fromisoformat(written)
        case {"time": str(written), **rest} if not rest:
            return time.fromisoformat(written)
        case {"words": str(key), "values": dict(values), **rest} if not rest:
            return Words(key, decode(values))
        case list():
            return [_decode(item) for item in stored]
    raise ValueError(f"not a stored text value: {type(stored).__name__}")


def _decimal(written: str) -> Decimal:
    try:
        return Decimal(written)
    except InvalidOperation:
        raise ValueError("not a stored number") from None
