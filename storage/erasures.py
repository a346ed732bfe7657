"""The table of erasures: whose key was destroyed, and when. It names nobody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import Base, Id


class Erasure(Base):
    """One patient was erased. `key_id` is the number of their data key, by which a restored backup knows them again."""

    __tablename__ = "erasures"
    key_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    patient_id: Mapped[int] = mapped_column(Id)
    clinic_id: Mapped[int] = mapped_column(Id)
    is_held: Mapped[bool]
    """Whether the clinic had to keep a pseudonymised minimum."""
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(40))
