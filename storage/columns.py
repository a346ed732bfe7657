"""Column types that keep promises the database does not, and the root of the tables made of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    DateTime,
    Dialect,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Time,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase

from care.courses import Status
from care.doses import AnsweredBy, DoseState, SkipReason
from care.escalation import CaseState, Outcome
from care.triage import Level

NUMBERED_ONCE = {"sqlite_autoincrement": True}
"""No row ever gets the number of one that was erased: an old button would name somebody else's."""

Id = BigInteger().with_variant(Integer(), "sqlite")
"""A row id. SQLite numbers rows by itself only in a column of plain INTEGER."""


Processor = Callable[[Any], Any]
TEXT = len("2026-11-02 09:00:00.000000")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: refuses naive values on the way in, always UTC on the way out.

    SQLite keeps no zone and drivers differ, so neither is trusted. SQLite's text is written and read here in one step:
    SQLAlchemy's three take longer than all else about a value.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Processor | None:
        """Return what makes the database's value of an instant."""
        return _to_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor | None:
        """Return what makes an instant of the database's value."""
        return _from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _to_text(value: datetime | None) -> str | None:
    global _last_written
    if value is None:
        return None
    known, text = _last_written
    if known is value:  # a unit of work writes its one instant many times
        return text
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    utc = value if value.tzinfo is UTC else value.astimezone(UTC)
    text = utc.isoformat(" ", "microseconds")[:TEXT]
    _last_written = value, text
    return text


_last_written: tuple[datetime | None, str] = (None, "")


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


class Word(TypeDecorator[Any]):
    """An enum stored by its value, as text, so that the database reads like the house speaks."""

    impl = String(32)
    cache_ok = True

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else str(self.kind(value).value)

    def bind_processor(self, dialect: Dialect) -> Processor | None:
        """Return what makes the database's text of a word; ValueError for what is none."""
        texts: dict[Any, str | None] = {None: None, **{word: str(word.value) for word in self.kind}}
        return lambda value: texts[value] if value in texts else str(self.kind(value).value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor | None:
        """Return what makes a word of the database's text; one that is not known raises KeyError."""
        words: dict[str | None, Enum | None] = {None: None, **{str(word.value): word for word in self.kind}}
        return words.__getitem__


class LevelWord(TypeDecorator[Any]):
    """A triage level: an ordered number, so that the highest can be asked for in SQL."""

    impl = Integer
    cache_ok = True

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Any:
        return None if value is None else self.kind(value)


class Base(DeclarativeBase):
    """The root of all tables; constraints have names so that migrations can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy's own name and shape)
        datetime: UtcDateTime,
        bytes: LargeBinary,
        date: Date,
        time: Time,
        dict[str, Any]: JSON,
        list[str]: JSON,
        Decimal: Numeric(8, 3),
        Level: LevelWord(Level),
        Status: Word(Status),
        DoseState: Word(DoseState),
        AnsweredBy: Word(AnsweredBy),
        SkipReason: Word(SkipReason),
        CaseState: Word(CaseState),
        Outcome: Word(Outcome),
    }
