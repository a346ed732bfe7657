"""What goes on behind the serving: erasures are made final, events are chained, periods are kept."""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from clinic.forget import ERASURE, erase_patient
from clinic.letters import words
from clinic.operator import tell_operator
from clinic.ward import Ward
from clinic.zone_rules import have_changed, remember, replan_clinic, replan_course, rules_of
from content.loader import Content
from storage.forgetting import count_errands, erase_minimum, erased_keys, forget_errands, revived
from storage.notary import Head, find_head, holds, link_new
from storage.patients import lock
from storage.retention import due_minimums, due_patients, keep_periods
from storage.store import Store
from storage.vacuum import empty_log
from storage.work import Work
from storage.zones import clinics_in, courses_in, zones_in_use

log = structlog.get_logger()

ZONES_EVERY = timedelta(hours=1)
LEDGER, HEAD = "erased.ledger", "audit.head"


class Ledger:
    """The numbers of the keys that were destroyed, in a file beside the database, never in its backup. It names nobody.

    Keep it when you restore: without it a backup brings back whom it still holds.
    """

    def __init__(self, home: Path) -> None:
        self._path = home / LEDGER

    def read(self) -> list[int]:
        """Return every number in the ledger."""
        if not self._path.exists():
            return []
        return [int(line.split()[0]) for line in self._path.read_text(encoding="ascii").splitlines() if line.strip()]

    def add(self, erased: dict[int, datetime]) -> int:
        """Write down what is not there yet, durably; return how many that were."""
        known = set(self.read())
        new = {key_id: at for key_id, at in erased.items() if key_id not in known}
        if new:
            with os.fdopen(os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "w") as file:
                file.writelines(f"{key_id} {at.isoformat()}\n" for key_id, at in new.items())
                file.flush()
                os.fsync(file.fileno())
        return len(new)


class Housework:
    """The upkeep of one database, by whichever process makes the rounds."""

    def __init__(self, store: Store, content: Content, home: Path) -> None:
        self._store = store
        self._content = content
        self._home = home
        self._ledger = Ledger(home)
        self._zones_at: datetime | None = None
        self._owes_wipe = True  # whatever the process before us left
        self._cut: Head | None = None
        """What was written down and is no longer there, once somebody has been told."""

    def begin(self) -> None:
        """Erase again whoever a restored backup brought back; before anything is served."""
        ledger: Collection[int] = self._ledger.read()
        found = self._store.read(lambda session: revived(session, list(ledger))).result() if ledger else []
        for patient_id in found:
            self._store.write(lambda work, one=patient_id: self._erase(work, one)).result()  # type: ignore[misc]
            log.warning("erased-again", patient=patient_id)
        self.tidy()

    def _erase(self, work: Work, patient_id: int) -> None:
        work.actor = "operator"
        patient = lock(work.session, patient_id)
        erase_patient(Ward(work, self._content), patient, patient.language)

    def tidy(self) -> None:
        """Make erasures final: into the ledger, out of the log. Costs a glance when there was none."""
        erased = self._store.read(erased_keys).result()
        if self._ledger.add(erased):
            self._owes_wipe = True
        if self._owes_wipe and erased:
            self._owes_wipe = not empty_log(self._store)
        if self._store.read(lambda session: count_errands(session, ERASURE)).result():
            self._store.write(lambda work: forget_errands(work, ERASURE)).result()
            self._owes_wipe = True

    def keep_periods(self) -> None:
        """Delete what has been kept long enough: patients first, as other things are kept as long as theirs."""
        now = self._store.clock()
        for patient_id in self._store.read(lambda session: due_patients(session, now)).result():
            self._store.write(lambda work, one=patient_id: self._erase(work, one)).result()  # type: ignore[misc]
        for patient_id in self._store.read(lambda session: due_minimums(session, now)).result():
            self._store.write(lambda work, one=patient_id: erase_minimum(work, one)).result()  # type: ignore[misc]
        self._store.write(keep_periods).result()

    def follow_zones(self) -> None:
        """See, at most once an hour, whether a time zone has new rules, and move what lies ahead in it."""
        now = self._store.clock()
        if self._zones_at is not None and now - self._zones_at < ZONES_EVERY:
            return
        for zone in self._store.read(zones_in_use).result():
            rules = rules_of(zone, now)
            if self._store.read(lambda session, zone=zone, rules=rules: have_changed(session, zone, rules)).result():  # type: ignore[misc]
                self._replan(zone)
            self._store.write(lambda work, zone=zone, rules=rules: remember(work, zone, rules)).result()  # type: ignore[misc]
        self._zones_at = now

    def _replan(self, zone: str) -> None:
        """Each in a unit of its own. If we die half way, the old rules are still the known ones, and it begins anew."""
        courses, clinics = self._store.read(
            lambda session: (courses_in(session, zone), clinics_in(session, zone))
        ).result()
        for course in courses:
            self._store.write(lambda work, one=course: replan_course(Ward(work, self._content), one)).result()  # type: ignore[misc]
        for clinic in clinics:
            self._store.write(lambda work, one=clinic: replan_clinic(Ward(work, self._content), one)).result()  # type: ignore[misc]
        log.warning("zone-rules-replaced", zone=zone, courses=len(courses))

    def chain(self) -> None:
        """Link the new events, and write the end of the chain down outside the database.

        What was written down before must still be in it. Else it stays as it is: it proves that an end was cut off.
        """
        while self._store.write(link_new).result():
            pass
        before, head = read_head(self._home), self._store.read(find_head).result()
        if before is None or self._store.read(lambda session: holds(session, before)).result():
            write_head(self._home, head)
            return
        if before != self._cut:
            self._cut = before
            log.error("trail-cut", link=before.seq)
            self._store.write(self._tell_of_cut).result()

    def _tell_of_cut(self, work: Work) -> None:
        work.record("trail-cut")
        tell_operator(Ward(work, self._content), "trail-cut", words("operator-trail-cut"))


def write_head(home: Path, head: Head) -> None:
    """Write the end of the chain into a file of its own: it tells when the newest events were cut off."""
    fresh = home / f".{HEAD}.new"
    fresh.write_text(f"{head.seq} {head.link.hex()}\n", encoding="ascii")
    fresh.replace(home / HEAD)


def read_head(home: Path) -> Head | None:
    """Return the end of the chain as it was last written down, or None."""
    path = home / HEAD
    if not path.exists():
        return None
    seq, link = path.read_text(encoding="ascii").split()
    return Head(int(seq), bytes.fromhex(link))
