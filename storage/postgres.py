"""What only those import who use PostgreSQL: its driver."""

from __future__ import annotations

from typing import Any

import psycopg


class BriefCursor(psycopg.Cursor[Any]):
    """A cursor that says of its columns what SQLAlchemy asks: their names and types.

    SQLAlchemy asks after each statement. The driver's own answer, with all that is known of each column, took one
    twentieth of a press.
    """

    @property
    def description(self) -> list[Any] | None:
        """The columns as PEP 249 has them, or None where the statement returns no rows."""
        if (result := self.pgresult) is None or not result.nfields:
            return None
        names = ((result.fname(at) or b"").decode() for at in range(result.nfields))
        return [(name, result.ftype(at), None, None, None, None, None) for at, name in enumerate(names)]
