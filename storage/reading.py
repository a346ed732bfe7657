"""A session under a name that rooms above may use: to hand it on to queries, never to write SQL with it."""

from __future__ import annotations

from sqlalchemy.orm import Session

__all__ = ["Session"]
