"""Ask Telegram one thing, synchronously, for the command line. The token is in no error that comes back."""

from __future__ import annotations

from typing import Any

import httpx

from bot.logs import Redactor
from bot.settings import Settings

TIMEOUT = 10.0


class NoAnswer(Exception):
    """Telegram could not be asked, or said no; the text is a plain sentence. `code` is its answer's, 0 for none."""

    def __init__(self, sentence: str, code: int = 0) -> None:
        super().__init__(sentence)
        self.code = code


def ask_telegram(settings: Settings, method: str, **values: Any) -> Any:
    """Return the result of a Bot API method; raise NoAnswer for anything else, BadSettings without a token."""
    redact = Redactor(settings.token).text
    try:
        answer = httpx.post(f"{settings.api_url}/bot{settings.token}/{method}", json=values, timeout=TIMEOUT)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        kind = redact(type(error).__name__)
        raise NoAnswer(f"{settings.api_url} does not answer ({kind}): is this machine online?") from None
    try:
        said = answer.json()
    except ValueError:
        said = None
    if not isinstance(said, dict) or "ok" not in said:
        raise NoAnswer(f"{settings.api_url} is no Bot API: it answered {answer.status_code}.", answer.status_code)
    if not said["ok"] or "result" not in said:
        code = int(said.get("error_code") or answer.status_code)
        raise NoAnswer(redact(f"Telegram said {code}: {said.get('description', 'no reason given')}"), code)
    return said["result"]
