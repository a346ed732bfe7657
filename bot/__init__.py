"""The room that listens and talks: Telegram, the command line, settings, logs and the clock.

The only room that knows python-telegram-bot; `bot/main.py` alone sees every room.
"""
