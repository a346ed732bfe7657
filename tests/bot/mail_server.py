"""A real mail server on this machine, that keeps what it is given."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "steady", "open sesame & more"


class Box:
    """What has arrived."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuses = ""
        """What is answered in place of taking a mail, such as `451 later`."""

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # the library's name
        """Keep a mail, or refuse it."""
        if self.refuses:
            return self.refuses
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


def _knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    known = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=given == known, handled=False)


@contextmanager
def mail_server(port: int, *, tls: str = "", logs_in: bool = False) -> Iterator[tuple[Box, ssl.SSLContext]]:
    """Serve mail on `port`: plainly, by `starttls`, or with `tls` from the start; give what trusts its certificate."""
    box, authority = Box(), trustme.CA()
    ours, theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), ssl.create_default_context()
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(ours)
    authority.configure_trust(theirs)
    how: dict[str, Any] = {"authenticator": _knows, "auth_required": logs_in, "auth_require_tls": False}
    if tls == "starttls":
        how |= {"tls_context": ours, "require_starttls": True}
    if logs_in:  # the stand-in speaks on this machine alone
        warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS")
    controller = Controller(box, hostname="127.0.0.1", port=port, ssl_context=ours if tls == "tls" else None, **how)
    controller.start()
    try:
        yield box, theirs
    finally:
        controller.stop()
