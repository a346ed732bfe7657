"""The command line: `steady init`, `invite`, `patient`, `cases`, `staff`, `clinic`, `keys`, `audit`, `run`..."""

from __future__ import annotations

import typer

from bot.cli import audit, clinics, founding, keys, patients, reading, service, staff
from bot.cli.desk import PlainGroup

app = typer.Typer(
    cls=PlainGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # it prints local variables, and the token may be one of them
    help="Steady: a Telegram companion for a 12-week course of naltrexone.",
)
app.command("init")(founding.init)
app.command("invite")(patients.invite)
app.command("patient")(patients.patient)
app.command("patients")(patients.patients)
app.command("cases")(patients.cases)
app.add_typer(staff.app, name="staff")
app.add_typer(clinics.app, name="clinic")
app.add_typer(keys.app, name="keys")
app.add_typer(audit.app, name="audit")
app.command("migrate")(service.migrate)
app.command("check")(service.check)
app.command("run")(service.run)
app.command("demo")(service.demo)
app.command("read")(reading.read)
