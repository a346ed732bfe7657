"""When many are due in one minute, whoever usually answers soonest is asked first, and nobody before their hour."""

from __future__ import annotations

from datetime import timedelta

from clinic.ward import Ward
from storage.doses import doses_of
from storage.queues import Lane, OutboxRow
from storage.reading import Session
from tests.stories.house import House
from tests.stories.people import Patient
from tests.stories.records import course_of


async def answered_after(house: House, patient: Patient, minutes: int, *, hours: int = 0) -> None:
    """Let the days so far have been answered so long after they were due; `hours`: they were due at another hour."""

    def unit(ward: Ward) -> None:
        for dose in doses_of(ward.work.session, course_of(ward.work.session, patient.code).id):
            if dose.answered_at is not None and dose.due_at is not None:
                dose.due_at += timedelta(hours=hours)
                dose.answered_at = dose.due_at + timedelta(minutes=minutes)
        ward.work.record("days-answered")

    await house.write(unit)


def in_line(session: Session) -> list[int]:
    rows = session.query(OutboxRow).filter(OutboxRow.lane == Lane.REMINDER, OutboxRow.state == "waiting")
    return [row.chat_id for row in rows.order_by(OutboxRow.send_at, OutboxRow.id)]


async def test_of_all_who_are_due_at_nine_the_quickest_are_asked_first(house: House) -> None:
    slow, quick, fresh, other = [await house.joined(name, day=day) for name, day in NAMES]
    await answered_after(house, slow, 90)
    await answered_after(house, quick, 2)
    await answered_after(house, other, 1, hours=5)  # quick, but never at this hour: nobody knows
    await house.until("08:59")
    async with house.steady.sender.looking:
        house.clock.move_to(house.clock.now() + timedelta(minutes=1))
        await house.steady.ticks.make_rounds()
        line = await house.look(in_line)
    assert line[0] == quick.id
    assert set(line[1:3]) == {fresh.id, other.id}
    assert line[3] == slow.id
    await house.settle()
    for patient in (slow, quick, fresh, other):
        patient.expect_only("daily check")


NAMES = [("Slow", 8), ("Quick", 8), ("Fresh", 1), ("Other", 8)]


async def test_the_question_about_withdrawal_signs_waits_for_no_daily_question(house: House) -> None:
    """It is asked before the second part of an induction day, and somebody sits there waiting for it."""
    eve = await house.joined("Eve", regimen="opioid-50", hour="09:00")
    await house.until("09:00")
    await eve.taps("Taken")
    daily = await house.joined("Daily", hour="10:00")
    await house.until("09:59")
    async with house.steady.sender.looking:
        house.clock.move_to(house.clock.now() + timedelta(minutes=1))
        await house.steady.ticks.make_rounds()
        line = await house.look(in_line)
    assert line == [eve.id, daily.id]
    await house.settle()
