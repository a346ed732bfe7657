"""How fast Steady is, measured through real HTTP against the stand-in for Telegram. Never part of a test."""
