"""Mail leaves encrypted or not at all, and a refusal says why without quoting anybody."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import pytest

from bot import mail
from bot.mail import Mailer, MailRefused, mailer_of
from bot.settings import BadSettings, checked
from tests.bot.mail_server import PASSWORD, USER, mail_server
from tests.postgres import free_port


def mailer(scheme: str, port: int, **more: object) -> Mailer:
    login = f"{USER}:{quote(PASSWORD, safe='')}@" if more.pop("logs_in", False) else ""
    url = urlsplit(f"{scheme}://{login}localhost:{port}")
    return Mailer(url, "steady@clinic.example", ("on-call@clinic.example", "second@clinic.example"), **more)  # type: ignore[arg-type]


def test_a_mail_arrives_as_it_was_written() -> None:
    port = free_port()
    with mail_server(port) as (box, _):
        mailer("smtp", port).send("Two alerts", "Case K00001: emergency\nÄrger")
    (arrived,) = box.mails
    assert (arrived["Subject"], arrived["From"]) == ("Two alerts", "steady@clinic.example")
    assert arrived["To"] == "on-call@clinic.example, second@clinic.example"
    assert arrived.get_content().splitlines() == ["Case K00001: emergency", "Ärger"]


@pytest.mark.parametrize(("scheme", "tls"), [("smtp", "starttls"), ("smtps", "tls")])
def test_to_another_machine_it_is_encrypted_and_logs_in(scheme: str, tls: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "LOOPBACK", ())
    port = free_port()
    with mail_server(port, tls=tls, logs_in=True) as (box, trust):
        mailer(scheme, port, trust=trust, logs_in=True).send("An alert", "waits")
    assert [one["Subject"] for one in box.mails] == ["An alert"]


def test_what_offers_no_encryption_gets_no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "LOOPBACK", ())
    port = free_port()
    with mail_server(port) as (box, _), pytest.raises(MailRefused, match="no encryption"):
        mailer("smtp", port).send("An alert", "waits")
    assert box.mails == []


@pytest.mark.parametrize(("scheme", "tls"), [("smtp", "starttls"), ("smtps", "tls")])
def test_a_certificate_that_nobody_vouches_for_gets_no_mail(
    scheme: str, tls: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "LOOPBACK", ())
    port = free_port()
    with mail_server(port, tls=tls) as (box, _), pytest.raises(MailRefused, match="cannot be trusted"):
        mailer(scheme, port).send("An alert", "waits")
    assert box.mails == []


def test_each_refusal_says_why_and_quotes_nobody() -> None:
    port = free_port()
    with pytest.raises(MailRefused, match="cannot be reached"):
        mailer("smtp", port).check()
    with mail_server(port, logs_in=True) as (box, _):
        wrong = Mailer(urlsplit(f"smtp://{USER}:canary@localhost:{port}"), "a@b.example", ("c@d.example",))
        with pytest.raises(MailRefused, match="user and password") as refused:
            wrong.check()
        assert "canary" not in repr(refused.value)
        box.refuses = "451 the secret of the server"
        with pytest.raises(MailRefused, match=r"it answers 451$"):
            mailer("smtp", port, logs_in=True).send("An alert", "waits")


WHOLE = {
    "mail_url": "smtps://u:p@mail.clinic.example",
    "mail_from": "a@clinic.example",
    "mail_to": "b@c.example, d@e.example",
}
WRONG = {
    "http://mail.clinic.example": ("mail_url", "STEADY_MAIL_URL must be smtps://"),
    "mail.clinic.example": ("mail_url", "STEADY_MAIL_URL must be smtps://"),
    "Nurse": ("mail_from", "STEADY_MAIL_FROM must be a mail address"),
    "a@b.example,,c@d.example": ("mail_to", "STEADY_MAIL_TO must be one or more mail addresses"),
    "Nurse <a@b.example>": ("mail_to", "STEADY_MAIL_TO must be one or more mail addresses"),
}


def test_the_settings_make_a_mailer() -> None:
    made = mailer_of(checked(None, **WHOLE))
    assert made is not None
    assert made.receivers == ("b@c.example", "d@e.example")
    assert mailer_of(checked(None)) is None


@pytest.mark.parametrize(("written", "about"), WRONG.items())
def test_a_wrong_setting_is_named_and_not_repeated(written: str, about: tuple[str, str]) -> None:
    name, sentence = about
    with pytest.raises(BadSettings) as refused:
        checked(None, **{**WHOLE, name: written})
    (said,) = refused.value.sentences
    assert said.startswith(sentence)
    assert written not in said


@pytest.mark.parametrize("missing", ["mail_from", "mail_to"])
def test_a_server_without_both_addresses_is_refused(missing: str) -> None:
    with pytest.raises(BadSettings, match="stand beside STEADY_MAIL_FROM and STEADY_MAIL_TO"):
        checked(None, **{**WHOLE, missing: ""})
