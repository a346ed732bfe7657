"""We were away, or Telegram repeats itself: nobody is asked about yesterday, nothing counts twice (B9, E1, E3, E4)."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from bot.sender import Sender
from care.doses import DoseState
from clinic import prompt_dose
from clinic.ward import Ward
from content.loader import Content
from storage.asking import Asked, Question
from storage.due import Due
from storage.outbox import count_owed
from storage.reading import Session
from storage.tables import Dose
from storage.work import Work
from tests.faults.clinic import Cast, Enrolled, found
from tests.faults.ledger import on_record
from tests.stories.house import House


async def enrol(house: House, count: int, due: datetime) -> list[Enrolled]:
    """Put so many patients of a clinic of their own straight into the database."""
    grey = await house.person("Dr Brown", role="clinician")
    chat = await house.room("supergroup", grey, title="Second clinic")
    people = [(await house.person(f"P{number}")).id for number in range(count)]
    cast = Cast(grey.id, chat.chat, people)
    return await asyncio.to_thread(found, house.steady.store, house.content, cast, [due] * count)


def sent_since(house: House, number: int) -> Counter[int]:
    """Return how many messages each chat got after that call."""
    ring = (entry for entry in house.world.calls.ring if entry["n"] > number and entry["ok"])
    return Counter(int(entry["params"]["chat_id"]) for entry in ring if entry["method"] == "sendMessage")


def newest(house: House) -> int:
    return house.world.calls.ring[-1]["n"] if house.world.calls.ring else 0


def states(session: Session) -> Counter[tuple[int, DoseState]]:
    return Counter((dose.day, dose.state) for dose in session.query(Dose))


async def away(house: House, **span: float) -> None:
    """Stop, let the time go by on both sides, and start again."""
    await house.stop_steady()
    later = house.clock.now() + timedelta(**span)
    house.clock.move_to(later)
    await house.call("PUT", "/clock", now=later.isoformat())
    await house.start_steady()


@pytest.mark.parametrize("count", [60, pytest.param(500, marks=pytest.mark.nightly)])
async def test_after_26_hours_nobody_hears_of_yesterday(house: House, count: int) -> None:
    now = house.clock.now()
    everybody = await enrol(house, count, now + timedelta(hours=1))
    await house.forward(minutes=1)
    since = newest(house)
    await away(house, hours=26)
    await house.settle()
    got = sent_since(house, since)
    assert max(got[one.telegram_id] for one in everybody) <= 1
    kept = await house.look(states)
    assert kept[10, DoseState.MISSED_BY_US] == count
    assert not kept[10, DoseState.UNKNOWN]
    texts = [entry["params"].get("text", "") for entry in house.world.calls.ring if entry["n"] > since]
    assert not [text for text in texts if "quiet word" in text]


async def test_a_restart_loop_says_nothing_again(house: House, rng: random.Random) -> None:
    everybody = await enrol(house, 10, house.clock.now() + timedelta(minutes=1))
    since = newest(house)
    await house.forward(minutes=2)
    for _ in range(12):
        await away(house, seconds=rng.randint(1, 50))
    await house.settle()
    got = sent_since(house, since)
    assert {got[one.telegram_id] for one in everybody} == {1}


async def act(house: House, everybody: list[Enrolled]) -> None:
    """Let everybody take the dose, say how it feels, take the answer back and give it again."""
    for number, one in enumerate(everybody):
        deeds = ("taken:{}", f"grade:{{}}:headache:{number % 3}", "undo:{}", "taken:{}")
        for data in deeds:
            await house.call("POST", f"/people/{one.telegram_id}/tap", data=data.format(one.dose), forge=True)
    await house.settle()


async def test_updates_tripled_and_shuffled_change_nothing(house: House, seed: str) -> None:
    everybody = await enrol(house, 12, house.clock.now() + timedelta(minutes=1))
    await house.forward(minutes=2)
    await act(house, everybody)
    once = await asyncio.to_thread(on_record, house.database_url)
    before = newest(house)
    await house.call("POST", "/updates/repeat", last=48, times=3, shuffle=True, seed=seed)
    await house.settle()
    assert await asyncio.to_thread(on_record, house.database_url) == once
    assert not sent_since(house, before)
    assert once["change 1 open taken patient"] == 2


async def test_what_lay_in_the_outbox_for_a_day_is_dropped_or_late_but_never_stale(house: House) -> None:
    ann = await house.joined()
    await house.until("08:59")
    await house.fault("status", status=502, method="^send")
    await ann.presses("Help now")
    await house.forward(minutes=2)
    await house.stop_steady()
    await house.call("DELETE", "/faults")
    await away_again(house, hours=25)
    await house.settle()
    said = ann.read()
    assert sum("We are glad you pressed this" in text for text in said) == 1
    assert sum("daily check" in text for text in said) == 1  # today's; yesterday's went stale in the outbox
    assert sum("EMERGENCY" in text for text in house.clinicians.read()) >= 1


async def away_again(house: House, **span: float) -> None:
    later = house.clock.now() + timedelta(**span)
    house.clock.move_to(later)
    await house.call("PUT", "/clock", now=later.isoformat())
    await house.start_steady()


async def test_one_row_that_fails_stops_nobody_else(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """G3: it is tried later, and the others do not wait for it."""
    ann, ben = await enrol(house, 2, house.clock.now() + timedelta(minutes=1))
    house.allows("error")
    with monkeypatch.context() as patch:

        def broken(ward: Ward, question: Question, *known: Any) -> Asked | None:
            if question.id == ann.dose:
                raise LookupError("a row that cannot be read")
            return ask(ward, question, *known)

        ask = prompt_dose._prompt_dose
        patch.setattr(prompt_dose, "_prompt_dose", broken)
        since = newest(house)
        await one_round(house, minutes=1)
        assert set(sent_since(house, since)) == {ben.telegram_id}
    await one_round(house, minutes=5)
    assert sent_since(house, since)[ann.telegram_id] == 1


async def one_round(house: House, **span: float) -> None:
    """Move our clock, visit everybody who is due, and send what is owed."""
    house.clock.move_to(house.clock.now() + timedelta(**span))
    await house.steady.ticks.make_rounds()
    await house.steady.sender.look()
    await house.steady.sender.idle()


async def test_a_prompt_that_waits_is_not_sent_once_it_is_answered(house: House) -> None:
    (ann,) = await enrol(house, 1, house.clock.now() + timedelta(minutes=1))
    await house.call("POST", f"/people/{ann.telegram_id}/say", text="/today")
    await house.settle()
    await house.fault("status", status=502, method="^sendMessage$")
    await house.forward(minutes=2)
    await house.call("POST", f"/people/{ann.telegram_id}/tap", data=f"taken:{ann.dose}", forge=True)
    await house.settle()
    await house.call("DELETE", "/faults")
    since = newest(house)
    await house.forward(minutes=20)
    said = [entry["params"]["text"] for entry in house.world.calls.ring if entry["n"] > since and entry["ok"]]
    assert not [text for text in said if isinstance(text, str) and "daily check" in text]


async def test_silence_is_not_judged_before_all_that_was_said_is_read(house: House) -> None:
    """E2: nobody has missed anything as long as their answer may be among what we have not read."""
    (ann,) = await enrol(house, 1, house.clock.now() + timedelta(minutes=1))
    await house.forward(minutes=2)
    house.clock.move_to(
        house.clock.now() + timedelta(hours=18)
    )  # the day is over, and we have not asked Telegram since
    house.steady.intake.is_caught_up = False
    await house.steady.ticks.make_rounds()
    assert (await house.look(states))[10, DoseState.OPEN] == 1
    await house.call("PUT", "/clock", now=house.clock.now().isoformat())
    house.steady.intake.is_caught_up = True
    await house.settle()
    assert (await house.look(states))[10, DoseState.UNKNOWN] == 1
    assert ann.dose


async def test_a_letter_whose_end_could_not_be_written_is_sent_again_without_a_restart(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C3: the database was away for a moment after Telegram had answered. The letter must not stay on its way."""
    ann = await house.joined()
    house.allows("error")
    away_for = iter([True])
    real = Sender._settle

    async def settle(self: Sender, *given: Any) -> bool:
        if next(away_for, False):
            raise LookupError("the database is away")
        return await real(self, *given)

    monkeypatch.setattr(Sender, "_settle", settle)
    await ann.presses("Help now")
    await house.forward(minutes=1)
    assert await house.look(count_owed) == 0
    house.clinicians.expect("EMERGENCY")


