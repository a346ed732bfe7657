"""What an owed letter says, sealed: with the patient's key, else the clinic's, else the installation's.

A new letter has no row id yet, so its body is bound to what else is known and never changes: to whom it goes, whose
it is and when it was owed. A body that is moved to another chat's row does not open. A chat that Telegram gives a new
id to has its letters sealed anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row

from storage.keyring import HOUSE, Owner, bound_to, clinics_key, keyring_of, patients_key

_WRITTEN = json.JSONEncoder(ensure_ascii=False)


class Envelope(NamedTuple):
    """What a letter's body is bound to."""

    chat_id: int
    patient_id: int | None
    clinic_id: int | None
    created_at: datetime

    @property
    def owner(self) -> Owner:
        """Return whose key the body is under."""
        if self.patient_id is not None:
            return patients_key(self.patient_id)
        return HOUSE if self.clinic_id is None else clinics_key(self.clinic_id)

    @property
    def place(self) -> bytes:
        """Return where the body stands."""
        owed = self.created_at.isoformat(timespec="microseconds")
        return bound_to("outbox", "body", self.chat_id, self.patient_id, self.clinic_id, owed)


def envelope_of(row: Row[*tuple[Any, ...]]) -> Envelope:
    """Return the envelope of an outbox row that was read with its four columns."""
    return Envelope(row.chat_id, row.patient_id, row.clinic_id, row.created_at)


def seal_body(connection: Connection, envelope: Envelope, body: Mapping[str, Any]) -> bytes:
    """Return what the outbox keeps of a body; nothing of an empty one."""
    if not body:
        return b""
    written = _WRITTEN.encode(body).encode("utf-8", "surrogatepass")
    return keyring_of(connection).seal(connection, envelope.owner, written, envelope.place)


def open_body(connection: Connection, envelope: Envelope, sealed: bytes) -> dict[str, Any]:
    """Return the body of a letter; raise KeyGone when its patient was erased, Tampered when it is not ours."""
    if not sealed:
        return {}
    opened = keyring_of(connection).open(connection, sealed, envelope.place)
    body: dict[str, Any] = json.loads(opened.decode("utf-8", "surrogatepass"))
    return body
