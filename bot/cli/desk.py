"""What every command stands on: an open house, plain sentences for mistakes, tables or JSON for answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

import typer
from typer.core import TyperGroup

from bot.bots import read_bot
from bot.clock import SystemClock
from bot.database_trouble import SENTENCES, database_sentence
from bot.logs import set_up_logs
from bot.master_keys import masters_of
from bot.settings import BadSettings, Settings
from care.refusals import Refusal
from clinic.ward import Ward
from content.loader import Content, load_content
from content.problems import ContentError
from storage.clinics import all_clinics
from storage.masters import NoMasterKey
from storage.reading import Session
from storage.seal_existing import seal_existing
from storage.soundness import check_sound
from storage.store import Store, engine_of
from storage.tables import Clinic
from storage.troubles import Trouble
from storage.work import Work

T = TypeVar("T")


class Mistake(Exception):
    """What was typed cannot be done; the text is the whole sentence that the person gets."""


class PlainGroup(TyperGroup):
    """Turns what a person got wrong into one plain sentence on standard error. Bugs stay loud."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; leave with code 1 after a mistake."""
        try:
            return super().invoke(ctx)
        except BadSettings as error:
            complain("\n".join(error.sentences))
        except Refusal as refusal:
            complain(sentence_of(refusal))
        except (Mistake, ContentError, NoMasterKey) as error:
            complain(str(error))


@dataclass(frozen=True)
class Desk:
    """An open house: settings, content, and a database of this version."""

    settings: Settings
    content: Content
    store: Store

    def write(self, unit: Callable[[Ward], T]) -> T:
        """Run `unit` in a transaction of its own, done by the operator."""

        def run(work: Work) -> T:
            work.actor = "operator"
            return unit(Ward(work, self.content))

        return self.store.write(run).result()

    def read(self, query: Callable[[Session], T]) -> T:
        """Return what `query` finds."""
        return self.store.read(query).result()


@contextmanager
def open_desk(bot: Settings | None = None) -> Iterator[Desk]:
    """Open the house of `bot` (None: the one that is meant) for a command; raise Mistake when it cannot be used."""
    settings = bot or read_bot()
    set_up_logs(settings.model_copy(update={"log_level": "WARNING"}))
    content = load_content()
    store = _open_store(settings)
    try:
        yield Desk(settings, content, store)
    finally:
        store.close()


def _open_store(settings: Settings) -> Store:
    try:
        store = Store(settings.database_url, SystemClock().now, masters_of(settings))
    except Exception as error:  # the driver's errors, which only storage may know by name
        raise Mistake(database_sentence(error, settings.database_url)) from None
    from storage.migrate import is_current, is_newer  # not at the top: `--help` need not wait for the migration tools

    try:
        newer, current = is_newer(engine_of(store)), is_current(engine_of(store))
    except Exception as error:  # as above; the driver's text may hold a password
        store.close()
        raise Mistake(database_sentence(error, settings.database_url)) from None
    if newer:
        store.close()
        raise Mistake(SENTENCES[Trouble.NEWER])
    if not current:
        store.close()
        raise Mistake("The database is not of this version: run `steady migrate`, or `steady init` the first time.")
    try:
        store.get_keys()
    except NoMasterKey:
        store.close()
        raise
    return store


def upgrade(settings: Settings) -> None:
    """Bring the database up to this version; raise Mistake when it cannot be used."""
    from storage import migrate  # not at the top, as above

    masters_of(settings).first()  # without a key nothing is migrated or served
    try:
        check_sound(settings.database_url)
        migrate.upgrade(settings.database_url)
    except Exception as error:  # as above; a migration rolls itself back
        raise Mistake(database_sentence(error, settings.database_url)) from None
    store = _open_store(settings)
    try:
        seal_existing(store)
    finally:
        store.close()


def choose_clinic(session: Session, number: int | None) -> Clinic:
    """Return the clinic with this number, or the only one; raise Mistake when it is not clear which."""
    clinics = all_clinics(session)
    if not clinics:
        raise Mistake("There is no clinic yet: run `steady init`.")
    chosen = [clinic for clinic in clinics if number in (None, clinic.id)]
    if len(chosen) != 1:
        known = ", ".join(f"{clinic.id} ({clinic.name})" for clinic in clinics)
        raise Mistake(f"Say which clinic with --clinic: {known}.")
    return chosen[0]


def sentence_of(refusal: Refusal) -> str:
    """Return a refusal in words for the operator."""
    texts = load_content().texts
    values = {name: value for name, value in refusal.values.items() if isinstance(value, str | int)}
    return texts.plain(refusal.key, "en", texts.fitting(refusal.key, values))


def complain(sentence: str) -> NoReturn:
    """Say what was wrong on standard error, and leave."""
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def show_json(records: Any) -> None:
    """Print records for programs."""
    typer.echo(json.dumps(records, ensure_ascii=False, indent=2))


def show_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print rows for people."""
    from rich.console import Console  # not at the top: a bot that serves prints no tables
    from rich.table import Table

    table = Table(*columns, title=title, title_justify="left")
    for row in rows:
        table.add_row(*("–" if cell is None else str(cell) for cell in row))
    Console(file=sys.stdout, markup=False).print(table)
