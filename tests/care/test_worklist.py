"""Who needs a person next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from care.adherence import Adherence
from care.courses import Status
from care.triage import Level
from care.worklist import Need, Standing, in_order, is_silent, need_of

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FINE = Standing("AAAAA", Status.ACTIVE, 10, 84, Adherence(9, 0, 0, 9), NOW - HOUR, 72 * HOUR)

NEEDS: dict[str, tuple[Standing, Need]] = {
    "all is well": (FINE, Need.NOTHING),
    "an emergency": (replace(FINE, level=Level.EMERGENCY), Need.CALL),
    "an urgent case": (replace(FINE, level=Level.URGENT), Need.CALL),
    "asked for a call": (replace(FINE, level=Level.ROUTINE, wants_call=True), Need.CALL),
    "a routine case": (replace(FINE, level=Level.ROUTINE), Need.LOOK),
    "waits for a decision": (replace(FINE, status=Status.AWAITING_APPROVAL, level=Level.ROUTINE), Need.DECISION),
    "has blocked us": (replace(FINE, is_unreachable=True), Need.UNREACHABLE),
    "silent just now": (replace(FINE, heard_at=NOW - 72 * HOUR), Need.SILENT),
    "nearly silent": (replace(FINE, heard_at=NOW - 71 * HOUR), Need.NOTHING),
    "silent and urgent": (replace(FINE, heard_at=NOW - 99 * HOUR, level=Level.URGENT), Need.CALL),
    "never heard from": (replace(FINE, heard_at=None), Need.NOTHING),
    "paused is not silent": (replace(FINE, status=Status.PAUSED, heard_at=NOW - 99 * HOUR), Need.HELD),
    "a held step": (replace(FINE, is_held=True), Need.HELD),
    "invited": (replace(FINE, status=Status.INVITED, heard_at=None), Need.NOTHING),
}


@pytest.mark.parametrize(("one", "need"), NEEDS.values(), ids=list(NEEDS))
def test_what_a_patient_waits_for(one: Standing, need: Need) -> None:
    assert need_of(one, now=NOW) is need
    assert is_silent(one, now=NOW) is (
        one.status is Status.ACTIVE and one.heard_at is not None and one.heard_at <= NOW - 72 * HOUR
    )


def test_the_most_pressing_comes_first() -> None:
    codes = {name: replace(one, code=name) for name, (one, _) in NEEDS.items()}
    found = [one.code for one in in_order(codes.values(), now=NOW)]
    assert found[0] == "an emergency"
    assert found[1:3] == ["silent and urgent", "an urgent case"], "of two, the one silent for longer"
    needs = [need_of(codes[name], now=NOW) for name in found]
    assert needs == sorted(needs)


def test_equals_come_by_code() -> None:
    both = [replace(FINE, code="B"), replace(FINE, code="A")]
    assert [one.code for one in in_order(both, now=NOW)] == ["A", "B"]
