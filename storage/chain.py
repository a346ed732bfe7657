"""The audit trail: each event is signed as it is written, and chained to the one before soon after.

The signature (an HMAC under a key of the installation) tells an event that was changed. It is made in the unit of work
itself, by however many processes. The chain tells one that was removed, put in, or moved. A chain needs an order, and
an order would make every process wait for every other, so it is not made in the unit of work: one process, the one that
makes the rounds, links what is new a moment later.

The facts are signed by a salted hash. Erasing a patient removes facts and salt and leaves the hash: the chain still
holds, and the hash tells nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import Base, Id
from storage.keyring import AUDIT, keyring_of
from storage.queues import Event
from storage.randomness import random_bytes

FIRST = bytes(32)
SIGNED = ("actor", "name", "clinic_id", "patient_id")
_WRITTEN = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


class EventLink(Base):
    """One link of the chain: the event it holds, and the hash of it and of the link before."""

    __tablename__ = "event_links"
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(Id, unique=True)
    link: Mapped[bytes] = mapped_column(LargeBinary(32))


EVENTS, LINKS = Base.metadata.tables[Event.__tablename__], Base.metadata.tables[EventLink.__tablename__]


def facts_hash(salt: bytes, facts: dict[str, Any]) -> bytes:
    """Return the salted hash of an event's facts."""
    return hashlib.sha256(salt + _WRITTEN.encode(facts).encode("utf-8", "surrogatepass")).digest()


def signature(key: bytes, event: dict[str, Any], facts: bytes) -> bytes:
    """Return the signature of an event whose facts have this hash."""
    at: datetime = event["at"]
    told = [at.isoformat(timespec="microseconds"), *(event[name] for name in SIGNED)]
    return hmac.digest(key, json.dumps(told).encode() + facts, "sha256")


def sign(connection: Connection, events: Sequence[dict[str, Any]]) -> None:
    """Sign events that are about to be written."""
    key = keyring_of(connection).own[AUDIT]
    for event in events:
        event["salt"] = random_bytes(16)
        event["mac"] = signature(key, event, facts_hash(event["salt"], event["facts"]))


def next_link(before: bytes, seq: int, event_id: int, mac: bytes) -> bytes:
    """Return the link that holds an event fast to the one before it."""
    return hashlib.sha256(before + seq.to_bytes(8) + event_id.to_bytes(8) + mac).digest()


def sign_cut(key: bytes, seq: int, link: bytes) -> str:
    """Return where the trail was cut when its oldest events had been kept long enough, signed like an event."""
    cut = f"{seq}:{link.hex()}"
    return f"{cut}:{hmac.digest(key, b'cut:' + cut.encode(), 'sha256').hex()}"


def read_cut(key: bytes, written: str) -> tuple[int, bytes]:
    """Return the last number and link that were cut off; raise ValueError when it was not us who cut there."""
    seq, link = written.split(":")[:2]
    if not hmac.compare_digest(written, sign_cut(key, int(seq), bytes.fromhex(link))):
        raise ValueError("the cut is not signed")
    return int(seq), bytes.fromhex(link)
