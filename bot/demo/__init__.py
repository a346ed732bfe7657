"""`steady demo`: the real bot against the stand-in for Telegram, with a cast, a page, and a clock to move."""

from __future__ import annotations

from bot.demo.show import demo

__all__ = ["demo"]
