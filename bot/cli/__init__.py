"""The command line. Its commands are in `bot/cli/commands.py`."""

from __future__ import annotations

from bot.garbage import nothing_but_keepsakes
from bot.lean import import_without

# A command line of its own and tracebacks in colours, 5 MiB of them, and what only asynchronous databases need, one
# more: no bot at rest should hold these.
import_without(("rich", "click", "pygments", "greenlet"), ("httpx", "structlog", "sqlalchemy"))


def main() -> int:
    """Run the command that was typed and leave: 0 done, 1 a mistake in plain words, 2 typed wrong."""
    with nothing_but_keepsakes():
        from bot.cli.commands import app
    app(prog_name="steady")
    return 0
