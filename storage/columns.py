"""Column types that keep promises the database does not, and the root of the tables made of them."""

from __future__ import annotations

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


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: refuses naive values on the way in, always UTC on the way out.

    SQLite keeps no zone and drivers differ, so neither is trusted.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[Any]):
    """An enum stored by its value, as text, so that the database reads like the house speaks."""

    impl = String(32)
    cache_ok = True

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else str(self.kind(value).value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else self.kind(value)


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
