"""`steady keys`: the master key, which opens everything that is kept and is kept nowhere near it."""

from __future__ import annotations

import typer

from bot.bots import read_bots
from bot.cli.desk import Mistake, open_desk, show_table
from bot.master_keys import is_file_kept, key_file, load_masters, make_key_file, masters_of
from bot.settings import Settings
from storage.masters import new_master
from storage.rotation import count_keys, rotate

app = typer.Typer(no_args_is_help=True, help="The master key that opens what is kept.")


@app.command("new")
def new() -> None:
    """Make a new master key, to be used from now on; the one before stays known until `keys rotate` is done."""
    settings = _bots()[0]  # the key is one for all
    if is_file_kept(settings):
        path = key_file(settings)
        key = make_key_file(path)
        typer.echo(f"{path} begins with the new key {key.id}. Next: `steady keys rotate`.")
        return
    typer.echo(new_master().written())
    typer.echo("Put it before the one there is, restart Steady, then `steady keys rotate`.", err=True)


@app.command("rotate")
def change() -> None:
    """Lock everything with the newest master key, while Steady goes on working."""
    count, bots = 0, _bots()
    first, *others = load_masters(bots[0])
    for bot in bots:  # all of them: what one still needs must not be called useless
        with open_desk(bot) as desk:
            count += rotate(desk.store)
    typer.echo(f"{count} data keys are now locked with the master key {first.id}.")
    for key in others:
        typer.echo(f"Nothing here needs the key {key.id} any more. Backups from before do: destroy it with them.")


@app.command("check")
def check() -> None:
    """Say which master key opens what; everything is tried."""
    bots = _bots()
    known, counts = masters_of(bots[0]), []
    for bot in bots:
        with open_desk(bot) as desk:
            counts += desk.read(count_keys)
    rows = [(one.master_id, "now" if one.master_id == known.first().id else "", one.keys, one.opened) for one in counts]
    show_table("Master keys", ["Key", "In use", "Data keys", "Opened"], rows)
    closed = sum(one.keys - one.opened for one in counts)
    if closed:
        raise Mistake(f"{closed} data keys cannot be opened: a master key is missing.")


def _bots() -> list[Settings]:
    """Return every bot of this installation: they share the master key."""
    return read_bots(needs_token=False, only=False)
