"""Telegram takes nothing: a mail tells people that alerts wait, now and then again, and that they have gone (B11)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from telegram.error import NetworkError

from bot.mail import Mailer
from bot.second_way import SecondWay
from bot.steady import Steady
from tests.bot.mail_server import Box, mail_server
from tests.postgres import free_port
from tests.stories.house import House


@pytest.fixture
def box(house: House) -> Iterator[Box]:
    """A mail server, and a Steady that knows it."""
    port = free_port()
    with mail_server(port) as (box, _):
        give(house.steady, port)
        yield box


def give(steady: Steady, port: int) -> None:
    mailer = Mailer(urlsplit(f"smtp://127.0.0.1:{port}"), "steady@clinic.example", ("on-call@clinic.example",))
    steady.watch.second_way = SecondWay(steady.desk, steady.clock, mailer)


async def minutes(house: House, count: float) -> None:
    """Let time go by, with a look every half minute."""
    for _ in range(int(count * 2)):
        await house.forward(seconds=30)
        await house.steady.watch.look_for_late()


async def silence(house: House) -> None:
    await house.fault("status", status=502, method="^(send|edit)")


async def test_an_alert_that_telegram_does_not_take_is_mailed_of_within_five_minutes(house: House, box: Box) -> None:
    ann = await house.joined()
    await silence(house)
    await ann.presses("Help now")
    await minutes(house, 3.5)
    assert box.mails == []
    await minutes(house, 1.5)
    (mail,) = box.mails
    assert "not reached you by Telegram" in mail["Subject"]
    assert f"Harbour Clinic, case {ann.code}: emergency" in mail.get_content()
    assert ann.name not in mail.as_string()
    await minutes(house, 3)
    assert len(box.mails) == 1


async def test_it_is_said_again_while_it_waits_and_once_when_it_has_gone(house: House, box: Box) -> None:
    ann = await house.joined()
    await silence(house)
    await ann.presses("Help now")
    await minutes(house, 9)
    told = len(box.mails)  # the ladder has brought more pages, and they wait too
    await minutes(house, 60)
    again = len(box.mails)
    assert told < again <= told + 4
    await house.call("DELETE", "/faults")
    await minutes(house, 6)
    house.clinicians.expect("EMERGENCY")
    assert [mail["Subject"] for mail in box.mails[again:]] == ["Steady: alerts reach Telegram again"]
    await minutes(house, 60)
    assert len(box.mails) == again + 1


async def test_a_quiet_day_brings_no_mail(house: House, box: Box) -> None:
    ann = await house.joined()
    await house.until("09:00")
    await ann.taps("Taken")
    await ann.presses("Help now")
    await minutes(house, 12)
    assert box.mails == []


async def test_who_starts_while_telegram_is_silent_mails_before_it_can_serve(
    house: House, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await house.joined()
    await silence(house)
    await ann.presses("Help now")
    await house.forward(minutes=6)
    tries = iter([True, True, False])

    async def greet() -> None:
        if next(tries):
            raise NetworkError("nobody answers")

    async def at_once(_seconds: float) -> None:
        """No story waits."""

    monkeypatch.setattr(house.steady.application, "initialize", greet)
    monkeypatch.setattr("bot.steady.asyncio.sleep", at_once)
    await house.steady._greet_telegram()
    assert len(box.mails) == 1


async def test_a_mail_server_that_refuses_is_tried_again_and_stops_nothing(house: House, box: Box) -> None:
    house.allows("error")
    ann = await house.joined()
    box.refuses = "451 later"
    await silence(house)
    await ann.presses("Help now")
    await minutes(house, 6)
    assert box.mails == []
    assert {line["why"] for line in house.logs if line["event"] == "mail-refused"} == {"it answers 451"}
    box.refuses = ""
    await minutes(house, 0.5)
    assert len(box.mails) == 1
    await house.call("DELETE", "/faults")
    await minutes(house, 6)
    house.clinicians.expect("EMERGENCY")