async def test_a_moment_without_the_database_delays_no_visit(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """C3: what was due then is due at once when it is back, not minutes later as after a fault of the row's own."""
    (ann,) = await enrol(house, 1, house.clock.now() + timedelta(minutes=1))
    house.allows("error")
    with monkeypatch.context() as patch:

        def away(work: Work, content: Content, due: Due) -> None:
            raise OperationalError("insert", {}, psycopg.OperationalError("the server closed the connection"))

        patch.setattr("bot.ticks.make_visit", away)
        await one_round(house, minutes=1)
    since = newest(house)
    await one_round(house, seconds=1)
    assert sent_since(house, since)[ann.telegram_id] == 1


def absences(house: House, since: int) -> list[str]:
    """Return what clinics were told of our absence after that call."""
    ring = (entry["params"] for entry in house.world.calls.ring if entry["n"] > since and entry["ok"])
    return [params["text"] for params in ring if "was not at work" in str(params.get("text"))]


async def test_after_a_day_away_each_clinic_hears_once_who_was_not_asked_and_what_may_be_lost(
    house: House,
) -> None:
    await enrol(house, 12, house.clock.now() + timedelta(hours=1))
    await house.steady.ticks.make_rounds()
    since = newest(house)
    await away(house, hours=26)
    await house.settle()
    await away(house, minutes=1)
    await house.forward(minutes=20)
    told = absences(house, since)
    assert sorted("12 patients were not asked on time" in text for text in told) == [False, True]
    assert all("may be lost" in text for text in told)


async def test_an_hour_away_is_told_only_to_the_clinic_that_it_made_late(house: House) -> None:
    (ann,) = await enrol(house, 1, house.clock.now() + timedelta(minutes=20))
    await house.steady.ticks.make_rounds()
    since = newest(house)
    await away(house, hours=1)
    await house.forward(minutes=1)
    (told,) = absences(house, since)
    assert "One patient was not asked on time" in told
    assert "may be lost" not in told
    assert sent_since(house, since)[ann.telegram_id] == 1


@pytest.mark.parametrize("minutes", [2, 10, 29])
async def test_an_absence_that_made_nobody_late_is_told_to_nobody(house: House, minutes: int) -> None:
    """Nor one that is as short as an upgrade: whoever was due then is asked a few minutes late."""
    await enrol(house, 3, house.clock.now() + timedelta(minutes=20))
    await house.steady.ticks.make_rounds()
    since = newest(house)
    await away(house, minutes=minutes)
    await house.forward(hours=1)
    assert absences(house, since) == []


async def test_a_patient_whose_words_may_be_lost_is_asked_for_them_with_the_next_question(
    house: House,
) -> None:
    ann = await house.joined(hour="09:00")
    await house.until("08:30")
    await away(house, hours=24.6)
    await house.settle()
    (said,) = ann.read()
    assert "daily check" in said
    assert "please send it once more" in said
    await house.until("09:00")
    assert "send it once more" not in "".join(ann.read())
