"""`steady clinic`: what a clinic has chosen about its alerts."""

from __future__ import annotations

import typer

from bot.cli.desk import choose_clinic, open_desk, show_json, show_table
from care.policy import CHOICES, policy_of
from care.tuning import changes_in
from clinic.set_policy import set_choice, set_rule, shown
from clinic.ward import Ward
from storage.clinics import lock_clinic
from storage.reading import Session

app = typer.Typer(no_args_is_help=True, help="What a clinic has chosen about its alerts.")

CLINIC = typer.Option(None, "--clinic", help="Which clinic, when there are several.")


@app.command("show")
def show(clinic: int | None = CLINIC, as_json: bool = typer.Option(False, "--json", help="For programs.")) -> None:
    """Show every choice, its default and its range."""

    def query(session: Session) -> tuple[dict[str, str], dict[str, object]]:
        options = choose_clinic(session, clinic).options
        values = {name: shown(name, policy_of(options).value(name)) for name in CHOICES}
        rules = {
            rule: {"at_least": change.at_least, "level": change.level.word if change.level else None}
            for rule, change in changes_in(options).items()
        }
        return values, dict(rules)

    with open_desk() as desk:
        values, rules = desk.read(query)
    if as_json:
        show_json({"choices": values, "rules": rules})
        return
    rows = [
        (name, values[name], shown(name, one.default), f"{shown(name, one.low)} to {shown(name, one.high)}")
        for name, one in CHOICES.items()
    ]
    show_table("Choices (minutes, unless it is an hour)", ["Name", "Now", "Default", "Range"], rows)
    show_table("Changed rules of triage", ["Rule", "Change"], list(rules.items()))


@app.command("set")
def choose(
    name: str = typer.Argument(help="What to choose, like page-first or digest."),
    value: str = typer.Argument(help="Minutes, or an hour like 07:30."),
    clinic: int | None = CLINIC,
) -> None:
    """Set one wait or hour. Whoever runs the server may also make it longer; it is on record."""

    def unit(ward: Ward) -> tuple[str, str]:
        chosen = lock_clinic(ward.work.session, choose_clinic(ward.work.session, clinic).id)
        return set_choice(ward, chosen, name, value, by_admin=True)

    with open_desk() as desk:
        done, now = desk.write(unit)
    typer.echo(f"{done} is {now} from now on.")


@app.command("rule")
def rule(
    name: str = typer.Argument(help="The rule's id, as in docs/clinical-content.md."),
    change: list[str] = typer.Argument(help="A number, a level, both, or default."),
    clinic: int | None = CLINIC,
) -> None:
    """Change the number or the level of one rule of triage; it is on record."""

    def unit(ward: Ward) -> tuple[str, str]:
        chosen = lock_clinic(ward.work.session, choose_clinic(ward.work.session, clinic).id)
        return set_rule(ward, chosen, [name, *change], by_admin=True)

    with open_desk() as desk:
        done, now = desk.write(unit)
    typer.echo(f"{done}: {now} from now on.")
