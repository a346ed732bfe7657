"""The library's application, wired to our own ways of speaking HTTP."""

from __future__ import annotations

from typing import Any

from telegram.ext import Application

from bot.intake import is_loopback
from bot.settings import Settings
from bot.telegram_http import AiohttpRequest


def build_application(settings: Settings) -> Application[Any, Any, Any, Any, Any, Any]:
    """Return the library's application without its updater and its job queue: both forget on a crash."""
    trust = not is_loopback(settings.api_url)
    request = AiohttpRequest(connections=16, trust_env=trust)
    return (
        Application.builder()
        .token(settings.token)
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .request(request)
        .get_updates_request(AiohttpRequest(connections=1, trust_env=trust))
        .updater(None)
        .job_queue(None)
        .build()
    )
