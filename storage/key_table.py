"""The table of data keys, each wrapped by a master key that is not in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary, String
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import Base


class DataKey(Base):
    """A key for what belongs to one patient, one clinic, or nobody. Without its row what it sealed is noise."""

    __tablename__ = "data_keys"
    __table_args__ = (Unique("owner_kind", "owner_id"),)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """Random, so that no key ever has the number of one that was destroyed."""
    owner_kind: Mapped[str] = mapped_column(String(12))
    owner_id: Mapped[int] = mapped_column(BigInteger)
    master_id: Mapped[str] = mapped_column(String(16), index=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]


DATA_KEYS = Base.metadata.tables[DataKey.__tablename__]
