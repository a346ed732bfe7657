"""Mail by a server of the clinic's: the way for alerts that does not lead through Telegram."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from bot.settings import Settings
from storage.crash_points import passes

PATIENCE = 20.0
"""Seconds for each answer of the mail server."""
PORTS = {"smtps": 465, "smtp": 587}
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class MailRefused(Exception):
    """The server could not be reached, or would not take the mail; the word says why and quotes nobody."""


@dataclass(frozen=True)
class Mailer:
    """Sends plain mail from one address to a few, encrypted on the way unless the server is on this machine."""

    server: SplitResult
    sender: str
    receivers: tuple[str, ...]
    trust: ssl.SSLContext | None = None
    """What certificates to believe; the system's, unless a test brings its own."""

    def send(self, subject: str, text: str) -> None:
        """Hand one mail over; return once the server has taken it. Blocks; raises MailRefused."""
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["To"] = subject, self.sender, ", ".join(self.receivers)
        mail.set_content(text)
        passes("call")
        with self._connected() as server:
            server.send_message(mail)
        passes("called")

    def check(self) -> None:
        """Connect and log in, and send nothing. Blocks; raises MailRefused."""
        with self._connected() as server:
            server.noop()

    def _connected(self) -> _Connection:
        return _Connection(self)


@dataclass
class _Connection:
    """One conversation with the server; whatever goes wrong in it is MailRefused, without the server's own words."""

    mailer: Mailer
    server: smtplib.SMTP | None = None

    def __enter__(self) -> smtplib.SMTP:
        try:
            self.server = self._open()
        except (OSError, smtplib.SMTPException) as error:
            raise MailRefused(_why(error)) from None
        return self.server

    def _open(self) -> smtplib.SMTP:
        at, trust = self.mailer.server, self.mailer.trust or ssl.create_default_context()
        host, port = at.hostname or "", at.port or PORTS[at.scheme]
        if at.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=trust)
        else:
            server = smtplib.SMTP(host, port, timeout=PATIENCE)
        try:
            if at.scheme == "smtp" and host not in LOOPBACK:
                server.starttls(context=trust)
            if at.username:
                server.login(unquote(at.username), unquote(at.password or ""))
        except BaseException:  # whatever it was, the connection is of no use
            server.close()
            raise
        return server

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if self.server is not None:
            self.server.close()
        if isinstance(error, (OSError, smtplib.SMTPException)):
            raise MailRefused(_why(error)) from None


def _why(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "it does not take the user and password"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "it offers no encryption or no log-in"
    if isinstance(error, ssl.SSLError):
        return "its certificate or encryption cannot be trusted"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "it does not take mail for these receivers"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answers {error.smtp_code}"
    return f"it cannot be reached ({type(error).__name__})"


def mailer_of(settings: Settings) -> Mailer | None:
    """Return what sends mail, or None where no server is set."""
    if settings.mail_url is None:
        return None
    receivers = tuple(one.strip() for one in settings.mail_to.split(",") if one.strip())
    return Mailer(urlsplit(settings.mail_url.get_secret_value()), settings.mail_from, receivers)
