"""`steady migrate`, `check`, `run` and `demo`."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer

from bot.bots import read_bots
from bot.cli.desk import Mistake, show_json, show_table, upgrade
from bot.garbage import nothing_but_keepsakes
from bot.lean import import_without_manuals
from bot.logs import set_up_logs
from bot.settings import BadSettings, Settings, read_settings

if TYPE_CHECKING:
    from bot.checks import Check


def migrate() -> None:
    """Bring the database up to this version."""
    for settings in read_bots(needs_token=False):
        upgrade(settings)
    typer.echo("The database is of this version.")


def check(as_json: bool = typer.Option(False, "--json", help="For programs.")) -> None:
    """Say whether everything is in place, and what to do about what is not."""
    checks = _checks()
    if as_json:
        show_json([{"name": each.name, "ok": each.ok, "sentence": each.sentence} for each in checks])
    else:
        rows = [("ok" if each.ok else "NOT OK", each.name, each.sentence) for each in checks]
        show_table("Checks", ["", "What", ""], rows)
    failed = sum(not each.ok for each in checks)
    if failed:
        raise Mistake(f"{failed} of {len(checks)} checks failed.")


def _checks() -> list[Check]:
    from bot.checks import Check, run_checks  # not at the top: it brings the migration tools

    try:
        bots = read_bots(needs_token=False)
    except BadSettings as error:
        return [Check("settings", False, sentence) for sentence in error.sentences]
    set_up_logs(*(settings.model_copy(update={"log_level": "WARNING"}) for settings in bots))
    found = [(settings.bot, check) for settings in bots for check in run_checks(settings)]
    return [replace(check, name=f"{bot}: {check.name}" if bot else check.name) for bot, check in found]


def run(
    roles: str = typer.Option(
        "", help="Only these parts, with commas: intake, worker, sender, ticks, web. Needs PostgreSQL if not all."
    ),
) -> None:
    """Serve patients until told to stop."""
    bots = read_bots()
    set_up_logs(*bots)
    chosen = {role for settings in bots for role in _chosen(roles, settings)}
    for settings in bots:
        upgrade(settings)
    with nothing_but_keepsakes():
        for library in ("sqlalchemy.orm", "telegram.ext"):
            import_without_manuals(library)
    raise typer.Exit(_part("bot.main").run(*bots, roles=sorted(chosen)))


PARTS = ("intake", "worker", "sender", "ticks", "web")


def _chosen(roles: str, settings: Settings) -> list[str]:
    """Return the parts that were asked for; all of them, pages only where Telegram needs them, when none was."""
    asked = [role.strip() for role in roles.split(",") if role.strip()]
    if unknown := sorted(set(asked) - set(PARTS)):
        raise Mistake(f"There is no part called {', '.join(unknown)}: choose from {', '.join(PARTS)}.")
    if not asked:
        return [part for part in PARTS if part != "web" or settings.webhook_url is not None]
    if settings.database_url.startswith("sqlite") and not {"intake", "worker", "sender", "ticks"} <= set(asked):
        raise Mistake("An SQLite file belongs to one process: give STEADY_DATABASE_URL a PostgreSQL to split the work.")
    return asked


def demo(
    port: int | None = typer.Option(None, min=1, max=65535, help="The port of the demo's page."),
    no_browser: bool = typer.Option(False, "--no-browser", help="Do not open the page."),
) -> None:
    """Try everything on this machine: no Telegram account, no token."""
    settings = read_settings(needs_token=False)
    set_up_logs(settings)
    raise typer.Exit(_part("bot.demo").demo(settings, port or settings.port, not no_browser))


def _part(name: str) -> Any:
    """Return a part that only this command needs: it is heavy, and the others start faster without it."""
    with nothing_but_keepsakes():
        return import_module(name)
